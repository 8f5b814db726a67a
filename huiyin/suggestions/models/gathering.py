"""Everything that hangs on one suggestion, read at once."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.congress.seats import Seats
from huiyin.kernel import compiled
from huiyin.kernel.compiled import Place, Question
from huiyin.opinions.models import Matter
from huiyin.suggestions.choices import ReplyState
from huiyin.suggestions.models.handling import Assignment, Contact
from huiyin.suggestions.models.reply import Promise, Rating, Reply
from huiyin.suggestions.models.suggestion import Origin, Signature, Suggestion

KEPT = 256  # people whose question for a suggestion is kept
OF_ALL = ("signatures", "origins")
# Nothing can be handed over, answered or promised before the examination.
OF_NUMBERED = (*OF_ALL, "assignments", "replies", "promises")


def find(seats: Seats, pk: int) -> Suggestion | None:
    """The suggestion with all that its page shows, where a person with these seats may see it."""
    suggestion = _visible(seats).row(pk=pk)
    if suggestion is not None:
        gather(suggestion)
    return suggestion


def gather(suggestion: Suggestion) -> None:
    """What the page and the guards read, in one query a table."""
    for name in OF_NUMBERED if suggestion.number else OF_ALL:
        compiled.attach(suggestion, name, _hanging(name).rows(suggestion=suggestion.pk))


def ratings_of(replies: Sequence[Reply]) -> list[Rating]:
    """Of one suggestion's letters that went out; which of them a person may read, permissions say."""
    signed = {reply.pk: reply for reply in replies if reply.state == ReplyState.SIGNED}
    if not signed:
        return []
    found = _hanging("ratings").rows(suggestion=replies[0].suggestion_id)
    ratings = [rating for rating in found if rating.reply_id in signed]
    for rating in ratings:
        rating.reply = signed[rating.reply_id]
    return ratings


def contacts_of(tasks: Sequence[Assignment]) -> list[Contact]:
    """What was talked about in these tasks of one suggestion."""
    if not any(task.signed_at for task in tasks):
        return []
    own = {task.pk: task for task in tasks}
    found = _hanging("contacts").rows(suggestion=tasks[0].suggestion_id)
    contacts = [contact for contact in found if contact.assignment_id in own]
    for contact in contacts:
        contact.assignment = own[contact.assignment_id]
    return contacts


def origins_of(suggestion: Suggestion, user: Any) -> list[tuple[str, int, str]]:
    """What it came from, by the kind and id whose trace tells of it, and by label.

    A resident's matter has its own title and trace for those who may see the matter; everybody else
    reads its public title, and what became of it in the suggestion's trace.
    """
    origins = list(suggestion.origins.all())
    cited = [origin.item_id for origin in origins if origin.kind == Matter.item_kind()]
    shown = _titles_for(user, cited) if cited else {}
    return [
        (suggestion.item_kind(), suggestion.pk, shown[origin.item_id])
        if origin.kind == Matter.item_kind() and origin.item_id in shown
        else (origin.kind, origin.item_id, origin.label)
        for origin in origins
    ]


def _titles_for(user: Any, cited: list[int]) -> dict[int, str]:
    """The words for those matters whose own title this person may not read."""
    seen = set(Matter.objects.visible_to(user).filter(pk__in=cited).values_list("pk", flat=True))
    is_open = Matter.objects.public().filter(pk__in=cited)
    titles = dict(is_open.values_list("pk", "public_title"))
    return {pk: titles.get(pk) or _("居民反映的一件事") for pk in cited if pk not in seen}


@lru_cache(maxsize=KEPT)
def _visible(seats: Seats) -> Question[Suggestion]:
    """By all the person's seats: what one may see depends on nothing else."""
    return Question(Suggestion.objects.visible_from(seats).for_page().filter(pk=Place("pk")))


@lru_cache
def _hanging(name: str) -> Question[Any]:
    """Everything of one kind on a suggestion, whoever may see it."""
    own, clocks = {"suggestion": Place("suggestion")}, ("clock", "contact_clock")
    rows: dict[str, QuerySet[Any]] = {
        "signatures": Signature.objects.filter(**own)
        .select_related("deputy__person")
        .order_by("-is_lead", "pk"),
        "origins": Origin.objects.filter(**own),
        "assignments": Assignment.objects.filter(**own)
        .select_related("unit", *clocks)
        .order_by("-role", "pk"),
        "replies": Reply.objects.filter(**own)
        .select_related("assignment__unit", "signed_by")
        .order_by("-round"),
        "promises": Promise.objects.filter(**own)
        .select_related("unit", "clock")
        .order_by("promised_on", "pk"),
        "ratings": Rating.objects.filter(reply__suggestion=Place("suggestion"))
        .select_related("signature__deputy__person")
        .order_by("rated_at", "pk"),
        "contacts": Contact.objects.filter(assignment__suggestion=Place("suggestion"))
        .select_related("face_record")
        .order_by("on", "pk"),
    }
    return Question(rows[name])
