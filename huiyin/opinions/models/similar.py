"""Matters that look like something said, near it in place and time, with the words that show why."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import FloatField, Func, QuerySet, Value

from huiyin.kernel import clock, search
from huiyin.opinions.models.matters import Matter, MatterQuerySet
from huiyin.regions.models import Region
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule, RuleMissing

# The search column finds whatever shares a pair of characters; the n-grams then rank these few.
MOST_CANDIDATES = 200
MOST_TOKENS = 80
LONGEST_ASKED = 600


class Shared(Func):
    """How many of the pairs asked for a row has: without positions, that is what ts_rank counts."""

    template = "ts_rank(%(expressions)s::tsquery)"
    output_field = FloatField()


@dataclass(frozen=True)
class Asked:
    """What is said, where as far as one knows, and how far apart in time the same may be said."""

    text: str
    place: str = ""
    region: Region | None = None
    at: dt.datetime | None = None
    within: dt.timedelta | None = None


@dataclass(frozen=True)
class Similar:
    matter: Matter
    score: float
    shared: list[str]


def same_matter_within(region: Region | None) -> dt.timedelta | None:
    """How far apart two voices of one matter may be; where no rule says it, any time."""
    try:
        found = Rule.objects.value(Key.RECEPTION_SAME, region, clock.today()) if region else None
    except RuleMissing:
        return None
    return dt.timedelta(**found) if found else None


def similar_matters(
    queryset: MatterQuerySet,
    asked: Asked,
    *,
    words: Callable[[Matter], str] = str,
    placed: Callable[[Matter], str] = lambda matter: "",
    most: int = 5,
    floor: float = 0.1,
) -> list[Similar]:
    """At most `most` matters, best first. `words` and `placed` say what of a matter may be compared and shown."""
    county = asked.region.county() if asked.region else None
    near = _near(queryset, asked, county)
    found = {matter.pk: matter for matter in _candidates(near, asked.text)}
    counties = {county.code} if county else set()
    # numpy and scipy take a second to load, and most processes never compare texts.
    from huiyin.texts.similarity import Entry, Index  # noqa: PLC0415

    index = Index(
        Entry(pk, words(one), placed(one), district_and_town(_path(one), counties)[1])
        for pk, one in found.items()
    )
    _district, town = district_and_town(asked.region.path if asked.region else "", counties)
    return [
        Similar(found[int(str(near.key))], near.score, near.shared)
        for near in index.nearest(asked.text, most=most, floor=floor, place=asked.place, town=town)
        if near.shared
    ]


def district_and_town(path: str, counties: Collection[str]) -> tuple[str, str]:
    """The codes of the county and of the street or town on the way down, as far as it goes."""
    codes = path.strip("/").split("/")
    for number, code in enumerate(codes):
        if code in counties:
            return code, next(iter(codes[number + 1 :]), "")
    return "", ""


def _path(matter: Matter) -> str:
    region = matter.whereabouts
    return region.path if region else ""


def _near(queryset: MatterQuerySet, asked: Asked, county: Region | None) -> MatterQuerySet:
    """In the same county and within the time, as far as both are known."""
    rows = queryset.select_related("region", "venue__region")
    if bound := county or asked.region:
        rows = rows.around(bound)
    if asked.within is None:
        return rows
    at = asked.at or clock.now()
    return rows.filter(last_voice_at__range=(at - asked.within, at + asked.within))


def _candidates(queryset: QuerySet[Matter], text: str) -> QuerySet[Matter]:
    pairs = [token for token in search.tokens(text[:LONGEST_ASKED]) if len(token) > 1]
    if not pairs:
        return queryset.none()
    asked = " | ".join(f"'{pair}'" for pair in pairs[:MOST_TOKENS])
    shared = Shared("search", Value(asked))
    matching = queryset.filter(search__matches=asked).annotate(shared=shared)
    return matching.order_by("-shared", "-last_voice_at", "pk")[:MOST_CANDIDATES]
