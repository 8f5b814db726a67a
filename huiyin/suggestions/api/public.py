"""What anyone may read: published suggestions, their replies, the ledger of promises."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Schema
from ninja.pagination import paginate
from pydantic import Field

from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions.api.answers import day_of
from huiyin.suggestions.api.router import router
from huiyin.suggestions.choices import PromiseState, ReplyState, ResultClass, State, Subject
from huiyin.suggestions.models import Promise, Publication, Reply
from huiyin.ui.api import PUBLIC_REFUSALS, Paged, Problem, Text, Year

LONGEST_QUERY, LONGEST_CODE = 60, 12
MOST_NAMED = 20
CONGRESS = "the code of its region; a number is unique only in its congress"


class Search(Schema):
    q: Text = Field("", max_length=LONGEST_QUERY, description="words of the number, title or text")
    congress: Text = Field("", max_length=LONGEST_CODE, description="the code of its region")
    subject: Subject | None = None
    result: ResultClass | None = None
    year: Year | None = None


class PromiseLine(Schema):
    suggestion: str = Field(alias="suggestion.number")
    congress: str = Field(alias="suggestion.congress.region.code", description=CONGRESS)
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
        return day_of(reply.signed_at)


class SuggestionLine(Schema):
    """The public copy; what was redacted is not here either."""

    number: str = Field(alias="suggestion.number")
    congress: str = Field(alias="suggestion.congress.region.code", description=CONGRESS)
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
        return day_of(copy.suggestion.submitted_at)

    @staticmethod
    def resolve_handed_over_on(copy: Publication) -> dt.date | None:
        return day_of(copy.suggestion.handed_over_at)

    @staticmethod
    def resolve_replied_on(copy: Publication) -> dt.date | None:
        return day_of(copy.suggestion.replied_at)


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
        return list(made.for_public_list().order_by("promised_on", "pk"))


@router.get("/suggestions", response={200: list[SuggestionLine], **PUBLIC_REFUSALS}, auth=None)
@paginate(Paged)
def suggestions(request: HttpRequest, search: Query[Search]) -> Any:
    """Published suggestions, the newest first."""
    wanted = {name: value for name, value in search.dict().items() if value}
    rows = Publication.objects.published().matching(**wanted).for_list()
    return rows.order_by("-published_at", "-pk")


@router.get(
    "/suggestions/{congress}/{number}",
    response={200: SuggestionPage, **PUBLIC_REFUSALS},
    auth=None,
)
def suggestion_of_congress(request: HttpRequest, congress: Text, number: Text) -> Publication:
    """One published suggestion: redacted text, reply, rounds, promises."""
    copies = Publication.objects.published().numbered(number).for_page()
    return get_object_or_404(copies, suggestion__congress__region__code=congress)


@router.get(
    "/suggestions/{number}",
    response={200: SuggestionPage, 409: Problem, **PUBLIC_REFUSALS},
    auth=None,
)
def suggestion(request: HttpRequest, number: Text) -> Publication:
    """The same by its number alone; 409 names the congresses where several published that number."""
    found = list(Publication.objects.published().numbered(number).for_page()[:MOST_NAMED])
    if not found:
        raise Http404
    if len(found) > 1:
        codes = _("、").join(copy.suggestion.public_address[0] for copy in found)
        words = _("有几个人大公开了这个编号，请在地址里写明是哪一个：%(codes)s") % {"codes": codes}
        raise NotPossible(words)
    return found[0]


@router.get("/promises", response={200: list[PromiseLine], **PUBLIC_REFUSALS}, auth=None)
@paginate(Paged)
def promises(request: HttpRequest) -> Any:
    """Promises made in published replies, the nearest date first."""
    return Promise.objects.public().for_public_list().order_by("promised_on", "pk")
