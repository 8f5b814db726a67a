"""Opening venues, placing deputies, and a reception from plan to close."""

import datetime as dt

import pytest
from django.urls import reverse

from huiyin.congress import actions as congress_actions
from huiyin.congress.choices import Role
from huiyin.congress.seats import seats_of
from huiyin.kernel import clock, trail
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices.models import Message
from huiyin.venues import actions
from huiyin.venues.choices import Clinic, DutyState, Kind
from huiyin.venues.models import Duty, Officer, Placement
from tests.accounts.factories import UserFactory
from tests.congress.factories import (
    CHENGGUAN,
    QINGDAO,
    AppointmentFactory,
    CongressFactory,
    DeputyFactory,
    person_as,
    region,
)
from tests.venues.factories import DutyFactory, OfficerFactory, PlacementFactory, VenueFactory

pytestmark = pytest.mark.django_db

NINE, ELEVEN = dt.time(9), dt.time(11)
TOMORROW = clock.today() + dt.timedelta(days=1)


def test_open_venue_gives_a_code_and_its_place_in_the_order():
    venue = actions.open_venue(
        CongressFactory(),
        kind=Kind.HOME,
        region=region(**CHENGGUAN),
        name="西站街道代表之家",
        by=person_as(Role.CLERK),
    )

    assert (len(venue.code), venue.is_open) == (12, True)
    assert venue.sort_key.startswith("xi zhan")


def test_open_venue_refuses_a_place_of_another_city_and_a_home_inside_a_home():
    home = VenueFactory(home_=True)

    with pytest.raises(NotPossible):
        actions.open_venue(
            CongressFactory(),
            kind=Kind.HOME,
            region=region(**QINGDAO),
            name="外地的家",
            by=trail.SYSTEM,
        )
    with pytest.raises(NotPossible):
        actions.open_venue(
            CongressFactory(),
            kind=Kind.HOME,
            region=region(**CHENGGUAN),
            name="家里的家",
            home=home,
            by=trail.SYSTEM,
        )


def test_a_station_belongs_to_a_home_of_its_own_congress():
    stranger = VenueFactory(home_=True, of_other=True)

    with pytest.raises(NotPossible):
        actions.change_venue(VenueFactory(), changes={"home": stranger}, by=trail.SYSTEM)


def test_place_makes_the_first_place_the_main_one():
    deputy, clerk = DeputyFactory(), person_as(Role.CLERK)

    first = actions.place(deputy, VenueFactory(), by=clerk)
    second = actions.place(deputy, VenueFactory(), by=clerk)

    assert (first.is_main, second.is_main) == (True, False)


def test_place_as_main_moves_the_main_place_and_remove_gives_it_back():
    deputy = DeputyFactory()
    first = actions.place(deputy, VenueFactory(), by=trail.SYSTEM)
    second = actions.place(deputy, VenueFactory(), is_main=True, by=trail.SYSTEM)

    first.refresh_from_db()
    assert (first.is_main, second.is_main) == (False, True)

    actions.remove(second, by=trail.SYSTEM)

    first.refresh_from_db()
    assert (first.is_main, Placement.objects.count()) == (True, 1)


def test_place_twice_or_of_a_suspended_deputy_is_refused():
    placement = PlacementFactory()

    with pytest.raises(NotPossible):
        actions.place(placement.deputy, placement.venue, by=trail.SYSTEM)
    with pytest.raises(NotPossible):
        actions.place(DeputyFactory(suspended=True), placement.venue, by=trail.SYSTEM)


def test_add_officer_brings_the_role_with_it():
    venue, user = VenueFactory(), UserFactory()

    actions.add_officer(venue, user=user, by=person_as(Role.CLERK))

    assert seats_of(user).has(venue.congress_id, Role.LIAISON)
    with pytest.raises(NotPossible):
        actions.add_officer(venue, user=user, by=person_as(Role.CLERK))


def test_nobody_of_another_congress_is_drawn_in_as_an_officer(client):
    venue, stranger = VenueFactory(), AppointmentFactory(clerk=True, of_other=True).user
    clerk = person_as(Role.CLERK)
    client.force_login(clerk)
    address = reverse("venues:add_officer", args=[venue.pk])

    there, nobody = (
        client.post(address, {"user": name}) for name in (stranger.username, "nobody-at-all")
    )

    with pytest.raises(NotPossible):
        actions.add_officer(venue, user=stranger, by=clerk)
    assert (there.status_code, nobody.status_code, venue.officers.count()) == (422, 422, 0)
    assert there.context["officer_form"].errors == nobody.context["officer_form"].errors


def test_a_dismissed_officer_keeps_no_venue(django_capture_on_commit_callbacks):
    officer = OfficerFactory()
    elsewhere = OfficerFactory(venue=VenueFactory(of_other=True), user=officer.user)
    appointment = officer.user.appointments.get(congress=officer.venue.congress)

    with django_capture_on_commit_callbacks(execute=True):
        congress_actions.dismiss(appointment, by=person_as(Role.SYSTEM_ADMINISTRATOR))

    assert list(Officer.objects.all()) == [elsewhere]


