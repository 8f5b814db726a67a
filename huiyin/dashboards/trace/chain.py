"""Which objects belong to one chain, found from any of them, and how much of it a person may read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from huiyin.congress.seats import seats_of
from huiyin.kernel.models import Entry, Trailed
from huiyin.opinions import visibility
from huiyin.opinions.models import Matter, Voice
from huiyin.suggestions.models import (
    Assignment,
    Attachment,
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

MOST_SUGGESTIONS = 20


@dataclass
class Chain:
    """Everything one trace tells of. `subject` is the object the trace was asked for.

    Of what one knows from inside, one reads the words too; of the rest only the public turns.
    Where several suggestions cite what is one matter now, one is told and the others are named.
    """

    subject: Trailed
    suggestion: Suggestion | None = None
    others: list[Suggestion] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    attachments: QuerySet[Attachment] = field(default_factory=Attachment.objects.none)
    motion: Motion | None = None
    old_item: OldItem | None = None
    known_suggestions: set[int] = field(default_factory=set)
    known_matters: set[int] = field(default_factory=set)

    @property
    def knows_suggestion(self) -> bool:
        return self.suggestion is not None and self.suggestion.pk in self.known_suggestions

    @property
    def matter(self) -> Matter | None:
        """Where the voices are now; None where nothing of residents' stands behind it."""
        return next((one for one in self.matters if one.merged_into_id is None), None)

    def title_of(self, suggestion: Suggestion) -> str:
        """Outside, the title that was approved for the public."""
        is_known = suggestion.pk in self.known_suggestions
        return suggestion.title if is_known else suggestion.publication.title

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
        if self.knows_suggestion:
            papers = self.attachments.values("pk")
            told |= Q(item_kind=Attachment.item_kind(), item_id__in=papers)
        return list(Entry.objects.filter(told).order_by("at", "pk"))

    def is_known(self, entry: Entry) -> bool:
        if entry.item_kind == Matter.item_kind():
            return entry.item_id in self.known_matters
        return self.knows_suggestion


def chain_of(kind: str, pk: int, user: Any) -> Chain:
    """The chain of an object this person may see.

    Raises LookupError for an unknown kind, and the model's DoesNotExist for what is hidden.
    """
    subject, suggestion, asked = KINDS[kind](pk, user)
    found = _suggestions(suggestion, asked, user)
    chain = Chain(subject, suggestion or (found[-1] if found else None))
    chain.others = [other for other in found if other != chain.suggestion]
    chain.known_suggestions = {each.pk for each in found if each.is_inside}
    rows: list[Any] = list(_matters(chain.suggestion, asked, user))
    chain.matters, chain.known_matters = rows, {one.pk for one in rows if one.is_inside}
    chain.voices = list(
        Voice.objects.filter(matter__in=chain.matters).defer("search").order_by("received_at")
    )
    if chain.suggestion:
        _gather(chain, chain.suggestion)
        readable = Attachment.objects.readable_from(seats_of(user))
        chain.attachments = readable.filter(suggestion=chain.suggestion)
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


def _suggestions(suggestion: Suggestion | None, asked: int | None, user: Any) -> list[Any]:
    """All that cite the same matter, or what was merged with it, and that this person may open."""
    seeds = _seeds(suggestion, asked)
    if not seeds:
        return [suggestion] if suggestion else []
    found = _open_to(user).citing(Matter.objects.family_of(seeds)).order_by("-pk")
    return list(found[:MOST_SUGGESTIONS])[::-1]


def _matters(suggestion: Suggestion | None, asked: int | None, user: Any) -> Iterable[Any]:
    """The matters a suggestion cites, the one asked for, and all they were merged into.

    What was written about them is read by those alone who read residents' words.
    """
    seeds = _seeds(suggestion, asked)
    if not seeds:
        return ()
    inside = ExpressionWrapper(
        visibility.inside_of_matters(seats_of(user)), output_field=BooleanField()
    )
    told = Matter.objects.with_hosts(seeds).select_related("clock", "deputy__person", "unit")
    return told.defer("search").annotate(is_inside=inside).order_by("pk")


def _seeds(suggestion: Any, asked: int | None) -> set[int]:
    """The matters everything else is found from."""
    return set(suggestion.cited if suggestion else ()) | ({asked} if asked else set())


def _open_to(user: Any) -> Any:
    """Whatever this person may open: from inside, or as the public reads it."""
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
    inside = Suggestion.objects.visible_to(user).filter(pk=OuterRef("pk"))
    cited = Origin.objects.filter(kind=Matter.item_kind(), suggestion=OuterRef("pk"))
    return (rows.visible_to(user) | rows.public()).annotate(
        is_inside=Exists(inside), cited=ArraySubquery(cited.values("item_id"))
    )


# The subject, the suggestion it hangs on, or the matter whose voices it is of.
Found = tuple[Trailed, Suggestion | None, int | None]


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
    matter = Matter.objects.visible_to(user).get(pk=pk)
    return matter, None, matter.pk


def _voice(pk: int, user: Any) -> Found:
    voice = Voice.objects.visible_to(user).get(pk=pk)
    return voice, None, voice.matter_id


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
