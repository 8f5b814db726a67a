"""What a unit did in a year, from events only: the rows behind every point of its score sheet."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from huiyin.congress.models import Congress
from huiyin.kernel import clock
from huiyin.suggestions.choices import PromiseState, ReplyState, Score, State
from huiyin.suggestions.models import Contact, Promise, Rating, Reply, Suggestion
from huiyin.supervision.calculations import Facts, alike
from huiyin.supervision.choices import Line

COLUMNS = (
    *("pk", "lead_unit", "replied_at", "round"),
    *("in_time", "is_overdue", "has_contact", "has_rating", "has_bad_rating"),
)


def facts_of(congress: Congress, year: int, percent: int) -> dict[int, Facts]:
    """By unit, in three statements. `percent` is how alike two replies are that count as one text.

    The items are those of the rates: handed over in the year, without the withdrawn, each for
    its lead unit. Promises are those whose date lies in the year and has passed.
    """
    found: dict[int, Facts] = {}
    for row in _items(congress, year):
        _count_item(found.setdefault(row["lead_unit"], Facts()), row)
    for unit, texts in _replies(congress, year).items():
        copies = alike(texts, percent)
        facts = found.setdefault(unit, Facts())
        for item in texts:
            facts.count(Line.QUALITY, item, is_good=item not in copies)
    for promise in _promises(congress, year):
        _count_promise(found.setdefault(promise["unit"], Facts()), promise)
    return found


def _count_item(facts: Facts, row: dict[str, Any]) -> None:
    item, is_replied = row["pk"], row["replied_at"] is not None
    if is_replied or row["is_overdue"]:
        facts.count(Line.ON_TIME, item, is_good=bool(is_replied and row["in_time"]))
        if not (is_replied and row["in_time"]):
            facts.take(Line.LATE, item)
    if is_replied:
        facts.count(Line.CONTACT, item, is_good=row["has_contact"])
    if row["has_rating"]:
        facts.count(Line.SATISFACTION, item, is_good=not row["has_bad_rating"])
    if row["round"] > 1:
        facts.take(Line.REDO, item)


def _count_promise(facts: Facts, row: dict[str, Any]) -> None:
    is_kept = row["state"] == PromiseState.KEPT and row["in_time"]
    facts.count(Line.IMPLEMENTATION, row["pk"], is_good=bool(is_kept))
    if row["state"] == PromiseState.BROKEN:
        facts.take(Line.BROKEN, row["pk"])


def _handed_over(congress: Congress, year: int) -> QuerySet[Suggestion]:
    """Without what is handled in confidence: the rows behind a sheet are read by the whole unit.

    Nor old items: a sheet judges by what this house recorded.
    """
    rows = Suggestion.objects.filter(
        congress=congress, handed_over_at__year=year, is_secret=False, old_item=None
    )
    return rows.exclude(state=State.WITHDRAWN).filter(lead_unit__isnull=False)


def _items(congress: Congress, year: int) -> Iterator[dict[str, Any]]:
    due = F("reply_clock__due_on")
    contacts = Contact.objects.filter(
        assignment__suggestion=OuterRef("pk"), on__lte=OuterRef("replied_on")
    )
    of_item = Rating.objects.in_time().filter(reply__suggestion=OuterRef("reply__suggestion"))
    newest = of_item.order_by("-reply__round").values("reply__round")[:1]
    ratings = Rating.objects.in_time().filter(reply__suggestion=OuterRef("pk"), reply__round=newest)
    rows = _handed_over(congress, year).annotate(
        replied_on=TruncDate("replied_at", tzinfo=clock.ZONE),
        in_time=Q(replied_at__date__lte=due),
        is_overdue=Q(replied_at__isnull=True, reply_clock__due_on__lt=clock.today()),
        has_contact=Exists(contacts),
        has_rating=Exists(ratings),
        has_bad_rating=Exists(ratings.filter(result=Score.DISSATISFIED)),
    )
    yield from rows.order_by().values(*COLUMNS)


def _replies(congress: Congress, year: int) -> dict[int, dict[int, str]]:
    """The first signed reply to each item, by unit."""
    items = _handed_over(congress, year)
    signed = Reply.objects.filter(suggestion__in=items.values("pk"), state=ReplyState.SIGNED)
    rows = signed.order_by("-round").values_list("assignment__unit", "suggestion", "body")
    found: dict[int, dict[int, str]] = {}
    for unit, item, body in rows:
        found.setdefault(unit, {})[item] = body
    return found


def _promises(congress: Congress, year: int) -> QuerySet[Any, dict[str, Any]]:
    due = Promise.objects.made().filter(
        suggestion__congress=congress,
        suggestion__is_secret=False,
        promised_on__year=year,
        promised_on__lt=clock.today(),
    )
    rows: Any = due.annotate(in_time=Q(claimed_at__date__lte=F("promised_on")))
    return rows.order_by().values("pk", "unit", "state", "in_time")
