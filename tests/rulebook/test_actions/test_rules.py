"""Changing rules and days: what moves, what is refused, what a preview tells."""

import datetime as dt

import pytest

from huiyin.kernel import trail, verify
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook import actions, events
from huiyin.rulebook.models import CalendarDay, Rule
from tests.regions.factories import RegionFactory
from tests.rulebook.factories import load_qingdao, reply_clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = dt.date(2026, 3, 5)
KEEPER = trail.Actor("user", "周明", 7)


def test_change_day_moves_running_clocks_and_tells(django_capture_on_commit_callbacks):
    running = reply_clock(rule="return.window")
    stopped = actions.stop_clock(reply_clock(rule="return.window"), on=DAY)
    heard = []
    events.clock_moved.connect(lambda **news: heard.append(news), weak=False, dispatch_uid="test")

    with django_capture_on_commit_callbacks(execute=True):
        _day, moves = actions.change_day(
            dt.date(2026, 3, 9), is_working=False, name="全市停电", by=KEEPER
        )
    events.clock_moved.disconnect(dispatch_uid="test")

    running.refresh_from_db()
    stopped.refresh_from_db()
    assert (running.due_on, stopped.due_on) == (dt.date(2026, 3, 13), dt.date(2026, 3, 12))
    assert [(move.clock.pk, move.before, move.after) for move in moves] == [
        (running.pk, dt.date(2026, 3, 12), dt.date(2026, 3, 13))
    ]
    assert [(news["clock_id"], news["after"]) for news in heard] == [
        (running.pk, dt.date(2026, 3, 13))
    ]


def test_change_day_again_corrects_the_day_and_keeps_what_it_was():
    actions.change_day(DAY, is_working=False, name="全市停电", by=KEEPER)

    day, _moves = actions.change_day(DAY, is_working=True, name="照常上班", by=KEEPER)

    entry = Entry.objects.get(item_kind=CalendarDay.item_kind(), item_id=day.pk, step="change")
    assert (day.version, entry.before["name"], entry.actor_label) == (2, "全市停电", "周明")


def test_change_day_of_a_place_leaves_other_places_alone():
    load_qingdao()
    here = reply_clock(rule="return.window")
    there = reply_clock(rule="return.window", region=RegionFactory(qingdao=True))

    _day, moves = actions.change_day(
        dt.date(2026, 3, 9), is_working=False, name="停电", region=here.region, by=KEEPER
    )

    there.refresh_from_db()
    assert ([move.clock for move in moves], there.due_on) == ([here], dt.date(2026, 3, 12))


def test_change_rule_moves_what_started_under_it():
    before, after = (
        reply_clock(rule="return.window", start=dt.date(2026, 2, 2)),
        reply_clock(rule="return.window"),
    )

    rule, moves = actions.change_rule(
        "return.window",
        RegionFactory(),
        value={"working_days": 7},
        valid_from=dt.date(2026, 3, 1),
        source="兰州市办理办法",
        article="第十条",
        by=KEEPER,
    )

    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.due_on, after.due_on) == (dt.date(2026, 2, 9), dt.date(2026, 3, 16))
    assert (after.rule, [move.clock for move in moves]) == (rule, [after])
    assert after.explained()[1][1].endswith("依据《兰州市办理办法》第十条")


def test_change_rule_of_the_same_day_corrects_it_with_a_trail():
    facts = {"valid_from": DAY, "source": "兰州市办理办法", "by": KEEPER}
    city = RegionFactory()
    actions.change_rule("rating.window", city, value={"working_days": 15}, **facts)

    rule, _moves = actions.change_rule("rating.window", city, value={"working_days": 10}, **facts)

    entries = Entry.objects.filter(item_kind=Rule.item_kind(), item_id=rule.pk).order_by("sequence")
    assert list(entries.values_list("step", "words")) == [
        ("create", "15个工作日"),
        ("change", "15个工作日 → 10个工作日"),
    ]


def test_change_rule_may_be_stricter_than_the_law_but_never_laxer():
    facts = {"valid_from": DAY, "source": "兰州市办理办法", "by": KEEPER}
    city = RegionFactory()

    rule, _moves = actions.change_rule("reply.normal", city, value={"months": 2}, **facts)
    assert rule.words == "2个月"

    with pytest.raises(NotPossible, match="《代表法》第五十一条规定“答复代表”为3个月"):
        actions.change_rule("reply.normal", city, value={"months": 4}, **facts)


def test_change_rule_does_not_touch_the_law_itself():
    with pytest.raises(NotPossible, match="这是法律规定"):
        actions.change_rule(
            "reply.normal",
            RegionFactory(country=True),
            value={"months": 2},
            valid_from=DAY,
            source="某文件",
            by=KEEPER,
        )


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [("reply.fast", {"days": 1}, "没有“reply.fast”"), ("rating.window", 20, "写法不对")],
)
def test_change_rule_refuses_nonsense(key, value, words):
    with pytest.raises(NotPossible, match=words):
        actions.change_rule(
            key, RegionFactory(), value=value, valid_from=DAY, source="某文件", by=KEEPER
        )


def test_change_rule_of_the_warnings_recolours_without_moving():
    clock = reply_clock()

    _rule, moves = actions.change_rule(
        "warning.yellow",
        RegionFactory(),
        value={"days": 10},
        valid_from=dt.date(2026, 1, 1),
        source="某文件",
        by=KEEPER,
    )

    clock.refresh_from_db()
    assert (moves, clock.yellow_on) == ([], dt.date(2026, 5, 26))


def test_preview_rule_tells_what_would_move_and_changes_nothing():
    clock = reply_clock(rule="return.window")
    before = list(Rule.objects.order_by("pk").values())

    moves = actions.preview_rule(
        "return.window",
        RegionFactory(),
        value={"working_days": 7},
        valid_from=DAY,
        source="某文件",
        by=KEEPER,
    )

    clock.refresh_from_db()
    assert [(move.clock, move.after) for move in moves] == [(clock, dt.date(2026, 3, 16))]
    assert (clock.due_on, list(Rule.objects.order_by("pk").values())) == (
        dt.date(2026, 3, 12),
        before,
    )


def test_preview_day_tells_what_would_move_and_changes_nothing():
    clock = reply_clock(rule="return.window")

    moves = actions.preview_day(dt.date(2026, 3, 9), is_working=False, name="停电", by=KEEPER)

    assert [move.clock for move in moves] == [clock]
    assert not CalendarDay.objects.exists()


@pytest.mark.slow
def test_rules_and_calendar_leave_a_trail_that_holds():
    actions.load_calendar()
    actions.change_day(DAY, is_working=False, name="全市停电", by=KEEPER)
    actions.change_rule(
        "rating.window",
        RegionFactory(),
        value={"working_days": 15},
        valid_from=DAY,
        source="兰州市办理办法",
        by=KEEPER,
    )
    trail.seal_all()

    assert list(verify.faults()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_change_day_asks_the_same_however_many_clocks(count, django_assert_num_queries):
    for _number in range(count):
        reply_clock(rule="return.window")

    # the day and its trail 5, clocks 1, rules and days 2, the update 1, a savepoint
    with django_assert_num_queries(9):
        actions.change_day(dt.date(2026, 3, 9), is_working=False, name="停电", by=KEEPER)
