"""What is true of each item of a period. Every rate is a count over these facts, every list a choice of them.

The facts are asked once an item in an inner statement that PostgreSQL may not unfold; what is
counted and what is listed are conditions over its columns, so that a number and the rows
behind it cannot differ.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, ExtractYear, TruncDate

from huiyin.dashboards.figures.figure import Scope
from huiyin.kernel import clock, compiled
from huiyin.rulebook.models import Clock
from huiyin.suggestions.choices import (
    FACE_TO_FACE,
    ContactKind,
    Gap,
    MotionState,
    PromiseState,
    RecordState,
    ReplyState,
    ResultClass,
    Score,
    State,
)
from huiyin.suggestions.models import (
    Assignment,
    Contact,
    Promise,
    Rating,
    Reply,
    ReturnRequest,
    Suggestion,
)


@dataclass(frozen=True)
class Meets:
    """What the place counts as a meeting: whether a telephone does, and only what the deputy confirmed."""

    telephone: bool
    only_confirmed: bool


NOT_HANDLED = (State.WITHDRAWN, State.REFERRED)  # withdrawn, or passed on for reference
ROUND_OVER = (State.RATED, State.TRACKING, State.CLOSED)
UNSOLVED = (ResultClass.C, ResultClass.D)

OWN = ("id", "round", "is_published")
# What the file of an old item does not tell; nothing of an item that was handled here.
GAPS = F("old_item__gaps")
DAYS = {
    "handed_on": TruncDate("handed_over_at", tzinfo=clock.ZONE),
    "replied_on": TruncDate("replied_at", tzinfo=clock.ZONE),
    "due_on": F("reply_clock__due_on"),
}
# How items are put together: what they are told apart by, and the words for it.
GROUPS: dict[str, tuple[Any, Any]] = {
    "unit": (F("lead_unit"), F("lead_unit__short_name")),
    "subject": (F("subject"), F("subject")),
    "district": (F("lead__electing_base__region"), F("lead__electing_base__region__name")),
    "year": (ExtractYear("handed_over_at", tzinfo=clock.ZONE),) * 2,
}


def _knows(*gaps: Gap) -> str:
    """An old item whose file lacks the column stands on neither side of the fraction (adr/0014)."""
    return " AND ".join(f"('{gap.value}' = ANY(gaps)) IS NOT TRUE" for gap in gaps)


TALKS, CLASSES, RETURNS = _knows(Gap.TALKS), _knows(Gap.CLASSES), _knows(Gap.RETURNS)
EXTENSIONS, PROMISES = _knows(Gap.EXTENSIONS), _knows(Gap.CLASSES, Gap.PROMISES)

# H of the rates (docs/practice.md) is in_h: handed over in the period, not withdrawn, not passed on; joint items once.
CONDITIONS = {
    "all": "in_h",
    "rated": "in_h AND has_rating",
    "silent": f"in_h AND is_over AND NOT has_rating AND {_knows(Gap.RATINGS)}",
    "result_good": "in_h AND has_rating AND NOT has_bad_result",
    "result_full": "in_h AND has_rating AND NOT has_lesser_result",
    "attitude_good": "in_h AND has_rating AND NOT has_bad_attitude",
    "replied": "in_h AND replied_on IS NOT NULL",
    "in_time": f"in_h AND replied_on <= due_on AND {EXTENSIONS}",
    "met": f"in_h AND has_met AND {TALKS}",
    "contacted": f"in_h AND has_contact AND {TALKS}",
    "class_a": f"in_h AND replied_on IS NOT NULL AND NOT has_lesser_class AND {CLASSES}",
    "finished": (
        "in_h AND replied_on IS NOT NULL AND (NOT has_lesser_class"
        " OR (NOT has_unsolved_class AND has_promise AND NOT has_open_promise))"
        f" AND {PROMISES}"
    ),
    "redone": "in_h AND has_rating AND round > 1",
    "returned": f"in_h AND was_returned AND {RETURNS}",
    # The bases of the rates that need a column which the file of an old item may lack.
    "all_in_time": f"in_h AND {EXTENSIONS}",
    "replied_in_time": f"in_h AND replied_on IS NOT NULL AND {EXTENSIONS}",
    "all_talks": f"in_h AND {TALKS}",
    "all_classes": f"in_h AND {CLASSES}",
    "all_finished": f"in_h AND {PROMISES}",
    "all_returns": f"in_h AND {RETURNS}",
    "late": "in_h AND is_late",
    "left_out": "is_left_out",
    # K28, the six functions: of what was handed in here in the period, old items left out
    "brought": "is_brought",
    "submitted": "is_submitted",
    "handed": "is_submitted AND handed_on IS NOT NULL",
    "handled": "is_submitted AND was_signed_for",
    "answered": "is_submitted AND replied_on IS NOT NULL",
    "judged": "is_submitted AND has_any_rating",
    "public": "is_submitted AND is_published",
    "moved": "was_moved",
    "converted": "was_moved AND was_converted",
}


def counted(scope: Scope, by: str, *, meets: Meets) -> list[tuple[Any, ...]]:
    """By group: key, words, every count of CONDITIONS in their order, and the sum of days to reply."""
    counts = [f"COUNT(*) FILTER (WHERE {condition})" for condition in CONDITIONS.values()]
    days = f"SUM(replied_on - handed_on) FILTER (WHERE {CONDITIONS['replied']})"
    rest = f"SELECT group_key, group_words, {', '.join(counts)}, {days} FROM item GROUP BY 1, 2"  # noqa: S608  our own words
    return compiled.rows(_over(scope, by, rest, meets=meets))


def chosen(
    scope: Scope, name: str, *, by: str = "unit", group: str = "", meets: Meets
) -> QuerySet[Suggestion]:
    """The items one count counts, of one group or of all."""
    rest = f"SELECT id FROM item WHERE {CONDITIONS[name]}"  # noqa: S608  our own words
    more: tuple[str, ...] = ()
    if group:
        rest, more = f"{rest} AND COALESCE(group_key::text, '-') = %s", (group,)
    sql, values = _over(scope, by, rest, meets=meets)
    return Suggestion.objects.filter(pk__in=RawSQL(sql, (*values, *more)))  # noqa: S611  nothing a reader typed stands in it


def _over(scope: Scope, by: str, rest: str, *, meets: Meets) -> compiled.Statement:
    key, words = GROUPS[by]
    facts = _facts(scope, meets=meets)
    columns = facts | {"gaps": GAPS, "group_key": key, "group_words": words}
    names = (*OWN, *DAYS, *columns)
    rows = _items(scope).annotate(**DAYS).annotate(**columns).values_list(*names)
    sql, values = compiled.statement(rows)
    return compiled.Statement(
        f"WITH item ({', '.join(names)}) AS MATERIALIZED ({sql}) {rest}", values
    )


def _items(scope: Scope) -> QuerySet[Suggestion]:
    in_period = scope.during("handed_over_at") | scope.during("submitted_at")
    return Suggestion.objects.filter(in_period, congress=scope.congress).order_by()


def _facts(scope: Scope, *, meets: Meets) -> dict[str, Any]:
    told = Q(is_secret=False)
    counts = ~Q(state__in=NOT_HANDLED)
    return {
        "in_h": scope.during("handed_over_at") & told & counts,
        "is_left_out": scope.during("handed_over_at") & ~told & counts,
        "is_brought": scope.during("submitted_at") & told & Q(is_motion=False),
        "is_submitted": scope.during("submitted_at") & told & Q(is_motion=False, old_item=None),
        "was_moved": scope.during("submitted_at") & told & Q(motion__submitted_at__isnull=False),
        "was_converted": Q(motion__state=MotionState.CONVERTED),
        "is_over": Q(state__in=ROUND_OVER),
        "is_late": Clock.overdue_q(clock.today(), prefix="clock__"),
        **_talks(meets=meets),
        **_answers(),
        **_judgements(),
        "was_returned": Exists(
            ReturnRequest.objects.filter(assignment__suggestion=OuterRef("pk"), is_granted=True)
        ),
        "was_signed_for": Exists(
            Assignment.objects.filter(suggestion=OuterRef("pk"), signed_at__isnull=False)
        ),
    }


def _talks(*, meets: Meets) -> dict[str, Any]:
    """Face to face at any time, unless the deputy disputes it; any talk up to the day of the first reply."""
    contacts = Contact.objects.filter(_own_or_leads("assignment__suggestion"))
    kinds = (*FACE_TO_FACE, ContactKind.TELEPHONE) if meets.telephone else FACE_TO_FACE
    meetings = contacts.filter(kind__in=kinds)
    if meets.only_confirmed:
        meetings = meetings.filter(face_record__state=RecordState.CONFIRMED)
    else:
        meetings = meetings.exclude(face_record__state=RecordState.DISPUTED)
    before = Coalesce(OuterRef("replied_on"), Value(dt.date.max))
    return {
        "has_met": Exists(meetings),
        "has_contact": Exists(contacts.filter(on__lte=before)),
    }


def _answers() -> dict[str, Any]:
    """By the newest letter of each unit that answers: after a redo the old class counts no more."""
    signed = Reply.objects.filter(state=ReplyState.SIGNED)
    newer = signed.filter(assignment=OuterRef("assignment"), round__gt=OuterRef("round"))
    letters = signed.filter(~Exists(newer), suggestion=OuterRef("pk"))
    promises = Promise.objects.made().filter(_own_or_leads("suggestion"))
    return {
        "has_lesser_class": Exists(letters.exclude(result_class=ResultClass.A)),
        "has_unsolved_class": Exists(letters.filter(result_class__in=UNSOLVED)),
        "has_promise": Exists(promises),
        "has_open_promise": Exists(promises.exclude(state=PromiseState.KEPT)),
    }


def _judgements() -> dict[str, Any]:
    """Of the newest rated round, without what came too late (Chongqing 29)."""
    in_time = Rating.objects.in_time()
    newest = (
        in_time.filter(reply__suggestion=OuterRef("reply__suggestion"))
        .order_by("-reply__round")
        .values("reply__round")[:1]
    )
    ratings = in_time.filter(reply__suggestion=OuterRef("pk"), reply__round=newest)
    return {
        "has_rating": Exists(in_time.filter(reply__suggestion=OuterRef("pk"))),
        "has_bad_result": Exists(ratings.filter(result=Score.DISSATISFIED)),
        "has_lesser_result": Exists(ratings.exclude(result=Score.SATISFIED)),
        "has_bad_attitude": Exists(ratings.filter(attitude=Score.DISSATISFIED)),
        "has_any_rating": Exists(Rating.objects.filter(reply__suggestion=OuterRef("pk"))),
    }


def _own_or_leads(suggestion: str) -> Q:
    """What was merged into another item shares its talks and its promises (T34)."""
    return Q(**{suggestion: OuterRef("pk")}) | Q(**{suggestion: OuterRef("merged_into")})
