"""T1 to T37 walked: right person, wrong person, wrong state, at the limit, past it."""

import datetime as dt
import re

import pytest

from huiyin.dashboards.management.commands.draw_workflows import page_of
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.rulebook.models import Rule
from huiyin.suggestions import actions, workflow
from huiyin.suggestions.choices import Score, State
from huiyin.suggestions.workflow import ASSIGNMENT, SUGGESTION
from tests.suggestions import cases, walk, ways
from tests.suggestions.motion_table import MOTION_TABLE
from tests.suggestions.test_steps import in_state
from tests.suggestions.transitions import CASES_OF, LATE, TABLE
from tests.suggestions.walk import TODAY, fresh, later, trail_of

ROWS = {
    f"{table.name}.{step.name}": step for table in workflow.ALL for step in table.steps.values()
}
EVERY = (*TABLE, *MOTION_TABLE)
NAMED = {number for step in ROWS.values() for number in re.findall(r"T\d+", str(step.law))}


def test_the_table_has_every_number_once():
    assert [row.number for row in TABLE] == [f"T{number}" for number in range(1, 38)]


def test_the_workflow_names_every_number_and_no_other():
    assert {f"T{number}" for number in range(1, 38)} - {"T28"} == NAMED


def test_the_motions_table_has_every_number_of_the_specification():
    numbers = {f"M{number}" for number in range(1, 15)} | {"MX"}

    assert {row.number for row in MOTION_TABLE} == numbers
    named = {
        number
        for step in workflow.MOTION.steps.values()
        for number in re.findall(r"M(?:\d+|X)", str(step.law))
    }
    assert named == numbers


@pytest.mark.parametrize("row", EVERY, ids=str)
def test_each_row_leads_to_steps_that_say_so_and_cite_a_source(row):
    named = (*row.steps, *row.follows)

    assert [name for name in named if name not in ROWS] == []
    assert [name for name in row.steps if name not in CASES_OF] == []
    laws = " ".join(str(ROWS[name].law) for name in named)
    assert row.number in laws or row.number == "T28"
    cited = row.law.split()
    assert not cited or any(source in laws for source in cited)


def test_the_diagrams_show_every_step_of_the_table():
    pages = {table.name: page_of(table) for table in workflow.ALL}

    for row in EVERY:
        for name in (*row.steps, *row.follows):
            table, step = name.split(".")
            assert re.search(rf": {step}$", pages[table], re.MULTILINE)


WALKS = [pytest.param(CASES_OF[name], id=f"{row}-{name}") for row in EVERY for name in row.steps]


@pytest.mark.parametrize("case", WALKS)
def test_the_right_person_in_the_right_state_and_nobody_else(city, case):
    item = case.arrange(city)
    right, wrong = getattr(city, case.right), getattr(city, case.wrong)

    if case.wrong_state:
        with in_state(item, case.wrong_state), pytest.raises(NotPossible):
            case.act(city, item, right)
    with pytest.raises(NotAllowed):
        case.act(city, item, wrong)
    case.act(city, item, right)

    assert case.step in trail_of(item)


LIMITS = [pytest.param(limit, id=f"{row}-{limit.key}") for row in EVERY for limit in row.limits]


@pytest.mark.parametrize("limit", LIMITS)
def test_on_the_last_day_the_limit_is_kept(city, limit):
    item = limit.arrange(city)
    running = limit.clock(item)
    assert (running.rule_key, running.is_running) == (limit.key, True)

    with clock.set_to(clock.at(running.due_on, 16)):
        limit.act(city, item)

    assert fresh(running).was_kept is not False


@pytest.mark.parametrize("limit", LIMITS)
def test_past_the_last_day_it_is_refused_or_stands_as_missed(city, limit):
    item = limit.arrange(city)
    running = limit.clock(item)

    with clock.set_to(clock.at(running.due_on + dt.timedelta(days=1), 9)):
        if limit.past == LATE:
            limit.act(city, item)
            assert fresh(running).was_kept is False
            return
        with pytest.raises(NotPossible):
            limit.act(city, item)


@pytest.mark.parametrize("limit", LIMITS)
def test_each_limit_is_a_rule_with_its_source(city, limit):
    rule = Rule.objects.in_force(limit.key, city.congress.region, TODAY)

    assert (bool(rule.source), bool(rule.article_text)) == (True, True)


# --- T11: a last day without a clock


