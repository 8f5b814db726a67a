"""Matters at the desk and with deputies, and every step on them, for the person of a token.

Telephones, names and codes of residents are not here: a page asks for the reason first.
"""

import datetime as dt
from functools import partial
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Schema, Status
from ninja.pagination import paginate
from pydantic import Field

from huiyin.accounts.api import person, reads, writes
from huiyin.congress.models import Deputy
from huiyin.kernel.workflow import NotAllowed
from huiyin.opinions import actions, permissions
from huiyin.opinions.api.public import LineOut
from huiyin.opinions.api.router import router
from huiyin.opinions.choices import Channel, State, Subject
from huiyin.opinions.forms import PublicTitleForm, SubjectForm, WalkInForm
from huiyin.opinions.forms.desk import FORMS
from huiyin.opinions.models import Matter, Voice
from huiyin.opinions.workflow import MATTER
from huiyin.ui.api import (
    READ_REFUSALS,
    WRITE_REFUSALS,
    Body,
    Id,
    Paged,
    Pk,
    Standing,
    StepOut,
    add_step,
    body_of,
    cleaned,
    sent,
)
from huiyin.venues.models import Venue

MOST_VOICES = 50
ANSWER: dict[Any, Any] = {200: Standing, **WRITE_REFUSALS}
NEEDED = ("congress__region", "region", "venue", "deputy__person", "unit", "clock__rule")


# Said in place: the document knows one name for one thing, and other floors have states of theirs.
MatterState = Literal[tuple(State.values)]  # type: ignore[valid-type]  # made while running
MatterSubject = Literal[tuple(Subject.values)]  # type: ignore[valid-type]  # made while running
VoiceChannel = Literal[tuple(Channel.values)]  # type: ignore[valid-type]  # made while running


class MatterFilter(Schema):
    state: MatterState | None = None  # type: ignore[valid-type]  # made while running
    subject: MatterSubject | None = None  # type: ignore[valid-type]  # made while running


class MatterLine(Schema):
    """A matter as a row of one's list."""

    id: int
    title: str
    state: MatterState  # type: ignore[valid-type]  # made while running
    subject: str
    people: int = Field(alias="n_voices")
    unit: str | None = None
    deputy: int | None = Field(alias="deputy_id")
    due_on: dt.date | None = None
    last_said_at: dt.datetime = Field(alias="last_voice_at")

    @staticmethod
    def resolve_unit(item: Matter) -> str | None:
        return item.unit.name if item.unit else None

    @staticmethod
    def resolve_due_on(item: Matter) -> dt.date | None:
        return item.clock.due_on if item.clock and item.clock.is_running else None


class SaidOut(Schema):
    """A resident's words, without who said them."""

    id: int
    text: str
    place: str
    channel: VoiceChannel  # type: ignore[valid-type]  # made while running
    received_at: dt.datetime
    people: int = Field(alias="n_people")


class MatterPage(Schema):
    matter: MatterLine
    brief: str
    answer: str
    voices: list[SaidOut]
    progress: list[LineOut]
    steps: list[StepOut]


class Received(Schema):
    """The code is handed to the visitor: whoever has it follows the matter."""

    id: int
    matter: int
    code: str


@router.get("/work/matters", response={200: list[MatterLine], **READ_REFUSALS}, auth=reads)
@paginate(Paged)
def work_matters(request: HttpRequest, wanted: Query[MatterFilter]) -> Any:
    """Matters the token's person may see, the newest words first."""
    conditions = {name: value for name, value in wanted.dict().items() if value}
    rows = Matter.objects.visible_to(request.user).standing().filter(**conditions)
    return rows.for_list().order_by("-last_voice_at", "-pk")


@router.get("/work/matters/{pk}", response={200: MatterPage, **READ_REFUSALS}, auth=reads)
def work_matter(request: HttpRequest, pk: Pk) -> Any:
    """One matter; of its voices those whose words the person may read."""
    found = _visible(request.user, pk)
    voices = Voice.objects.visible_to(request.user).filter(matter=found).defer("search")
    steps = [
        StepOut.of(MATTER.name, found.pk, button) for button in MATTER.buttons(request.user, found)
    ]
    return {
        "matter": found,
        "brief": found.brief,
        "answer": found.answer,
        "voices": list(voices.order_by("received_at", "pk")[:MOST_VOICES]),
        "progress": list(found.progress.order_by("at", "pk")),
        "steps": steps,
    }


