"""The resident's own hand on what was left behind (个人信息保护法 art. 47)."""

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.kernel import steps
from huiyin.kernel.trail import RESIDENT, HasActor
from huiyin.opinions.models import Voice


@transaction.atomic
def forget_phone(voice: Voice, *, by: HasActor = RESIDENT) -> Voice:
    """Delete the telephone number; the voice itself stays and can be followed by its code."""
    voice = steps.lock(voice)
    if not voice.phone:
        return voice
    return steps.change(
        voice,
        "forget_phone",
        by=by,
        changes={"phone": "", "phone_index": ""},
        words=_("居民删掉了手机号"),
    )
