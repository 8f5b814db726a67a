"""The morning's reminders: one message a level and clock, whatever the number of mornings."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from huiyin.congress.choices import Role
from huiyin.kernel import clock
from huiyin.kernel.wording import kept
from huiyin.rulebook.choices import LEVELS, Key, Urgency
from huiyin.rulebook.models import Clock
from huiyin.supervision.actions import telling
from huiyin.supervision.models import AwardObjection, CardObjection, KeyItem, Precheck, Review


def remind() -> None:
    """Who has to act hears of it; when the time has passed the director hears too."""
    today = clock.today()
    for item in _near(KeyItem.objects.select_related("congress", "leader"), today):
        said = _message(item, today, "supervision:key_item", item.pk)
        telling.tell_person(item.leader, item.congress, **said)
        told = (Role.COMMITTEE, *_above(item, today))
        telling.tell_roles(item.congress, *told, **said, committee_id=item.committee_id)
    for review in _near(Review.objects.select_related("congress", "unit__congress"), today):
        said = _message(review, today, "supervision:review", review.pk)
        telling.tell_units([review.unit], **said)
        telling.tell_roles(review.congress, Role.CLERK, *_above(review, today), **said)
    for row in _near(Precheck.objects.select_related("congress"), today):
        said = _message(row, today, "supervision:precheck", row.pk)
        telling.tell_roles(row.congress, Role.CLERK, *_above(row, today), **said)
    _remind_of_objections(today)


def _remind_of_objections(today: dt.date) -> None:
    """The director rules, so the director is reminded."""
    cards = CardObjection.objects.open().select_related("card__appraisal__congress")
    for objection in _near(cards, today):
        said = _message(objection, today, "supervision:scorecard", objection.card_id)
        telling.tell_roles(objection.card.appraisal.congress, Role.DIRECTOR, **said)
    rows = AwardObjection.objects.open().select_related("candidate__award__congress")
    for row in _near(rows, today):
        said = _message(row, today, "supervision:award", row.candidate.award_id)
        telling.tell_roles(row.candidate.award.congress, Role.DIRECTOR, **said)


def _near(rows: QuerySet[Any], today: dt.date) -> QuerySet[Any]:
    """Rows whose clock runs and has turned yellow."""
    running = Clock.running_q(prefix="clock__")
    found = rows.filter(running, clock__isnull=False, clock__yellow_on__lte=today)
    return found.select_related("clock").order_by("pk")


def _above(item: Any, today: dt.date) -> list[str]:
    return [Role.DIRECTOR] if item.clock.due_on < today else []


def _message(item: Any, today: dt.date, page: str, pk: int) -> dict[str, Any]:
    running = item.clock
    level = Urgency(running.urgency(today))
    said = telling.message(item, "clock", _words(running, level), page, pk)
    return said | {"key": f"supervision.clock:{running.pk}:{level}:{running.due_on}"}


def _words(running: Clock, level: Urgency) -> str:
    return f"{kept(Key(running.rule_key).label)}{kept(LEVELS[level])}"
