"""One suggestion, as each of its people sees it: deputies, the desk, the units."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import pgettext

from huiyin.congress.seats import seats_of
from huiyin.kernel import clock
from huiyin.kernel.crypto import public_key
from huiyin.kernel.workflow import Workflow
from huiyin.suggestions import permissions
from huiyin.suggestions.calculations import Judged, differences, oddities
from huiyin.suggestions.choices import (
    FACE_TO_FACE,
    FINISHED,
    AssignmentState,
    AttachmentPart,
    MotionState,
    Oddity,
    PublicationState,
    ReplyState,
    Score,
    SignatureState,
    State,
)
from huiyin.suggestions.models import (
    Assignment,
    Confidant,
    Contact,
    Convening,
    Motion,
    OldItem,
    Rating,
    ReturnRequest,
    Signature,
    Suggestion,
    UnitRequest,
)
from huiyin.suggestions.models.gathering import contacts_of, find, origins_of
from huiyin.suggestions.pages import BY_STEP, StepPage
from huiyin.suggestions.permissions.motions import can_list_motions
from huiyin.suggestions.permissions.seen import seen
from huiyin.suggestions.views.attachment_parts import laid_at, panel_of
from huiyin.suggestions.views.motion_parts import (
    hidden_steps,
    motion_of,
    motion_progress,
    vote_of,
)
from huiyin.suggestions.visibility import READERS
from huiyin.suggestions.workflow import (
    ASSIGNMENT,
    FACE_RECORD,
    MOTION,
    PROMISE,
    PUBLICATION,
    SIGNATURE,
    SUGGESTION,
)

IN_CONFIDENCE = {"confide", "unconfide"}  # no button where there is nothing to confide
HAS_LETTER = (State.RETURNED, State.REFUSED, State.LETTER)
# Steps with a page of their own instead of the common one.
OWN_PAGES = {
    ("suggestion", "revise"): "suggestions:revise",
    ("suggestion", "invite"): "suggestions:invite",
    ("suggestion", "invite_more"): "suggestions:invite",
    ("suggestion", "draft_reply"): "suggestions:draft_reply",
    ("signature", "sign"): "suggestions:cosign",
    ("assignment", "draft_part"): "suggestions:draft_part",
}


@dataclass(frozen=True)
class Choice:
    """A button as the page draws it: open, or closed with its reason."""

    label: Any
    url: str
    reason: Any
    tone: str
    asks_nothing: bool


def detail(request, pk: int):
    """The whole story of one suggestion; the same page for all of its people."""
    suggestion = find(seats_of(request.user), pk)
    if suggestion is None:
        raise Http404
    context = story(request.user, suggestion)
    is_deputys = request.path.startswith("/deputy/")
    context["base"] = "base_deputy.html" if is_deputys else "base_desk.html"
    context["list_of_them"] = (
        "suggestions:mine" if is_deputys else _list_of(request.user, suggestion)
    )
    return render(request, "suggestions/detail.html", context)


def _list_of(user: Any, suggestion: Suggestion) -> str:
    """The list of the desk this person works from: of suggestions, of tasks, of motions."""
    seats = seats_of(user)
    if suggestion.is_motion and can_list_motions(user):
        return "suggestions:motions"
    if seats.congresses(*READERS):
        return "suggestions:desk"
    if seats.units():
        return "suggestions:tasks"
    return "suggestions:motions" if seats.appointed else "suggestions:mine"


def versions(request, pk: int):
    """Every wording, and what changed from one to the next."""
    suggestion = get_object_or_404(Suggestion.objects.visible_to(request.user).for_page(), pk=pk)
    texts = list(suggestion.versions.order_by("number"))
    pairs = [(new, differences(_whole(old), _whole(new))) for old, new in pairwise(texts)]
    is_deputys = request.path.startswith("/deputy/")
    context = {
        "suggestion": suggestion,
        "first": texts[0] if texts else None,
        "changes": pairs[::-1],
        "text_attachments": laid_at(request.user, suggestion, [AttachmentPart.TEXT]),
        "base": "base_deputy.html" if is_deputys else "base_desk.html",
        "home": "suggestions:deputy_detail" if is_deputys else "suggestions:detail",
    }
    return render(request, "suggestions/versions.html", context)


def story(user: Any, suggestion: Suggestion) -> dict[str, Any]:
    tasks, replies, ratings = seen(user, suggestion)
    contacts = contacts_of(tasks)
    has_rated = _has_rated(user, suggestion, ratings)
    publication = getattr(suggestion, "publication", None)
    motion = motion_of(suggestion)
    settled = hidden_steps(suggestion) | ({"rate"} if has_rated else set())
    if publication and publication.state in {PublicationState.PROPOSED, PublicationState.PUBLISHED}:
        settled.add("propose_publication")
    return {
        "suggestion": suggestion,
        "old_item": _old_item(suggestion),
        "motion": motion,
        "vote": vote_of(suggestion),
        "origins": origins_of(suggestion, user),
        "choices": [
            *_asked_of(user, suggestion),
            *_asked_again(user, suggestion, motion),
            *(choices(MOTION, user, motion, without=_idle_steps(motion)) if motion else []),
            *choices(SUGGESTION, user, suggestion, without=settled),
        ],
        "names": [(name, _of_name(user, name)) for name in suggestion.signatures.all()],
        "progress": _road(suggestion, motion),
        "tasks": [(task, choices(ASSIGNMENT, user, task)) for task in tasks],
        "contacts": [(contact, _face_choices(user, contact)) for contact in contacts],
        "convenings": _convenings(suggestion),
        "oddities": _oddities(user, suggestion, ratings, contacts),
        "returns": _returns(tasks),
        "requests": _requests(tasks),
        "confidants": list(Confidant.objects.of(suggestion)) if suggestion.is_secret else [],
        "followers": _followers(suggestion),
        "replies": [
            (reply, suggestion.promises_of(reply), [r for r in ratings if r.reply_id == reply.pk])
            for reply in replies
        ],
        "ledger": [
            (promise, promise.tone(clock.today()), choices(PROMISE, user, promise))
            for promise in suggestion.promises.all()
            if promise.is_made
        ],
        "publication": publication,
        "publication_choices": choices(PUBLICATION, user, publication) if publication else [],
        "sees_publication": permissions.can_propose_publication(user, suggestion),
        "has_letter": suggestion.state in HAS_LETTER,
        "archive_key": public_key().hex() if permissions.can_archive(user, suggestion) else "",
        "is_desk": bool(seats_of(user).appointed),
        **panel_of(user, suggestion, contacts),
    }


def _followers(suggestion: Suggestion) -> list[Suggestion]:
    """What was merged into it; the page's own query says whether there is anything."""
    leads_others = getattr(suggestion, "leads_others", True)
    return list(suggestion.followers.order_by("pk")) if leads_others else []


