"""The invented congress hangs together."""

import pytest

from huiyin.congress.choices import Role
from huiyin.congress.seats import seats_of
from tests.congress.factories import (
    AppointmentFactory,
    CongressFactory,
    DeputyFactory,
    SessionFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


def test_the_same_congress_comes_back():
    assert CongressFactory() == CongressFactory()
    assert len({CongressFactory(), CongressFactory(county=True), CongressFactory(other=True)}) == 3


def test_a_deputy_with_an_account_sits_in_the_session_s_congress():
    deputy = DeputyFactory(with_user=True)

    assert seats_of(deputy.person.user).deputies == (
        (deputy.pk, SessionFactory().term.congress_id),
    )


@pytest.mark.parametrize("trait", ["clerk", "government", "unit_clerk", "liaison", "auditor"])
def test_an_appointment_gives_its_role(trait):
    appointment = AppointmentFactory(**{trait: True})

    assert seats_of(appointment.user).roles == {appointment.role}
    assert seats_of(person_as(Role.DIRECTOR)).roles == {Role.DIRECTOR}