SubjectBody = body_of(SubjectForm, "SubjectBody")
TitleBody = body_of(PublicTitleForm, "TitleBody")
VisitorBody = body_of(
    WalkInForm, "VisitorBody", venue=(Id, Field(..., description="the home or station"))
)


@router.post("/work/voices", response={201: Received, **WRITE_REFUSALS}, auth=writes)
def receive_visitor(request: HttpRequest, body: VisitorBody) -> Any:  # type: ignore[valid-type]  # made while running
    """Write down what a visitor said, as the officer of the home or station."""
    if not permissions.can_receive_visitors(request.user):
        raise NotAllowed("receive visitors")
    given = sent(body)
    venue = get_object_or_404(Venue.objects.open(), pk=given.pop("venue"))
    if not permissions.can_receive_at(request.user, venue):
        raise NotAllowed("receive visitors here")
    near = Deputy.objects.sitting().named().filter(placements__venue=venue)
    within = venue.congress.region
    fields = cleaned(WalkInForm(given, deputies=near.order_by("sort_key"), within=within))
    voice = actions.receive_visitor(venue=venue, **fields, by=person(request))
    return Status(201, Received(id=voice.pk, matter=voice.matter_id, code=voice.code))


@router.post("/work/matters/{pk}/set-subject", response=ANSWER, auth=writes)
def set_subject(request: HttpRequest, pk: Pk, body: SubjectBody) -> Standing:  # type: ignore[valid-type]  # made while running
    """Say what kind of matter it is."""
    found = _visible(request.user, pk)
    MATTER.check("set_subject", found, by=person(request))
    subject = cleaned(SubjectForm(sent(body)))["subject"]
    return _standing(actions.set_subject(found, subject=subject, by=person(request)))


@router.post("/work/matters/{pk}/publish", response=ANSWER, auth=writes)
def publish(request: HttpRequest, pk: Pk, body: TitleBody) -> Standing:  # type: ignore[valid-type]  # made while running
    """Show residents a title and a count, nothing of their words."""
    found = _visible(request.user, pk)
    MATTER.check("publish", found, by=person(request))
    title = cleaned(PublicTitleForm(sent(body)))["title"]
    return _standing(actions.publish(found, title=title, by=person(request)))


@router.post("/work/matters/{pk}/hide", response=ANSWER, auth=writes)
def hide(request: HttpRequest, pk: Pk) -> Standing:
    """No longer public."""
    return _standing(actions.hide(_visible(request.user, pk), by=person(request)))


def _take(name: str, request: HttpRequest, pk: int, body: Body | None) -> Standing:
    """The step's own action; a deputy who takes something up is named by his seat."""
    found = _visible(request.user, pk)
    MATTER.demand_right(name, found, by=request.user)
    given = cleaned(FORMS[name](sent(body), matter=found))
    if name == "take_up":
        given = {"deputy": permissions.deputy_of(request.user, found)}
    getattr(actions, name)(found, **given, by=person(request))
    found.refresh_from_db(fields=["state"])
    return _standing(found)


def _visible(user: Any, pk: int) -> Matter:
    rows = Matter.objects.visible_to(user).select_related(*NEEDED, "merged_into")
    return get_object_or_404(rows.defer("search"), pk=pk)


def _standing(found: Matter) -> Standing:
    return Standing(id=found.pk, kind=MATTER.name, state=found.state)


for each in FORMS:
    add_step(
        router,
        f"/work/matters/{{pk}}/{each.replace('_', '-')}",
        name=f"{MATTER.name}_{each}",
        label=MATTER.steps[each].label,
        body=body_of(FORMS[each], f"{MATTER.name}_{each}_body")
        if FORMS[each].base_fields
        else None,
        take=partial(_take, each),
        auth=writes,
        response=ANSWER,
    )
