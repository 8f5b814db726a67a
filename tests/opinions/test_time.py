"""What time brings by itself: to the clerk, to the end, out of the database."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.kernel import clock, verify
from huiyin.notices.models import Message
from huiyin.opinions import actions, events, tasks
from huiyin.opinions.choices import State
from huiyin.opinions.models import Matter, Picture, Voice
from tests.congress.factories import AppointmentFactory, DeputyFactory
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.venues.factories import PlacementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
MONDAY = clock.at(dt.date(2026, 3, 2))


def days_later(days):
    return clock.set_to(MONDAY + dt.timedelta(days=days))


def reopened(**given):
    with clock.set_to(MONDAY):
        voice = VoiceFactory(asked=True, matter=MatterFactory(answered=True, timed=True, **given))
        actions.resident_answers(voice, solved=False)
    return Matter.objects.get()


def test_the_reopened_clock_runs_five_working_days():
    matter = reopened()

    assert matter.clock.due_on == dt.date(2026, 3, 9)


def test_the_deputies_of_the_place_are_called():
    placement = PlacementFactory(deputy__with_user=True)
    AppointmentFactory(clerk=True)

    reopened(venue=placement.venue)

    called = Message.objects.filter(key__startswith="opinions.reopened", channel="in_app")
    assert [message.user for message in called] == [placement.deputy.person.user]


def test_the_deputy_whose_code_was_scanned_is_called_and_has_it_in_the_list(client):
    placement = PlacementFactory(deputy__with_user=True)
    spoken_to = DeputyFactory(with_user=True)
    with clock.set_to(MONDAY):
        matter = MatterFactory(answered=True, timed=True, venue=placement.venue)
        voice = VoiceFactory(asked=True, matter=matter, deputy=spoken_to)
        actions.resident_answers(voice, solved=False)
    client.force_login(spoken_to.person.user)

    called = Message.objects.filter(key__startswith="opinions.reopened", channel="in_app")
    assert [message.user for message in called] == [spoken_to.person.user]
    assert Matter.objects.get().deputy == spoken_to
    assert matter.title in client.get("/deputy/matters/?tab=reopened").content.decode()


@pytest.mark.parametrize("whose", ["matter", "voice"])
def test_a_deputy_who_may_not_act_any_more_is_not_called(whose):
    placement, former = PlacementFactory(deputy__with_user=True), DeputyFactory(ended=True)
    with clock.set_to(MONDAY):
        matter = MatterFactory(
            answered=True,
            timed=True,
            venue=placement.venue,
            deputy=former if whose == "matter" else None,
        )
        spoken_to = former if whose == "voice" else None
        voice = VoiceFactory(asked=True, matter=matter, deputy=spoken_to)
        actions.resident_answers(voice, solved=False)

    called = Message.objects.filter(key__startswith="opinions.reopened", channel="in_app")
    assert [message.user for message in called] == [placement.deputy.person.user]


def test_what_another_deputy_follows_is_not_in_the_list_of_who_is_placed_there(client):
    placement = PlacementFactory(deputy__with_user=True)
    matter = reopened(venue=placement.venue, deputy=DeputyFactory(with_user=True))
    client.force_login(placement.deputy.person.user)

    assert matter.title not in client.get("/deputy/matters/?tab=reopened").content.decode()


def test_after_five_working_days_it_is_the_clerks(client):
    clerk = AppointmentFactory(clerk=True).user
    reopened()
    client.force_login(clerk)

    with days_later(7):
        before = actions.pass_on_neglected()
    with days_later(8):
        after = actions.pass_on_neglected()
        queue = client.get("/desk/matters/?tab=todo").content.decode()

    assert (before, after) == (0, 1)
    assert Matter.objects.get().title in queue
    assert Message.objects.filter(key__startswith="opinions.passed_on", user=clerk).exists()
    assert list(verify.faults()) == []


def test_a_deputy_who_acts_in_time_keeps_it():
    placement = PlacementFactory(deputy__with_user=True)
    matter = reopened(venue=placement.venue)

    with days_later(3):
        actions.take_up(matter, deputy=placement.deputy, by=placement.deputy.person.user)
    with days_later(20):
        assert actions.pass_on_neglected() == 0


def test_reopening_is_announced_on_commit(django_capture_on_commit_callbacks):
    heard = []
    listen = lambda sender, matter_id, **_: heard.append(matter_id)  # noqa: E731
    events.reopened.connect(listen)

    with django_capture_on_commit_callbacks(execute=True):
        matter = reopened()

    events.reopened.disconnect(listen)
    assert heard == [matter.pk]


def test_silence_closes_and_a_late_no_is_still_heard():
    with clock.set_to(MONDAY):
        matter = MatterFactory(timed=True)
        voice = VoiceFactory(matter=matter)
        actions.answer_on_the_spot(matter, words="修好了。", by=AppointmentFactory(clerk=True).user)
    with days_later(7):
        assert actions.close_silent_matters() == 0
    with days_later(8):
        assert actions.close_silent_matters() == 1
        assert Matter.objects.get().state == State.CLOSED
        voice.refresh_from_db()
        actions.resident_answers(voice, solved=False)

    assert Matter.objects.get().state == State.REOPENED
    assert list(verify.faults()) == []


def test_contacts_are_deleted_when_their_time_is_over():
    with clock.set_to(MONDAY):
        done = VoiceFactory(with_phone=True, matter=MatterFactory(closed=True))
        open_ = VoiceFactory(with_phone=True, matter=MatterFactory())
    with days_later(150):
        assert actions.forget_old_contacts() == 0
    with days_later(200):
        assert actions.forget_old_contacts() == 1

    done.refresh_from_db()
    open_.refresh_from_db()
    assert (bool(done.phone), bool(open_.phone)) == (False, True)
    assert list(verify.faults()) == []


def test_pictures_are_deleted_when_their_time_is_over():
    with clock.set_to(MONDAY):
        voice = VoiceFactory(matter=MatterFactory(closed=True))
        file = SimpleUploadedFile("a.jpg", b"\xff\xd8")
        Picture.objects.create(voice=voice, file=file, added_at=MONDAY)

    with days_later(400):
        assert actions.forget_old_pictures() == 1

    assert Picture.objects.count() == 0


def test_waiting_pictures_are_swept_after_a_day():
    name = actions.keep_picture(b"\xff\xd8")

    assert actions.sweep_pictures() == 0
    with clock.set_to(clock.now() + dt.timedelta(days=2)):
        assert actions.sweep_pictures() == 1
    assert actions.waiting_picture(name) == []


def test_the_morning_does_all_of_it():
    reopened()

    with days_later(20):
        tasks.morning(0)

    assert Matter.objects.get().is_passed_on


def test_the_minute_compares_what_came_in():
    MatterFactory()

    tasks.propose_merges(0)

    assert Matter.objects.filter(is_compared=False).count() == 0
    assert Voice.objects.count() == 0
