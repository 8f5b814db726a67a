"""Motions: names and deadlines, decisions, becoming a suggestion, delegations, what anyone may read."""

import datetime as dt
from dataclasses import replace

import pytest

from huiyin.congress import actions as congress
from huiyin.congress.choices import Level
from huiyin.congress.models import Congress, Deputy
from huiyin.kernel import clock, verify
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions import actions
from huiyin.suggestions.actions import motions
from huiyin.suggestions.choices import MotionState, Proposer, SignatureState, State
from huiyin.suggestions.models import Motion, Suggestion
from tests.congress.factories import DeputyFactory
from tests.suggestions import moved
from tests.suggestions.walk import TODAY, fresh, news_to, trail_of, user_of


@pytest.mark.parametrize(("level", "needed"), [(Level.TOWNSHIP, 5), (Level.CITY, 10)])
def test_the_law_says_how_many_names_each_level_needs(city, level, needed):
    motion = moved.signed(city, names=needed - 1)
    Congress.objects.update(level=level)

    with pytest.raises(
        NotPossible, match=f"须{needed}名以上代表联名（含领衔），现在{needed - 1}名"
    ):
        motions.submit(fresh(motion), by=city.deputy_user)

    moved.put_names(city, motion, 1)
    assert motions.submit(fresh(motion), by=city.deputy_user).state == MotionState.SUBMITTED


@pytest.mark.parametrize(("hour", "minute", "is_open"), [(18, 0, True), (18, 1, False)])
def test_the_presidiums_deadline_is_kept_to_the_minute(city, hour, minute, is_open):
    motion = moved.signed(city)

    with clock.set_to(clock.at(TODAY, hour, minute)):
        if is_open:
            motions.submit(motion, by=city.deputy_user)
            return
        with pytest.raises(NotPossible, match="截止时间是03-05 18:00，已经过了"):
            motions.submit(motion, by=city.deputy_user)


def test_between_sessions_motions_are_taken_only_where_the_place_says_so(city):
    motion = moved.signed(city)

    with clock.set_to(clock.at(TODAY + dt.timedelta(days=9))):
        with pytest.raises(NotPossible, match="议案在大会期间提出"):
            motions.submit(motion, by=city.deputy_user)
        Rule.objects.filter(key=Key.MOTION_BETWEEN).update(value=True)
        submitted = motions.submit(motion, by=city.deputy_user)

    assert (submitted.suggestion.is_between, submitted.clock.rule_key) == (True, "motion.pass")


def test_a_motion_cannot_be_handed_in_as_a_suggestion_by_mistake(city):
    with pytest.raises(NotPossible, match="提出议案"):
        actions.submit(moved.written(city).suggestion, by=city.deputy_user)


def test_a_changed_text_puts_the_names_aside_as_under_any_paper(city):
    motion = moved.signed(city)
    text = replace(moved.TEXT, proposals="请大会制定条例，明确维修资金使用。")

    actions.revise(motion.suggestion, text=text, by=city.deputy_user)

    with pytest.raises(NotPossible, match="还要等"):
        motions.submit(fresh(motion), by=city.deputy_user)


# --- becoming a suggestion


def _kept(paper: Suggestion) -> dict:
    return {
        "names": sorted(paper.signatures.values_list("deputy", "state", "text_hash", "signed_at")),
        "versions": sorted(paper.versions.values_list("number", "hash")),
        "origins": list(paper.origins.values_list("kind", "item_id")),
        "motion_number": paper.motion_number,
        "pk": paper.pk,
    }


@pytest.mark.parametrize(("second", "number"), [(True, "17-5-0001"), (False, "17-5-议001")])
def test_one_step_makes_it_a_suggestion_and_keeps_everything(city, second, number):
    Rule.objects.filter(key=Key.MOTION_SECOND_NUMBER).update(value=second)
    motion = moved.deciding(city)
    before = _kept(fresh(motion.suggestion))

    paper = motions.convert(motion, words="第二次主席团会议", **moved.HELD, by=city.director)

    assert _kept(fresh(paper)) == before
    assert before["motion_number"] == "17-5-议001"
    assert (paper.state, paper.number, paper.is_motion) == (State.REGISTERED, number, False)
    assert fresh(motion).state == MotionState.CONVERTED


def test_both_numbers_find_it(city):
    paper = motions.convert(moved.deciding(city), **moved.HELD, by=city.director)

    for number in ("17-5-议001", paper.number):
        assert list(Suggestion.objects.matching(q=number)) == [paper]


def test_it_goes_on_as_any_suggestion_and_its_letter_names_both_numbers(city):
    paper = motions.convert(moved.deciding(city), **moved.HELD, by=city.director)

    tasks = [actions.Task(city.unit, "lead")]
    paper = actions.propose_units(paper, tasks=tasks, by=city.clerk)
    paper = actions.hand_over(paper, by=city.director)

    assert paper.state == State.HANDED_OVER
    assert f"主席团决定：议案转为建议办理，编号{paper.number}" in news_to(city.deputy_user)


