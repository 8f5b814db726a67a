"""Yellow, orange, red of a matter: to whoever must act now, and when it is late to the desk and its director."""

import datetime as dt

import pytest

from huiyin.congress.choices import MandateState, Role
from huiyin.congress.models import Deputy
from huiyin.kernel import clock
from huiyin.notices.models import Message
from huiyin.opinions import actions, tasks
from huiyin.opinions.models import Matter
from tests.congress.factories import AppointmentFactory, DeputyFactory, UnitFactory, person_as
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.venues.factories import OfficerFactory, PlacementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
MONDAY = dt.date(2026, 3, 2)
# Two working days to classify: due on Wednesday. Ten to answer: due on Monday, 16 March.
CLASSIFIED_BY, ANSWERED_BY = dt.date(2026, 3, 4), dt.date(2026, 3, 16)


@pytest.fixture
def clerk():
    return AppointmentFactory(clerk=True).user


@pytest.fixture
def director():
    return AppointmentFactory(director=True).user


def received(**given):
    with at(MONDAY):
        return MatterFactory(timed=True, **given)


def at(day, hour=10):
    return clock.set_to(clock.at(day, hour))


def remind(*days, hour=10):
    for day in days:
        with at(day, hour):
            actions.remind()


def reminders_to(user):
    rows = Message.objects.inbox_of(user.pk).filter(key__startswith="opinions.clock")
    return list(rows.order_by("pk").values_list("subject", "path"))


def every_day(until):
    return [MONDAY + dt.timedelta(days=more) for more in range((until - MONDAY).days + 1)]


def test_a_unit_is_reminded_of_what_was_handed_to_it_three_times(clerk):
    unit_clerk = person_as(Role.UNIT_CLERK, unit=UnitFactory())
    matter = received()
    with at(MONDAY):
        actions.hand_to_department(matter, unit=unit_clerk.appointments.get().unit, by=clerk)

    remind(*every_day(ANSWERED_BY + dt.timedelta(days=9)))

    page = f"/desk/matters/{matter.pk}/"
    assert reminders_to(unit_clerk) == [
        ("群众意见答复即将到期", page),
        ("群众意见答复快到期了", page),
        ("群众意见答复已经逾期", page),
    ]


def test_the_deputy_who_follows_it_is_reminded(clerk):
    deputy = DeputyFactory(with_user=True)
    matter = received()
    with at(MONDAY):
        actions.give_to_deputy(matter, deputy=deputy, is_complex=True, by=clerk)

    remind(dt.date(2026, 3, 30))

    page = f"/deputy/matters/{matter.pk}/"
    assert reminders_to(deputy.person.user) == [("复杂意见答复快到期了", page)]
    assert reminders_to(clerk) == []


def test_the_officer_of_the_venue_is_reminded_to_classify_and_the_clerk_only_when_it_is_late(
    clerk, director
):
    officer = OfficerFactory()
    matter = received(venue=officer.venue)
    page = f"/desk/matters/{matter.pk}/"

    remind(CLASSIFIED_BY)
    told_in_time = [reminders_to(user) for user in (officer.user, clerk, director)]
    remind(CLASSIFIED_BY + dt.timedelta(days=1))

    late = ("群众意见分类已经逾期", page)
    assert told_in_time == [[("群众意见分类快到期了", page)], [], []]
    assert reminders_to(officer.user)[1:] == [late]
    assert reminders_to(clerk) == reminders_to(director) == [late]


def test_what_no_officer_keeps_is_the_clerks(clerk, director):
    received(venue=OfficerFactory(user__is_active=False).venue)

    remind(CLASSIFIED_BY)

    assert [subject for subject, _ in reminders_to(clerk)] == ["群众意见分类快到期了"]
    assert reminders_to(director) == []


def test_the_hotlines_ticket_is_asked_after_by_the_desk(clerk):
    matter = received()
    with at(MONDAY):
        actions.hand_to_hotline(matter, ticket_number="LZ1", by=clerk)

    remind(ANSWERED_BY)

    assert [subject for subject, _ in reminders_to(clerk)] == ["群众意见答复快到期了"]


def test_an_import_is_one_message_a_level_and_no_heap_of_them(clerk, django_assert_num_queries):
    for _each in range(3):
        received()

    with at(CLASSIFIED_BY), django_assert_num_queries(QUERIES):
        actions.remind()
    remind(CLASSIFIED_BY)

    message = Message.objects.inbox_of(clerk.pk).get(key__startswith="opinions.clock")
    assert (message.words, message.path) == ("3 件居民反映的事 · 今天到期", "/desk/matters/")


QUERIES = 13


def test_reminders_keep_to_working_hours(clerk):
    received()

    remind(CLASSIFIED_BY, hour=8)
    remind(CLASSIFIED_BY, hour=17)
    remind(dt.date(2026, 3, 7))  # a Saturday

    assert reminders_to(clerk) == []


def test_nobody_is_reminded_of_what_waits_for_the_resident_or_is_over(clerk, director):
    with at(MONDAY):
        for state in ("answered", "closed", "elsewhere", "in_suggestion"):
            MatterFactory(timed=True, **{state: True})

    remind(dt.date(2026, 4, 1))

    assert reminders_to(clerk) == reminders_to(director) == []


def reopened(**given):
    with at(MONDAY):
        voice = VoiceFactory(asked=True, matter=MatterFactory(answered=True, timed=True, **given))
        actions.resident_answers(voice, solved=False)
    return Matter.objects.get()


def test_who_is_called_back_is_reminded_and_when_it_is_late_the_director_hears(clerk, director):
    placement = PlacementFactory(deputy__with_user=True)
    matter = reopened(venue=placement.venue)

    remind(dt.date(2026, 3, 9))
    with at(dt.date(2026, 3, 10), 7):
        tasks.morning(0)
    with at(dt.date(2026, 3, 10)):
        tasks.remind(0)

    label = "群众反映未解决后的处理"
    assert reminders_to(placement.deputy.person.user) == [
        (f"{label}快到期了", f"/deputy/matters/{matter.pk}/")
    ]
    assert reminders_to(director) == [(f"{label}已经逾期", f"/desk/matters/{matter.pk}/")]
    assert reminders_to(clerk) == []  # to whom it was passed on this morning


@pytest.mark.parametrize("ended", [False, True])
def test_what_no_deputy_can_act_on_is_the_clerks(clerk, ended):
    deputy = DeputyFactory(with_user=True)
    reopened(deputy=deputy if ended else None)
    Deputy.objects.filter(pk=deputy.pk).update(state=MandateState.ENDED)

    remind(dt.date(2026, 3, 9))

    assert len(reminders_to(clerk)) == 1
    assert reminders_to(deputy.person.user) == []


def test_a_reminder_of_another_congress_stays_there(clerk):
    theirs = AppointmentFactory(clerk=True, of_other=True)
    received(congress=theirs.congress)

    remind(CLASSIFIED_BY)

    assert (len(reminders_to(clerk)), len(reminders_to(theirs.user))) == (0, 1)
