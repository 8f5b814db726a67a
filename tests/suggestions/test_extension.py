"""More time: asked before the date, ruled, never past six months from the first hand-over."""

import datetime as dt

import pytest

from huiyin.kernel import clock, verify
from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook.actions import change_rule
from huiyin.rulebook.choices import Key
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AssignmentState, State
from tests.suggestions import ways
from tests.suggestions.walk import TODAY, fresh, news_to, trail_of

DUE, LATEST = dt.date(2026, 6, 5), dt.date(2026, 9, 5)
LATEST_WORKING = dt.date(2026, 9, 7)  # 5 September 2026 is a Saturday
UNTIL = dt.date(2026, 8, 5)


def no_consent(city):
    change_rule(
        Key.EXTENSION_CONSENT,
        city.congress.region,
        value=False,
        valid_from=TODAY,
        source="本市办法",
        by=city.clerk,
    )


def test_asking_waits_for_a_ruling_and_moves_no_date(city):
    task = ways.extension_asked(city)

    suggestion = fresh(task.suggestion)
    assert (task.state, suggestion.state) == (
        AssignmentState.EXTENSION_ASKED,
        State.EXTENSION_ASKED,
    )
    assert (task.clock.due_on, suggestion.reply_clock.due_on) == (DUE, DUE)
    request = task.unit_requests.get()
    assert (request.until, request.is_granted, request.clock.rule_key) == (
        UNTIL,
        None,
        "extension.ruling",
    )
    subject = "兰州市住房和城乡建设局申请延期到2026年8月5日"
    for person in (city.clerk, city.government, city.deputy_user):
        assert subject in news_to(person)


def test_a_granted_extension_moves_both_clocks_and_the_deputy_hears(city):
    task = ways.extension_asked(city)

    actions.grant_extension(task, ruling="同意", by=city.clerk)

    task = fresh(task)
    suggestion = fresh(task.suggestion)
    assert (task.state, suggestion.state) == (AssignmentState.HANDLING, State.HANDLING)
    assert (task.clock.due_on, suggestion.reply_clock.due_on) == (UNTIL, UNTIL)
    assert task.unit_requests.get().clock.was_kept is True
    words = "兰州市住房和城乡建设局的答复期限延长到2026年8月5日"
    assert words in news_to(city.deputy_user)
    assert trail_of(suggestion)[-2:] == ["ask_extension", "grant_extension"]
    assert list(verify.faults()) == []


def test_the_ruling_may_grant_less_than_was_asked(city):
    task = ways.extension_asked(city)

    actions.grant_extension(task, ruling="一个月够了", until=dt.date(2026, 7, 6), by=city.clerk)

    assert fresh(task).clock.due_on == dt.date(2026, 7, 6)


def test_a_refused_extension_leaves_the_date(city):
    task = ways.extension_asked(city)

    actions.refuse_extension(task, ruling="材料已齐，不必延期", by=city.government)

    assert fresh(task).clock.due_on == DUE
    assert fresh(task.suggestion).state == State.HANDLING
    assert "没有同意延期，期限不变" in news_to(city.deputy_user)


@pytest.mark.parametrize(("day", "is_open"), [(DUE, True), (DUE + dt.timedelta(days=1), False)])
def test_an_extension_is_asked_on_the_last_day_at_the_latest(city, day, is_open):
    task = city.task(city.handling())

    with clock.set_to(clock.at(day)):
        if is_open:
            actions.ask_extension(task, reason="管线要先迁改", until=UNTIL, by=city.unit_clerk)
        else:
            with pytest.raises(NotPossible, match="到期以前"):
                actions.ask_extension(task, reason="管线", until=UNTIL, by=city.unit_clerk)


@pytest.mark.parametrize(
    ("until", "refusal"),
    [
        (DUE, "要晚于现在的期限"),
        (LATEST_WORKING, None),
        (LATEST_WORKING + dt.timedelta(days=1), "首次交办起六个月"),
    ],
)
def test_an_extension_ends_six_months_after_the_first_hand_over(city, until, refusal):
    task = city.task(city.handling())

    if refusal is None:
        actions.ask_extension(task, reason="管线要先迁改", until=until, by=city.unit_clerk)
        return
    with pytest.raises(NotPossible, match=refusal):
        actions.ask_extension(task, reason="管线要先迁改", until=until, by=city.unit_clerk)


def test_where_no_consent_is_needed_the_date_moves_and_the_deputy_is_told(city):
    no_consent(city)
    task = city.task(city.handling())

    actions.ask_extension(task, reason="管线要先迁改", until=UNTIL, by=city.unit_clerk)

    task = fresh(task)
    assert (task.state, task.clock.due_on) == (AssignmentState.HANDLING, UNTIL)
    assert fresh(task.suggestion).reply_clock.due_on == UNTIL
    assert "兰州市住房和城乡建设局的答复期限延长到2026年8月5日" in news_to(city.deputy_user)
    assert trail_of(task)[-1] == "inform_extension"


def test_a_second_round_has_no_extension(city):
    suggestion = city.replied()
    ways.walk.rate(suggestion, by=city.deputy_user, score="dissatisfied", words="没有说清")

    with pytest.raises(NotPossible, match="首次答复"):
        actions.ask_extension(city.task(suggestion), reason="管线", until=UNTIL, by=city.unit_clerk)


def test_a_part_asks_for_itself_and_the_others_go_on(city):
    suggestion = ways.divided(city)
    mine, theirs = ways.parts(suggestion)

    actions.ask_extension(mine, reason="管线要先迁改", until=UNTIL, by=city.unit_clerk)
    assert fresh(suggestion).state == State.HANDLING
    actions.grant_extension(mine, ruling="同意", by=city.clerk)

    assert (fresh(mine).clock.due_on, fresh(theirs).clock.due_on) == (UNTIL, DUE)
    assert fresh(suggestion).reply_clock.due_on == UNTIL


def test_what_was_merged_in_gets_the_same_time(city):
    task = city.task(city.handling())
    follower = ways.merged(city, into=task.suggestion)
    actions.ask_extension(task, reason="管线要先迁改", until=UNTIL, by=city.unit_clerk)

    actions.grant_extension(task, ruling="同意", by=city.clerk)

    assert fresh(follower).reply_clock.due_on == UNTIL
