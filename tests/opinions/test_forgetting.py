"""What residents said and left behind is deleted when its time is over, wherever it was repeated."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.kernel import clock, verify
from huiyin.kernel.models import Entry
from huiyin.notices.choices import State as Sent
from huiyin.notices.models import Message
from huiyin.opinions import actions, tasks
from huiyin.opinions.choices import State
from huiyin.opinions.models import Asked, Matter, Picture, Voice, VoiceImport, similar_matters
from tests.congress.factories import AppointmentFactory
from tests.notices.factories import MessageFactory
from tests.opinions.factories import MatterFactory, MergeProposalFactory, VoiceFactory
from tests.suggestions.factories import SuggestionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
MONDAY = clock.at(dt.date(2026, 3, 2))
SAID = "三号楼漏水，我家天花板都湿了。请帮忙看看。"
LATER = MONDAY.replace(year=2031) + dt.timedelta(days=40)
GONE = "（内容已删除）"


def said(**more):
    """Said by a resident with everything that can be left behind, and settled at once."""
    with clock.set_to(MONDAY):
        clerk = AppointmentFactory(clerk=True)
        voice = actions.receive(
            congress=clerk.congress,
            text=SAID,
            place="翠园小区三号楼",
            channel="web",
            phone="19900001234",
            visitor_name="马秀兰",
            pictures=[b"\xff\xd8"],
            **more,
        )
        actions.point_elsewhere(voice.matter, door="private", words="找物业。", by=clerk.user)
    return voice


def where_words_are(word):
    """Every place of the database that still has them, but for what is encrypted."""
    voices = Voice.objects.filter(text__contains=word) | Voice.objects.filter(place__contains=word)
    events = Matter.pgh_event_model.objects
    return {
        "voice": voices.exists(),
        "matter": Matter.objects.filter(title__contains=word).exists(),
        "brief": Matter.objects.filter(brief__contains=word).exists(),
        "history": events.filter(title__contains=word).exists(),
        "message": Message.objects.filter(words__contains=word).exists(),
        "trail": any(word in f"{entry.words}{entry.before}" for entry in Entry.objects.all()),
    }


def test_words_are_erased_everywhere_when_their_time_is_over(django_capture_on_commit_callbacks):
    voice = said()
    picture = Picture.objects.get().file.name
    before = where_words_are("漏水")

    with clock.set_to(LATER), django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_old_words() == 1

    kept = Voice.objects.get()
    assert before == {
        "voice": True, "matter": True, "brief": False, "history": True, "message": True,
        "trail": False,
    }  # fmt: skip
    assert not any(where_words_are("漏水").values())
    assert (kept.text, kept.place, str(kept.phone), str(kept.visitor_name)) == (GONE, "", "", "")
    assert (kept.code, kept.n_people, kept.received_at) == (voice.code, 1, MONDAY)
    assert Matter.objects.get().title == f"居民反映{GONE}"
    assert not default_storage.exists(picture)
    assert list(verify.faults()) == []


def test_words_are_kept_until_then_and_erased_once():
    said()

    with clock.set_to(MONDAY + dt.timedelta(days=5 * 365 - 5)):
        assert actions.forget_old_words() == 0
    with clock.set_to(LATER):
        assert (actions.forget_old_words(), actions.forget_old_words()) == (1, 0)


def test_searches_and_comparisons_forget_the_words_too():
    said()
    ask = lambda: similar_matters(Matter.objects.all(), Asked(SAID))  # noqa: E731
    before = ask()

    with clock.set_to(LATER):
        actions.forget_old_words()

    assert (len(before), ask()) == (1, [])
    assert Voice.objects.get().search is None


def test_a_published_title_stays_and_stands_in_for_the_resident_s():
    voice = said()
    actions.publish(voice.matter, title="楼顶防水", by=AppointmentFactory(clerk=True).user)

    with clock.set_to(LATER):
        actions.forget_old_words()

    matter = Matter.objects.get()
    assert (matter.title, matter.public_title, matter.is_public) == ("楼顶防水", "楼顶防水", True)
    assert [one.matter for one in similar_matters(Matter.objects.all(), Asked("楼顶防水"))] == [
        matter
    ]


@pytest.mark.parametrize("state", [s for s in State if s not in {State.CLOSED, State.ELSEWHERE}])
def test_what_is_not_done_keeps_its_words(state):
    given = {} if state == State.RECEIVED else {state.value: True}
    with clock.set_to(MONDAY):
        VoiceFactory(matter=MatterFactory(**given))

    with clock.set_to(LATER):
        assert actions.forget_old_words() == 0


@pytest.mark.parametrize(("trait", "forgotten"), [("registered", 0), ("closed", 1)])
def test_words_wait_for_the_suggestion_that_cites_them(trait, forgotten):
    voice = said()
    suggestion = SuggestionFactory(**{trait: True})
    suggestion.origins.create(kind="opinions.matter", item_id=voice.matter_id, label="漏水")

    with clock.set_to(LATER):
        assert actions.forget_old_words() == forgotten


def test_what_was_merged_loses_its_title_with_the_words():
    with clock.set_to(MONDAY):
        host, other = MatterFactory(), MatterFactory(title="三号楼漏水")
        VoiceFactory(matter=host)
        VoiceFactory(matter=other, text=SAID)
        proposal = MergeProposalFactory(matters=[host, other], shared_words=["漏水"])
        clerk = AppointmentFactory(clerk=True).user
        actions.merge(host, others=[other], by=clerk)
        actions.point_elsewhere(host, door="private", words="找物业。", by=clerk)

    with clock.set_to(LATER):
        assert actions.forget_old_words() == 2

    proposal.refresh_from_db()
    assert not any(where_words_are("漏水").values())
    assert proposal.shared_words == []
    assert list(verify.faults()) == []


def test_many_are_erased_in_batches_with_the_same_number_of_statements(
    monkeypatch, django_assert_max_num_queries
):
    with clock.set_to(MONDAY):
        VoiceFactory.create_batch(6, matter=MatterFactory(closed=True))
    monkeypatch.setattr("huiyin.opinions.actions.personal.AT_ONCE", 4)

    with clock.set_to(LATER), django_assert_max_num_queries(50):
        assert actions.forget_old_words() == 6


def test_a_run_is_bounded_and_the_next_goes_on(monkeypatch):
    with clock.set_to(MONDAY):
        VoiceFactory.create_batch(3, matter=MatterFactory(closed=True))
    monkeypatch.setattr("huiyin.opinions.actions.personal.AT_ONCE", 2)
    monkeypatch.setattr("huiyin.opinions.actions.personal.MOST_A_RUN", 2)

    with clock.set_to(LATER):
        assert [actions.forget_old_words() for _run in range(3)] == [2, 1, 0]


def test_the_morning_erases_words():
    said()

    with clock.set_to(LATER):
        tasks.morning(0)

    assert Voice.objects.get().forgotten_at == LATER


def test_what_a_resident_adds_to_an_answer_is_not_in_the_trail():
    voice = VoiceFactory(asked=True, matter=MatterFactory(answered=True, timed=True))
    actions.resident_answers(voice, solved=False, words="我家还在漏水")
    Voice.objects.update(asked_at=clock.now() + dt.timedelta(days=1))
    actions.resident_answers(voice, solved=False, words="又说一次")

    assert not where_words_are("漏水")["trail"]


def test_a_number_taken_back_gets_no_message_that_still_waits():
    with clock.set_to(MONDAY.replace(hour=23)):
        voice = VoiceFactory(with_phone=True)
        actions.tell(voice.matter, "有进展。")
        held = Message.objects.get(channel="sms")
        actions.forget_phone(voice)

    after = Message.objects.get(channel="sms")
    assert (held.state, after.state, after.problem) == (
        Sent.HELD,
        Sent.CANCELLED,
        "手机号已经删掉，不再发",
    )
    assert (bool(after.phone), after.phone_index) == (False, "")


def test_the_outbox_forgets_a_contact_with_the_voice():
    with clock.set_to(MONDAY):
        voice = VoiceFactory(with_phone=True, matter=MatterFactory(closed=True))
        actions.tell(voice.matter, "有进展。")
        other = MessageFactory(sms=True)
    with clock.set_to(MONDAY + dt.timedelta(days=200)):
        actions.forget_old_contacts()

    assert list(Message.objects.with_number()) == [other]


def test_old_pictures_go_with_their_files(django_capture_on_commit_callbacks):
    with clock.set_to(MONDAY):
        voice = VoiceFactory(matter=MatterFactory(closed=True))
        file = SimpleUploadedFile("a.jpg", b"\xff\xd8")
        name = Picture.objects.create(voice=voice, file=file, added_at=MONDAY).file.name

    with (
        clock.set_to(MONDAY + dt.timedelta(days=400)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        actions.forget_old_pictures()

    assert not default_storage.exists(name)


def test_a_file_voices_came_in_with_is_deleted_when_nobody_needs_it(client):
    clerk = AppointmentFactory(clerk=True)
    with clock.set_to(MONDAY):
        found = VoiceImport.objects.create(
            congress=clerk.congress,
            by=clerk.user,
            source="12345",
            state=VoiceImport.State.DONE,
            file=SimpleUploadedFile("voices.csv", "内容\n漏水\n".encode()),
        )
    name = found.file.name

    with clock.set_to(MONDAY + dt.timedelta(days=400)):
        assert (actions.forget_import_files(), actions.forget_import_files()) == (1, 0)

    client.force_login(clerk.user)
    assert not default_storage.exists(name)
    assert client.get(f"/desk/voice-imports/{found.pk}/").status_code == 200
    assert client.get(f"/desk/voice-imports/{found.pk}/problems/").status_code == 404