def test_a_draft_that_is_late_goes_on_as_a_suggestion(city):
    motion = moved.signed(city)

    paper = motions.become_suggestion(motion, by=city.deputy_user)
    submitted = actions.submit(fresh(paper), by=city.deputy_user)

    assert (submitted.state, submitted.n_cosigners) == (State.EXAMINING, 4)
    assert fresh(motion).state == MotionState.CONVERTED


def test_motions_are_numbered_by_themselves(city):
    first, second = moved.registered(city), moved.registered(city)
    suggestion = city.registered()

    assert [first.number, second.number] == ["17-5-议001", "17-5-议002"]
    assert suggestion.number == "17-5-0001"


def test_a_returned_motion_keeps_its_number_when_it_comes_again(city):
    motion = motions.resubmit(moved.returned(city), by=city.deputy_user)

    assert motions.register(motion, by=city.clerk).number == "17-5-议001"


def test_giving_up_a_draft_ends_the_motion_too(city):
    motion = moved.written(city)

    motions.drop(motion, by=city.deputy_user)

    assert (fresh(motion).state, fresh(motion.suggestion).state) == ("withdrawn", "withdrawn")


# --- decisions


def test_the_deputies_who_proposed_it_must_have_been_heard(city):
    motion = moved.examining(city)

    with clock.set_to(clock.at(TODAY)), pytest.raises(NotPossible, match="不能晚于今天"):
        motions.give_opinion(
            motion,
            advice="agenda",
            heard_on=TODAY + dt.timedelta(days=1),
            opinion="列入议程",
            by=city.committee_user,
        )


@pytest.mark.parametrize(("votes", "state"), [(3, "rejected"), (4, "adopted")])
def test_more_than_half_of_all_deputies_adopt(city, votes, state):
    motion = moved.on_agenda(city)
    keep = motion.suggestion.signatures.values("deputy")
    Deputy.objects.exclude(pk__in=keep).update(state="ended")
    DeputyFactory(term=city.term)  # six in all: three is not more than half

    voted = moved.vote(city, motion, city.director, n_for=votes)

    assert (voted.state, voted.n_members) == (state, 6)


def test_more_votes_than_deputies_are_refused(city):
    with pytest.raises(NotPossible, match="票数超过了全体代表"):
        moved.vote(city, moved.on_agenda(city), city.director, n_for=10_000)


def _ask(motion: Motion, count: int) -> None:
    for signature in motion.suggestion.signatures.order_by("-is_lead", "pk")[:count]:
        person = user_of(signature.deputy)
        motions.ask_reconsideration(signature, words="请再议", by=person)


def test_more_than_half_and_no_fewer_than_a_motion_needs_make_the_presidium_look_again(city):
    motion = moved.refused(city)

    _ask(motion, 4)
    assert fresh(motion).state == MotionState.REFUSED
    last = motion.suggestion.signatures.filter(reconsideration_asked_at=None).get()
    motions.ask_reconsideration(last, words="请再议", by=user_of(last.deputy))

    assert fresh(motion).state == MotionState.DECIDING
    again = moved.refuse(city, fresh(motion), city.director)
    assert again.n_reconsidering == 0


@pytest.mark.parametrize(("hours", "is_open"), [(4, True), (3.98, False)])
def test_four_hours_before_the_last_meeting_it_is_too_late(city, hours, is_open):
    signature = moved.lead_of_refused(city)

    with clock.set_to(moved.LAST_MEETING - dt.timedelta(hours=hours)):
        if is_open:
            motions.ask_reconsideration(signature, words="请再议", by=city.deputy_user)
            return
        with pytest.raises(NotPossible, match="时间已经过了"):
            motions.ask_reconsideration(signature, words="请再议", by=city.deputy_user)


def test_with_too_few_names_left_it_ends_by_itself(city):
    motion = moved.registered(city)
    signature = motion.suggestion.signatures.filter(is_lead=False).first()

    motions.leave_motion(signature, by=user_of(signature.deputy))

    assert (fresh(motion).state, fresh(motion.suggestion).state) == ("withdrawn", "withdrawn")
    assert fresh(signature).state == SignatureState.REMOVED
    assert "议案联名不足，已终止" in news_to(city.deputy_user)


def test_the_presidium_must_agree_before_it_is_withdrawn(city):
    with pytest.raises(NotPossible, match="没有申请撤回"):
        motions.withdraw(moved.registered(city), **moved.HELD, by=city.director)


def test_the_report_counts_from_the_end_of_the_session(city):
    motion = moved.referred(city)

    assert motion.clock.started_on == TODAY + dt.timedelta(days=3)


