"""Told means: a text message that went, else the page that was opened, else a line on the by-hand list."""

import datetime as dt

import pytest

from huiyin.kernel import clock
from huiyin.notices import actions as notices
from huiyin.notices.calculations import MOST_TRIES
from huiyin.notices.models import Message
from huiyin.opinions import actions
from huiyin.opinions.models import Voice
from tests.congress.factories import AppointmentFactory
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.venues.factories import OfficerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
NOON = clock.at(dt.date(2026, 3, 2), 12)


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Says the news and lets the worker send, as often as it tries."""

    def tell(voice):
        with clock.set_to(NOON):
            actions.tell(voice.matter, "有进展。")
        for hour in range(MOST_TRIES):
            moment = NOON + dt.timedelta(hours=hour)
            with clock.set_to(moment), django_capture_on_commit_callbacks(execute=True):
                notices.send_due()
        return Voice.objects.get(pk=voice.pk)

    return tell


def by_hand():
    return list(Voice.objects.by_hand())


def test_a_text_message_that_went_has_told(told):
    voice = told(VoiceFactory(with_phone=True))

    assert (voice.has_news, voice.told_at, by_hand()) == (False, NOON, [])


def test_without_a_gateway_whoever_left_a_number_is_told_by_hand(told, settings):
    settings.SMS_TO_LOG = False

    voice = told(VoiceFactory(with_phone=True))

    assert (voice.has_news, voice.told_at, by_hand()) == (True, None, [voice])


def test_a_text_message_that_failed_is_told_by_hand(told, settings):
    settings.SMS_ADDRESS = "http://127.0.0.1:9/"

    voice = told(VoiceFactory(with_phone=True))

    assert Message.objects.get().state == "failed"
    assert by_hand() == [voice]


def test_a_worker_that_died_leaves_the_voice_to_be_told_by_hand(django_capture_on_commit_callbacks):
    voice = VoiceFactory(with_phone=True)
    with clock.set_to(NOON):
        actions.tell(voice.matter, "有进展。")
        Message.objects.update(state="sending", updated_at=NOON)
    later = clock.set_to(NOON + dt.timedelta(hours=1))
    with later, django_capture_on_commit_callbacks(execute=True):
        notices.send_due()

    assert by_hand() == [voice]


@pytest.mark.parametrize(
    "tells",
    [
        lambda voice: actions.look(voice),
        lambda voice: actions.tell_by_hand(voice, by=AppointmentFactory(clerk=True).user),
        lambda voice: actions.note_text_message(voice.pk, went=True),
    ],
    ids=["page", "person", "later message"],
)
def test_whoever_is_told_another_way_leaves_the_list(told, settings, tells):
    settings.SMS_TO_LOG = False
    voice = told(VoiceFactory(with_phone=True))

    tells(voice)

    voice.refresh_from_db()
    assert (voice.has_news, voice.is_unreached, by_hand()) == (False, False, [])


def test_who_wrote_from_the_web_without_a_number_has_the_page_only(told):
    told(VoiceFactory())

    assert by_hand() == []


def test_the_list_shows_the_number_masked_with_the_way_to_look_it_up(told, settings, client):
    settings.SMS_TO_LOG = False
    officer = OfficerFactory()
    voice = told(VoiceFactory(with_phone=True, matter=MatterFactory(venue=officer.venue)))
    client.force_login(officer.user)

    page = client.get("/desk/by-hand/").content.decode()

    assert "199****1234" in page
    assert f"/unmask/opinions.voice/{voice.pk}/phone/" in page


@pytest.mark.parametrize(("sends", "promised"), [(True, True), (False, False)])
def test_pages_promise_a_text_message_only_where_one_goes(client, settings, sends, promised):
    settings.SMS_TO_LOG = sends
    AppointmentFactory(clerk=True)
    voice = VoiceFactory(with_phone=True)
    first = {"text": "三号楼没有电梯，上下楼困难。"}
    sealed = client.post("/say/", first).content.decode().split('name="draft" value="')[1]
    draft = sealed.split('"')[0]
    pages = [
        client.get("/privacy/"),
        client.get(f"/follow/{voice.code}/"),
        client.get(f"/say/done/{voice.code}/"),
        client.post("/say/where/", {"draft": draft}),
    ]

    assert ["短信" in page.content.decode() for page in pages] == [promised] * 4
