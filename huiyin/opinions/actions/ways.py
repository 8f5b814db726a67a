"""The way a matter goes: who takes it, by when, and what came of it."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy, Unit
from huiyin.kernel import clock, steps
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import kept_day
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices import actions as notices
from huiyin.opinions.actions.remembering import remember_result, remember_unlinked
from huiyin.opinions.actions.telling import standing, tell
from huiyin.opinions.choices import Door, State, Subject, Way
from huiyin.opinions.models import Matter, Voice
from huiyin.opinions.workflow import MATTER
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock


@transaction.atomic
def point_elsewhere(matter: Matter, *, door: str, words: str, by: HasActor) -> Matter:
    """Not a deputy's matter: the residents learn which door is the right one."""
    changes = {"way": Way.ELSEWHERE, "door": door, "answer": words, "ended_at": clock.now()}
    matter = _take(matter, "point_elsewhere", by=by, changes=changes, words=words)
    tell(
        matter,
        _("这件事不由人大代表受理（%(door)s）。%(words)s")
        % {"door": Door(door).label, "words": words},
    )
    return matter


@transaction.atomic
def answer_on_the_spot(matter: Matter, *, words: str, by: HasActor) -> Matter:
    told = _("已经答复：%(words)s") % {"words": words}
    changes = {"way": Way.ON_THE_SPOT}
    return _settle(matter, "answer_on_the_spot", by=by, words=words, told=told, changes=changes)


@transaction.atomic
def give_to_deputy(
    matter: Matter, *, deputy: Deputy, words: str = "", is_complex: bool = False, by: HasActor
) -> Matter:
    _refuse_others(matter, deputy)
    changes = {"way": Way.DEPUTY, "deputy": deputy, "unit": None}
    matter = _take(
        matter,
        "give_to_deputy",
        by=by,
        changes=changes,
        words=words or _("请%(deputy)s代表跟进") % {"deputy": deputy},
        rule=_term(is_complex),
        start_words=_("交代表跟进"),
    )
    tell_way(matter, _("由%(who)s代表跟进") % {"who": deputy})
    notices.send_to_deputy(
        deputy,
        key=f"opinions.given:{matter.pk}:{matter.version}",
        subject=_("请您跟进一件居民反映的事"),
        words=matter.title,
        about=matter,
        path=reverse("opinions:deputy_matter", args=[matter.pk]),
    )
    return matter


@transaction.atomic
def take_up(matter: Matter, *, deputy: Deputy, by: HasActor) -> Matter:
    """The deputy takes the matter on himself; an organ, not the deputy, will handle the case."""
    matter = _take(
        matter,
        "take_up",
        by=by,
        changes={"way": Way.DEPUTY, "deputy": deputy},
        words=_("%(deputy)s代表主动跟进") % {"deputy": deputy},
        rule=Key.RECEPTION_ANSWER,
        start_words=_("代表跟进"),
    )
    tell_way(matter, _("由%(who)s代表跟进") % {"who": deputy})
    return matter


@transaction.atomic
def give_back(matter: Matter, *, words: str, by: HasActor) -> Matter:
    """A deputy asks the desk to find the right organ: he never handles a case himself."""
    matter = _take(
        matter,
        "give_back",
        by=by,
        changes={"way": "", "deputy": None},
        words=words,
        rule=Key.RECEPTION_CLASSIFY,
        start_words=_("代表请代工委转办"),
    )
    tell(matter, _("代表看过了，请工作人员转给管这件事的部门。"))
    tell_clerks(matter, "given_back", _("代表请代工委转办一件事"))
    return matter