def _asked_of(user: Any, suggestion: Suggestion) -> list[Choice]:
    """The name asked of this person: at the head of the page, where what waits is looked for."""
    own = seats_of(user).deputy_ids
    asked = {SignatureState.INVITED, SignatureState.STALE}
    names = [n for n in suggestion.signatures.all() if n.deputy_id in own and n.state in asked]
    return [
        choice for name in names for choice in choices(SIGNATURE, user, name) if not choice.reason
    ]


def _asked_again(user: Any, suggestion: Suggestion, motion: Motion | None) -> list[Choice]:
    """Whoever signed a motion that was refused may ask the presidium to look again."""
    if motion is None or motion.state != MotionState.REFUSED:
        return []
    own, others = seats_of(user).deputy_ids, set(SIGNATURE.steps) - {"ask_reconsideration"}
    names = [name for name in suggestion.signed if name.deputy_id in own]
    return [choice for name in names for choice in choices(SIGNATURE, user, name, without=others)]


def _idle_steps(motion: Motion) -> set[str]:
    """Of two steps that undo each other one is shown, and agreeing only to what was asked."""
    idle = {"publish" if motion.is_published else "take_back"}
    return idle | (set() if motion.withdrawal_asked_at else {"withdraw"})


def _road(suggestion: Suggestion, motion: Motion | None) -> list[Any]:
    if motion is not None and suggestion.is_motion:
        return motion_progress(motion)
    return progress(suggestion)


def _old_item(suggestion: Suggestion) -> OldItem | None:
    """Where it was brought in from; nothing is asked of a paper of this house."""
    is_old = getattr(suggestion, "is_old", False)
    return OldItem.objects.for_page().get(suggestion=suggestion) if is_old else None


def _face_choices(user: Any, contact: Contact) -> list[Choice]:
    """The deputy's word on a talk face to face; an old contact has no record that waits for it."""
    record = getattr(contact, "face_record", None)
    return choices(FACE_RECORD, user, record) if record else []


def _convenings(suggestion: Suggestion) -> list[Convening]:
    """Nobody is convened before a second round."""
    if suggestion.round == 1:
        return []
    return list(suggestion.convenings.select_related("noted_by").order_by("held_on", "pk"))


def choices(
    workflow: Workflow[Any, Any], user: Any, item: Any, *, without: Collection[str] = ()
) -> list[Choice]:
    """The steps of this person that have a page, open or closed with the reason."""
    found = []
    for button in workflow.buttons(user, item):
        page = BY_STEP.get((workflow.name, button.name))
        own = OWN_PAGES.get((workflow.name, button.name))
        name = own or (f"suggestions:{page.name}" if page else "")
        is_idle = button.name in IN_CONFIDENCE and not item.is_secret
        if name and button.name not in without and not is_idle:
            tone = _tone(page, button.name)
            asks_nothing = bool(page and page.asks_nothing and not page.hint)
            url = reverse(name, args=[item.pk])
            found.append(Choice(button.label, url, button.reason, tone, asks_nothing))
    return _one_green(sorted(found, key=lambda one: (one.tone != "primary", bool(one.reason))))


