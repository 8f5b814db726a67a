"""A deputy's paper and a unit's letter: what has a page of its own has an address of its own."""

from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Status
from pydantic import Field, StrictStr

from huiyin.accounts.api import person, writes
from huiyin.congress.models import Deputy
from huiyin.congress.seats import seats_of
from huiyin.opinions.models import Matter
from huiyin.suggestions import actions, permissions
from huiyin.suggestions.actions import motions
from huiyin.suggestions.api.router import router
from huiyin.suggestions.choices import Proposer
from huiyin.suggestions.forms.motions import MotionForm
from huiyin.suggestions.forms.steps import StepForm
from huiyin.suggestions.forms.writing import InviteForm, PromiseForm, ReplyForm, TextForm
from huiyin.suggestions.models import Assignment, Signature, Suggestion
from huiyin.suggestions.models.gathering import gather
from huiyin.suggestions.workflow import ASSIGNMENT, SIGNATURE, SUGGESTION
from huiyin.ui.api import WRITE_REFUSALS, Body, Id, Pk, Standing, body_of, cleaned, sent

ANSWER: dict[Any, Any] = {200: Standing, **WRITE_REFUSALS}
MOST_PROMISES = actions.MOST_PROMISES

BEGUN: dict[str, Any] = {
    "proposer": (
        Literal[tuple(Proposer.values)] | None,
        Field(None, description="in whose name; a delegation's only by its head"),
    ),
    "mandate": (Id | None, Field(None, description="the deputy's seat, where there are several")),
    "matter": (Id | None, Field(None, description="the residents' matter it comes from")),
}
TextBody = body_of(TextForm, "TextBody", without=("proposer",))
NewTextBody = body_of(TextForm, "NewTextBody", **BEGUN)
NewMotionBody = body_of(MotionForm, "NewMotionBody", without=("wished_unit",), **BEGUN)
InviteBody = body_of(InviteForm, "InviteBody")
PromiseBody = body_of(PromiseForm, "PromiseBody")
LetterBody = body_of(
    ReplyForm,
    "LetterBody",
    promises=(
        list[PromiseBody],  # type: ignore[valid-type]  # made while running
        Field(default_factory=list, max_length=MOST_PROMISES),
    ),
)


class SignBody(Body):
    text_hash: StrictStr = Field(..., description="of the wording that was read, see text_hash")


@router.post("/work/suggestions", response={201: Standing, **WRITE_REFUSALS}, auth=writes)
def write(request: HttpRequest, body: NewTextBody) -> Any:  # type: ignore[valid-type]  # made while running
    """Begin a draft in one's own name, or as its head in a delegation's."""
    suggestion = actions.write(**_begun(request, body, TextForm), by=person(request))
    return Status(201, _standing(suggestion))


@router.post("/work/motions", response={201: Standing, **WRITE_REFUSALS}, auth=writes)
def write_motion(request: HttpRequest, body: NewMotionBody) -> Any:  # type: ignore[valid-type]  # made while running
    """Begin a motion; the answer names its paper, which is signed and handed in as any other."""
    motion = motions.write(**_begun(request, body, MotionForm), by=person(request))
    return Status(201, _standing(motion.suggestion))


@router.put("/work/suggestions/{pk}", response=ANSWER, auth=writes)
def revise(request: HttpRequest, pk: Pk, body: TextBody) -> Standing:  # type: ignore[valid-type]  # made while running
    """Write the text anew; everybody who signed is asked again."""
    suggestion = _visible(request.user, pk)
    SUGGESTION.check("revise", suggestion, by=person(request))
    form = TextForm(sent(body))
    cleaned(form)
    wording = form.wording()
    if suggestion.is_motion:  # who handles it is not asked before it is decided
        wording.pop("wished_unit")
    text = actions.Text(**wording)
    return _standing(actions.revise(suggestion, text=text, by=person(request)))


@router.post("/work/suggestions/{pk}/invite", response=ANSWER, auth=writes)
def invite(request: HttpRequest, pk: Pk, body: InviteBody) -> Standing:  # type: ignore[valid-type]  # made while running
    """Ask sitting deputies of the same congress to put their names under it."""
    suggestion = _visible(request.user, pk)
    step = "invite_more" if suggestion.state == "returned" else "invite"
    SUGGESTION.check(step, suggestion, by=person(request))
    deputies = list(cleaned(InviteForm(sent(body), item=suggestion))["deputies"])
    return _standing(actions.invite(suggestion, deputies=deputies, by=person(request)))


