"""The modes of handling (docs/practice.md), each from the proposal to the answer."""

import pytest

from huiyin.congress.choices import Role
from huiyin.kernel import verify
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AssignmentRole, AssignmentState, Mode, Score, State
from huiyin.suggestions.models import Suggestion
from tests.congress.factories import UnitFactory, person_as
from tests.suggestions import walk, ways
from tests.suggestions.walk import fresh, later, news_to, trail_of

LEAD, PART = AssignmentRole.LEAD, AssignmentRole.SEPARATE


@pytest.fixture
def people(city):
    return ways.leaders(city)


# --- divided


def test_each_unit_answers_its_part_and_the_whole_is_answered_with_the_last(city, people):
    suggestion = ways.divided(city)
    mine, theirs = ways.parts(suggestion)

    ways.answered_part(city, mine, leader=city.leader)
    assert fresh(suggestion).state == State.HANDLING
    assert fresh(suggestion).reply_clock.is_running
    ways.answered_part(city, theirs, leader=people.finance_leader)

    suggestion = fresh(suggestion)
    assert suggestion.state == State.REPLIED
    assert suggestion.clock.rule_key == "rating.window"
    numbers = set(suggestion.replies.values_list("document_number", flat=True))
    assert numbers == {"兰建办字〔2026〕1号", "兰财字〔2026〕1号"}
    assert trail_of(suggestion)[-2:] == ["sign_for", "answer_in_parts"]
    assert list(verify.faults()) == []


def test_the_first_unit_that_signs_for_its_part_sets_the_whole_to_work(city):
    tasks = [actions.Task(city.unit, PART, "甲"), actions.Task(city.finance, PART, "乙")]
    suggestion = ways.proposed(city, Mode.SEPARATE, *tasks)
    suggestion = actions.hand_over(suggestion, by=city.director)
    mine, theirs = ways.parts(suggestion)

    actions.sign_for(theirs, by=city.finance_clerk)

    assert fresh(suggestion).state == State.HANDLING
    assert fresh(mine).state == AssignmentState.HANDED_OVER
    assert "分别办理" in news_to(city.deputy_user)[-1]


def test_each_part_is_rated_and_only_the_displeasing_one_is_done_again(city, people):
    suggestion = ways.divided_and_answered(city, people)
    mine, theirs = ways.parts(suggestion)
    letters = {reply.assignment_id: reply for reply in suggestion.replies.all()}

    with pytest.raises(NotPossible, match="哪个单位的答复"):
        walk.rate(suggestion, by=city.deputy_user)
    good = {"attitude": Score.SATISFIED, "result": Score.SATISFIED}
    bad = {"attitude": Score.SATISFIED, "result": Score.DISSATISFIED, "words": "没有金额"}
    actions.rate(suggestion, **good, reply=letters[mine.pk], by=city.deputy_user)
    assert fresh(suggestion).state == State.REPLIED
    assert Suggestion.objects.of_deputy(city.deputy_user).get().asks_to_rate is True
    actions.rate(suggestion, **bad, reply=letters[theirs.pk], by=city.deputy_user)

    assert (fresh(suggestion).state, fresh(suggestion).round) == (State.REDOING, 2)
    assert fresh(mine).state == AssignmentState.REPLIED
    assert fresh(theirs).state == AssignmentState.HANDLING
    ways.answered_part(city, fresh(theirs), leader=people.finance_leader)
    assert fresh(suggestion).state == State.REPLIED
    walk.rate(suggestion, by=city.deputy_user)
    assert fresh(suggestion).state == State.RATED


def test_a_part_is_signed_by_the_leader_of_its_own_unit(city, people):
    mine, _theirs = ways.parts(ways.divided(city))
    actions.draft_part(mine, result_class="A", body=walk.BODY, by=city.unit_clerk)
    actions.send_part(mine, by=city.unit_clerk)

    for person in (people.finance_leader, city.unit_clerk, city.clerk):
        with pytest.raises(NotAllowed):
            actions.sign_part(mine, by=person)


def test_a_part_without_a_class_is_not_sent_and_a_faulty_one_comes_back(city):
    mine, _theirs = ways.parts(ways.divided(city))
    actions.draft_part(mine, body=walk.BODY, by=city.unit_clerk)
    with pytest.raises(NotPossible, match="结果类别"):
        actions.send_part(mine, by=city.unit_clerk)
    actions.draft_part(mine, result_class="A", body=walk.BODY, by=city.unit_clerk)
    actions.send_part(mine, by=city.unit_clerk)

    mine = actions.send_back_part(mine, words="没有逐条答复", by=city.leader)

    assert mine.state == AssignmentState.HANDLING
    assert mine.replies.get().sent_back_words == "没有逐条答复"


