"""A host goes on with what was promised to those merged into it: suggestion, deputy, department, day."""

import pytest

from huiyin.congress.choices import Role
from huiyin.kernel import trail, verify
from huiyin.notices.models import Message
from huiyin.opinions import actions
from huiyin.opinions.choices import State, Way
from huiyin.opinions.models import Matter, Voice
from tests.congress.factories import AppointmentFactory, DeputyFactory, person_as
from tests.opinions.factories import MatterFactory, VoiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
ABOUT = "suggestions.suggestion"


@pytest.fixture
def clerk():
    return AppointmentFactory(clerk=True).user


def fresh(item):
    return type(item).objects.get(pk=item.pk)


def spoken(**given):
    """A matter and what its resident said."""
    return VoiceFactory(matter=MatterFactory(timed=True, **given))


def linked(voice, lead, suggestion_id=7):
    return actions.link_suggestion(
        fresh(voice.matter),
        suggestion_id=suggestion_id,
        label="加装电梯",
        lead=lead,
        by=trail.SYSTEM,
    )


def way(matter):
    matter = fresh(matter)
    limit = matter.clock and (matter.clock.rule_key, matter.clock.due_on, matter.clock.is_running)
    return matter.state, matter.way, matter.deputy_id, matter.unit_id, limit


def told(voice):
    return [line.words for line in fresh(voice).told()]


@pytest.fixture
def cited():
    """What a suggestion cites, with its deputy, and a matter nobody has looked at, of two residents."""
    voice, other, lead = spoken(), spoken(), DeputyFactory(with_user=True)
    return linked(voice, lead), fresh(other.matter), lead, voice, other


def test_the_host_goes_on_with_suggestion_and_deputy(cited, clerk):
    guest, host, lead, _, other = cited

    host = actions.merge(host, others=[guest], by=clerk)

    assert way(host) == (State.IN_SUGGESTION, Way.SUGGESTION, lead.pk, None, None)
    assert Matter.objects.near([lead.pk]).filter(pk=host.pk).exists()
    line = fresh(other).told().last()
    assert (line.words, line.about_kind, line.about_id) == (
        "同一件事已由代表写成建议，一起办理。",
        ABOUT,
        7,
    )
    assert fresh(other).has_news
    assert list(verify.faults()) == []


def test_an_undone_merge_puts_both_back(cited, clerk):
    guest, host, *_, voice, other = cited
    before = way(guest), way(host)

    actions.merge(host, others=[guest], by=clerk)
    actions.unmerge(fresh(guest), by=clerk)

    assert (way(guest), way(host)) == before
    assert fresh(host).own_way is None
    assert told(voice)[-1] == told(other)[-1] == "有几件事看来不是同一件，已经分开办理。"
    assert list(verify.faults()) == []


def test_every_turn_is_told_to_the_residents_of_both(cited, clerk):
    guest, host, lead, voice, other = cited
    actions.merge(host, others=[guest], by=clerk)

    actions.tell(guest, "已经编号。")
    actions.report_result(guest, "已立项。", by=trail.SYSTEM)

    for each in (voice, other):
        assert told(each)[-2:] == ["已经编号。", "已立项。"]
        assert fresh(each).is_asked
    actions.resident_answers(fresh(other), solved=False)
    assert (fresh(host).state, fresh(host).deputy) == (State.REOPENED, lead)


def test_a_suggestion_that_came_to_nothing_is_told_and_leaves_nobody_waiting(cited, clerk):
    guest, host, *_, other = cited
    actions.merge(host, others=[guest], by=clerk)

    actions.unlink_suggestion(guest, words="代表撤回了建议。", by=trail.SYSTEM)
    actions.unmerge(fresh(guest), by=clerk)

    for each in map(fresh, (guest, host)):
        assert (each.state, each.clock.rule_key) == (State.RECEIVED, "reception.classify")
    assert "代表撤回了建议。" in told(other)
    assert list(verify.faults()) == []


def test_a_result_outlives_the_merge(cited, clerk):
    guest, host, _, voice, _ = cited
    actions.merge(host, others=[guest], by=clerk)
    actions.report_result(guest, "已立项。", by=trail.SYSTEM)

    guest = actions.unmerge(fresh(guest), by=clerk)

    assert (guest.state, guest.answer, guest.clock.rule_key) == (
        State.ANSWERED,
        "已立项。",
        "resident.rate",
    )
    assert fresh(host).state == State.ANSWERED
    assert actions.resident_answers(fresh(voice), solved=True).is_solved


