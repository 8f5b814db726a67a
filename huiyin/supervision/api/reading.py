"""What is public of supervision, and what a token's person may see of it."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Schema
from ninja.pagination import paginate
from pydantic import Field

from huiyin.accounts.api import reads
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.api.router import router
from huiyin.supervision.choices import ActKind, CardState, KeyState, ReviewState
from huiyin.supervision.models import KeyItem, Review, Scorecard
from huiyin.supervision.workflow import KEY_ITEM
from huiyin.ui.api import PUBLIC_REFUSALS, READ_REFUSALS, Paged, Pk, StepOut, Year


class OfYear(Schema):
    year: Year | None = None


class PublicKeyItem(Schema):
    """A matter the council of chairpersons supervises itself, as it was published."""

    id: int
    year: int
    title: str
    state: KeyState
    words: str = Field(alias="public_words")
    decided_on: dt.date | None
    result: str
    suggestions: list[str] = Field(description="numbers of those that are public themselves")

    @staticmethod
    def resolve_suggestions(item: KeyItem) -> list[str]:
        held = Suggestion.objects.public().filter(key_memberships__item=item)
        return list(held.order_by("number").values_list("number", flat=True))


class PublicReview(Schema):
    """How the standing committee judged a unit that reported to it."""

    year: int
    unit: str = Field(alias="unit.name")
    meeting: str
    satisfied: int = Field(alias="n_satisfied")
    basically_satisfied: int = Field(alias="n_basically")
    dissatisfied: int = Field(alias="n_dissatisfied")
    abstained: int = Field(alias="n_abstained")
    is_passed: bool | None


class KeyLine(Schema):
    """A key item as a row of one's list."""

    id: int
    year: int
    title: str
    state: KeyState
    leader: str | None = None
    committee: str | None = None
    due_on: dt.date | None = None

    @staticmethod
    def resolve_leader(item: KeyItem) -> str | None:
        return item.leader.name if item.leader else None

    @staticmethod
    def resolve_committee(item: KeyItem) -> str | None:
        return str(item.committee) if item.committee else None

    @staticmethod
    def resolve_due_on(item: KeyItem) -> dt.date | None:
        return item.clock.due_on if item.clock and item.clock.is_running else None


class ActOut(Schema):
    """One act of supervision: a meeting, a visit, a hearing, a letter."""

    kind: ActKind
    on: dt.date
    place: str
    persons: str
    summary: str


class KeyPage(Schema):
    item: KeyLine
    reason: str
    plan: str
    report: str
    result: str
    suggestions: list[int] = Field(description="those the reader may see")
    acts: list[ActOut]
    steps: list[StepOut]


class ReviewLine(Schema):
    id: int
    year: int
    unit: str = Field(alias="unit.name")
    state: ReviewState
    meeting: str


class CardLine(Schema):
    """A unit's score sheet; a unit sees its own."""

    id: int
    year: int = Field(alias="appraisal.year")
    unit: str = Field(alias="unit.name")
    state: CardState
    total: float
    rank: int | None


@router.get("/key-items", response={200: list[PublicKeyItem], **PUBLIC_REFUSALS}, auth=None)
@paginate(Paged)
def key_items(request: HttpRequest, wanted: Query[OfYear]) -> Any:
    """Published key items, the newest year first."""
    rows = KeyItem.objects.public().matching(**_given(wanted))
    return rows.order_by("-year", "pk")


@router.get("/reviews", response={200: list[PublicReview], **PUBLIC_REFUSALS}, auth=None)
@paginate(Paged)
def reviews(request: HttpRequest, wanted: Query[OfYear]) -> Any:
    """Results of the standing committee's votes on units."""
    rows = Review.objects.public().matching(**_given(wanted)).select_related("unit")
    return rows.order_by("-year", "unit__sort_key", "pk")


@router.get("/work/key-items", response={200: list[KeyLine], **READ_REFUSALS}, auth=reads)
@paginate(Paged)
def work_key_items(request: HttpRequest, wanted: Query[OfYear]) -> Any:
    """Key items the token's person may see."""
    rows = KeyItem.objects.visible_to(request.user).matching(**_given(wanted))
    return rows.for_list().order_by("-year", "pk")


@router.get("/work/key-items/{pk}", response={200: KeyPage, **READ_REFUSALS}, auth=reads)
def work_key_item(request: HttpRequest, pk: Pk) -> Any:
    """One key item with its acts, and the steps its reader may take."""
    item = get_object_or_404(KeyItem.objects.visible_to(request.user).for_list(), pk=pk)
    held = Suggestion.objects.visible_to(request.user).filter(key_memberships__item=item)
    return {
        "item": item,
        **{name: getattr(item, name) for name in ("reason", "plan", "report", "result")},
        "suggestions": list(held.order_by("pk").values_list("pk", flat=True)),
        "acts": list(item.acts.order_by("on", "pk")),
        "steps": _steps(request.user, item),
    }


@router.get("/work/reviews", response={200: list[ReviewLine], **READ_REFUSALS}, auth=reads)
@paginate(Paged)
def work_reviews(request: HttpRequest, wanted: Query[OfYear]) -> Any:
    """Units that report to the standing committee, as the token's person may see them."""
    rows = Review.objects.visible_to(request.user).matching(**_given(wanted))
    return rows.for_list().order_by("-year", "pk")


@router.get("/work/scorecards", response={200: list[CardLine], **READ_REFUSALS}, auth=reads)
@paginate(Paged)
def work_scorecards(request: HttpRequest) -> Any:
    """Score sheets of the yearly appraisal."""
    rows = Scorecard.objects.visible_to(request.user).for_list()
    return rows.order_by("-appraisal__year", "unit__sort_key", "pk")


def _given(wanted: OfYear) -> dict[str, Any]:
    return {name: value for name, value in wanted.dict().items() if value}


def _steps(user: Any, item: KeyItem) -> list[StepOut]:
    return [StepOut.of(KEY_ITEM.name, item.pk, each) for each in KEY_ITEM.buttons(user, item)]
