"""Matters that look like a text, with the words that show why."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import FloatField, Func, QuerySet, Value

from huiyin.kernel import search
from huiyin.opinions.models.matters import Matter

# The search column finds whatever shares a pair of characters; the n-grams then rank these few.
MOST_CANDIDATES = 200
MOST_TOKENS = 80
LONGEST_ASKED = 600


class Shared(Func):
    """How many of the pairs asked for a row has: without positions, that is what ts_rank counts."""

    template = "ts_rank(%(expressions)s::tsquery)"
    output_field = FloatField()


@dataclass(frozen=True)
class Similar:
    matter: Matter
    score: float
    shared: list[str]


def similar_matters(
    queryset: QuerySet[Matter],
    text: str,
    *,
    words: Callable[[Matter], str] = str,
    most: int = 5,
    floor: float = 0.1,
) -> list[Similar]:
    """At most `most` matters, best first. `words` says what of a matter may be compared and shown."""
    found = {matter.pk: matter for matter in _candidates(queryset, text)}
    # numpy and scipy take a second to load, and most processes never compare texts.
    from huiyin.texts.similarity import Index  # noqa: PLC0415

    index = Index((pk, words(matter)) for pk, matter in found.items())
    return [
        Similar(found[int(str(near.key))], near.score, near.shared)
        for near in index.nearest(text, most=most, floor=floor)
        if near.shared
    ]


def _candidates(queryset: QuerySet[Matter], text: str) -> QuerySet[Matter]:
    pairs = [token for token in search.tokens(text[:LONGEST_ASKED]) if len(token) > 1]
    if not pairs:
        return queryset.none()
    asked = " | ".join(f"'{pair}'" for pair in pairs[:MOST_TOKENS])
    shared = Shared("search", Value(asked))
    matching = queryset.filter(search__matches=asked).annotate(shared=shared)
    return matching.order_by("-shared", "-last_voice_at", "pk")[:MOST_CANDIDATES]
