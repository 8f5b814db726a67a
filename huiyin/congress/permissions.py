"""Who may change people, units and appointments of a congress."""

from typing import Any

from huiyin.accounts.models import Token, User
from huiyin.congress.choices import Role
from huiyin.congress.models import (
    Appointment,
    Congress,
    Deputy,
    Person,
    Unit,
    accounts_of,
    congresses_where_seated,
)
from huiyin.congress.seats import STAFF, seats_of


def can_dismiss(user: Any, appointment: Appointment) -> bool:
    return seats_of(user).has(appointment.congress_id, Role.SYSTEM_ADMINISTRATOR)


def can_revoke_token(user: Any, token: Token) -> bool:
    """The administrator of a congress in which the token's person sits today."""
    administered = seats_of(user).congresses(Role.SYSTEM_ADMINISTRATOR)
    return bool(administered & seats_of(token.user).any_congress)


def can_give_accounts(user: Any, congress: Congress) -> bool:
    """A deputy's first account: whoever keeps the list of deputies, or all accounts."""
    return seats_of(user).has(congress.pk, *STAFF, Role.SYSTEM_ADMINISTRATOR)


def can_give_account(user: Any, deputy: Deputy) -> bool:
    return seats_of(user).has(deputy.congress_id, *STAFF, Role.SYSTEM_ADMINISTRATOR)


can_link_account = can_give_account


def can_give_password(user: Any, account: User) -> bool:
    """Never who works on papers, and never who resets second factors: one administrator alone
    cannot enter another's account (等保, separation of administrators)."""
    return _keeps(user, account, Role.SYSTEM_ADMINISTRATOR)


can_close_account = can_reopen_account = can_give_password


def can_reset_second_factor(user: Any, account: User) -> bool:
    return _keeps(user, account, Role.SECURITY_ADMINISTRATOR)


def _keeps(user: Any, account: User, role: Role) -> bool:
    """The account of somebody else, all of whose seats lie in the area this administrator serves.

    A deputy of a city and of one of its districts is the city's to keep, not the district's.
    """
    administered = seats_of(user).congresses(role)
    if account.pk == user.pk or not accounts_of(administered).filter(pk=account.pk).exists():
        return False
    both = Congress.objects.select_related("region").in_bulk(
        administered | congresses_where_seated(account)
    )
    areas = [both[pk].region for pk in administered]
    return all(any(area.contains(congress.region) for area in areas) for congress in both.values())


def can_suspend(user: Any, deputy: Deputy) -> bool:
    return seats_of(user).has(deputy.congress_id, *STAFF)


can_resume = can_end = can_name_head = can_suspend


def can_change_unit(user: Any, unit: Unit) -> bool:
    return seats_of(user).has(unit.congress_id, *STAFF, Role.SYSTEM_ADMINISTRATOR)


def can_change_person(user: Any, person: Person) -> bool:
    congresses = person.mandates.values_list("congress_id", flat=True)
    return any(seats_of(user).has(congress, *STAFF) for congress in congresses)
