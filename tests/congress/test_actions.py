"""Appointing, dismissing, seating; suspending and ending mandates."""

import datetime as dt

import pytest
from django.apps import apps

from huiyin.congress import actions, events
from huiyin.congress.choices import EndGround, MandateState, Role
from huiyin.congress.models import Appointment
from huiyin.congress.seats import seats_of
from huiyin.kernel import clock, trail, verify
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotAllowed, NotPossible
from tests.accounts.factories import UserFactory
from tests.congress.factories import (
    AppointmentFactory,
    CongressFactory,
    DeputyFactory,
    ElectingBaseFactory,
    PersonFactory,
    TermFactory,
    UnitFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


def steps_of(item):
    entries = Entry.objects.filter(item_kind=item.item_kind(), item_id=item.pk).order_by("sequence")
    return list(entries.values_list("step", "actor_label"))


def test_who_takes_office_tomorrow_needs_a_second_factor_today_and_is_somebody_tomorrow():
    user, tomorrow = UserFactory(name="王建国"), clock.today() + dt.timedelta(days=1)
    actions.appoint(
        user,
        role=Role.CLERK,
        congress=CongressFactory(),
        starts_on=tomorrow,
        by=person_as(Role.SYSTEM_ADMINISTRATOR),
    )
    before = (user.acting_as, user.is_second_factor_demanded)

    with clock.set_to(clock.at(tomorrow)):
        actions.renew_acting_as()

    user.refresh_from_db()
    assert before == ("", True)
    assert (user.acting_as, user.is_second_factor_demanded) == ("兰州人大 代工委经办", True)


def test_appoint_gives_the_seat_and_says_so_in_the_account():
    user, administrator = UserFactory(name="王建国"), person_as(Role.SYSTEM_ADMINISTRATOR)

    appointment = actions.appoint(
        user, role=Role.CLERK, congress=CongressFactory(), by=administrator
    )

    user.refresh_from_db()
    assert (user.acting_as, user.is_second_factor_demanded) == ("兰州人大 代工委经办", True)
    assert seats_of(user).has(CongressFactory().pk, Role.CLERK)
    assert steps_of(appointment) == [("appoint", administrator.name)]


def test_appoint_for_a_unit_names_the_unit():
    user, unit = UserFactory(), UnitFactory(name="兰州市教育局")

    actions.appoint(user, role=Role.UNIT_CLERK, congress=unit.congress, unit=unit, by=trail.SYSTEM)

    user.refresh_from_db()
    assert user.acting_as == "兰州市教育局 承办单位经办"


@pytest.mark.parametrize(
    ("role", "has_unit"), [(Role.UNIT_CLERK, False), (Role.GOVERNMENT, False), (Role.CLERK, True)]
)
def test_appoint_refuses_a_role_without_its_unit_and_a_unit_without_its_role(role, has_unit):
    unit = UnitFactory() if has_unit else None

    with pytest.raises(NotPossible):
        actions.appoint(
            UserFactory(), role=role, congress=CongressFactory(), unit=unit, by=trail.SYSTEM
        )


def test_appoint_refuses_a_unit_of_another_congress():
    unit = UnitFactory(congress=CongressFactory(other=True))

    with pytest.raises(NotPossible):
        actions.appoint(
            UserFactory(),
            role=Role.UNIT_CLERK,
            congress=CongressFactory(),
            unit=unit,
            by=trail.SYSTEM,
        )


def test_appoint_refuses_the_same_seat_twice():
    appointment = AppointmentFactory(clerk=True)

    with pytest.raises(NotPossible):
        actions.appoint(
            appointment.user, role=Role.CLERK, congress=appointment.congress, by=trail.SYSTEM
        )


@pytest.mark.parametrize("held", ["administrator", "security", "auditor"])
@pytest.mark.parametrize(
    "asked", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR]
)
def test_nobody_holds_two_of_the_three_administrators(held, asked):
    user = AppointmentFactory(**{held: True}).user

    with pytest.raises(NotPossible):
        actions.appoint(user, role=asked, congress=CongressFactory(), by=trail.SYSTEM)


def test_nobody_appoints_themselves():
    administrator = person_as(Role.SYSTEM_ADMINISTRATOR)

    with pytest.raises(NotPossible):
        actions.appoint(
            administrator, role=Role.CLERK, congress=CongressFactory(), by=administrator
        )


def test_dismiss_ends_the_seat_today_and_tells_upper_floors(django_capture_on_commit_callbacks):
    appointment = AppointmentFactory(clerk=True)
    heard = []
    listener = lambda **news: heard.append(news["appointment_id"])  # noqa: E731
    events.dismissed.connect(listener)

    with django_capture_on_commit_callbacks(execute=True):
        dismissed = actions.dismiss(appointment, by=person_as(Role.SYSTEM_ADMINISTRATOR))
    events.dismissed.disconnect(listener)

    appointment.user.refresh_from_db()
    assert (dismissed.ends_on, heard) == (clock.today(), [appointment.pk])
    assert (appointment.user.acting_as, appointment.user.is_second_factor_demanded) == ("", False)
    assert seats_of(appointment.user).roles == set()


