"""Who may read which figures, and who writes the report of a year."""

from typing import Any

from huiyin.congress.models import Congress
from huiyin.congress.seats import STAFF, seats_of
from huiyin.dashboards.models import YearReport
from huiyin.dashboards.visibility import READERS
from huiyin.kernel import trail


def overview_congresses(user: Any) -> set[int]:
    """The congresses whose overview the person may open; a county's people see their county."""
    return seats_of(user).congresses(*READERS)


def can_begin_report(user: Any, congress: Congress) -> bool:
    return seats_of(user).has(congress.pk, *STAFF)


def can_revise_report(user: Any, report: YearReport) -> bool:
    return seats_of(user).has(report.congress_id, *STAFF)


can_order_report = can_give_up_report = can_revise_report


def by_the_system(user: Any, report: YearReport) -> bool:
    return user is trail.SYSTEM