def test_who_is_being_asked_is_told_that_the_suggestion_was_given_up(cited, clerk):
    guest, _, lead, voice, _ = cited
    host = VoiceFactory(matter=MatterFactory(answered=True)).matter
    host = actions.merge(host, others=[guest], by=clerk)

    actions.unlink_suggestion(guest, words="代表撤回了建议。", by=trail.SYSTEM)

    assert (fresh(host).state, fresh(host).deputy) == (State.ANSWERED, lead)
    assert told(voice)[-1] == "代表撤回了建议。"


@pytest.mark.parametrize("kind", ["with_deputy", "with_department", "reopened"])
def test_a_host_without_a_way_takes_that_of_its_guest_with_its_day(kind, clerk):
    guest, host = spoken(**{kind: True}).matter, spoken().matter
    before = way(guest), way(host)

    host = actions.merge(host, others=[guest], by=clerk)

    assert way(host) == before[0]
    actions.unmerge(fresh(guest), by=clerk)
    assert (way(guest), way(host)) == before
    assert list(verify.faults()) == []


def test_a_host_on_its_way_keeps_it_and_the_guests_deputy_hears(clerk):
    guest, host = spoken(with_deputy=True).matter, spoken(with_deputy=True).matter
    before = way(host)

    actions.merge(host, others=[guest], by=clerk)

    assert way(host) == before
    (message,) = Message.objects.inbox_of(guest.deputy.person.user.pk)
    assert (message.subject, message.path) == (
        "您跟进的事并入了同一件事",
        f"/deputy/matters/{guest.pk}/",
    )


@pytest.mark.parametrize(
    ("host_is", "subject", "goes_on"),
    [
        ({}, "转给你们的事并入了同一件事，继续办理", True),
        ({"with_deputy": True}, "转给你们的事已并入另一件事，不用再单独办理", False),
    ],
)
def test_the_guests_department_hears_whether_it_goes_on(host_is, subject, goes_on, clerk):
    guest, host = spoken(with_department=True).matter, spoken(**host_is).matter
    worker = person_as(Role.UNIT_CLERK, unit=guest.unit)

    actions.merge(host, others=[guest], by=clerk)

    (message,) = Message.objects.inbox_of(worker.pk)
    follows = host if goes_on else guest
    assert (message.subject, message.path) == (subject, f"/desk/matters/{follows.pk}/")
    assert Matter.objects.visible_to(worker).filter(pk=follows.pk).exists()


def test_a_deputy_is_handed_on_to_a_host_that_has_another_way(clerk):
    guest, host = spoken(with_deputy=True).matter, spoken(with_department=True).matter

    host = actions.merge(host, others=[guest], by=clerk)

    assert (host.state, host.deputy) == (State.WITH_DEPARTMENT, guest.deputy)
    actions.unmerge(fresh(guest), by=clerk)
    assert fresh(host).deputy is None


def test_of_several_guests_each_undo_takes_only_its_own(cited, clerk):
    guest, host, *_ = cited
    followed = spoken(with_deputy=True).matter
    own, of_followed = way(host), way(followed)
    actions.merge(host, others=[guest, followed], by=clerk)

    actions.unmerge(fresh(guest), by=clerk)

    assert way(host) == of_followed
    actions.unmerge(fresh(followed), by=clerk)
    assert way(host) == own
    assert list(verify.faults()) == []


def test_deep_merges_hand_on_and_give_back_to_the_top(cited, clerk):
    guest, middle, lead, *_ = cited
    top = spoken().matter
    before = way(middle), way(top)
    actions.merge(middle, others=[guest], by=clerk)
    actions.merge(top, others=[fresh(middle)], by=clerk)
    assert (fresh(top).state, fresh(top).deputy) == (State.IN_SUGGESTION, lead)

    actions.unmerge(fresh(guest), by=clerk)

    assert (way(top), fresh(top).n_voices) == (before[1], 2)
    actions.unmerge(fresh(middle), by=clerk)
    assert (way(middle), way(top)) == before
    assert Voice.objects.filter(matter=top).count() == 1
    assert list(verify.faults()) == []


def test_a_host_that_has_gone_on_keeps_its_own_way_at_an_undo(cited, clerk):
    guest, host, *_ = cited
    actions.merge(host, others=[guest], by=clerk)
    actions.unlink_suggestion(guest, words="撤回。", by=trail.SYSTEM)
    actions.answer_on_the_spot(fresh(host), words="周五修。", by=clerk)

    actions.unmerge(fresh(guest), by=clerk)

    assert fresh(host).state == State.ANSWERED
