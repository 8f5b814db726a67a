"""What the front page shows: today's receptions, what was just kept, and two honest numbers."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from huiyin.opinions.choices import State as MatterState
from huiyin.opinions.models import Voice
from huiyin.suggestions.choices import PromiseState
from huiyin.suggestions.models import Promise
from huiyin.venues.models import Duty

FEW = 3


@dataclass(frozen=True)
class Front:
    receptions: list[Duty]
    kept: list[Promise]
    n_voices: int
    n_echoed: int
    n_asked: int
    n_solved: int

    @property
    def solved_share(self) -> int | None:
        return round(100 * self.n_solved / self.n_asked) if self.n_asked else None


def front(today: dt.date) -> Front:
    """Four queries. An echo is anything beyond receipt: a way, an answer, a suggestion."""
    counts = Voice.objects.filter(received_at__year=today.year).aggregate(
        voices=Count("pk"),
        echoed=Count("pk", filter=~Q(matter__state=MatterState.RECEIVED)),
        asked=Count("pk", filter=Q(is_solved__isnull=False)),
        solved=Count("pk", filter=Q(is_solved=True)),
    )
    return Front(
        receptions=list(Duty.objects.coming(today).select_related("venue")[:FEW]),
        kept=_just_kept(),
        n_voices=counts["voices"],
        n_echoed=counts["echoed"],
        n_asked=counts["asked"],
        n_solved=counts["solved"],
    )


def _just_kept() -> list[Promise]:
    kept = Promise.objects.public().filter(state=PromiseState.KEPT)
    return list(kept.for_list().order_by("-checked_at")[:FEW])
