"""The resident's own hand on what was left behind (个人信息保护法 art. 47), and what its time limit deletes (art. 19)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from huiyin.congress.models import Congress
from huiyin.kernel import clock, steps
from huiyin.kernel.trail import RESIDENT, SYSTEM, HasActor
from huiyin.kernel.wording import written as _
from huiyin.opinions.choices import MET, State
from huiyin.opinions.models import Picture, Voice
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule, RuleMissing

DAYS_A_MONTH = 31


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
        words=_("删掉了手机号"),
    )


def forget_old_contacts() -> int:
    """Numbers and names of visitors, when the matter has been done for as long as the rule says."""
    forgotten = 0
    for congress in Congress.objects.select_related("region"):
        done = _done_for(congress, Key.RETENTION_CONTACT)
        met = Q(channel__in=MET)
        for voice in done.filter(~Q(phone_index="") | met).defer("search"):
            if voice.phone or voice.visitor_name:
                _forget(voice)
                forgotten += 1
    return forgotten


def forget_old_pictures() -> int:
    forgotten = 0
    for congress in Congress.objects.select_related("region"):
        done = _done_for(congress, Key.RETENTION_ATTACHMENT)
        for picture in Picture.objects.filter(voice__in=done.values("pk")):
            picture.file.delete(save=False)
            picture.delete()
            forgotten += 1
    return forgotten


@transaction.atomic
def _forget(voice: Voice) -> None:
    steps.change(
        steps.lock(voice),
        "forget_contact",
        by=SYSTEM,
        changes={"phone": "", "phone_index": "", "visitor_name": ""},
        words=_("保存期已满，删除联系方式"),
    )


def _done_for(congress: Congress, key: str) -> QuerySet[Voice]:
    """Voices whose matter was closed longer ago than the rule keeps."""
    try:
        months = Rule.objects.value(key, congress.region, clock.today())["months"]
    except RuleMissing:
        return Voice.objects.none()
    before = clock.now() - dt.timedelta(days=months * DAYS_A_MONTH)
    return Voice.objects.filter(
        congress=congress,
        matter__state__in=[State.CLOSED, State.ELSEWHERE],
        matter__updated_at__lt=before,
    )
