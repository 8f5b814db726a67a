"""Which objects belong to one chain, found from any of them, and how much of it a person may read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel.models import Entry, Trailed
from huiyin.opinions.models import Matter, Voice
from huiyin.suggestions.models import (
    Assignment,
    FaceRecord,
    Motion,
    OldItem,
    Origin,
    Promise,
    Remark,
    Reply,
    Signature,
    Suggestion,
)


@dataclass
class Chain:
    """Everything one trace tells of. `subject` is the object the trace was asked for.

    Of what one knows from inside, one reads the words too; of the rest only the public turns.
    """

    subject: Trailed
    suggestion: Suggestion | None = None
    matters: list[Matter] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    motion: Motion | None = None
    old_item: OldItem | None = None
    knows_suggestion: bool = False
    known_matters: set[int] = field(default_factory=set)

    def items(self) -> list[Trailed]:
        """What has entries of its own in the trail and a place in the story."""
        suggestion = [self.suggestion] if self.suggestion else []
        motion = [self.motion] if self.motion else []
        own = [*suggestion, *motion, *self.signatures, *self.assignments]
        return [*self.matters, *own, *self.promises]

    def entries(self) -> list[Entry]:
        """Every entry of these items, oldest first, in one query."""
        by_kind: dict[str, list[int]] = {}
        for item in self.items():
            by_kind.setdefault(item.item_kind(), []).append(item.pk)
        theirs = (Q(item_kind=kind, item_id__in=ids) for kind, ids in by_kind.items())
        told = reduce(or_, theirs)
        if self.suggestion:
            records = FaceRecord.objects.filter(suggestion=self.suggestion).values("pk")
            told |= Q(item_kind=FaceRecord.item_kind(), item_id__in=records)
        return list(Entry.objects.filter(told).order_by("at", "pk"))

    def is_known(self, entry: Entry) -> bool:
        if entry.item_kind == Matter.item_kind():
            return entry.item_id in self.known_matters
        return self.knows_suggestion


def chain_of(kind: str, pk: int, user: Any) -> Chain:
    """The chain of an object this person may see.

    Raises LookupError for an unknown kind, and the model's DoesNotExist for what is hidden.
    """
    subject, suggestion, matter = KINDS[kind](pk, user)
    chain = Chain(subject, suggestion or (_suggestion_from(matter, user) if matter else None))
    chain.knows_suggestion = _knows(chain.suggestion, user)
    chain.matters = _matters(chain.suggestion, matter)
    chain.known_matters = {one.pk for one in chain.matters if one == matter or _follows(one, user)}
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
    chain.motion = getattr(suggestion, "motion", None)
    chain.old_item = getattr(suggestion, "old_item", None)
    promises = Promise.objects.made().filter(suggestion=suggestion)
    chain.promises = list(promises.select_related("unit", "reply").order_by("pk"))


def _matters(suggestion: Suggestion | None, matter: Matter | None) -> list[Matter]:
    """The matters a suggestion cites and those they were merged into; else the one asked for."""
    if suggestion:
        cited = suggestion.origins.filter(kind=Matter.item_kind()).values("item_id")
        hosts = Matter.objects.filter(pk__in=cited).values("merged_into")
        told = Matter.objects.filter(Q(pk__in=cited) | Q(pk__in=hosts))
    elif matter:
        told = Matter.objects.filter(pk=matter.pk)
    else:
        return []
    return list(
        told.select_related("clock", "deputy__person", "unit").defer("search").order_by("pk")
    )


def _knows(suggestion: Suggestion | None, user: Any) -> bool:
    """A suggestion that is not published was found because it is visible to this person."""
    if suggestion is None or not suggestion.is_published:
        return suggestion is not None
    return Suggestion.objects.visible_to(user).filter(pk=suggestion.pk).exists()


def _follows(matter: Matter, user: Any) -> bool:
    """What was written about a resident's matter is for its committee and its deputy."""
    seats = seats_of(user)
    return seats.has(matter.congress_id, *STAFF) or matter.deputy_id in seats.deputy_ids


def _suggestion_from(matter: Matter, user: Any) -> Suggestion | None:
    """The suggestion that cites the matter, if this person may open it."""
    cited = Origin.objects.filter(kind=Matter.item_kind(), item_id=matter.pk).values("suggestion")
    return _open_to(user).filter(pk__in=cited).order_by("pk").last()


def _open_to(user: Any) -> Any:
    rows = Suggestion.objects.select_related(
        "congress__region",
        "term",
        "lead__person",
        "lead_unit",
        "clock",
        "reply_clock",
        "publication",
        "motion__clock",
        "old_item__file__by",
    ).defer("search")
    return rows.visible_to(user) | rows.public()


Found = tuple[Trailed, Suggestion | None, Matter | None]


def _suggestion(pk: int, user: Any) -> Found:
    suggestion = _open_to(user).get(pk=pk)
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
    Remark.item_kind(): _of_suggestion(Remark),
    Motion.item_kind(): _of_suggestion(Motion),
    FaceRecord.item_kind(): _of_suggestion(FaceRecord),
}
