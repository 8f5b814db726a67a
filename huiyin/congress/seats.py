"""What a person may act as today: appointments and mandates, read once a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from huiyin.congress.choices import MandateState, Role
from huiyin.congress.models import Appointment, Deputy
from huiyin.kernel import clock

STAFF = frozenset({Role.CLERK, Role.DIRECTOR})
OF_A_UNIT = frozenset({Role.UNIT_CLERK, Role.UNIT_LEADER})


@dataclass(frozen=True)
class Seat:
    role: str
    congress_id: int
    unit_id: int | None = None


@dataclass(frozen=True)
class Seats:
    """All of a person's seats. Questions about ids only, so that asking costs nothing."""

    appointed: tuple[Seat, ...] = ()
    deputies: tuple[tuple[int, int], ...] = ()  # (deputy id, congress id) of sitting mandates

    def congresses(self, *roles: str) -> set[int]:
        """The congresses in which the person holds one of the roles."""
        return {seat.congress_id for seat in self.appointed if seat.role in roles}

    def has(self, congress_id: int | None, *roles: str) -> bool:
        return congress_id in self.congresses(*roles)

    def units(self, *roles: str) -> set[int]:
        """The units the person acts for, as clerk, leader or as asked."""
        wanted = roles or tuple(OF_A_UNIT)
        return {seat.unit_id for seat in self.appointed if seat.unit_id and seat.role in wanted}

    @property
    def deputy_ids(self) -> set[int]:
        return {deputy for deputy, _ in self.deputies}

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
    """The person's seats: two queries the first time, kept on the user for the request."""
    if not getattr(user, "is_authenticated", False):
        return NONE
    if not hasattr(user, "_seats"):
        user._seats = Seats(_appointed(user.pk), _mandates(user.pk))
    return user._seats


def _appointed(user_id: int) -> tuple[Seat, ...]:
    rows = Appointment.objects.filter(user_id=user_id).in_force(clock.today())
    return tuple(Seat(*row) for row in _ids(rows, "role", "congress_id", "unit_id"))


def _mandates(user_id: int) -> tuple[tuple[int, int], ...]:
    rows = Deputy.objects.filter(person__user_id=user_id, state=MandateState.ACTIVE)
    return tuple((pk, congress_id) for pk, congress_id in _ids(rows, "pk", "congress_id"))


def _ids(rows: Any, *names: str) -> Iterable[tuple[Any, ...]]:
    return rows.order_by("pk").values_list(*names)
