"""Which matters and voices a person may see: bounded by congress, place and task.

Subqueries, not joins: a join to many would double rows and need DISTINCT on every list.
"""

from django.apps import apps
from django.db.models import Q

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, Seats
from huiyin.venues.models import Officer, Placement


def of_matters(seats: Seats) -> Q:
    """Staff see their congress, officers their venues, deputies what is near or theirs, units theirs."""
    return inside_of_matters(seats) | Q(unit__in=seats.units(Role.UNIT_CLERK, Role.UNIT_LEADER))


def inside_of_matters(seats: Seats) -> Q:
    """Whose business the words about a matter are: a unit has the brief it was given, and no more."""
    seen = Q(congress__in=seats.congresses(*STAFF)) | _kept_by(seats)
    return seen | near_deputies(seats.deputy_ids) if seats.deputy_ids else seen


def near_deputies(ids: set[int]) -> Q:
    """What deputies follow, what came in where they are placed, what was said to them by their code."""
    voices = apps.get_model("opinions", "Voice").objects
    return (
        Q(deputy__in=ids)
        | _placed_at(ids)
        | Q(pk__in=voices.filter(deputy__in=ids).values("matter"))
    )


def called_back(ids: set[int]) -> Q:
    """Of what is reopened: a deputy's own, and of what nobody follows what is near."""
    return Q(deputy__in=ids) | Q(deputy=None) & near_deputies(ids)


def of_voices(seats: Seats) -> Q:
    """Residents' words go no further than the matter's own people; a unit sees only the matter."""
    seen = Q(congress__in=seats.congresses(*STAFF)) | _kept_by(seats)
    if not seats.deputy_ids:
        return seen
    theirs = Q(matter__deputy__in=seats.deputy_ids) | Q(deputy__in=seats.deputy_ids)
    return seen | theirs | _placed_at(seats.deputy_ids)


def of_personal_facts(seats: Seats) -> Q:
    """Fewer than may read the words: whoever has to call the resident (PIPL art. 6)."""
    return Q(congress__in=seats.congresses(*STAFF)) | _kept_by(seats)


def _kept_by(seats: Seats) -> Q:
    """The venues an officer keeps."""
    return Q(venue__in=Officer.objects.filter(user=seats.user_id).values("venue"))


def _placed_at(deputy_ids: set[int]) -> Q:
    return Q(venue__in=Placement.objects.filter(deputy__in=deputy_ids).values("venue"))
