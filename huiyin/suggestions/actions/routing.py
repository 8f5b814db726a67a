"""Which unit a paper may belong to: learned from this house's own hand-overs, proposed, never done.

What was learned is a file of arrays in the store of uploads, so that every web process and worker
has it; each learning is a new version. A person chooses the unit, always.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from huiyin.congress.models import Congress, Unit
from huiyin.kernel import clock
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions.models import Suggestion
from huiyin.texts import routing

FOLDER = "routing"
KEPT_VERSIONS = 3
MOST_EXAMPLES = 10_000  # the newest; older ones tell of offices as they were
LEAST_OF_A_UNIT = 3
MOST_PROPOSED = 3


@dataclass(frozen=True)
class Learned:
    """One learning: from how many papers, of how many units, and how often it was right.

    The two shares are those of papers held back while learning: the first unit was right, the
    right one was among three.
    """

    version: str
    n_examples: int
    n_units: int
    learned_at: str
    right_first: float
    right_among_three: float

    @property
    def first_percent(self) -> int:
        return round(100 * self.right_first)

    @property
    def three_percent(self) -> int:
        return round(100 * self.right_among_three)

    @property
    def at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.learned_at)


@dataclass(frozen=True)
class UnitProposal:
    unit: Unit
    words: list[str]


@dataclass(frozen=True)
class Advice:
    """What can be said of one paper. Without proposals `n_examples` says how few there are."""

    proposals: tuple[UnitProposal, ...]
    n_examples: int
    n_needed: int
    learned: Learned | None

    @property
    def is_enough(self) -> bool:
        return self.learned is not None and self.n_examples >= self.n_needed


def learn_routes(congress: Congress) -> Learned | None:
    """Learn anew from the past hand-overs; None where there are too few to learn from."""
    texts, receivers = _examples(congress)
    if len(set(receivers)) < 2:
        return None
    first, among_three = routing.held_back(texts, receivers)
    now = clock.now()
    learned = Learned(
        version=f"{now:%Y%m%d%H%M%S}",
        n_examples=len(texts),
        n_units=len(set(receivers)),
        learned_at=now.isoformat(),
        right_first=round(first, 4),
        right_among_three=round(among_three, 4),
    )
    _store(congress, learned, routing.learn(texts, receivers))
    return learned


def learn_all_routes() -> int:
    """Every congress that has handed over since it last learned; how many learned."""
    learned = 0
    for congress in Congress.objects.order_by("pk"):
        before = last_learned(congress)
        handed_over = Suggestion.objects.filter(congress=congress, lead_unit__isnull=False)
        if before:
            handed_over = handed_over.filter(handed_over_at__gt=before.at)
        if handed_over.exists():
            learned += learn_routes(congress) is not None
    return learned


def last_learned(congress: Congress) -> Learned | None:
    """The newest version that is stored whole."""
    versions = _versions(congress)
    return _described(congress.pk, versions[-1]) if versions else None


def advise(suggestion: Suggestion) -> Advice:
    """The three units that got the papers most like this one, with the words that decided."""
    return advise_many(suggestion.congress, [suggestion])[suggestion.pk]


def advise_many(congress: Congress, suggestions: Iterable[Suggestion]) -> dict[int, Advice]:
    """For each of many papers of one congress; costs the same few queries however many."""
    needed = Rule.objects.value(Key.ROUTING_EXAMPLES, congress.region, clock.today())
    learned = last_learned(congress)
    known = learned.n_examples if learned else 0
    if learned is None or known < needed:
        return {item.pk: Advice((), known, needed, learned) for item in suggestions}
    router = _router(congress.pk, learned.version)
    units = {str(unit.pk): unit for unit in Unit.objects.active().filter(congress=congress)}
    return {
        item.pk: Advice(_proposals(router, units, item), known, needed, learned)
        for item in suggestions
    }


def _proposals(
    router: routing.Router, units: dict[str, Unit], item: Suggestion
) -> tuple[UnitProposal, ...]:
    """A unit that is no more is passed over for the next one."""
    ranked = router.propose(_text(item), most=len(router.receivers))
    open_ones = (found for found in ranked if found.receiver in units)
    return tuple(
        UnitProposal(units[found.receiver], found.words)
        for found, _number in zip(open_ones, range(MOST_PROPOSED), strict=False)
    )


def _examples(congress: Congress) -> tuple[list[str], list[str]]:
    """Papers and the unit that kept them: whoever gave one back is no example."""
    handed_over = Suggestion.objects.filter(
        congress=congress,
        handed_over_at__isnull=False,
        lead_unit__is_active=True,
        is_secret=False,  # the words that decided are shown to everyone who hands over
    )
    rows = handed_over.order_by("-handed_over_at", "-pk").only(
        "title", "situation", "proposals", "lead_unit"
    )[:MOST_EXAMPLES]
    found = [(_text(row), str(row.lead_unit_id)) for row in rows]
    often = Counter(receiver for _text, receiver in found)
    kept = [pair for pair in found if often[pair[1]] >= LEAST_OF_A_UNIT]
    return [text for text, _receiver in kept], [receiver for _text, receiver in kept]


def _text(item: Suggestion) -> str:
    return "\n".join([item.title, item.situation, item.proposals])


def _store(congress: Congress, learned: Learned, router: routing.Router) -> None:
    """The arrays first: what has a description is whole."""
    content = BytesIO()
    router.write(content)
    name = f"{FOLDER}/{congress.pk}/{learned.version}"
    default_storage.save(f"{name}.npz", ContentFile(content.getvalue()))
    default_storage.save(f"{name}.json", ContentFile(json.dumps(asdict(learned)).encode()))
    for version in _versions(congress)[:-KEPT_VERSIONS]:
        for ending in ("json", "npz"):
            default_storage.delete(f"{FOLDER}/{congress.pk}/{version}.{ending}")


def _versions(congress: Congress) -> list[str]:
    try:
        _folders, names = default_storage.listdir(f"{FOLDER}/{congress.pk}")
    except FileNotFoundError:
        return []
    return sorted(name.removesuffix(".json") for name in names if name.endswith(".json"))


@lru_cache(maxsize=16)
def _described(congress_id: int, version: str) -> Learned:
    with default_storage.open(f"{FOLDER}/{congress_id}/{version}.json") as file:
        described: dict[str, Any] = json.load(file)
    return Learned(**described)


@lru_cache(maxsize=4)
def _router(congress_id: int, version: str) -> routing.Router:
    with default_storage.open(f"{FOLDER}/{congress_id}/{version}.npz") as file:
        return routing.Router.read(file)
