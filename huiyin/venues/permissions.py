"""Who may keep venues and their timetable."""

from typing import Any

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, seats_of
from huiyin.venues.models import Duty, Officer, Venue


def kept_venues(user: Any) -> set[int]:
    """The venues an officer keeps: one query, remembered on the account for the request."""
    if not getattr(user, "is_authenticated", False):
        return set()
    if "_kept_venues" not in vars(user):
        kept = Officer.objects.filter(user_id=user.pk).values_list("venue_id", flat=True)
        vars(user)["_kept_venues"] = set(kept)
    return vars(user)["_kept_venues"]


def can_change_venue(user: Any, venue: Venue) -> bool:
    return seats_of(user).has(venue.congress_id, *STAFF)


def can_plan_duty(user: Any, venue: Venue) -> bool:
    """Staff plan everywhere, an officer at home. Officers act only while appointed."""
    seats = seats_of(user)
    keeps = seats.has(venue.congress_id, Role.LIAISON) and venue.pk in kept_venues(user)
    return keeps or seats.has(venue.congress_id, *STAFF)


def can_open_duty(user: Any, duty: Duty) -> bool:
    return can_plan_duty(user, duty.venue)


can_close_duty = can_cancel = can_open_duty
