"""What people may ask of their own words: put right, taken back, deleted (个人信息保护法 arts 15, 44-47).

Someone at the desk does it for whoever asks, with the reason on record; who has the code takes back
and deletes without anybody's help.
"""

from django.db import transaction
from django.urls import reverse

from huiyin.kernel import clock, search_fields, steps
from huiyin.kernel.trail import RESIDENT, HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices import actions as notices
from huiyin.opinions import permissions
from huiyin.opinions.actions.erasing import erase, retitle, titled_by
from huiyin.opinions.actions.receiving import count, index_matter, title_of
from huiyin.opinions.actions.telling import TOLD, note
from huiyin.opinions.actions.ways import restart_clock, tell_clerks
from huiyin.opinions.choices import State
from huiyin.opinions.models import OPEN_STATES, Matter, Voice
from huiyin.opinions.workflow import MATTER


@transaction.atomic
def correct(voice: Voice, *, text: str, place: str = "", reason: str, by: HasActor) -> Voice:
    """The words as they should have been. The reason says what differs; the old ones are kept nowhere."""
    voice = _held(voice)
    if not permissions.can_correct(by, voice):
        raise NotAllowed("correct a voice")
    was, words = title_of(voice.text), _("更正：%(reason)s") % {"reason": reason}
    search = search_fields.vector(text, place)
    changes = {"text": text, "place": place, "corrected_at": clock.now(), "search": search}
    steps.change_many([voice], "correct", by=by, changes=changes, words=words)
    for matter in titled_by([voice.pk]):
        if matter.title == was:
            retitle([matter], title_of(text), "correct", by=by, words=words)
        index_matter(matter, text)
        Matter.objects.filter(pk=matter.pk).update(is_compared=False)
    _tell_who_works(voice, "corrected", _("居民更正了说的话，请再看一看"), by)
    return voice


@transaction.atomic
def withdraw(voice: Voice, *, reason: str = "", by: HasActor = RESIDENT) -> Voice:
    """Not said any more: not counted, asked or told. A matter nobody else speaks of ends where nothing has begun."""
    voice = _held(voice)
    if not permissions.can_withdraw(by, voice):
        raise NotAllowed("withdraw a voice")
    if voice.withdrawn_at:
        raise NotPossible(_("这条话已经撤回了。"))
    if voice.matter.state not in OPEN_STATES:
        raise NotPossible(_("这件事已经了结，不用撤回；要删掉说的话，请选删除。"))
    _end_without(voice, by)
    gone = TOLD | {"withdrawn_at": clock.now(), "asked_at": None}
    gone |= {"phone": "", "phone_index": "", "visitor_name": ""}
    words = _("撤回：%(reason)s") % {"reason": reason}
    notices.forget_numbers(Voice.item_kind(), [voice.pk])
    steps.change_many([voice], "withdraw", by=by, changes=gone, words=words)
    count(voice.matter)
    _tell_who_works(voice, "withdrawn", _("有居民撤回了说的话"), by)
    return voice


@transaction.atomic
def forget_words(voice: Voice, *, reason: str = "", by: HasActor = RESIDENT) -> Voice:
    """Deleted because the person asks for it. While the matter is open this also takes the voice back."""
    voice = _held(voice)
    if not permissions.can_forget_words(by, voice):
        raise NotAllowed("delete a voice's words")
    is_taken_back = voice.matter.state in OPEN_STATES and not voice.withdrawn_at
    besides = {}
    if is_taken_back:
        _end_without(voice, by)
        besides = {"withdrawn_at": clock.now()}
    words = _("应本人要求删除：%(reason)s") % {"reason": reason or _("本人凭查询码办理")}
    erase([voice], "forget_words", by=by, words=words, besides=besides)
    if is_taken_back:
        count(voice.matter)
        _tell_who_works(voice, "withdrawn", _("有居民撤回了说的话"), by)
    return voice


def _held(voice: Voice) -> Voice:
    """The voice with its matters, all locked in the order everybody locks them."""
    of_it = {pk for pk in (voice.matter_id, voice.first_matter_id) if pk}
    held = {matter.pk: matter for matter in steps.lock_all(Matter.objects.filter(pk__in=of_it))}
    voice = steps.lock(voice)
    if voice.forgotten_at:
        raise NotPossible(_("这条话已经删除了。"))
    voice.matter = held.get(voice.matter_id) or steps.lock(voice.matter)
    return voice


def _end_without(voice: Voice, by: HasActor) -> None:
    """A matter still to be classified, of which nobody else speaks."""
    others = Voice.objects.filter(matter=voice.matter_id).standing().exclude(pk=voice.pk)
    if voice.matter.state != State.RECEIVED or others.exists():
        return
    ended = {"clock": restart_clock(voice.matter, None, ""), "ended_at": clock.now()}
    words = _("居民撤回，没有别人说起")
    voice.matter = steps.take(MATTER, "withdraw", voice.matter, by=by, changes=ended, words=words)
    note(voice.matter, _("居民撤回了，这件事不再办理。"))


def _tell_who_works(voice: Voice, news: str, subject: str, by: HasActor) -> None:
    """The deputy who follows it; else the clerks, unless somebody at the desk does it."""
    matter = Matter.objects.select_related("congress", "deputy__person__user").get(
        pk=voice.matter_id
    )
    if matter.state not in OPEN_STATES:
        return
    if matter.deputy:
        notices.send_to_deputy(
            matter.deputy,
            key=f"opinions.{news}:{voice.pk}:{voice.version}",
            subject=subject,
            words=matter.title,
            about=matter,
            path=reverse("opinions:deputy_matter", args=[matter.pk]),
        )
    elif by == RESIDENT:
        tell_clerks(matter, f"{news}_{voice.pk}", subject)
