"""The residents' word on the result: solved, or once more to the deputy; and what happens when nobody acts."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from huiyin.congress.choices import MandateState
from huiyin.congress.models import Deputy
from huiyin.kernel import clock, steps
from huiyin.kernel.trail import RESIDENT, SYSTEM, HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices import actions as notices
from huiyin.opinions import events, permissions
from huiyin.opinions.actions.telling import note, tell
from huiyin.opinions.actions.ways import due_words, restart_clock, tell_clerks
from huiyin.opinions.choices import State
from huiyin.opinions.models import Matter, Voice
from huiyin.opinions.workflow import MATTER
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock


@transaction.atomic
def resident_answers(
    voice: Voice, *, solved: bool, words: str = "", by: HasActor = RESIDENT
) -> Voice:
    """One resident answers "solved?".

    The first "no" of anyone reopens the matter, once. Everyone's "yes" closes it early.
    """
    matter = steps.lock(Matter.objects.get(pk=voice.matter_id))
    voice = steps.lock(voice)
    _check(voice, matter, by)
    voice = steps.change(
        voice,
        "answer",
        by=by,
        changes={"is_solved": solved, "solved_at": clock.now(), "solved_words": words},
        words=_("解决了") if solved else _("没解决"),
    )
    Voice.objects.filter(pk=voice.pk).update(has_news=False, is_unreached=False)
    if not solved and not matter.is_reopened:
        _reopen(matter, voice, by)
    elif matter.state == State.ANSWERED:
        _close_when_all_answered(matter, by)
    return voice


@transaction.atomic
def close_silent(matter: Matter) -> Matter:
    """Nobody answered in time: it counts as done, and a "no" is still heard later."""
    matter = _close(matter, SYSTEM)
    note(matter, _("到期没有收到没解决的回答，这件事先办结。如果没解决，还可以在这里说。"))
    return matter


@transaction.atomic
def pass_on(matter: Matter) -> Matter:
    """The deputy did not act in time: the clerk takes over."""
    matter = steps.take(
        MATTER,
        "pass_on",
        matter,
        by=SYSTEM,
        changes={"is_passed_on": True},
        words=_("居民说没解决，代表到期没有跟进"),
    )
    tell(matter, _("代表到期没有跟进，这件事已交人大代工委处理。"))
    tell_clerks(matter, "passed_on", _("居民说没解决，代表到期没有跟进"))
    return matter


def tell_reopened(matter: Matter, deputies: Sequence[Deputy]) -> None:
    """Who is called, and by when they must have acted."""
    words = _("有居民说还没解决。已请%(who)s重新跟进，%(due)s前要有行动。")
    who = _("代表") if deputies else _("工作人员")
    tell(matter, words % {"who": who, "due": due_words(matter)})


def _check(voice: Voice, matter: Matter, by: HasActor) -> None:
    if not permissions.can_answer_for_resident(by, matter):
        raise NotAllowed("answer for the resident")
    if not voice.is_asked:
        raise NotPossible(_("现在没有需要回答的问题，可能刚才已经答过了。"))


def _reopen(matter: Matter, voice: Voice, by: HasActor) -> None:
    """What the resident added stands with the voice: the trail, which forgets nothing, does without it."""
    new_clock = restart_clock(matter, Key.RESIDENT_REOPEN, _("居民说没解决"))
    changes = {
        "clock": new_clock,
        "deputy": _follower(matter) or _spoken_to(matter, voice),
        "is_reopened": True,
        "is_passed_on": False,
        "ended_at": None,
    }
    matter = steps.take(
        MATTER,
        "reopen",
        matter,
        by=by,
        changes=changes,
        words=_("居民说没解决"),
    )
    deputies = _deputies_of(matter)
    tell_reopened(matter, deputies)
    _call(matter, deputies)
    transaction.on_commit(partial(events.reopened.send, Matter, matter_id=matter.pk))


def _follower(matter: Matter) -> Deputy | None:
    """Who followed it, where he may still act."""
    deputy = matter.deputy
    return deputy if deputy and deputy.state == MandateState.ACTIVE else None


def _spoken_to(matter: Matter, voice: Voice) -> Deputy | None:
    """Whose code the resident scanned, else whose code others scanned who said the same."""
    spoken_to = Deputy.objects.sitting().filter(voices__matter=matter).order_by("voices__pk")
    found = {deputy.pk: deputy for deputy in spoken_to.select_related("person__user", "congress")}
    return found.get(voice.deputy_id or 0) or next(iter(found.values()), None)


def _deputies_of(matter: Matter) -> list[Deputy]:
    """Who followed it, else who is placed where it came in."""
    if matter.deputy:
        return [matter.deputy]
    if matter.venue_id is None:
        return []
    placed = Deputy.objects.sitting().filter(placements__venue=matter.venue_id)
    return list(placed.select_related("person__user", "congress"))


def _call(matter: Matter, deputies: list[Deputy]) -> None:
    subject = _("居民说没解决，请重新跟进")
    if not deputies:
        tell_clerks(matter, "reopened", subject)
    for deputy in deputies:
        notices.send_to_deputy(
            deputy,
            key=f"opinions.reopened:{matter.pk}:{matter.version}",
            subject=subject,
            words=matter.title,
            about=matter,
            path=reverse("opinions:deputy_matter", args=[matter.pk]),
        )


def _close_when_all_answered(matter: Matter, by: HasActor) -> None:
    voices = Voice.objects.filter(matter=matter)
    if voices.waiting_for_an_answer().exists():
        return
    unsolved = voices.filter(is_solved=False).exists()
    matter = _close(matter, by)
    if unsolved:
        note(matter, _("有居民说仍没解决，已经记下来。这件事已重新跟进过一次，先办结。"))
    else:
        note(matter, _("居民都说解决了，这件事办结。"))


def _close(matter: Matter, by: HasActor) -> Matter:
    restart_clock(matter, None, "")
    changes = {"ended_at": clock.now()}
    return steps.take(MATTER, "close", matter, by=by, changes=changes, words=_("办结"))


def close_silent_matters() -> int:
    """Every matter whose residents were asked and did not answer in time."""
    late = Clock.overdue_q(clock.today(), prefix="clock__")
    silent = Matter.objects.filter(late, state=State.ANSWERED, clock__isnull=False)
    return _each(silent, close_silent)


def pass_on_neglected() -> int:
    """Every reopened matter on which no deputy acted in time."""
    return _each(Matter.objects.neglected(clock.today()), pass_on)


def _each(matters: QuerySet[Matter], act: Callable[[Matter], Matter]) -> int:
    """One transaction each: where somebody acted a moment ago, nothing is left to do."""
    done = 0
    for matter in list(matters.order_by("pk").defer("search")):
        with suppress(NotPossible):
            act(matter)
            done += 1
    return done