def test_late_committees_organs_and_desks_are_reminded(city):
    referred, given = moved.referred(city), moved.handed_over(city)

    with clock.set_to(clock.at(dt.date(2026, 7, 1), 10)):
        actions.remind()

    assert "会后审议的议案提出审议结果报告已经逾期" in news_to(city.committee_user)
    assert "有关机关报告议案办理情况已经逾期" in news_to(city.leader)
    assert "有关机关报告议案办理情况已经逾期" in news_to(city.clerk)
    assert {referred.state, given.state} == {MotionState.REFERRED, MotionState.HANDED_OVER}


def test_the_whole_way_of_a_motion_is_one_trail(city):
    motion = motions.close(moved.answered(city), by=city.director)

    assert trail_of(motion) == [
        *("write", "submit", "register", "pass_to_committee", "give_opinion", "refer", "report"),
        *("hand_to_organ", "answer", "close"),
    ]
    assert fresh(motion.suggestion).state == State.MOTION_DONE
    assert list(verify.faults()) == []


# --- in confidence


def test_a_motion_in_confidence_is_known_to_its_signers_and_the_directors(city):
    secret = replace(moved.TEXT, is_secret=True)
    moved.in_session(city)
    Rule.objects.filter(key=Key.MOTION_SIGNERS).update(value={"township": 1})
    motion = motions.write(city.lead, text=secret, by=city.deputy_user)
    motions.submit(motion, by=city.deputy_user)

    seen = {
        name: Motion.objects.visible_to(getattr(city, name)).exists()
        for name in ("deputy_user", "director", "clerk", "committee_user")
    }

    assert seen == {"deputy_user": True, "director": True, "clerk": False, "committee_user": False}


# --- delegations


def test_a_delegations_head_hands_in_what_it_voted_for(city):
    motion = moved.of_delegation(city)
    moved.record_vote(city, motion.suggestion, city.deputy_user)

    submitted = motions.submit(fresh(motion), by=city.deputy_user)

    assert submitted.state == MotionState.SUBMITTED
    assert submitted.suggestion.delegation_vote.n_for == 30


@pytest.mark.parametrize("as_motion", [True, False])
def test_without_its_vote_a_delegations_paper_stays(city, as_motion):
    made = moved.of_delegation(city, as_motion=as_motion)
    submit = motions.submit if as_motion else actions.submit

    with pytest.raises(NotPossible, match="还没有记录代表团的表决结果"):
        submit(made, by=city.deputy_user)


@pytest.mark.parametrize(("votes", "is_enough"), [(21, False), (22, True)])
def test_more_than_half_of_the_whole_delegation_must_agree(city, votes, is_enough):
    paper = moved.of_delegation(city, as_motion=False)
    moved.record_vote(city, paper, city.deputy_user, n_for=votes)

    if is_enough:
        assert actions.submit(fresh(paper), by=city.deputy_user).state == State.EXAMINING
        return
    with pytest.raises(NotPossible, match="没有超过全团42人的50%"):
        actions.submit(fresh(paper), by=city.deputy_user)


def test_a_text_that_changed_after_the_vote_is_voted_on_again(city):
    paper = moved.of_delegation(city, as_motion=False)
    moved.record_vote(city, paper, city.deputy_user)
    text = replace(moved.TEXT, title="关于修改物业管理条例的议案")

    paper = actions.revise(paper, text=text, by=city.deputy_user)

    with pytest.raises(NotPossible, match="表决以后改过"):
        actions.submit(fresh(paper), by=city.deputy_user)


def test_numbers_that_do_not_add_up_are_refused(city):
    paper = moved.of_delegation(city, as_motion=False)

    with pytest.raises(NotPossible, match="人数对不上"):
        motions.record_vote(
            paper, held_on=TODAY, n_members=42, n_present=40, n_for=41, by=city.deputy_user
        )


def test_only_the_head_writes_for_the_delegation(city):
    with pytest.raises(NotAllowed):
        actions.write(city.lead, text=moved.TEXT, proposer=Proposer.DELEGATION, by=city.deputy_user)


def test_a_delegation_has_one_head_at_a_time(city):
    moved.of_delegation(city)
    Deputy.objects.filter(pk=city.cosigner.pk).update(delegation="城关代表团")

    congress.name_head(fresh(city.cosigner), by=city.clerk)

    assert [fresh(d).heads_delegation for d in (city.lead, city.cosigner)] == [False, True]


def test_where_the_place_forbids_it_a_delegation_moves_nothing(city):
    Rule.objects.filter(key=Key.MOTION_BY_DELEGATION).update(value=False)
    motion = moved.of_delegation(city)
    moved.record_vote(city, motion.suggestion, city.deputy_user)

    with pytest.raises(NotPossible, match="代表团不能提出议案"):
        motions.submit(fresh(motion), by=city.deputy_user)
