"""Which matters and voices a person may see: bounded by congress, place and task.

Subqueries, not joins: a join to many would double rows and need DISTINCT on every list.
"""

from typing import Any

from django.apps import apps
from django.db.models import Q

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, Seats, seats_of
from huiyin.venues.models import Officer, Placement


def of_matters(user: Any) -> Q:
    """Staff see their congress, officers their venues, deputies what is near or theirs, units theirs."""
    seats = seats_of(user)
    return (
        Q(congress__in=seats.congresses(*STAFF))
        | _at_venues_of(user)
        | Q(deputy__in=seats.deputy_ids)
        | _told_to_deputies(seats)
        | Q(unit__in=seats.units(Role.UNIT_CLERK, Role.UNIT_LEADER))
    )


def of_voices(user: Any) -> Q:
    """Residents' words go no further than the matter's own people; a unit sees only the matter."""
    seats = seats_of(user)
    return (
        Q(congress__in=seats.congresses(*STAFF))
        | _at_venues_of(user)
        | Q(matter__deputy__in=seats.deputy_ids)
        | Q(deputy__in=seats.deputy_ids)
    )


def _told_to_deputies(seats: Seats) -> Q:
    """What residents said to a deputy by the deputy's own code."""
    if not seats.deputy_ids:
        return Q(pk__in=[])
    voices = apps.get_model("opinions", "Voice").objects
    return Q(pk__in=voices.filter(deputy__in=seats.deputy_ids).values("matter"))


def _at_venues_of(user: Any) -> Q:
    """The venues an officer keeps, and those a deputy is placed in."""
    seats = seats_of(user)
    conditions = Q(venue__in=Officer.objects.filter(user=user.pk).values("venue"))
    if seats.deputy_ids:
        conditions |= Q(
            venue__in=Placement.objects.filter(deputy__in=seats.deputy_ids).values("venue")
        )
    return conditions
