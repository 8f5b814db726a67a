"""Telling residents: one line of progress in plain words, and a text message to those who left a number."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise

from huiyin.kernel import clock, steps
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed
from huiyin.notices import actions as notices
from huiyin.opinions import permissions
from huiyin.opinions.models import Matter, ProgressLine, Voice

TOLD: dict[str, Any] = {"has_news": False, "is_unreached": False}


@transaction.atomic
def tell(
    matter: Matter,
    words: str | Promise,
    *,
    about_kind: str = "",
    about_id: int | None = None,
    about_label: str = "",
) -> ProgressLine:
    """Tell everyone who said this. The words go out by text message: no personal data in them."""
    matter = standing(matter)
    line = note(matter, words, about_kind=about_kind, about_id=about_id, about_label=about_label)
    voices = Voice.objects.filter(matter=matter).standing()
    voices.update(has_news=True)
    with notices.gathering():
        for voice in voices.exclude(phone_index="").defer("search"):
            _text_message(voice, line)
    return line


def note(matter: Matter, words: str | Promise, **about: Any) -> ProgressLine:
    """A line residents find when they look, without calling them."""
    return ProgressLine.objects.create(matter=matter, at=clock.now(), words=kept(words), **about)


def standing(matter: Matter) -> Matter:
    """The matter the voices are with now: a merged one hands on to its host."""
    matter = Matter.objects.get(pk=matter.pk)
    while matter.merged_into_id:
        matter = Matter.objects.get(pk=matter.merged_into_id)
    return matter


@transaction.atomic
def tell_by_hand(voice: Voice, *, by: HasActor) -> Voice:
    """Someone told the visitor in person or by telephone."""
    voice = steps.lock(voice)
    if not permissions.can_tell_by_hand(by, voice):
        raise NotAllowed("tell by hand")
    now = clock.now()
    return steps.change(
        voice,
        "tell_by_hand",
        by=by,
        changes=TOLD | {"told_at": now},
        words=_("当面或电话告知居民"),
    )


def look(voice: Voice) -> None:
    """The resident opened the page: now the news is told."""
    now = clock.now()
    told = TOLD | {"told_at": now} if voice.has_news else {}
    Voice.objects.filter(pk=voice.pk).update(opened_at=now, **told)


def note_text_message(voice_id: int, *, went: bool) -> None:
    """A message that went has told the resident; one that was given up is for somebody to tell by hand."""
    came = TOLD | {"told_at": clock.now()} if went else {"is_unreached": True}
    Voice.objects.filter(pk=voice_id, has_news=True).update(**came)


def _text_message(voice: Voice, line: ProgressLine) -> None:
    notices.send(
        phone=voice.phone.reveal(),
        key=f"opinions.line:{line.pk}:{voice.pk}",
        subject=_("您反映的事有新进展"),
        words=_("您反映的事有新进展：%(words)s 凭查询码可在 %(address)s 查看。")
        % {"words": line.words, "address": f"{settings.SITE_ADDRESS}/follow/"},
        about=voice,
        congress=line.matter.congress,
    )
