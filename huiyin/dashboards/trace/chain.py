"""Which objects belong to one chain, found from any of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from huiyin.kernel.models import Trailed
from huiyin.opinions.models import Matter, Voice
from huiyin.suggestions.models import (
    Assignment,
    Contact,
    Origin,
    Promise,
    Rating,
    Reply,
    Signature,
    Suggestion,
)


@dataclass
class Chain:
    """Everything one trace tells of. `subject` is the object the trace was asked for."""

    subject: Trailed
    suggestion: Suggestion | None = None
    matters: list[Matter] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)

    def items(self) -> list[Trailed]:
        """What has entries of its own in the trail and a place in the story."""
        suggestion = [self.suggestion] if self.suggestion else []
        return [*self.matters, *suggestion, *self.assignments, *self.replies, *self.promises]


def chain_of(kind: str, pk: int, user: Any) -> Chain:
    """The chain of an object this person may see.

    Raises LookupError for an unknown kind, and the model's DoesNotExist for what is hidden.
    """
    subject, suggestion, matter = KINDS[kind](pk, user)
    chain = Chain(subject, suggestion)
    if suggestion is None and matter is not None:
        chain.suggestion = _suggestion_from(matter)
    chain.matters = _matters(chain.suggestion, matter)
    chain.voices = list(
        Voice.objects.filter(matter__in=chain.matters).defer("search").order_by("received_at")
    )
    if chain.suggestion:
        _gather(chain, chain.suggestion)
    return chain


def _gather(chain: Chain, suggestion: Suggestion) -> None:
    chain.signatures = list(
        suggestion.signatures.select_related("deputy__person").order_by("-is_lead", "pk")
    )
    chain.assignments = list(
        suggestion.assignments.select_related("unit", "clock").order_by("-role", "pk")
    )
    chain.contacts = list(
        Contact.objects.filter(assignment__suggestion=suggestion).order_by("on", "pk")
    )
    chain.replies = list(suggestion.replies.order_by("round"))
    chain.ratings = list(
        Rating.objects.filter(reply__suggestion=suggestion)
        .select_related("reply", "signature__deputy__person")
        .order_by("rated_at")
    )
    chain.promises = list(Promise.objects.made().filter(suggestion=suggestion).order_by("pk"))


def _matters(suggestion: Suggestion | None, matter: Matter | None) -> list[Matter]:
    """The matters a suggestion cites and those merged into them; else the one asked for."""
    if suggestion:
        cited = suggestion.origins.filter(kind=Matter.item_kind()).values("item_id")
        standing = Matter.objects.filter(pk__in=cited)
    elif matter:
        standing = Matter.objects.filter(pk=matter.pk)
    else:
        return []
    return list(standing.select_related("clock", "deputy__person", "unit").defer("search"))


def _suggestion_from(matter: Matter) -> Suggestion | None:
    cited = Origin.objects.filter(kind=Matter.item_kind(), item_id=matter.pk).values("suggestion")
    return _suggestions().filter(pk__in=cited).order_by("pk").last()


def _suggestions() -> Any:
    return Suggestion.objects.select_related(
        "congress__region", "term", "lead__person", "lead_unit", "clock", "reply_clock"
    ).defer("search")


Found = tuple[Trailed, Suggestion | None, Matter | None]


def _suggestion(pk: int, user: Any) -> Found:
    suggestion = (_suggestions().visible_to(user) | _suggestions().public()).get(pk=pk)
    return suggestion, suggestion, None


def _of_suggestion(model: type[Any]) -> Callable[[int, Any], Found]:
    """A row that hangs on a suggestion: its trace is the suggestion's."""

    def find(pk: int, user: Any) -> Found:
        row = model.objects.get(pk=pk)
        _row, suggestion, _none = _suggestion(row.suggestion_id, user)
        return row, suggestion, None

    return find


def _matter(pk: int, user: Any) -> Found:
    matter = Matter.objects.visible_to(user).select_related("merged_into").get(pk=pk)
    return matter, None, matter.merged_into or matter


def _voice(pk: int, user: Any) -> Found:
    voice = Voice.objects.visible_to(user).select_related("matter__merged_into").get(pk=pk)
    return voice, None, voice.matter.merged_into or voice.matter


KINDS: dict[str, Callable[[int, Any], Found]] = {
    Voice.item_kind(): _voice,
    Matter.item_kind(): _matter,
    Suggestion.item_kind(): _suggestion,
    Assignment.item_kind(): _of_suggestion(Assignment),
    Reply.item_kind(): _of_suggestion(Reply),
    Promise.item_kind(): _of_suggestion(Promise),
}
