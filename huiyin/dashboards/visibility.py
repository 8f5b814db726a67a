"""Which reports a person may see."""

from typing import Any

from django.db.models import Q

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, seats_of
from huiyin.dashboards.choices import ReportState

READERS = (*STAFF, Role.MEMBER, Role.GOVERNMENT, Role.AUDITOR)


def of_reports(user: Any) -> Q:
    """Staff see what is being written; whoever reads the overview, what is finished."""
    seats = seats_of(user)
    return Q(congress__in=seats.congresses(*STAFF)) | Q(
        congress__in=seats.congresses(*READERS), state=ReportState.MADE
    )