@transaction.atomic
def hand_to_department(
    matter: Matter,
    *,
    unit: Unit,
    brief: str = "",
    words: str = "",
    is_complex: bool = False,
    by: HasActor,
) -> Matter:
    _refuse_others(matter, unit)
    changes = {"way": Way.DEPARTMENT, "unit": unit, "brief": brief, "ticket_number": ""}
    matter = _take(
        matter,
        "hand_to_department",
        by=by,
        changes=changes,
        words=words or _("转%(unit)s") % {"unit": unit},
        rule=_term(is_complex),
        start_words=_("转部门"),
    )
    tell_way(matter, _("已转%(who)s办理") % {"who": unit})
    notices.send_to_unit(
        unit,
        key=f"opinions.handed:{matter.pk}:{matter.version}",
        subject=_("收到转办的居民反映"),
        words=matter.title,
        about=matter,
        path=reverse("opinions:matter", args=[matter.pk]),
    )
    return matter


@transaction.atomic
def hand_to_hotline(
    matter: Matter,
    *,
    ticket_number: str,
    ticket_due_on: dt.date | None = None,
    words: str = "",
    is_complex: bool = False,
    by: HasActor,
) -> Matter:
    changes = {
        "way": Way.HOTLINE,
        "unit": None,
        "ticket_number": ticket_number,
        "ticket_due_on": ticket_due_on,
    }
    matter = _take(
        matter,
        "hand_to_hotline",
        by=by,
        changes=changes,
        words=words or _("转 12345 热线，工单 %(number)s") % {"number": ticket_number},
        rule=_term(is_complex),
        start_words=_("转 12345 热线"),
    )
    tell_way(matter, _("已转 12345 热线（工单 %(number)s）") % {"number": ticket_number})
    return matter


def hand_many(
    matters: Iterable[Matter], *, unit: Unit | None, ticket_number: str, by: HasActor
) -> list[tuple[Matter, str]]:
    """Hand each over by itself, to the unit or to the hotline; answers with what could not go and why."""
    refused = []
    for matter in matters:
        try:
            if unit:
                hand_to_department(matter, unit=unit, brief=matter.title, by=by)
            else:
                hand_to_hotline(matter, ticket_number=ticket_number, by=by)
        except (NotPossible, NotAllowed) as error:
            reason = str(error) if isinstance(error, NotPossible) else _("您不能处理这一件。")
            refused.append((matter, reason))
    return refused


@transaction.atomic
def set_subject(matter: Matter, *, subject: str, by: HasActor) -> Matter:
    words = Subject(subject).label if subject else _("不分类别")
    return steps.take(
        MATTER, "set_subject", matter, by=by, changes={"subject": subject}, words=words
    )


@transaction.atomic
def deputy_answers(matter: Matter, *, words: str, by: HasActor) -> Matter:
    told = _("代表答复：%(words)s") % {"words": words}
    return _settle(matter, "deputy_answers", by=by, words=words, told=told)


@transaction.atomic
def report_back(matter: Matter, *, words: str, by: HasActor) -> Matter:
    told = _("办理结果：%(words)s") % {"words": words}
    return _settle(matter, "report_back", by=by, words=words, told=told)


@transaction.atomic
def link_suggestion(
    matter: Matter, *, suggestion_id: int, label: str, lead: Deputy, by: HasActor
) -> Matter:
    """A deputy handed in a suggestion that cites this. A matter already on its way is only told.

    Whoever leads the suggestion follows what nobody followed: a resident's "no" goes there.
    """
    matter = steps.lock(standing(matter))
    about: dict[str, Any] = {
        "about_kind": "suggestions.suggestion",
        "about_id": suggestion_id,
        "about_label": label,
    }
    if matter.state in MATTER.steps["link_suggestion"].sources:
        changes = {"way": Way.SUGGESTION, "deputy": matter.deputy or lead}
        matter = _take(matter, "link_suggestion", by=by, changes=changes, words=label)
    tell(matter, _("代表已把这件事写成建议：%(label)s") % {"label": label}, **about)
    return matter


