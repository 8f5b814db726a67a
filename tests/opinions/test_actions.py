"""What residents say becomes a matter, gets a way, and ends with a told resident."""

import datetime as dt

import pytest

from huiyin.kernel import clock, trail, verify
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.opinions import actions
from huiyin.opinions.choices import Channel, State
from huiyin.opinions.models import Matter, ProgressLine, Voice
from tests.congress.factories import (
    AppointmentFactory,
    CongressFactory,
    DeputyFactory,
    TermFactory,
    UnitFactory,
)
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.venues.factories import OfficerFactory, PlacementFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
TEXT = "翠园小区三号楼没有电梯，楼里住着十几位老人。希望能加装。"


def say(**given):
    return actions.receive(
        **{"congress": CongressFactory(), "text": TEXT, "channel": Channel.WEB, **given}
    )


def test_receive_makes_a_matter_with_a_clock_and_a_first_line():
    voice = say()

    matter = Matter.objects.get()
    assert (voice.matter, voice.first_matter, matter.state) == (matter, matter, State.RECEIVED)
    assert (matter.title, matter.n_voices) == ("翠园小区三号楼没有电梯，楼里住着十几位老人", 1)
    assert matter.clock.rule_key == "reception.classify"
    assert matter.progress.count() == 1
    assert list(verify.faults()) == []


def test_a_title_names_nobody(client):
    voice = say(text="我叫王小明，电话13812345678，住3号楼2单元501，楼上漏水。请来看看")

    title = voice.matter.title
    assert [word for word in ("王小明", "13812345678", "501") if word in title] == []
    assert "楼上漏水" in title
    assert "13812345678" in voice.text


def test_a_matter_goes_to_units_and_deputies_of_its_own_congress_only():
    matter = MatterFactory(timed=True)
    there = CongressFactory(other=True)
    clerk = AppointmentFactory(clerk=True).user

    with pytest.raises(NotPossible):
        actions.hand_to_department(matter, unit=UnitFactory(congress=there), by=clerk)
    with pytest.raises(NotPossible):
        actions.give_to_deputy(
            matter, deputy=DeputyFactory(term=TermFactory(congress=there)), by=clerk
        )


def test_receive_twice_with_one_submission_gives_one_voice():
    first, second = say(submission="abc"), say(submission="abc")

    assert (first.pk, Voice.objects.count(), Matter.objects.count()) == (second.pk, 1, 1)


def test_receive_joins_a_public_matter():
    matter = MatterFactory(public=True)
    VoiceFactory(matter=matter)

    voice = say(joined=matter, channel=Channel.JOINED)

    matter.refresh_from_db()
    assert (voice.matter, matter.n_voices, Matter.objects.count()) == (matter, 2, 1)


def test_receive_refuses_to_join_what_is_not_public():
    with pytest.raises(NotPossible):
        say(joined=MatterFactory(), channel=Channel.JOINED)


def test_receive_keeps_the_phone_encrypted():
    voice = say(phone="199 0000 1234")

    assert str(Voice.objects.get(pk=voice.pk).phone) == "199****1234"


def clerk():
    return AppointmentFactory(clerk=True).user


def test_every_way_tells_the_resident():
    by = clerk()
    deputy = PlacementFactory(deputy__with_user=True).deputy
    ways = [
        lambda m: actions.point_elsewhere(m, door="court", words="请到法院。", by=by),
        lambda m: actions.answer_on_the_spot(m, words="周五修。", by=by),
        lambda m: actions.give_to_deputy(m, deputy=deputy, by=by),
        lambda m: actions.hand_to_department(m, unit=UnitFactory(), by=by),
        lambda m: actions.hand_to_hotline(m, ticket_number="LZ2026001", by=by),
    ]

    for way in ways:
        voice = say()
        way(voice.matter)
        voice.refresh_from_db()
        assert voice.has_news

    assert list(verify.faults()) == []


def test_answer_on_the_spot_asks_whether_it_is_solved():
    voice = say()

    matter = actions.answer_on_the_spot(voice.matter, words="周五修好。", by=clerk())

    voice.refresh_from_db()
    assert (matter.state, voice.is_asked, matter.clock.rule_key) == (
        State.ANSWERED,
        True,
        "resident.rate",
    )


def answered(n=1, **given):
    matter = say().matter
    VoiceFactory.create_batch(n - 1, matter=matter)
    matter = actions.answer_on_the_spot(matter, words="修好了。", by=clerk())
    return list(Voice.objects.filter(matter=matter).order_by("pk"))


def test_resident_answers_yes_and_the_matter_closes():
    (voice,) = answered()

    actions.resident_answers(voice, solved=True)

    assert Matter.objects.get().state == State.CLOSED
    assert list(verify.faults()) == []


