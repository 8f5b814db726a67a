"""The matrix of receptions: every state, every kind of person."""

import pytest

from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy
from huiyin.venues.choices import DutyState
from huiyin.venues.models import Duty, Officer, Venue
from huiyin.venues.permissions import can_change_venue, can_plan_duty
from huiyin.venues.workflow import DUTY
from tests.accounts.factories import UserFactory
from tests.congress.factories import AppointmentFactory, DeputyFactory, person_as
from tests.venues.factories import DutyFactory, OfficerFactory

pytestmark = pytest.mark.django_db

KEEPERS = ("clerk", "director", "officer")
OTHERS = (
    "member",
    "unit_clerk",
    "administrator",
    "auditor",
    "deputy",
    "other_officer",
    "other_clerk",
    "idle_officer",
    "nobody",
)
BY_KEEPERS = {
    DutyState.PLANNED: ["open_duty", "cancel"],
    DutyState.OPEN: ["close_duty"],
    DutyState.CLOSED: [],
    DutyState.CANCELLED: [],
}
WHO_MAY = {
    state: {kind: steps if kind in KEEPERS else [] for kind in (*KEEPERS, *OTHERS)}
    for state, steps in BY_KEEPERS.items()
}
SEES = {"clerk", "director", "member", "officer", "idle_officer"}


def person(kind, duty):
    special = {
        "officer": lambda: OfficerFactory(venue=duty.venue).user,
        "other_officer": lambda: OfficerFactory().user,
        "idle_officer": lambda: Officer.objects.create(venue=duty.venue, user=UserFactory()).user,
        "other_clerk": lambda: AppointmentFactory(clerk=True, of_other=True).user,
        "deputy": lambda: DeputyFactory(with_user=True).person.user,
        "unit_clerk": lambda: AppointmentFactory(unit_clerk=True).user,
        "administrator": lambda: person_as(Role.SYSTEM_ADMINISTRATOR),
        "nobody": UserFactory,
    }
    return special[kind]() if kind in special else person_as(Role(kind))


def test_the_matrix_knows_every_state_and_the_workflow_no_other():
    assert set(WHO_MAY) == set(DutyState)
    assert set(DUTY.states()) == set(DutyState)


@pytest.mark.parametrize("state", DutyState)
@pytest.mark.parametrize("kind", [*KEEPERS, *OTHERS])
def test_the_matrix(state, kind):
    duty = DutyFactory(state=state)

    open_steps = [step.name for step in DUTY.open_to(person(kind, duty), duty)]

    assert open_steps == WHO_MAY[state][kind]


@pytest.mark.parametrize("kind", [*KEEPERS, *OTHERS])
def test_what_the_matrix_opens_the_queryset_shows(kind):
    duty = DutyFactory()
    user = person(kind, duty)

    seen = list(Duty.objects.visible_to(user)) + list(
        Venue.objects.visible_to(user).filter(pk=duty.venue_id)
    )

    assert (len(seen) == 2) == (kind in SEES)
    assert not can_plan_duty(user, duty.venue) or kind in SEES


@pytest.mark.parametrize("kind", [*KEEPERS, *OTHERS])
def test_only_staff_change_a_venue(kind):
    duty = DutyFactory()

    assert can_change_venue(person(kind, duty), duty.venue) == (kind in {"clerk", "director"})
    assert Deputy.objects.count() == (kind == "deputy")
