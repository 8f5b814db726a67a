"""The matrix: every state, every kind of person."""

import pytest

from huiyin.congress.choices import Role
from huiyin.kernel.trail import RESIDENT, SYSTEM
from huiyin.opinions.choices import State
from huiyin.opinions.models import Matter
from huiyin.opinions.workflow import MATTER
from tests.congress.factories import AppointmentFactory, UnitFactory, person_as
from tests.opinions.factories import MatterFactory
from tests.venues.factories import OfficerFactory, PlacementFactory, VenueFactory

pytestmark = pytest.mark.django_db

ROUTE = [
    "point_elsewhere",
    "answer_on_the_spot",
    "give_to_deputy",
    "hand_to_department",
    "hand_to_hotline",
]
TITLE = ["set_subject", "publish"]
FROM_ABOVE = {"link_suggestion", "unlink_suggestion", "report_result"}

# What each state opens, by what a person is to the matter; orders from above are asked for apart.
WHO_MAY = {
    State.RECEIVED: {
        "staff": [*ROUTE, "withdraw", *TITLE, "merge", "gather"],
        "officer": [*ROUTE, "withdraw", "set_subject", "merge", "gather"],
        "deputy": ["take_up"],
        "unit": [],
    },
    State.ELSEWHERE: {
        "staff": [*ROUTE, *TITLE],
        "officer": [*ROUTE, "set_subject"],
        "deputy": [],
        "unit": [],
    },
    State.WITH_DEPUTY: {
        "staff": [*ROUTE, *TITLE, "merge", "gather"],
        "officer": [*ROUTE, "set_subject", "merge", "gather"],
        "deputy": ["deputy_answers", "give_back"],
        "unit": [],
    },
    State.WITH_DEPARTMENT: {
        "staff": [*ROUTE, "report_back", *TITLE, "merge", "gather"],
        "officer": [*ROUTE, "report_back", "set_subject", "merge", "gather"],
        "deputy": [],
        "unit": ["report_back"],
    },
    State.IN_SUGGESTION: {
        "staff": [*TITLE, "merge", "gather"],
        "officer": ["set_subject", "merge", "gather"],
        "deputy": [],
        "unit": [],
    },
    State.ANSWERED: {
        "staff": ["close", "reopen", *TITLE, "gather"],
        "officer": ["close", "reopen", "set_subject", "gather"],
        "deputy": [],
        "unit": [],
    },
    State.REOPENED: {
        "staff": [*ROUTE, *TITLE, "merge", "gather"],
        "officer": [*ROUTE, "set_subject", "merge", "gather"],
        "deputy": ["take_up", "deputy_answers", "give_back"],
        "unit": [],
    },
    State.CLOSED: {
        "staff": ["reopen", *TITLE],
        "officer": ["reopen", "set_subject"],
        "deputy": [],
        "unit": [],
    },
    State.MERGED: {"staff": ["unmerge"], "officer": ["unmerge"], "deputy": [], "unit": []},
}
TRAITS = {State.RECEIVED: {}} | {
    state: {state.value: True} for state in State if state != State.RECEIVED
}


def opened(user, matter):
    return [step.name for step in MATTER.open_to(user, matter) if step.name not in FROM_ABOVE]


def matter_in(state, venue, deputy, unit):
    """One matter with everybody attached, so that only the state decides."""
    given = {"venue": venue, "deputy": deputy, "unit": unit, **TRAITS[state]}
    if state == State.WITH_DEPUTY:
        given.pop("with_deputy")
        given |= {"state": state}
    if state == State.WITH_DEPARTMENT:
        given.pop("with_department")
        given |= {"state": state}
    return MatterFactory(**given | {"is_reopened": False})


def test_the_matrix_knows_every_state():
    assert set(WHO_MAY) == set(State)


@pytest.mark.parametrize("state", State)
def test_the_matrix_holds(state):
    placement = PlacementFactory(deputy__with_user=True)
    venue, unit = placement.venue, UnitFactory()
    matter = matter_in(state, venue, placement.deputy, unit)
    people = {
        "staff": AppointmentFactory(clerk=True).user,
        "officer": OfficerFactory(venue=venue).user,
        "deputy": placement.deputy.person.user,
        "unit": person_as("unit_clerk", unit=unit),
    }

    assert {name: opened(user, matter) for name, user in people.items()} == WHO_MAY[state]
    assert opened(AppointmentFactory(director=True).user, matter) == WHO_MAY[state]["staff"]


@pytest.mark.parametrize("state", State)
def test_outsiders_may_nothing_and_see_nothing(state):
    placement = PlacementFactory(deputy__with_user=True)
    matter = matter_in(state, placement.venue, placement.deputy, UnitFactory())
    outsiders = [
        AppointmentFactory(clerk=True, of_other=True).user,
        AppointmentFactory(clerk=True, of_county=True).user,
        AppointmentFactory(member=True).user,
        AppointmentFactory(auditor=True).user,
        OfficerFactory(venue=VenueFactory()).user,
        PlacementFactory(deputy__with_user=True).deputy.person.user,
        person_as("unit_clerk", unit=UnitFactory()),
    ]

    for user in outsiders:
        assert opened(user, matter) == []
        assert not Matter.objects.visible_to(user).filter(pk=matter.pk).exists()


@pytest.mark.parametrize("state", State)
def test_what_the_matrix_opens_the_list_shows(state):
    placement = PlacementFactory(deputy__with_user=True)
    unit = UnitFactory()
    matter = matter_in(state, placement.venue, placement.deputy, unit)
    insiders = [
        AppointmentFactory(clerk=True).user,
        OfficerFactory(venue=placement.venue).user,
        placement.deputy.person.user,
        person_as("unit_leader", unit=unit),
    ]

    for user in insiders:
        assert Matter.objects.visible_to(user).filter(pk=matter.pk).exists()


def test_residents_answer_and_the_system_closes_and_passes_on():
    answered, reopened = MatterFactory(answered=True), MatterFactory(reopened=True)

    assert opened(RESIDENT, answered) == ["close", "reopen"]
    assert opened(SYSTEM, answered) == ["close"]
    assert opened(SYSTEM, reopened) == ["pass_on"]


def test_orders_from_the_suggestions_need_a_seat_or_the_system():
    matter = MatterFactory()
    step = MATTER.steps["report_result"]

    assert step.allowed(SYSTEM, matter)
    assert step.allowed(AppointmentFactory(unit_leader=True).user, matter)
    assert not step.allowed(RESIDENT, matter)


def test_a_second_reopening_is_closed_with_its_reason():
    matter = MatterFactory(answered=True, is_reopened=True)
    staff = person_as(Role.CLERK, congress=matter.congress)

    reasons = {
        button.name: str(button.reason) for button in MATTER.buttons(staff, matter) if button.reason
    }

    assert reasons["reopen"] == "这件事已经重新跟进过一次。"