def test_resident_answers_no_and_the_matter_reopens_once():
    first, second = answered(2)

    actions.resident_answers(first, solved=False, words="还在漏")

    matter = Matter.objects.get()
    assert (matter.state, matter.is_reopened, matter.clock.rule_key) == (
        State.REOPENED,
        True,
        "resident.reopen",
    )
    actions.answer_on_the_spot(matter, words="再修了一次。", by=clerk())
    actions.resident_answers(first, solved=False)
    actions.resident_answers(second, solved=True)
    assert Matter.objects.get().state == State.CLOSED


def test_resident_cannot_answer_twice():
    (voice,) = answered()
    actions.resident_answers(voice, solved=True)

    with pytest.raises(NotPossible):
        actions.resident_answers(voice, solved=False)


def test_pass_on_brings_a_neglected_matter_to_the_clerk():
    (voice,) = answered()
    actions.resident_answers(voice, solved=False)
    later = clock.now() + dt.timedelta(days=20)

    with clock.set_to(later):
        passed = [actions.pass_on_neglected(), actions.pass_on_neglected()]

    assert (Matter.objects.get().is_passed_on, passed) == (True, [1, 0])


def test_link_and_report_carry_the_matter_through_a_suggestion():
    voice = say()
    deputy = PlacementFactory(deputy__with_user=True).deputy
    matter = linked(voice.matter, deputy)
    assert (matter.state, matter.clock) == (State.IN_SUGGESTION, None)

    matter = actions.report_result(
        matter, "已立项。", about_kind="x", about_id=7, about_label="y", by=trail.SYSTEM
    )

    voice.refresh_from_db()
    assert (matter.state, voice.is_asked) == (State.ANSWERED, True)
    assert list(verify.faults()) == []


def linked(matter, deputy):
    """A suggestion that this deputy leads cites it."""
    return actions.link_suggestion(
        matter, suggestion_id=7, label="关于加装电梯的建议", lead=deputy, by=deputy.person.user
    )


def test_who_wrote_the_suggestion_follows_what_nobody_followed():
    lead = DeputyFactory(with_user=True)
    follower = DeputyFactory(with_user=True)

    free = linked(MatterFactory(timed=True), lead)
    followed = linked(MatterFactory(timed=True, with_deputy=True, deputy=follower), lead)

    assert (free.deputy, followed.deputy) == (lead, follower)


def test_merge_moves_voices_and_unmerge_brings_them_back():
    by = clerk()
    voices = [say(text=f"{TEXT}第{n}位") for n in range(3)]
    host, other, third = [voice.matter for voice in voices]

    actions.merge(other, others=[third], by=by)
    actions.merge(host, others=[other], by=by)

    host.refresh_from_db()
    assert (host.n_voices, Voice.objects.filter(matter=host).count()) == (3, 3)
    actions.unmerge(other, by=by)
    host.refresh_from_db()
    other.refresh_from_db()
    assert (host.n_voices, other.n_voices, other.state) == (1, 2, State.RECEIVED)
    actions.unmerge(third, by=by)
    assert [Voice.objects.get(pk=v.pk).matter_id for v in voices] == [
        host.pk,
        other.pk,
        third.pk,
    ]
    assert list(verify.faults()) == []


def test_a_merge_of_many_leaves_every_trail_whole_and_stops_every_clock():
    host, *others = [say(text=f"{TEXT}第{n}位").matter for n in range(4)]

    actions.merge(host, others=others, by=clerk())

    merged = Matter.objects.filter(merged_into=host)
    assert {(m.state, m.n_voices, m.clock.is_void) for m in merged} == {(State.MERGED, 0, True)}
    assert Entry.objects.filter(step="merge", item_kind=Voice.item_kind()).count() == 3
    before = Entry.objects.filter(step="merge", item_kind=Matter.item_kind()).values_list("before")
    assert {each["state"] for (each,) in before} == {State.RECEIVED}
    assert list(verify.faults()) == []


@pytest.mark.parametrize("many", [2, 6])
def test_a_merge_costs_the_same_for_any_number(django_assert_max_num_queries, many):
    by = clerk()
    host, *others = [say(text=f"{TEXT}第{n}位").matter for n in range(many)]

    with django_assert_max_num_queries(45):
        actions.merge(host, others=others, by=by)


def test_tell_follows_a_merge():
    by = clerk()
    host, other = say().matter, say().matter
    actions.merge(host, others=[other], by=by)

    line = actions.tell(other, "有消息了。")

    assert line.matter == host
    assert ProgressLine.objects.filter(words="有消息了。").count() == 1


def test_a_stranger_may_not_route():
    other = AppointmentFactory(clerk=True, of_other=True).user

    with pytest.raises(NotAllowed):
        actions.answer_on_the_spot(say().matter, words="x", by=other)


def test_an_officer_routes_only_at_the_own_venue():
    venue = VenueFactory()
    officer = OfficerFactory(venue=venue).user
    matter = say(venue=venue).matter

    assert actions.answer_on_the_spot(matter, words="好", by=officer).state == State.ANSWERED
    with pytest.raises(NotAllowed):
        actions.answer_on_the_spot(say().matter, words="好", by=officer)