def test_a_returned_part_needs_another_unit_at_once(city):
    mine, theirs = ways.parts(ways.divided(city))
    actions.ask_return(mine, reason="职责在别处", by=city.unit_clerk)
    assert fresh(mine.suggestion).state == State.HANDLING

    with pytest.raises(NotPossible, match="改由哪个单位"):
        actions.grant_return(mine, ruling="同意", by=city.clerk)
    other = UnitFactory(congress=city.congress)
    suggestion = actions.grant_return(mine, ruling="同意", unit=other, by=city.clerk)

    assert [task.unit for task in ways.parts(suggestion)] == [theirs.unit, other]
    assert fresh(suggestion).lead_unit == other


# --- jointly


def test_joint_leads_agree_before_the_letter_goes_to_the_leader(city, people):
    suggestion = ways.joint_drafted(city)
    task = ways.joint_task(suggestion)
    with pytest.raises(NotPossible, match="兰州市财政局会签"):
        actions.send_for_review(suggestion, by=city.unit_clerk)

    actions.ask_agreement(suggestion, by=city.unit_clerk)
    assert fresh(task).clock.rule_key == "countersign.window"
    assert "有答复稿请你单位会签" in news_to(people.finance_leader)
    actions.agree(task, words="同意", by=people.finance_leader)
    suggestion = actions.send_for_review(suggestion, by=city.unit_clerk)
    actions.sign_reply(suggestion, by=city.leader)

    assert fresh(suggestion).state == State.REPLIED
    assert fresh(task).state == AssignmentState.REPLIED
    assert list(verify.faults()) == []


def test_a_changed_draft_is_agreed_to_again(city, people):
    suggestion = ways.joint_drafted(city)
    task = actions.agree(ways.joint_task(suggestion), by=people.finance_leader)

    city.draft(suggestion)
    assert fresh(task).state == AssignmentState.AGREED
    actions.draft_reply(suggestion, result_class="C", body="改过了", by=city.unit_clerk)

    assert fresh(task).state == AssignmentState.HANDLING
    assert "答复稿有改动，请重新会签" in news_to(people.finance_leader)


def test_a_disagreement_goes_to_whoever_coordinates(city, people):
    suggestion = ways.joint_drafted(city)

    actions.disagree(ways.joint_task(suggestion), words="金额不对", by=people.finance_leader)

    assert "兰州市财政局对答复稿有不同意见" in news_to(city.government)
    assert "兰州市财政局对答复稿有不同意见" in news_to(city.unit_clerk)


def test_only_a_leader_agrees_and_only_to_a_written_letter(city, people):
    suggestion = ways.joint(city)
    task = ways.joint_task(suggestion)

    with pytest.raises(NotAllowed):
        actions.agree(task, by=city.finance_clerk)
    with pytest.raises(NotPossible, match="还没有拟好"):
        actions.agree(task, by=people.finance_leader)


# --- the government itself, and its office


def test_the_government_itself_answers_through_its_office(city, people):
    suggestion = ways.by_government(city)
    task = city.task(suggestion)

    actions.sign_for(task, by=people.office_clerk)
    letter = {"result_class": "A", "body": walk.BODY}
    actions.draft_reply(suggestion, **letter, by=people.office_clerk)
    actions.send_for_review(suggestion, by=people.office_clerk)
    actions.sign_reply(suggestion, by=people.office_leader)

    assert fresh(suggestion).state == State.REPLIED
    assert suggestion.replies.get().assignment.unit == city.office


def test_the_office_distributes_on_the_clock_of_the_first_hand_over(city):
    suggestion = ways.distributing(city)
    office, first = suggestion.assignments.get(), suggestion.reply_clock
    assert (suggestion.state, office.clock.rule_key) == (State.DISTRIBUTING, "distribute.window")

    with later(4):
        tasks = [actions.Task(city.unit, LEAD), actions.Task(city.finance, part="资金")]
        suggestion = actions.distribute(suggestion, tasks=tasks, by=city.government)

    assert (suggestion.state, suggestion.mode) == (State.HANDED_OVER, Mode.COHANDLED)
    assert (suggestion.lead_unit, suggestion.reply_clock) == (city.unit, first)
    assert fresh(office).state == AssignmentState.ENDED
    assert fresh(office).clock.was_kept is True
    assert "兰州市住房和城乡建设局办理" in news_to(city.deputy_user)[-1]
    with later(5):
        actions.sign_for(city.task(suggestion), by=city.unit_clerk)
    task = city.task(suggestion)
    assert task.clock.started_on == walk.TODAY + walk.dt.timedelta(days=4)
    assert task.clock.latest == first.latest


