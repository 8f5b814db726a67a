"""Congresses, their terms and sessions, deputies and where they come from, units, appointments."""

from huiyin.congress.models.accounts import (
    accounts_matching,
    accounts_of,
    congresses_where_seated,
    seated,
)
from huiyin.congress.models.appointments import Appointment, AppointmentQuerySet, congresses_of
from huiyin.congress.models.bodies import (
    Committee,
    Congress,
    DeputyGroup,
    ElectingBase,
    Session,
    Term,
    Unit,
)
from huiyin.congress.models.people import Deputy, DeputyQuerySet, Person, sitting_in

__all__ = [
    "Appointment",
    "AppointmentQuerySet",
    "Committee",
    "Congress",
    "Deputy",
    "DeputyGroup",
    "DeputyQuerySet",
    "ElectingBase",
    "Person",
    "Session",
    "Term",
    "Unit",
    "accounts_matching",
    "accounts_of",
    "congresses_of",
    "congresses_where_seated",
    "seated",
    "sitting_in",
]
