"""The public API: published suggestions, their replies, the ledger of promises. Read only."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate
from pydantic import Field

from huiyin.kernel import clock
from huiyin.suggestions.choices import PromiseState, ReplyState, ResultClass, State, Subject
from huiyin.suggestions.models import Promise, Publication, Reply

router = Router(tags=["suggestions"])
LONGEST_QUERY = 60


class Search(Schema):
    q: str = Field("", max_length=LONGEST_QUERY, description="words of the number, title or text")
    subject: Subject | None = None
    result: ResultClass | None = None
    year: int | None = Field(None, ge=1950, le=2200)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(clock.ZONE).date() if moment else None


class PromiseLine(Schema):
    suggestion: str = Field(alias="suggestion.number")
    text: str = Field(alias="public_text")
    unit: str = Field(alias="unit.name")
    promised_on: dt.date
    state: PromiseState


class ReplyLine(Schema):
    round: int
    document_number: str
    result_class: ResultClass
    unit: str = Field(alias="assignment.unit.name")
    signed_on: dt.date | None

    @staticmethod
    def resolve_signed_on(reply: Reply) -> dt.date | None:
        return _day(reply.signed_at)


class SuggestionLine(Schema):
    """The public copy; what was redacted is not here either."""

    number: str = Field(alias="suggestion.number")
    title: str
    lead: str = Field(alias="suggestion.lead.person.name")
    cosigners: int = Field(alias="suggestion.n_cosigners")
    subject: Subject = Field(alias="suggestion.subject")
    state: State = Field(alias="suggestion.state")
    unit: str | None
    submitted_on: dt.date | None
    handed_over_on: dt.date | None
    replied_on: dt.date | None
    round: int = Field(alias="suggestion.round")

    @staticmethod
    def resolve_unit(copy: Publication) -> str | None:
        return copy.suggestion.lead_unit.name if copy.suggestion.lead_unit else None

    @staticmethod
    def resolve_submitted_on(copy: Publication) -> dt.date | None:
        return _day(copy.suggestion.submitted_at)

    @staticmethod
    def resolve_handed_over_on(copy: Publication) -> dt.date | None:
        return _day(copy.suggestion.handed_over_at)

    @staticmethod
    def resolve_replied_on(copy: Publication) -> dt.date | None:
        return _day(copy.suggestion.replied_at)


class SuggestionPage(SuggestionLine):
    text: str
    reply: str
    replies: list[ReplyLine]
    promises: list[PromiseLine]

    @staticmethod
    def resolve_replies(copy: Publication) -> list[Reply]:
        signed = copy.suggestion.replies.filter(state=ReplyState.SIGNED)
        return list(signed.select_related("assignment__unit").order_by("round"))

    @staticmethod
    def resolve_promises(copy: Publication) -> list[Promise]:
        made = Promise.objects.made().filter(suggestion=copy.suggestion)
        return list(made.for_list().order_by("promised_on", "pk"))


@router.get("/suggestions", response=list[SuggestionLine], auth=None)
@paginate(LimitOffsetPagination)
def suggestions(request: HttpRequest, search: Query[Search]) -> Any:
    """Published suggestions, the newest first."""
    wanted = {name: value for name, value in search.dict().items() if value}
    rows = Publication.objects.published().matching(**wanted).for_list()
    return rows.order_by("-published_at", "-pk")


@router.get("/suggestions/{number}", response=SuggestionPage, auth=None)
def suggestion(request: HttpRequest, number: str) -> Publication:
    """One published suggestion: redacted text, reply, rounds, promises."""
    copies = Publication.objects.published().for_page()
    return get_object_or_404(copies.filter(suggestion__number=number).order_by("pk")[:1])


@router.get("/promises", response=list[PromiseLine], auth=None)
@paginate(LimitOffsetPagination)
def promises(request: HttpRequest) -> Any:
    """Promises made in published replies, the nearest date first."""
    return Promise.objects.public().for_list().order_by("promised_on", "pk")