def test_plan_duty_stands_in_the_timetable_with_its_deputies():
    venue, officer = VenueFactory(), None
    officer = OfficerFactory(venue=venue).user
    deputies = [DeputyFactory(), DeputyFactory()]

    duty = actions.plan_duty(
        venue,
        day=TOMORROW,
        starts_at=NINE,
        ends_at=ELEVEN,
        clinic=Clinic.GOING_OUT,
        deputies=deputies,
        theme="加装电梯",
        by=officer,
    )

    assert (duty.state, set(duty.deputies.all())) == (DutyState.PLANNED, set(deputies))
    assert Entry.objects.get(item_kind="venues.duty").actor_label == officer.name


@pytest.mark.parametrize(
    ("day", "starts_at", "ends_at"),
    [
        (clock.today() - dt.timedelta(days=1), NINE, ELEVEN),
        (TOMORROW, ELEVEN, NINE),
        (TOMORROW, dt.time(10), dt.time(12)),
    ],
)
def test_plan_duty_refuses_the_past_the_impossible_and_the_same_time_twice(day, starts_at, ends_at):
    venue = VenueFactory()
    DutyFactory(venue=venue, day=TOMORROW)

    with pytest.raises(NotPossible):
        actions.plan_duty(venue, day=day, starts_at=starts_at, ends_at=ends_at, by=trail.SYSTEM)


def test_a_called_off_reception_leaves_its_time_free():
    duty = DutyFactory(day=TOMORROW, cancelled=True)

    again = actions.plan_duty(
        duty.venue, day=TOMORROW, starts_at=NINE, ends_at=ELEVEN, by=trail.SYSTEM
    )

    assert list(Duty.objects.coming(clock.today())) == [again]


def test_plan_duty_refuses_a_closed_venue_and_an_idle_deputy():
    with pytest.raises(NotPossible):
        actions.plan_duty(
            VenueFactory(is_open=False),
            day=TOMORROW,
            starts_at=NINE,
            ends_at=ELEVEN,
            by=trail.SYSTEM,
        )
    with pytest.raises(NotPossible):
        actions.plan_duty(
            VenueFactory(),
            day=TOMORROW,
            starts_at=NINE,
            ends_at=ELEVEN,
            deputies=[DeputyFactory(ended=True)],
            by=trail.SYSTEM,
        )


def test_a_reception_is_opened_and_closed_with_its_count_and_who_did_not_come():
    came, absent = DeputyFactory(), DeputyFactory()
    duty = DutyFactory(deputies=[came, absent])
    officer = OfficerFactory(venue=duty.venue).user

    actions.open_duty(duty, by=officer)
    closed = actions.close_duty(duty, n_visitors=7, absent=[absent], words="下雨", by=officer)

    assert (closed.state, closed.n_visitors, list(closed.absent.all())) == (
        DutyState.CLOSED,
        7,
        [absent],
    )
    steps = Entry.objects.filter(item_kind="venues.duty").order_by("sequence")
    assert list(steps.values_list("step", flat=True)) == ["plan_duty", "open_duty", "close_duty"]


def test_close_duty_knows_only_the_deputies_on_duty():
    duty = DutyFactory(opened=True)

    with pytest.raises(NotPossible):
        actions.close_duty(
            duty, n_visitors=1, absent=[DeputyFactory()], by=OfficerFactory(venue=duty.venue).user
        )


def test_a_reception_opens_on_its_day_and_not_before():
    duty = DutyFactory(day=TOMORROW)

    with pytest.raises(NotPossible):
        actions.open_duty(duty, by=person_as(Role.CLERK))


def test_cancel_tells_the_deputies_why():
    deputy = DeputyFactory(with_user=True)
    duty = DutyFactory(day=TOMORROW, deputies=[deputy])

    actions.cancel(duty, words="场地停电", by=person_as(Role.CLERK))

    message = Message.objects.get(user=deputy.person.user, channel="in_app")
    assert "场地停电" in message.words
    with pytest.raises(NotPossible):
        actions.cancel(duty, words="再取消一次", by=person_as(Role.CLERK))


def test_cancel_needs_a_reason():
    with pytest.raises(NotPossible):
        actions.cancel(DutyFactory(day=TOMORROW), words=" ", by=person_as(Role.CLERK))


def test_remind_tells_everybody_on_duty_once():
    deputies = [DeputyFactory(with_user=True), DeputyFactory(with_user=True)]
    DutyFactory(day=TOMORROW, deputies=deputies)
    DutyFactory(day=TOMORROW, deputies=deputies, cancelled=True)

    assert actions.remind(TOMORROW) == 2
    actions.remind(TOMORROW)

    assert Message.objects.filter(channel="in_app").count() == 2


def test_an_officer_of_another_venue_may_not_open_this_one():
    with pytest.raises(NotAllowed):
        actions.open_duty(DutyFactory(), by=OfficerFactory().user)
