"""Which suggestions, assignments and promises a person may see.

Subqueries, not joins: a join to many would double rows and need DISTINCT on every list.
"""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, Seats, seats_of
from huiyin.suggestions.choices import AssignmentState, MotionState, SignatureState, State

# Nobody but the deputies concerned sees a text that was not handed in.
UNSUBMITTED = (State.DRAFT, State.COLLECTING)
LOOKING_ON = (Role.GOVERNMENT, Role.MEMBER, Role.COMMITTEE)
READERS = (*STAFF, *LOOKING_ON)  # of the desk's list
HANDED_OVER = [
    State.MERGED,
    State.HANDED_OVER,
    State.DISTRIBUTING,
    State.HANDLING,
    State.RETURN_ASKED,
    State.EXTENSION_ASKED,
    State.DRAFTING,
    State.REVIEWING,
    State.REPLIED,
    State.RATED,
    State.REDOING,
    State.COORDINATING,
    State.TRACKING,
    State.CLOSED,
    State.REFERRED,
]


def of_suggestions(seats: Seats) -> Q:
    """Staff: their congress once handed in. Deputies: what bears their name. Units: their tasks.

    Special committees: what has a number, since they analyse it and name key items (Qingdao 21).
    """
    office = (
        Q(congress__in=seats.congresses(*STAFF, Role.MEMBER)) & _handed_in()
        | Q(congress__in=seats.congresses(Role.COMMITTEE)) & ~Q(number="")
        | Q(congress__in=seats.congresses(Role.GOVERNMENT), state__in=HANDED_OVER)
        | _handled(seats)
        | _moved(seats)
    )
    return office & told(seats) | signed(seats)


def of_motions(seats: Seats) -> Q:
    """Once handed in: staff and members. Once a committee has it: the committees' people (M4).

    All of the congress's committees: their lists are printed for every deputy (Shanghai art. 12).
    To act on one is its own committee's.
    """
    readers = seats.congresses(*STAFF, Role.MEMBER)
    office = Q(suggestion__congress__in=readers) & ~Q(state=MotionState.WRITING)
    office = office & Q(submitted_at__isnull=False) | Q(unit__in=seats.units())
    passed = Q(suggestion__congress__in=seats.congresses(Role.COMMITTEE))
    office |= passed & Q(committee__isnull=False)
    return office & told(seats, "suggestion__") | Q(suggestion__in=_signatures(seats))


def of_assignments(user: Any) -> Q:
    """A unit sees the other units of its suggestion, but drafts of a hand-over only staff see."""
    seats = seats_of(user)
    shown = ~Q(state=AssignmentState.PROPOSED)
    office = (
        Q(suggestion__congress__in=seats.congresses(*STAFF))
        | Q(suggestion__congress__in=seats.congresses(*LOOKING_ON)) & shown
        | Q(unit__in=seats.units()) & shown
    )
    return office & told(seats, "suggestion__") | Q(suggestion__in=_signatures(seats)) & shown


def of_promises(user: Any) -> Q:
    seats = seats_of(user)
    congresses = seats.congresses(*READERS)
    office = Q(suggestion__congress__in=congresses) | Q(unit__in=seats.units())
    return office & told(seats, "suggestion__") | Q(suggestion__in=_signatures(seats))


def signed(seats: Seats) -> Q:
    """Led by the person, or with the name asked for or given."""
    if not seats.signer_ids:
        return Q(pk__in=[])
    return Q(lead__in=seats.signer_ids) | Q(pk__in=_signatures(seats))


def told(seats: Seats, prefix: str = "") -> Q:
    """Of what is handled in confidence only the named people know (Qingdao art. 18)."""
    confidants = apps.get_model("suggestions", "Confidant").objects
    named = confidants.filter(user=seats.user_id).values("suggestion")
    return Q(**{f"{prefix}is_secret": False}) | Q(**{f"{prefix}pk__in": named})


def _handed_in() -> Q:
    """A draft that its deputies gave up was never the desk's."""
    given_up = Q(state=State.WITHDRAWN, submitted_at__isnull=True)
    return ~Q(state__in=UNSUBMITTED) & ~given_up


def _handled(seats: Seats) -> Q:
    units = seats.units()
    if not units:
        return Q(pk__in=[])
    assignments = apps.get_model("suggestions", "Assignment").objects
    # A unit that was released has no more to see than anyone.
    unseen = [AssignmentState.PROPOSED, AssignmentState.RETURNED]
    mine = assignments.filter(unit__in=units).exclude(state__in=unseen)
    handled = mine.values("suggestion")
    return Q(pk__in=handled) | Q(merged_into__in=handled)


def _moved(seats: Seats) -> Q:
    """Special committees read motions from the day one of them has it, an organ what it was given."""
    congresses, units = seats.congresses(Role.COMMITTEE), seats.units()
    if not congresses and not units:
        return Q(pk__in=[])
    motions = apps.get_model("suggestions", "Motion").objects
    own = motions.filter(suggestion__congress__in=congresses, committee__isnull=False)
    given = motions.filter(unit__in=units)
    return Q(pk__in=(own | given).values("suggestion"))


def _signatures(seats: Seats) -> QuerySet[Any]:
    """Suggestions under which the deputies' names stand or were asked for."""
    signatures = apps.get_model("suggestions", "Signature").objects
    standing = signatures.exclude(state__in=[SignatureState.REMOVED, SignatureState.DECLINED])
    return standing.filter(deputy__in=seats.signer_ids).values("suggestion")
