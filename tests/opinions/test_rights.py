"""What people may ask of their own words: put right, taken back, deleted."""

import pytest

from huiyin.kernel import clock, verify
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices.models import Message
from huiyin.opinions import actions
from huiyin.opinions.choices import State
from huiyin.opinions.models import Asked, Matter, Voice, similar_matters
from tests.congress.factories import AppointmentFactory
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.venues.factories import OfficerFactory, PlacementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
SAID = "三号楼漏水，我家天花板都湿了。请帮忙看看。"
RIGHT = "五号楼漏水，我家天花板都湿了。请帮忙看看。"


@pytest.fixture
def clerk():
    return AppointmentFactory(clerk=True).user


@pytest.fixture
def voice(clerk):
    congress = clerk.appointments.get().congress
    return actions.receive(congress=congress, text=SAID, channel="web", phone="19900001234")


def fresh(voice):
    return Voice.objects.select_related("matter").get(pk=voice.pk)


def in_trail(word):
    return any(word in f"{entry.words}{entry.before}" for entry in Entry.objects.all())


def test_correcting_replaces_the_words_the_title_and_what_is_found(voice, clerk):
    reason = "楼号写错了，本人出示查询码。"
    actions.correct(voice, text=RIGHT, reason=reason, by=clerk)

    after = fresh(voice)
    entry = Entry.objects.get(item_kind="opinions.voice", step="correct")
    assert (after.text, after.matter.title) == (RIGHT, "五号楼漏水，我家天花板都湿了")
    assert (after.corrected_at is not None, entry.words) == (True, f"更正：{reason}")
    assert not in_trail("三号楼")
    assert similar_matters(Matter.objects.all(), Asked("三号")) == []
    assert [one.matter for one in similar_matters(Matter.objects.all(), Asked("五号"))] == [
        after.matter
    ]
    assert not Message.objects.filter(words__contains="三号楼").exists()
    assert list(verify.faults()) == []


def test_a_title_the_desk_wrote_stays_when_words_are_corrected(voice, clerk):
    other = VoiceFactory(matter=voice.matter, text=SAID)

    actions.correct(other, text=RIGHT, reason="写错了", by=clerk)

    assert fresh(voice).matter.title == "三号楼漏水，我家天花板都湿了"


def test_withdrawing_the_only_voice_ends_a_matter_not_begun(voice, clerk):
    actions.withdraw(voice, reason="自己解决了", by=clerk)

    after = fresh(voice)
    assert (after.matter.state, after.matter.n_voices, after.text) == (State.CLOSED, 0, SAID)
    assert (after.matter.ended_at is not None, after.matter.clock) == (True, None)
    assert (bool(after.phone), after.is_asked, after.has_news) == (False, False, False)
    assert list(verify.faults()) == []


def test_withdrawing_leaves_a_matter_that_others_speak_of(voice, clerk):
    VoiceFactory(matter=voice.matter)

    actions.withdraw(voice, reason="自己解决了", by=clerk)

    after = fresh(voice)
    assert (after.matter.state, after.matter.n_voices) == (State.RECEIVED, 1)


def test_the_deputy_at_work_hears_that_a_voice_was_withdrawn(clerk):
    matter = MatterFactory(with_deputy=True)
    voice = VoiceFactory(matter=matter)

    actions.withdraw(voice, reason="自己解决了", by=clerk)

    told = Message.objects.get(key__startswith="opinions.withdrawn", channel="in_app")
    assert told.user == matter.deputy.person.user
    assert fresh(voice).matter.state == State.WITH_DEPUTY


def test_whoever_withdrew_is_neither_told_nor_asked(clerk):
    matter = MatterFactory(timed=True)
    gone, stays = VoiceFactory(matter=matter, with_phone=True), VoiceFactory(matter=matter)
    actions.withdraw(gone, reason="不想说了", by=clerk)

    actions.answer_on_the_spot(matter, words="修好了。", by=clerk)

    assert (fresh(gone).is_asked, fresh(gone).has_news) == (False, False)
    assert (fresh(stays).is_asked, fresh(stays).has_news) == (True, True)
    assert not Message.objects.filter(channel="sms").exists()
    actions.resident_answers(fresh(stays), solved=True)
    assert fresh(stays).matter.state == State.CLOSED


