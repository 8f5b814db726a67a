"""The public API of what residents said: approved titles with counts, and one's own voice by its code."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema
from ninja.errors import HttpError
from ninja.pagination import paginate

from huiyin.kernel.limits import TooMany, visitor
from huiyin.opinions import actions
from huiyin.opinions.api.router import router
from huiyin.opinions.models import Matter, MatterQuerySet, Voice
from huiyin.ui.api import PUBLIC_REFUSALS, Paged, Text


class MatterOut(Schema):
    id: int
    title: str = Field(alias="public_title")
    people: int = Field(alias="n_voices")
    state: str
    region_code: str | None = Field(None, alias="region.code")
    last_said_at: dt.datetime = Field(alias="last_voice_at")


class LineOut(Schema):
    at: dt.datetime
    words: str


class VoiceOut(Schema):
    code: str
    received_at: dt.datetime
    text: str
    place: str
    state: str
    due_on: dt.date | None
    is_asked: bool
    is_solved: bool | None
    progress: list[LineOut]


@router.get("/matters", response={200: list[MatterOut], **PUBLIC_REFUSALS}, auth=None)
@paginate(Paged)
def matters(request: HttpRequest) -> MatterQuerySet:
    """Matters whose title a clerk approved, those said by most first."""
    return Matter.objects.public().for_list().order_by("-n_voices", "pk")


@router.get("/voices/{code}", response={200: VoiceOut, **PUBLIC_REFUSALS}, auth=None)
def voice(request: HttpRequest, response: HttpResponse, code: Text) -> VoiceOut:
    """One's own voice. Whoever has the code has the voice; guessing is limited."""
    found = _found(request, code)
    response.headers["Cache-Control"] = "private, no-store"
    limit = found.matter.clock
    return VoiceOut(
        code=found.code,
        received_at=found.received_at,
        text=found.text,
        place=found.place,
        state=found.matter.state,
        due_on=limit.due_on if limit and limit.is_running else None,
        is_asked=found.is_asked,
        is_solved=found.is_solved,
        progress=[LineOut(at=line.at, words=line.words) for line in found.told()],
    )


def _found(request: HttpRequest, code: str) -> Voice:
    try:
        found = actions.find_voice(code, who=visitor(request))
    except TooMany as error:
        raise HttpError(429, "Too many wrong codes; please wait.") from error
    if found is None:
        raise HttpError(404, "Not found")
    return found