@pytest.mark.parametrize(("days", "is_open"), [(7, True), (8, False)])
def test_a_return_is_asked_within_five_working_days(city, days, is_open):
    task = city.task(city.handling())

    with later(days):
        if is_open:
            actions.ask_return(task, reason="职责在别处", by=city.unit_clerk)
            return
        with pytest.raises(NotPossible, match="已过期限"):
            actions.ask_return(task, reason="职责在别处", by=city.unit_clerk)


# --- what the system does by itself: nobody else may


def _dissatisfied(city, suggestion):
    walk.rate(suggestion, by=city.deputy_user, score=Score.DISSATISFIED, words="没有说清")
    return fresh(suggestion)


def _round_over(city):
    suggestion = city.replied()
    with later(60):
        actions.finish_silent_rounds()
    return suggestion


def _twice_dissatisfied(city):
    return _dissatisfied(city, city.reply_again(_dissatisfied(city, city.replied())))


def _settled(city):
    suggestion = city.tracking()
    promise = actions.claim_done(
        city.promise(suggestion), evidence="已投入使用", by=city.unit_clerk
    )
    actions.confirm(promise, by=city.clerk)
    return suggestion


def _followed(city):
    lead = city.reviewing()
    follower = ways.merged(city, into=lead)
    actions.sign_reply(lead, by=city.leader)
    return follower


def _released(city):
    lead = city.handling()
    follower = ways.merged(city, into=lead)
    actions.withdraw(lead, by=city.deputy_user)
    return follower


def _answered_in_parts(city):
    return ways.divided_and_answered(city, ways.leaders(city))


SYSTEM = {
    "pass_to_office": ways.distributing,
    "finish_round": _round_over,
    "redo": lambda city: _dissatisfied(city, city.replied()),
    "coordinate": _twice_dissatisfied,
    "track": lambda city: city.tracking(),
    "settle": _settled,
    "follow_hand_over": ways.merged,
    "follow_reply": _followed,
    "release": _released,
    "answer_in_parts": _answered_in_parts,
}


@pytest.mark.parametrize("step", SYSTEM)
def test_the_system_takes_its_steps_and_no_person_does(city, step):
    item = fresh(SYSTEM[step](city))

    assert step in trail_of(item)
    for person in (city.clerk, city.director, city.leader, city.deputy_user, city.government):
        with pytest.raises(NotAllowed):
            steps.take(SUGGESTION, step, item, by=person)
    with in_state(item, State.DRAFT), pytest.raises(NotPossible):
        steps.take(SUGGESTION, step, item, by=trail.SYSTEM)


def test_on_the_last_day_of_rating_the_round_is_still_open(city):
    suggestion = city.replied()

    with clock.set_to(clock.at(suggestion.clock.due_on, 23)):
        assert actions.finish_silent_rounds() == 0
    with clock.set_to(clock.at(suggestion.clock.due_on + dt.timedelta(days=1), 0)):
        assert actions.finish_silent_rounds() == 1

    assert fresh(suggestion).state == State.RATED


def test_a_late_rating_is_marked_and_changes_nothing(city):
    suggestion = _round_over(city)
    with later(61):
        actions.close(fresh(suggestion), by=city.clerk)
        rating = walk.rate(
            suggestion, by=city.deputy_user, score=Score.DISSATISFIED, words="没有说清"
        )

    assert rating.is_late is True
    assert (fresh(suggestion).state, fresh(suggestion).round) == (State.CLOSED, 1)


def test_a_unit_does_not_take_the_committees_step_on_its_task(city):
    task = ways.extension_asked(city)

    with pytest.raises(NotAllowed):
        steps.take(ASSIGNMENT, "grant_extension", task, by=city.unit_clerk)


def test_no_case_is_left_out_of_the_table():
    walked = {name for row in EVERY for name in row.steps}
    others = {
        "suggestion.invite_more", "promise.explain_promise", "suggestion.confide", "suggestion.unconfide",
        "remark.answer_on_the_spot", "remark.pass_remark", "remark.answer_remark",
        "remark.turn_into_suggestion", "suggestion.propose_publication", "suggestion.refer",
        "suggestion.ask_agreement", "signature.agree_withdrawal", "assignment.agree", "assignment.urge",
        "assignment.disagree", "assignment.note", "promise.claim_done", "promise.rate_promise",
        "publication.publish", "publication.update_publication", "publication.keep_closed",
        "publication.take_back", "motion.publish", "motion.take_back", "attachment.remove",
    }  # fmt: skip

    assert {str(case) for case in cases.CASES} - walked == others