def test_what_is_settled_or_withdrawn_is_not_withdrawn_again(clerk, voice):
    closed = VoiceFactory(matter=MatterFactory(closed=True))
    actions.withdraw(voice, reason="不想说了", by=clerk)

    for one in (closed, voice):
        with pytest.raises(NotPossible):
            actions.withdraw(one, reason="不想说了", by=clerk)


def test_the_code_alone_deletes_the_words_and_takes_them_back(client, voice):
    response = client.post(f"/follow/{voice.code}/take-back/", follow=True)

    after = fresh(voice)
    assert response.status_code == 200
    assert "天花板" not in response.content.decode()
    assert (after.text, after.matter.state) == ("（内容已删除）", State.CLOSED)
    assert (after.forgotten_at is not None, after.withdrawn_at is not None) == (True, True)
    assert not in_trail("漏水")
    assert list(verify.faults()) == []
    assert client.post(f"/follow/{voice.code}/take-back/").status_code == 409


def test_deleting_a_settled_voice_leaves_its_count(clerk):
    matter = MatterFactory(closed=True, title="三号楼漏水")
    voice = VoiceFactory(matter=matter, text=SAID)

    actions.forget_words(voice, reason="本人要求", by=clerk)

    after = fresh(voice)
    assert (after.matter.n_voices, after.withdrawn_at, after.matter.state) == (1, None, "closed")
    assert after.matter.ended_at == matter.ended_at


def test_clerks_hear_of_a_matter_at_work_whose_words_a_resident_deleted(clerk):
    voice = VoiceFactory(matter=MatterFactory(with_department=True))

    actions.forget_words(voice)

    assert Message.objects.filter(key__startswith="opinions.withdrawn", user=clerk).exists()


@pytest.mark.parametrize("act", [actions.correct, actions.withdraw, actions.forget_words])
def test_deputies_and_strangers_do_none_of_it(act):
    placement = PlacementFactory(deputy__with_user=True)
    voice = VoiceFactory(matter=MatterFactory(venue=placement.venue))
    given = {"text": RIGHT} if act is actions.correct else {}

    for user in (placement.deputy.person.user, OfficerFactory().user):
        with pytest.raises(NotAllowed):
            act(voice, reason="不该能办", by=user, **given)


@pytest.mark.parametrize("name", ["correct", "withdraw", "forget-words"])
def test_an_officer_does_it_on_the_page_with_a_reason(client, name):
    officer = OfficerFactory()
    voice = VoiceFactory(matter=MatterFactory(venue=officer.venue, timed=True))
    client.force_login(officer.user)
    page = f"/desk/voices/{voice.pk}/"

    assert voice.text in client.get(page).content.decode()
    refused = client.post(f"{page}{name}/", {"text": RIGHT})
    assert (refused.status_code, fresh(voice).version) == (422, voice.version)
    taken = client.post(f"{page}{name}/", {"text": RIGHT, "reason": "本人出示查询码"})

    assert taken.url == f"/desk/matters/{voice.matter_id}/"
    assert fresh(voice).version == voice.version + 1


def test_the_code_leads_the_officer_to_the_voice_of_the_own_venue_only(client):
    officer = OfficerFactory()
    own = VoiceFactory(matter=MatterFactory(venue=officer.venue))
    other = VoiceFactory(matter=MatterFactory(venue=OfficerFactory().venue))
    client.force_login(officer.user)

    answers = [client.post("/desk/by-code/", {"code": one.code}) for one in (own, other)]

    assert answers[0].url == f"/desk/voices/{own.pk}/"
    assert answers[1].status_code == 422


def test_a_voice_that_was_deleted_offers_nothing_more(client, clerk, voice):
    actions.forget_words(voice, reason="本人要求", by=clerk)
    client.force_login(clerk)

    page = client.get(f"/desk/voices/{voice.pk}/").content.decode()

    assert "没有可以再办的" in page
    assert clock.today().isoformat()[:4] in page
