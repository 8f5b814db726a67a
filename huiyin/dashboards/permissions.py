"""Who may read which figures."""

from typing import Any

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, seats_of

READERS = (*STAFF, Role.MEMBER, Role.GOVERNMENT, Role.AUDITOR)


def overview_congresses(user: Any) -> set[int]:
    """The congresses whose overview the person may open; a county's people see their county."""
    return seats_of(user).congresses(*READERS)
