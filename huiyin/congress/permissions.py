"""Who may change people, units and appointments of a congress."""

from typing import Any

from huiyin.accounts.models import Token
from huiyin.congress.choices import Role
from huiyin.congress.models import Appointment, Congress, Deputy, Person, Unit
from huiyin.congress.seats import STAFF, seats_of


def can_appoint(user: Any, congress: Congress) -> bool:
    return seats_of(user).has(congress.pk, Role.SYSTEM_ADMINISTRATOR)


def can_dismiss(user: Any, appointment: Appointment) -> bool:
    return seats_of(user).has(appointment.congress_id, Role.SYSTEM_ADMINISTRATOR)


def can_revoke_token(user: Any, token: Token) -> bool:
    """The administrator of a congress in which the token's person sits today."""
    administered = seats_of(user).congresses(Role.SYSTEM_ADMINISTRATOR)
    return bool(administered & seats_of(token.user).any_congress)


def can_seat(user: Any, congress: Congress) -> bool:
    return seats_of(user).has(congress.pk, *STAFF)


def can_suspend(user: Any, deputy: Deputy) -> bool:
    return seats_of(user).has(deputy.congress_id, *STAFF)


can_resume = can_end = can_name_head = can_suspend


def can_change_unit(user: Any, unit: Unit) -> bool:
    return seats_of(user).has(unit.congress_id, *STAFF, Role.SYSTEM_ADMINISTRATOR)


def can_open_unit(user: Any, congress: Congress) -> bool:
    return seats_of(user).has(congress.pk, *STAFF, Role.SYSTEM_ADMINISTRATOR)


def can_open_term(user: Any, congress: Congress) -> bool:
    return seats_of(user).has(congress.pk, Role.SYSTEM_ADMINISTRATOR, *STAFF)


def can_read_log(user: Any, congress: Congress) -> bool:
    """The audit administrator reads, and does nothing else (docs/practice.md, administrators)."""
    return seats_of(user).has(congress.pk, Role.AUDITOR)


def can_change_person(user: Any, person: Person) -> bool:
    congresses = person.mandates.values_list("congress_id", flat=True)
    return any(seats_of(user).has(congress, *STAFF) for congress in congresses)