@transaction.atomic
def unlink_suggestion(
    matter: Matter, *, words: str, still_cited: Collection[int] = (), by: HasActor
) -> Matter:
    """The suggestion was withdrawn or not accepted: the matter needs another way.

    A matter on another way is only told, as it was of the suggestion; so is one that is in another
    suggestion too, because `still_cited` are it or what was merged into it.
    """
    going_on = remember_unlinked(matter, still_cited=still_cited, words=words, by=by)
    matter = steps.lock(standing(matter))
    if matter.state != State.IN_SUGGESTION or matter.pk in going_on:
        tell(matter, words)
        return matter
    matter = _take(
        matter,
        "unlink_suggestion",
        by=by,
        changes={"way": ""},
        words=words,
        rule=Key.RECEPTION_CLASSIFY,
        start_words=_("建议未成"),
    )
    tell(matter, words)
    return matter


@transaction.atomic
def report_result(
    matter: Matter,
    words: str,
    *,
    about_kind: str = "",
    about_id: int | None = None,
    about_label: str = "",
    by: HasActor,
) -> Matter:
    """What came of the suggestion. Everyone who said this is told and asked whether it is solved."""
    remember_result(matter, words=words, by=by)
    matter = steps.lock(standing(matter))
    about: dict[str, Any] = {
        "about_kind": about_kind,
        "about_id": about_id,
        "about_label": about_label,
    }
    if matter.state not in MATTER.steps["report_result"].sources:
        tell(matter, words, **about)
        return matter
    return _settle(matter, "report_result", by=by, words=words, told=words, **about)


def restart_clock(matter: Matter, rule: str | None, start_words: str) -> Clock | None:
    """Stop what ran, start what runs now; None when nothing is awaited."""
    if matter.clock_id:
        rulebook.stop_clocks([matter.clock_id], on=clock.today())
    if rule is None:
        return None
    return rulebook.start_clock(
        rule=rule, region=matter.congress.region, start=clock.today(), start_words=start_words
    )


def tell_clerks(matter: Matter, news: str, subject: str) -> None:
    notices.send_to_role(
        matter.congress,
        Role.CLERK,
        key=f"opinions.{news}:{matter.pk}:{matter.version}",
        subject=subject,
        words=matter.title,
        about=matter,
        path=reverse("opinions:matter", args=[matter.pk]),
    )


def tell_way(matter: Matter, who: str) -> None:
    due = due_words(matter)
    tell(matter, _("%(who)s，%(due)s前告诉您结果。") % {"who": who, "due": due})


def _take(
    matter: Matter,
    name: str,
    *,
    by: HasActor,
    changes: dict[str, Any],
    words: str,
    rule: str | None = None,
    start_words: str = "",
) -> Matter:
    """One step with its clock: checked first, so that a refused step starts none."""
    begun = steps.begin(MATTER, name, matter, by=by)
    new_clock = restart_clock(begun.item, rule, start_words)
    if begun.item.own_way:
        changes = {**changes, "own_way": None}
    return begun.finish(changes={"ended_at": None, **changes, "clock": new_clock}, words=words)


def _settle(
    matter: Matter, name: str, *, by: HasActor, words: str, told: str, **more: Any
) -> Matter:
    """There is a result: tell it and ask everyone "solved?". The clock now runs for the residents."""
    changes = {"answer": words, **more.pop("changes", {})}
    matter = _take(
        matter,
        name,
        by=by,
        changes=changes,
        words=words,
        rule=Key.RESIDENT_RATE,
        start_words=_("告知结果"),
    )
    Voice.objects.filter(matter=matter).standing().update(asked_at=clock.now())
    tell(matter, told, **more)
    return matter


def due_words(matter: Matter) -> str:
    return kept_day(matter.clock.due_on) if matter.clock else ""


def _term(is_complex: bool) -> Key:
    return Key.RECEPTION_COMPLEX if is_complex else Key.RECEPTION_ANSWER


def _refuse_others(matter: Matter, body: Unit | Deputy) -> None:
    """A congress hands its residents' matters to its own units and deputies only."""
    if body.congress_id != matter.congress_id:
        raise NotPossible(_("“%(name)s”不在本级。") % {"name": body})