def test_dismiss_twice_is_refused():
    dismissed = actions.dismiss(AppointmentFactory(clerk=True), by=trail.SYSTEM)

    with pytest.raises(NotPossible):
        actions.dismiss(dismissed, by=trail.SYSTEM)


def test_users_with_knows_only_today_s_active_people():
    unit = UnitFactory()
    clerk = person_as(Role.UNIT_CLERK, unit=unit)
    leader = person_as(Role.UNIT_LEADER, unit=unit)
    person_as(Role.UNIT_CLERK, unit=UnitFactory())
    AppointmentFactory(unit_clerk=True, unit=unit, ends_on=dt.date(2024, 1, 1))
    AppointmentFactory(unit_clerk=True, unit=unit, user__is_active=False)

    found = actions.users_of(unit, Role.UNIT_CLERK, Role.UNIT_LEADER)

    assert list(found) == [clerk, leader]
    assert Appointment.objects.count() == 5


def test_seat_gives_a_mandate_with_a_code_and_an_account():
    person, term, user = PersonFactory(), TermFactory(), UserFactory()

    deputy = actions.seat(
        person,
        congress=term.congress,
        term=term,
        electing_base=ElectingBaseFactory(),
        delegation="城关区代表团",
        user=user,
        by=person_as(Role.CLERK),
    )

    user.refresh_from_db()
    assert (len(deputy.code), deputy.state, deputy.sort_key) == (
        12,
        MandateState.ACTIVE,
        person.sort_key,
    )
    assert user.acting_as == "兰州市人民代表大会代表"
    assert seats_of(user).deputies == ((deputy.pk, term.congress_id),)


def test_seat_twice_in_a_term_is_refused():
    deputy = DeputyFactory()

    with pytest.raises(NotPossible):
        actions.seat(deputy.person, congress=deputy.congress, term=deputy.term, by=trail.SYSTEM)


def test_seat_in_the_county_below_is_possible_but_not_in_an_unrelated_city():
    deputy = DeputyFactory()
    county, other = TermFactory(congress__county=True), TermFactory(congress__other=True)

    actions.seat(deputy.person, congress=county.congress, term=county, by=trail.SYSTEM)

    with pytest.raises(NotPossible):
        actions.seat(deputy.person, congress=other.congress, term=other, by=trail.SYSTEM)


def test_seat_refuses_a_term_or_electing_base_of_another_congress():
    term, other = TermFactory(), CongressFactory(other=True)

    with pytest.raises(NotPossible):
        actions.seat(PersonFactory(), congress=other, term=term, by=trail.SYSTEM)
    with pytest.raises(NotPossible):
        actions.seat(
            PersonFactory(),
            congress=term.congress,
            term=term,
            electing_base=ElectingBaseFactory(congress=other),
            by=trail.SYSTEM,
        )


def test_suspend_and_resume_take_the_seat_away_and_give_it_back():
    deputy, clerk = DeputyFactory(with_user=True), person_as(Role.CLERK)
    user = deputy.person.user

    suspended = actions.suspend(deputy, on=clock.today(), words="被立案侦查并羁押", by=clerk)

    assert (suspended.state, suspended.suspended_on) == (MandateState.SUSPENDED, clock.today())
    assert seats_of(user).deputy_ids == set()

    resumed = actions.resume(suspended, by=clerk)

    vars(user).pop("_seats")
    assert (resumed.state, resumed.suspended_on) == (MandateState.ACTIVE, None)
    assert seats_of(user).deputy_ids == {deputy.pk}
    assert [step for step, _who in steps_of(deputy)] == ["seat", "suspend", "resume"]


def test_end_records_the_ground_and_the_day(django_capture_on_commit_callbacks):
    deputy, heard = DeputyFactory(), []
    listener = lambda **news: heard.append(news["deputy_id"])  # noqa: E731
    events.mandate_changed.connect(listener)

    with django_capture_on_commit_callbacks(execute=True):
        ended = actions.end(
            deputy, ground=EndGround.MOVED, on=clock.today(), by=person_as(Role.DIRECTOR)
        )
    events.mandate_changed.disconnect(listener)

    assert (ended.state, ended.ended_on, ended.end_ground) == (
        MandateState.ENDED,
        clock.today(),
        EndGround.MOVED,
    )
    assert heard == [deputy.pk]


def test_an_ended_mandate_stays_ended_and_no_mandate_ends_tomorrow():
    clerk = person_as(Role.CLERK)
    tomorrow = clock.today() + dt.timedelta(days=1)

    with pytest.raises(NotPossible):
        actions.resume(DeputyFactory(ended=True), by=clerk)
    with pytest.raises(NotPossible):
        actions.end(DeputyFactory(), ground=EndGround.DEATH, on=tomorrow, by=clerk)


