"""Which rows of supervision a person may see, as conditions the QuerySets use."""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress
from huiyin.congress.seats import STAFF, Seats, seats_of
from huiyin.suggestions.choices import AssignmentState, SignatureState
from huiyin.suggestions.models import Assignment, Signature
from huiyin.supervision.choices import CHOSEN, ON_NOTICE, AwardState, CallState, CardState

INSIDE = (*STAFF, Role.MEMBER, Role.COMMITTEE)
UNSEEN = (AssignmentState.PROPOSED, AssignmentState.RETURNED)
STANDING = (SignatureState.SIGNED,)


def of_key_items(user: Any) -> Q:
    """Inside the standing committee all; government once decided; who handles or signed, on notice."""
    seats = seats_of(user)
    told = Q(state__in=ON_NOTICE) & Q(pk__in=_told(seats))
    return (
        Q(congress__in=seats.congresses(*INSIDE))
        | Q(congress__in=seats.congresses(Role.GOVERNMENT), state__in=CHOSEN)
        | told
    )


def of_appraisals(user: Any) -> Q:
    """Inside the standing committee and the government office; units once it was shown to them."""
    seats = seats_of(user)
    cards = apps.get_model("supervision", "Scorecard").objects
    shown = cards.filter(unit__in=seats.units()).exclude(state=CardState.DRAFT)
    return Q(congress__in=seats.congresses(*INSIDE, Role.GOVERNMENT)) | Q(
        pk__in=shown.values("appraisal")
    )


def of_scorecards(user: Any) -> Q:
    """A unit sees its own sheet, and no other's."""
    seats = seats_of(user)
    inside = Q(appraisal__congress__in=seats.congresses(*INSIDE, Role.GOVERNMENT))
    return inside | Q(unit__in=seats.units()) & ~Q(state=CardState.DRAFT)


def of_reviews(user: Any) -> Q:
    seats = seats_of(user)
    inside = Q(congress__in=seats.congresses(*INSIDE, Role.GOVERNMENT))
    return inside | Q(unit__in=seats.units())


def inside_awards(user: Any) -> Q:
    """Who keeps the award and who judges it."""
    seats = seats_of(user)
    juries = apps.get_model("supervision", "Juror").objects.filter(user=user.pk)
    return Q(congress__in=seats.congresses(*INSIDE)) | Q(pk__in=juries.values("award"))


def of_awards(user: Any) -> Q:
    """Deputies, units and the government see what is published for objection."""
    seats = seats_of(user)
    published = Q(state__in=[AwardState.PUBLISHED, AwardState.DECIDED])
    return inside_awards(user) | Q(congress__in=seats.any_congress) & published


def of_calls(user: Any) -> Q:
    """Inside the committee all; deputies and the counties below what was sent out."""
    seats = seats_of(user)
    sent = ~Q(state=CallState.DRAFT)
    below = Congress.objects.filter(pk__in=seats.congresses(*STAFF))
    above = Q(congress__region__in=below.values("region__parent"))
    return (
        Q(congress__in=seats.congresses(*INSIDE))
        | sent & Q(congress__in=seats.deputy_congresses)
        | sent & above
    )


def of_prechecks(user: Any) -> Q:
    """The committee it was offered to, and the deputy who offered it; nobody else."""
    seats = seats_of(user)
    return Q(congress__in=seats.congresses(*STAFF)) | Q(deputy__in=seats.deputy_ids)


def _told(seats: Seats) -> QuerySet[Any]:
    """Key items whose suggestions the person's unit handles or whose text he signed."""
    tasks = Assignment.objects.filter(unit__in=seats.units()).exclude(state__in=UNSEEN)
    names = Signature.objects.filter(deputy__in=seats.deputy_ids, state__in=STANDING)
    concerned = Q(suggestion__in=tasks.values("suggestion"))
    concerned |= Q(suggestion__in=names.values("suggestion"))
    members = apps.get_model("supervision", "KeyMember").objects
    return members.filter(concerned).values("item")
