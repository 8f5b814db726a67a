"""Who is short-listed by rule, and by which facts: counted in the database, weighed by nobody."""

from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from huiyin.congress.models import Congress
from huiyin.opinions.models import Matter
from huiyin.suggestions.choices import PromiseState, ReplyState, ResultClass, Score, State
from huiyin.suggestions.models import Origin, Promise, Rating, Reply, Suggestion
from huiyin.supervision.choices import CHOSEN, AppraisalState, Merit
from huiyin.supervision.models.key_items import KeyMember
from huiyin.supervision.models.reviews import Review
from huiyin.supervision.models.scorecards import Scorecard

DONE = (State.RATED, State.TRACKING, State.CLOSED)
FEWEST_ITEMS = 3  # of a unit: with fewer a high score says little


class Nominee(NamedTuple):
    """What may get an award, and the codes and words that speak for it."""

    item: Any
    merits: list[list[str]]


def excellent_suggestions(congress: Congress, year: int, most: int) -> list[Nominee]:
    """Handled and rated well, with the most facts that speak for them; ties by number."""
    flags = {
        Merit.ALL_SATISFIED: Exists(_ratings()) & ~Exists(_ratings(without_full=True)),
        Merit.SOLVED: Exists(_replies()),
        Merit.KEPT: Exists(_promises()) & ~Exists(_promises(unkept=True)),
        Merit.FROM_VOICES: Exists(
            Origin.objects.filter(suggestion=OuterRef("pk"), kind=Matter.item_kind())
        ),
        Merit.JOINT: Q(n_cosigners__gt=1),
        Merit.KEY_ITEM: Exists(
            KeyMember.objects.filter(suggestion=OuterRef("pk"), item__state__in=CHOSEN)
        ),
    }
    rows: Any = Suggestion.objects.filter(
        congress=congress, handed_over_at__year=year, state__in=DONE, is_secret=False
    )
    rows = rows.annotate(**{f"has_{code}": flag for code, flag in flags.items()})
    rows = rows.filter(has_all_satisfied=True)
    score = sum(
        (_one(f"has_{code}") for code in flags), start=Value(0, output_field=IntegerField())
    )
    picked = rows.annotate(n_merits=score).order_by("-n_merits", "number")
    found = picked.select_related("lead__person").defer("search")[:most]
    return [
        Nominee(row, [[code, ""] for code in flags if getattr(row, f"has_{code}")]) for row in found
    ]


def advanced_units(congress: Congress, year: int, most: int) -> list[Nominee]:
    """The best totals of the settled appraisal, without those that failed the committee's vote."""
    failed = Review.objects.filter(congress=congress, year=year, is_passed=False)
    cards = Scorecard.objects.filter(
        appraisal__congress=congress,
        appraisal__year=year,
        appraisal__state=AppraisalState.FINAL,
        n_items__gte=FEWEST_ITEMS,
    ).exclude(unit__in=failed.values("unit"))
    passed = set(
        Review.objects.filter(congress=congress, year=year, is_passed=True).values_list(
            "unit", flat=True
        )
    )
    best = cards.select_related("unit").order_by("-total", "unit__sort_key")[:most]
    return [Nominee(card.unit, _unit_merits(card, passed)) for card in best]


def _unit_merits(card: Scorecard, passed: set[int]) -> list[list[str]]:
    merits = [[str(Merit.HIGH_SCORE), str(card.total)]]
    late = card.line("late")
    if late is not None and not late["rows"]:
        merits.append([str(Merit.NEVER_LATE), ""])
    if card.unit_id in passed:
        merits.append([str(Merit.PASSED), ""])
    return merits


def _one(flag: str) -> Case:
    return Case(When(**{flag: True}, then=Value(1)), default=Value(0), output_field=IntegerField())


def _ratings(*, without_full: bool = False) -> QuerySet[Rating]:
    of_item: Any = Rating.objects.filter(reply__suggestion=OuterRef("reply__suggestion"))
    newest = of_item.order_by("-reply__round").values("reply__round")[:1]
    rows = Rating.objects.in_time().filter(reply__suggestion=OuterRef("pk"), reply__round=newest)
    return rows.exclude(result=Score.SATISFIED) if without_full else rows


def _replies() -> QuerySet[Reply]:
    return Reply.objects.filter(
        suggestion=OuterRef("pk"),
        round=OuterRef("round"),
        state=ReplyState.SIGNED,
        result_class=ResultClass.A,
    )


def _promises(*, unkept: bool = False) -> QuerySet[Promise]:
    rows = Promise.objects.made().filter(suggestion=OuterRef("pk"))
    return rows.exclude(state=PromiseState.KEPT) if unkept else rows