def _one_green(found: list[Choice]) -> list[Choice]:
    """Of several steps that lead on the first is marked: who marks all of them marks none."""
    return [*found[:1], *(replace(choice, tone="quiet") for choice in found[1:])]


def _tone(page: StepPage | None, step: str) -> str:
    """What is meant to be done next is green; what gives something up shows its red on its own page."""
    if page is None:
        return "primary" if step in {"sign", "draft_reply", "draft_part"} else "quiet"
    return "quiet" if page.tone == "warning" else page.tone


def _of_name(user: Any, name: Signature) -> list[Choice]:
    """The lead agrees to a withdrawal by asking for it, not by a button of his own."""
    return [] if name.is_lead else choices(SIGNATURE, user, name)


def progress(suggestion: Suggestion) -> list[tuple[str, Any, Any]]:
    """The road in six stops: done with its day, where it stands now, and what comes."""
    is_rated = suggestion.state in {State.RATED, State.TRACKING, State.CLOSED}
    stops = [
        (pgettext("阶段", "提出"), suggestion.submitted_at, suggestion.submitted_at),
        (pgettext("阶段", "立案"), suggestion.registered_at, suggestion.registered_at),
        (pgettext("阶段", "交办"), suggestion.handed_over_at, suggestion.handed_over_at),
        (pgettext("阶段", "答复"), suggestion.replied_at, suggestion.replied_at),
        (pgettext("阶段", "评价"), is_rated, None),
        (pgettext("阶段", "办结"), suggestion.closed_at, suggestion.closed_at),
    ]
    is_over = suggestion.state in FINISHED
    road, now = [], False
    for label, passed, moment in stops:
        state = "done" if passed else "next" if now else "now"
        now = now or not passed
        if passed or not is_over:
            road.append((state, label, moment))
    return road


def _oddities(
    user: Any, suggestion: Suggestion, ratings: list[Rating], contacts: list[Contact]
) -> list[Any]:
    """For the committee's eyes: what about this round's ratings is worth a question."""
    if not permissions.can_see_ratings(user, suggestion):
        return []
    # How old ratings came about no file tells.
    here = [rating for rating in ratings if not rating.reply.is_old]
    now = [rating for rating in here if rating.reply.round == suggestion.round]
    by_letter: dict[int, list[Rating]] = {}
    for rating in now:
        by_letter.setdefault(rating.reply_id, []).append(rating)
    met = any(contact.kind in FACE_TO_FACE for contact in contacts)
    found = {
        name
        for letter in by_letter.values()
        for name in oddities(
            [_judged(rating) for rating in letter],
            signed_at=letter[0].reply.signed_at or letter[0].rated_at,
            has_met=met,
        )
    }
    return [oddity.label for oddity in Oddity if oddity in found]


def _judged(rating: Rating) -> Judged:
    is_content = rating.attitude == rating.result == Score.SATISFIED
    return Judged(rating.rated_at, is_content, not rating.contact_kind)


def _has_rated(user: Any, suggestion: Suggestion, ratings: list[Rating]) -> bool:
    """Whether nothing of this round is left for this person to rate."""
    own = {rating.reply_id for rating in ratings if permissions.is_own_rating(user, rating)}
    signed = {
        reply.pk
        for reply in suggestion.replies.all()
        if reply.round == suggestion.round and reply.state == ReplyState.SIGNED and not reply.is_old
    }
    return signed <= own


def _returns(tasks: list[Assignment]) -> list[ReturnRequest]:
    states = {AssignmentState.RETURN_ASKED, AssignmentState.RETURNED}
    if not any(task.state in states for task in tasks):
        return []
    rows = ReturnRequest.objects.filter(assignment__in=[task.pk for task in tasks])
    return list(rows.select_related("assignment__unit", "ruled_by").order_by("pk"))


def _requests(tasks: list[Assignment]) -> list[UnitRequest]:
    """Extensions and recalls, asked for and ruled."""
    asking = {AssignmentState.EXTENSION_ASKED, AssignmentState.RECALL_ASKED}
    if not any(t.state in asking or (t.clock and t.clock.extended_to) for t in tasks):
        return []
    rows = UnitRequest.objects.filter(assignment__in=[task.pk for task in tasks])
    return list(rows.select_related("ruled_by").order_by("pk"))


def _whole(text: Any) -> str:
    return f"{text.title}\n\n{text.situation}\n\n{text.proposals}"
