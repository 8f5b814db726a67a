"""What a person may act as today: appointments and mandates, read once a request."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce

from huiyin.congress.choices import EndGround, MandateState, Role
from huiyin.congress.models import Appointment, Congress, Deputy
from huiyin.kernel import clock, compiled
from huiyin.kernel.compiled import Statement

STAFF = frozenset({Role.CLERK, Role.DIRECTOR})
OF_A_UNIT = frozenset({Role.UNIT_CLERK, Role.UNIT_LEADER})
DEPUTY, FORMER = "deputy", "former"
KEPT = 2_000  # people whose statement is kept


@dataclass(frozen=True)
class Seat:
    role: str
    congress_id: int
    unit_id: int | None = None
    committee_id: int | None = None


@dataclass(frozen=True)
class Seats:
    """All of a person's seats. Questions about ids only, so that asking costs nothing.

    They say whose they are: statements are kept by seats, and some rows are for named people only.
    """

    user_id: int = 0
    appointed: tuple[Seat, ...] = ()
    deputies: tuple[tuple[int, int], ...] = ()  # (deputy id, congress id) of sitting mandates
    former: tuple[int, ...] = ()  # deputy ids of mandates that ended with their term

    def congresses(self, *roles: str) -> set[int]:
        """The congresses in which the person holds one of the roles."""
        return {seat.congress_id for seat in self.appointed if seat.role in roles}

    def has(self, congress_id: int | None, *roles: str) -> bool:
        return congress_id in self.congresses(*roles)

    def units(self, *roles: str) -> set[int]:
        """The units the person acts for, as clerk, leader or as asked."""
        wanted = roles or tuple(OF_A_UNIT)
        return {seat.unit_id for seat in self.appointed if seat.unit_id and seat.role in wanted}

    def committees(self) -> set[int]:
        """The special committees the person is staff of by name."""
        return {seat.committee_id for seat in self.appointed if seat.committee_id}

    def of_all_committees(self) -> set[int]:
        """The congresses all of whose special committees the person serves."""
        rows = (seat for seat in self.appointed if not seat.committee_id)
        return {seat.congress_id for seat in rows if seat.role == Role.COMMITTEE}

    def serves(self, congress_id: int, committee_id: int | None) -> bool:
        """Whether the person is staff of this special committee; of any, while none is named."""
        if committee_id is None:
            return self.has(congress_id, Role.COMMITTEE)
        return congress_id in self.of_all_committees() or committee_id in self.committees()

    @property
    def deputy_ids(self) -> set[int]:
        return {deputy for deputy, _ in self.deputies}

    @property
    def signer_ids(self) -> set[int]:
        """Whose papers are the person's own: what was left open at the change of term is still
        answered to whoever proposed it (Shanghai art. 19)."""
        return self.deputy_ids | set(self.former)

    @property
    def deputy_congresses(self) -> set[int]:
        return {congress for _, congress in self.deputies}

    @property
    def roles(self) -> set[str]:
        return {seat.role for seat in self.appointed}

    @property
    def any_congress(self) -> set[int]:
        return {seat.congress_id for seat in self.appointed} | self.deputy_congresses


NONE = Seats()


def seats_of(user: Any) -> Seats:
    """The person's seats: one query the first time, kept on the user for the request."""
    if not getattr(user, "is_authenticated", False):
        return NONE
    if not hasattr(user, "_seats"):
        user._seats = _read(user.pk)  # noqa: SLF001  kept with the account for the request
    return user._seats  # noqa: SLF001  kept with the account for the request


def may_sit_in(user: Any, congress: Congress) -> bool:
    """Who sits elsewhere alone is not drawn into a congress without its administrator."""
    seated = seats_of(user).any_congress
    return not seated or congress.pk in seated


def forget(user: Any) -> None:
    """Ask the database again: a seat has just been given or taken."""
    if hasattr(user, "_seats"):
        del user._seats  # noqa: SLF001  kept with the account for the request


def _read(user_id: int) -> Seats:
    rows = sorted(compiled.rows(_statement(user_id, clock.today())))
    return Seats(
        user_id=user_id,
        appointed=tuple(
            Seat(role, congress, unit or None, committee or None)
            for role, congress, unit, committee, _ in rows
            if role not in {DEPUTY, FORMER}
        ),
        former=tuple(deputy for role, *_, deputy in rows if role == FORMER),
        deputies=tuple((deputy, congress) for role, congress, *_, deputy in rows if role == DEPUTY),
    )


@lru_cache(maxsize=KEPT)
def _statement(user_id: int, today: dt.date) -> Statement:
    appointed = (
        Appointment.objects.filter(user_id=user_id)
        .in_force(today)
        .order_by()
        .values_list(
            "role", "congress_id", Coalesce("unit_id", 0), Coalesce("committee_id", 0), Value(0)
        )
    )
    mandates = (
        Deputy.objects.filter(person__user_id=user_id, state=MandateState.ACTIVE)
        .order_by()
        .values_list(Value(DEPUTY), "congress_id", Value(0), Value(0), "pk")
    )
    former = (
        Deputy.objects.filter(
            person__user_id=user_id, state=MandateState.ENDED, end_ground=EndGround.TERM_OVER
        )
        .order_by()
        .values_list(Value(FORMER), "congress_id", Value(0), Value(0), "pk")
    )
    return compiled.statement(appointed.union(mandates, former, all=True))


def frame_of(user: Any) -> str:
    """The base template of a person's own pages: the desk's for who holds an appointment, else the deputies'."""
    return "base_desk.html" if seats_of(user).appointed else "base_deputy.html"