@router.post("/work/signatures/{pk}/sign", response=ANSWER, auth=writes)
def sign(request: HttpRequest, pk: Pk, body: SignBody) -> Standing:
    """Co-sign exactly the wording that was read: its hash comes along."""
    visible = Suggestion.objects.visible_to(request.user)
    names = Signature.objects.filter(suggestion__in=visible.values("pk"))
    name = get_object_or_404(names.select_related("suggestion__lead__person"), pk=pk)
    SIGNATURE.check("sign", name, by=person(request))
    return _standing(actions.sign(name, text_hash=body.text_hash, by=person(request)))


@router.post("/work/suggestions/{pk}/draft-reply", response=ANSWER, auth=writes)
def draft_reply(request: HttpRequest, pk: Pk, body: LetterBody) -> Standing:  # type: ignore[valid-type]  # made while running
    """Write this round's reply with its promises; a draft until the leader signs."""
    suggestion = _visible(request.user, pk)
    gather(suggestion)
    SUGGESTION.check("draft_reply", suggestion, by=person(request))
    actions.draft_reply(suggestion, **_letter(suggestion, body), by=person(request))
    suggestion.refresh_from_db(fields=["state"])
    return _standing(suggestion)


@router.post("/work/tasks/{pk}/draft-part", response=ANSWER, auth=writes)
def draft_part(request: HttpRequest, pk: Pk, body: LetterBody) -> Standing:  # type: ignore[valid-type]  # made while running
    """The same for one unit's own part of a divided matter."""
    visible = Suggestion.objects.visible_to(request.user)
    tasks = Assignment.objects.filter(suggestion__in=visible.values("pk"))
    task = get_object_or_404(tasks.select_related("suggestion__congress__region"), pk=pk)
    ASSIGNMENT.check("draft_part", task, by=person(request))
    actions.draft_part(task, **_letter(task.suggestion, body), by=person(request))
    task.refresh_from_db(fields=["state"])
    return _standing(task)


def _begun(request: HttpRequest, body: Any, form_of: type[TextForm]) -> dict[str, Any]:
    """What the actions that begin a paper ask for."""
    given = sent(body)
    lead = _mandate(request.user, given.pop("mandate", None))
    origins = _cited(request.user, given.pop("matter", None))
    proposer = given.pop("proposer", Proposer.DEPUTIES)
    form = form_of(given)
    cleaned(form)
    text = actions.Text(**form.wording())
    return {"lead": lead, "text": text, "origins": origins, "proposer": proposer, **form.begun()}


def _visible(user: Any, pk: int) -> Suggestion:
    return get_object_or_404(Suggestion.objects.visible_to(user).for_page(), pk=pk)


def _standing(item: Any) -> Standing:
    return Standing(id=item.pk, kind=item._meta.model_name, state=item.state)


def _mandate(user: Any, wanted: int | None) -> Deputy:
    """One's own seat: the one named, else the only or the first. Others have no such door."""
    if not permissions.can_write(user):
        raise Http404
    own = Deputy.objects.filter(pk__in=seats_of(user).deputy_ids)
    own = own.select_related("congress__region", "term", "person").order_by("pk")
    return get_object_or_404(own, pk=wanted) if wanted else own[0]


def _cited(user: Any, wanted: int | None) -> list[actions.Cited]:
    if wanted is None:
        return []
    matter = get_object_or_404(Matter.objects.visible_to(user), pk=wanted)
    return [actions.Cited(matter.item_kind(), matter.pk, matter.title[:200])]


def _letter(suggestion: Suggestion, body: Any) -> dict[str, Any]:
    """The words through the page's form, each promise through its own."""
    given = sent(body)
    promises = [cleaned(PromiseForm(promise)) for promise in given.pop("promises")]
    form: StepForm = ReplyForm(given, item=suggestion)
    names = ("text", "promised_on", "responsible", "kind")
    promised = [actions.Promised(*(promise[name] for name in names)) for promise in promises]
    return {**cleaned(form), "promises": promised}