def test_staff_of_another_congress_may_not_suspend():
    stranger = AppointmentFactory(clerk=True, of_other=True).user

    with pytest.raises(NotAllowed):
        actions.suspend(DeputyFactory(), on=clock.today(), words="", by=stranger)


def test_a_change_of_a_person_is_told_by_column_and_the_old_values_are_kept():
    deputy = DeputyFactory(person=PersonFactory(name="王建国", post="教师", phone="19900000002"))
    clerk = person_as(Role.CLERK)

    changes = {"name": "王建国", "post": "校长", "phone": "19900000003"}
    actions.change_person(deputy.person, changes=changes, by=clerk)
    actions.change_person(deputy.person, changes=changes, by=clerk)

    told = Entry.objects.filter(item_kind=deputy.item_kind(), item_id=deputy.pk)
    assert list(told.filter(step="change_person").values_list("words", "actor_label")) == [
        ("单位及职务、手机", clerk.name)
    ]
    old = apps.get_model("congress", "PersonEvent").objects.get()
    assert (old.name, old.post) == ("王建国", "教师")


def test_what_a_unit_was_called_is_kept():
    unit = UnitFactory(name="房产局")

    actions.change_unit(unit, changes={"name": "住建局"}, by=person_as(Role.CLERK))

    kept = apps.get_model("congress", "UnitEvent").objects.filter(pgh_obj=unit.pk)
    assert [row.name for row in kept] == ["房产局"]


def test_a_new_name_moves_every_mandate_in_the_order_and_leaves_the_trail_whole():
    deputy = DeputyFactory(person__name="王建国")

    actions.change_person(deputy.person, changes={"name": "单国栋"}, by=person_as(Role.CLERK))

    deputy.refresh_from_db()
    trail.seal_all()
    assert deputy.sort_key.startswith("shan")
    assert list(verify.faults()) == []


def test_terms_follow_one_another_and_sessions_stand_in_order():
    term, by = TermFactory(), person_as(Role.SYSTEM_ADMINISTRATOR)

    new = actions.open_term(term.congress, number=18, starts_on=dt.date(2027, 1, 5), by=by)
    session = actions.convene_session(
        new, number=1, starts_on=dt.date(2027, 1, 5), ends_on=dt.date(2027, 1, 9), by=by
    )

    term.refresh_from_db()
    assert (term.ends_on, str(new), str(session)) == (
        dt.date(2027, 1, 4),
        "第18届",
        "第1次会议",
    )
    with pytest.raises(NotPossible):
        actions.convene_session(
            new, number=1, starts_on=dt.date(2027, 3, 5), ends_on=dt.date(2027, 3, 9), by=by
        )
    with pytest.raises(NotPossible):
        actions.convene_session(
            new, number=2, starts_on=dt.date(2027, 3, 5), ends_on=dt.date(2027, 3, 1), by=by
        )


def test_a_past_term_ends_before_the_next_and_the_running_one_runs_on():
    term, by = TermFactory(), person_as(Role.SYSTEM_ADMINISTRATOR)

    past = actions.open_term(term.congress, number=16, starts_on=dt.date(2017, 1, 5), by=by)

    term.refresh_from_db()
    assert (past.ends_on, term.ends_on) == (dt.date(2022, 1, 4), None)
    with pytest.raises(NotPossible):
        actions.open_term(term.congress, number=18, starts_on=dt.date(2012, 1, 5), by=by)


def test_a_deputy_of_whom_only_the_name_is_left_sits_in_no_running_term():
    term, by = TermFactory(), person_as(Role.CLERK)
    past = actions.open_term(term.congress, number=16, starts_on=dt.date(2017, 1, 5), by=by)

    [deputy] = actions.seat_former([actions.FormerDeputy("郑无名", past)], by=by)

    assert (deputy.state, deputy.ended_on) == (MandateState.ENDED, dt.date(2022, 1, 4))
    with pytest.raises(NotPossible):
        actions.seat_former([actions.FormerDeputy("郑无名", term)], by=by)


def test_a_term_ends_after_it_began():
    term, by = TermFactory(), person_as(Role.SYSTEM_ADMINISTRATOR)

    with pytest.raises(NotPossible):
        actions.close_term(term, ends_on=term.starts_on, by=by)

    assert actions.close_term(term, ends_on=dt.date(2027, 1, 4), by=by).ends_on == dt.date(
        2027, 1, 4
    )


def test_a_unit_of_the_same_name_is_refused_and_a_new_name_moves_it():
    unit, by = UnitFactory(name="兰州市教育局"), person_as(Role.CLERK)

    with pytest.raises(NotPossible):
        actions.open_unit(unit.congress, kind="department", name="兰州市教育局", by=by)

    changed = actions.change_unit(unit, changes={"name": "安宁区政府"}, by=by)
    assert changed.sort_key.startswith("an ning")
