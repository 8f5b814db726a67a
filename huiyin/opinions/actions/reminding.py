"""Reminders of matters: yellow, orange, red to whoever must act now; what is late to the desk too.

The ladder is that of suggestions (T28); that matters have one is practice, not law (docs/practice.md).
What one holder has under one limit with one date is one message: an import brings thousands in a day.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from huiyin.accounts.models import User
from huiyin.congress.choices import MandateState, Role
from huiyin.congress.models import Congress, Deputy, Unit
from huiyin.kernel import clock
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.notices import actions as notices
from huiyin.opinions.choices import State
from huiyin.opinions.models import Matter, MatterQuerySet
from huiyin.rulebook.choices import LEVELS, Key, Urgency
from huiyin.rulebook.models import Clock
from huiyin.venues.models import Officer, Placement

DESK = "opinions:desk", "opinions:matter"
UNIT = "opinions:unit_matters", "opinions:matter"
DEPUTY = "opinions:deputy_matters", "opinions:deputy_matter"
# The desk itself has to act: to say who handles it, or to ask the hotline.
WITH_DESK = Q(state=State.RECEIVED) | Q(state=State.WITH_DEPARTMENT, unit=None)
WITH_DEPUTIES = Q(state=State.WITH_DEPUTY) | Q(state=State.REOPENED, is_passed_on=False)


def remind() -> None:
    """One message a level, whatever the number of hours it is asked; only where people are at work."""
    today, at_work = clock.today(), notices.congresses_at_work(clock.now())
    pressing = Matter.objects.pressing(today).filter(congress__in=at_work)
    _remind_units(pressing, today)
    _remind_deputies(pressing, today)
    _remind_placed_deputies(pressing, today)
    _remind_officers(pressing, today)
    _remind_clerks(pressing, today)
    _escalate(pressing, today)


def _remind_units(pressing: MatterQuerySet, today: dt.date) -> None:
    handed = pressing.filter(state=State.WITH_DEPARTMENT, unit__isnull=False)
    rows = list(handed.due_together("unit"))
    units = Unit.objects.select_related("congress__region").in_bulk(_holders(rows, "unit"))
    for row in rows:
        notices.send_to_unit(units[row["unit"]], **_message(row, "unit", today, UNIT))


def _remind_deputies(pressing: MatterQuerySet, today: dt.date) -> None:
    """Who follows it: a deputy asks an organ, or gives the matter back to the desk."""
    followed = pressing.filter(WITH_DEPUTIES, deputy__state=MandateState.ACTIVE)
    rows = list(followed.due_together("deputy"))
    deputies = Deputy.objects.select_related("person__user").in_bulk(_holders(rows, "deputy"))
    for row in rows:
        message = _message(row, "deputy", today, DEPUTY)
        notices.send_to_deputy(deputies[row["deputy"]], **message)


def _remind_placed_deputies(pressing: MatterQuerySet, today: dt.date) -> None:
    """What came back and nobody followed: all were called, and any of them may take it up."""
    rows = list(pressing.filter(WITH_DEPUTIES, deputy=None).due_together("venue"))
    placed = _sitting().filter(venue__in=_holders(rows, "venue"))
    by_venue: dict[int, list[Deputy]] = {}
    for placement in placed.select_related("deputy__person__user").order_by("pk"):
        by_venue.setdefault(placement.venue_id, []).append(placement.deputy)
    for row in rows:
        message = _message(row, "venue", today, DEPUTY)
        for deputy in by_venue.get(row["venue"], []):
            notices.send_to_deputy(deputy, **message)


def _remind_officers(pressing: MatterQuerySet, today: dt.date) -> None:
    kept_here = pressing.filter(WITH_DESK, venue__in=_at_work().values("venue"))
    rows = list(kept_here.due_together("venue"))
    officers = _at_work().filter(venue__in=_holders(rows, "venue"))
    by_venue: dict[int, list[User]] = {}
    for officer in officers.select_related("user").order_by("pk"):
        by_venue.setdefault(officer.venue_id, []).append(officer.user)
    congresses = _congresses(rows)
    for row in rows:
        message = _message(row, "venue", today, DESK)
        for user in by_venue[row["venue"]]:
            notices.send(to=user, congress=congresses[row["congress"]], **message)


def _remind_clerks(pressing: MatterQuerySet, today: dt.date) -> None:
    """What nobody else has; once it is late the clerks hear of it with the director."""
    in_time = pressing.filter(_with_nobody_else(), clock__due_on__gte=today)
    rows = list(in_time.due_together("congress"))
    congresses = _congresses(rows)
    for row in rows:
        message = _message(row, "congress", today, DESK)
        notices.send_to_role(congresses[row["congress"]], Role.CLERK, **message)


def _with_nobody_else() -> Q:
    """No officer keeps the venue; or the deputy may not act any more, or there never was one."""
    unkept = WITH_DESK & ~Q(venue__in=_at_work().values("venue"))
    placed = Q(deputy=None, venue__in=_sitting().values("venue"))
    return unkept | WITH_DEPUTIES & ~Q(deputy__state=MandateState.ACTIVE) & ~placed


def _at_work() -> QuerySet[Officer]:
    return Officer.objects.filter(user__is_active=True)


def _sitting() -> QuerySet[Placement]:
    return Placement.objects.filter(deputy__state=MandateState.ACTIVE)


def _escalate(pressing: MatterQuerySet, today: dt.date) -> None:
    """The day a resident was told has passed. What deputies let lie was passed to the clerks already."""
    rows = list(pressing.filter(clock__due_on__lt=today).due_together("congress"))
    congresses = _congresses(rows)
    for row in rows:
        is_passed_on = row["clock__rule_key"] == Key.RESIDENT_REOPEN
        roles = (Role.DIRECTOR,) if is_passed_on else (Role.CLERK, Role.DIRECTOR)
        message = _message(row, "congress", today, DESK)
        notices.send_to_role(congresses[row["congress"]], *roles, **message)


def _holders(rows: Iterable[dict[str, Any]], holder: str) -> set[int]:
    return {row[holder] for row in rows if row[holder]}


def _congresses(rows: Iterable[dict[str, Any]]) -> dict[int, Congress]:
    return Congress.objects.select_related("region").in_bulk(_holders(rows, "congress"))


def _message(
    row: dict[str, Any], holder: str, today: dt.date, pages: tuple[str, str]
) -> dict[str, Any]:
    """What is said of matters that one holder has by one date; a single one by its title."""
    names = ("rule_key", "yellow_on", "orange_on", "due_on")
    running = Clock(**{name: row[f"clock__{name}"] for name in names})
    level = Urgency(running.urgency(today))
    which, page = pages
    message: dict[str, Any] = {
        "key": (
            f"opinions.clock:{holder}:{row[holder]}:{running.rule_key}"
            f":{level}:{running.yellow_on}:{running.due_on}"
        ),
        "subject": f"{kept(Key(running.rule_key).label)}{kept(LEVELS[level])}",
    }
    if row["n"] == 1:
        only = Matter(pk=row["first"])
        words, path = row["title"], reverse(page, args=[only.pk])
        return message | {"words": _said(words, running, today), "path": path, "about": only}
    path = reverse(which) + ("?tab=late" if level == Urgency.RED and pages != DEPUTY else "")
    words = _("%(n)d 件居民反映的事") % {"n": row["n"]}
    return message | {"words": _said(words, running, today), "path": path}


def _said(words: str, running: Clock, today: dt.date) -> str:
    return f"{words} · {running.words(today)}"