def test_the_office_distributes_to_the_administration_only(city):
    suggestion = ways.distributing(city)
    court = UnitFactory(congress=city.congress, court=True)

    with pytest.raises(NotPossible, match="政府系统"):
        actions.distribute(suggestion, tasks=[actions.Task(court, LEAD)], by=city.government)
    with pytest.raises(NotAllowed):
        actions.distribute(suggestion, tasks=[actions.Task(city.unit, LEAD)], by=city.clerk)


# --- reference


def test_a_paper_for_reference_has_no_clock_and_the_deputy_is_told(city):
    suggestion = ways.for_reference(city)
    with pytest.raises(NotPossible, match="转作参考"):
        actions.hand_over(suggestion, by=city.director)

    suggestion = actions.refer(suggestion, by=city.director)

    assert (suggestion.state, suggestion.clock, suggestion.handed_over_at) == (
        State.REFERRED,
        None,
        None,
    )
    assert "建议已转兰州市住房和城乡建设局工作中参考，不再书面答复" in news_to(city.deputy_user)
    task = suggestion.assignments.get()
    assert task.clock is None
    task = actions.note(task, words="列入明年计划时参考", by=city.unit_clerk)
    assert task.state == AssignmentState.NOTED
    assert "兰州市住房和城乡建设局已收阅您的建议" in news_to(city.deputy_user)


def test_a_batch_passes_on_what_is_for_reference(city):
    done, left = actions.hand_over_many(
        [ways.for_reference(city), city.assigned()], by=city.director
    )

    assert [item.state for item in done] == [State.REFERRED, State.HANDED_OVER]
    assert left == []


# --- shapes


@pytest.mark.parametrize(
    ("mode", "roles", "refusal"),
    [
        (Mode.SEPARATE, [PART], "两个以上的分办单位"),
        (Mode.SEPARATE, [PART, LEAD], "两个以上的分办单位"),
        (Mode.JOINT, [LEAD], "至少一个共同主办单位"),
        (Mode.DISTRIBUTED, [LEAD], "只列政府办公厅"),
        (Mode.GOVERNMENT, [LEAD], "只能交给政府办公厅"),
        (Mode.REFERENCE, [LEAD], "参阅的单位"),
        (Mode.SINGLE, [LEAD, LEAD], "也只能有一个"),
        (Mode.SINGLE, [AssignmentRole.COHANDLER], "也只能有一个"),
    ],
)
def test_units_and_mode_must_fit(city, mode, roles, refusal):
    units = (city.unit, city.finance)
    tasks = [actions.Task(unit, role, "一部分") for unit, role in zip(units, roles, strict=False)]

    with pytest.raises(NotPossible, match=refusal):
        ways.proposed(city, mode, *tasks)


def test_a_divided_matter_says_which_part_is_whose(city):
    tasks = [actions.Task(city.unit, PART, "甲"), actions.Task(city.finance, PART)]

    with pytest.raises(NotPossible, match="办哪一部分"):
        ways.proposed(city, Mode.SEPARATE, *tasks)


def test_the_government_office_is_not_a_unit_of_another_mode(city):
    clerk_of_office = person_as(Role.UNIT_CLERK, unit=city.office)
    suggestion = ways.distributing(city)

    with pytest.raises(NotAllowed):
        actions.sign_for(suggestion.assignments.get(), by=clerk_of_office)


def test_a_new_leading_unit_joins_the_joint_lead_that_goes_on(city, people):
    suggestion = ways.joint(city)
    lead = city.task(suggestion)
    actions.ask_return(lead, reason="职责在别处", by=city.unit_clerk)
    suggestion = actions.grant_return(lead, ruling="同意", by=city.clerk)

    tasks = [actions.Task(UnitFactory(congress=city.congress), LEAD)]
    suggestion = actions.propose_units(suggestion, tasks=tasks, by=city.clerk)
    suggestion = actions.hand_over(suggestion, by=city.director)

    assert suggestion.mode == Mode.JOINT
    assert ways.joint_task(suggestion).state == AssignmentState.HANDLING
