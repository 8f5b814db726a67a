"""Many voices at once, from another platform: a few statements instead of thousands, and every trail real."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from huiyin.congress.models import Congress
from huiyin.kernel import clock, codes, search, trail
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.opinions.choices import Channel, State
from huiyin.opinions.models import Matter, ProgressLine, Voice, venues_in
from huiyin.regions.models import Region
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock
from huiyin.venues.models import Venue

BATCH = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Received:
    """One voice as another platform had it; what was closed there is not begun again here."""

    title: str
    text: str
    at: dt.datetime | None = None
    place: str = ""
    region: Region | None = None
    is_closed: bool = False
    subject: str = ""
    external_id: str = ""


@transaction.atomic
def receive_many(
    said: Sequence[Received],
    *,
    congress: Congress,
    source: str,
    channel: str = Channel.PLATFORM,
    progress: Progress | None = None,
    by: HasActor,
) -> list[Matter]:
    """All or nothing. Each gets a matter, and if still open a clock that starts today: only now may we act."""
    matters: list[Matter] = []
    for batch in _batches(said):
        matters += _take_in(batch, congress, source, channel, by)
        if progress:
            progress(len(matters), len(said))
    return matters


def _take_in(
    said: Sequence[Received], congress: Congress, source: str, channel: str, by: HasActor
) -> list[Matter]:
    now = clock.now()
    limits = iter(_clocks(congress, sum(not one.is_closed for one in said)))
    venues = venues_in(congress, {one.region.pk for one in said if one.region})
    matters = Matter.objects.bulk_create(
        Matter(
            congress=congress,
            region=one.region,
            venue=_venue(one, venues),
            title=one.title,
            subject=one.subject,
            state=State.CLOSED if one.is_closed else State.RECEIVED,
            ended_at=now if one.is_closed else None,
            clock=None if one.is_closed else next(limits),
            n_voices=1,
            last_voice_at=one.at or now,
            search=_tokens(one.title, one.text),
        )
        for one in said
    )
    voices = Voice.objects.bulk_create(
        _voice(one, matter, source, channel, now) for one, matter in zip(said, matters, strict=True)
    )
    trail.record_many(matters, "receive", by=by, words=_("从%(source)s导入") % {"source": source})
    trail.record_many(voices, "receive", by=by, words=Channel(channel).label)
    ProgressLine.objects.bulk_create(
        ProgressLine(matter=matter, at=now, words=_progress(matter) % {"source": source})
        for matter in matters
    )
    return matters


def _venue(one: Received, venues: dict[int, Venue]) -> Venue | None:
    return venues.get(one.region.pk) if one.region else None


def _progress(matter: Matter) -> str:
    if matter.state == State.CLOSED:
        return _("从%(source)s转来，那边已经办结。")
    return _("从%(source)s转来，正在分类。")


def _voice(one: Received, matter: Matter, source: str, channel: str, now: dt.datetime) -> Voice:
    return Voice(
        congress=matter.congress,
        matter=matter,
        first_matter=matter,
        code=codes.new_code(),
        channel=channel,
        text=one.text,
        place=one.place,
        region=matter.region,
        venue=matter.venue,
        received_at=one.at or now,
        source=source,
        external_id=one.external_id,
        search=_tokens(one.text, one.place),
    )


def _tokens(*texts: str) -> str:
    """The search column as text: an expression would cost more than the row. Tokens hold no quotes."""
    return " ".join(f"'{token}'" for token in search.tokens(*texts))


def _clocks(congress: Congress, count: int) -> list[Clock]:
    """All start today by the same rule, so one is reckoned and the others are copies of it."""
    if not count:
        return []
    first = rulebook.start_clock(
        rule=Key.RECEPTION_CLASSIFY,
        region=congress.region,
        start=clock.today(),
        start_words=_("导入"),
    )
    fields = [field.attname for field in Clock._meta.concrete_fields if not field.primary_key]
    same = {name: getattr(first, name) for name in fields}
    return [first, *Clock.objects.bulk_create(Clock(**same) for _place in range(count - 1))]


def _batches(said: Sequence[Received]) -> Iterator[Sequence[Received]]:
    for start in range(0, len(said), BATCH):
        yield said[start : start + BATCH]
