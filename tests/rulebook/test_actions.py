"""Starting, stopping, extending clocks; changing rules and days; the packs as they are shipped."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from huiyin.kernel import trail, verify
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotPossible
from huiyin.regions.actions import DIVISIONS, load_divisions
from huiyin.rulebook import actions, events
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import CalendarDay, Clock, Rule
from tests.regions.factories import RegionFactory
from tests.rulebook.factories import ClockFactory, load_rules

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 5)
KEEPER = trail.Actor("user", "周明", 7)


@pytest.fixture(autouse=True)
def _rules():
    load_rules()


def reply_clock(*, rule="reply.normal", region=None, start=DAY, maximum=None):
    return actions.start_clock(
        rule=rule,
        region=region or RegionFactory(),
        start=start,
        start_words="交办",
        maximum=maximum,
    )


def test_start_clock_stores_the_date_and_how_it_came_about():
    clock = reply_clock()

    clock.refresh_from_db()
    assert (clock.due_on, clock.yellow_on, clock.orange_on) == (
        dt.date(2026, 6, 5),
        dt.date(2026, 5, 21),
        dt.date(2026, 5, 31),
    )
    assert (clock.rule.article, clock.latest) == ("第五十一条", dt.date(2026, 9, 5))
    assert [label for label, _words in clock.explained()] == ["起算", "期限", "上限", "到期"]


def test_start_clock_keeps_the_law_of_its_day():
    clock = reply_clock(start=dt.date(2024, 3, 5))

    assert (clock.rule.source, clock.due_on) == ("代表法（2025年修改前）", dt.date(2024, 6, 5))


def test_start_clock_of_a_later_unit_ends_with_the_first_hand_over():
    clock = reply_clock(start=dt.date(2026, 7, 1), maximum=("reply.max", DAY))

    assert clock.due_on == dt.date(2026, 9, 5)


def test_start_clock_costs_three_queries(django_assert_num_queries):
    city = RegionFactory()

    with django_assert_num_queries(3):
        reply_clock(region=city)


def test_start_clocks_starts_many_for_the_price_of_one(django_assert_num_queries):
    city, starts = RegionFactory(), [DAY, dt.date(2026, 3, 6), DAY]

    with django_assert_num_queries(3):
        clocks = actions.start_clocks(
            rule="return.window", region=city, starts=starts, start_words="收到"
        )

    assert [clock.due_on.day for clock in clocks] == [12, 13, 12]
    assert list(actions.verify_clocks()) == []
    assert actions.start_clocks(rule="x", region=city, starts=[], start_words="收到") == []


def test_stop_clock_settles_whether_it_was_kept():
    clock = actions.stop_clock(reply_clock(), on=dt.date(2026, 6, 5))

    assert (clock.stopped_on, clock.was_kept) == (dt.date(2026, 6, 5), True)


def test_stop_clock_twice_is_not_possible():
    clock = reply_clock()
    actions.stop_clock(clock, on=DAY)

    with pytest.raises(NotPossible, match="已经停止计时"):
        actions.stop_clock(clock, on=DAY)


def test_void_clock_counts_for_nothing():
    clock = actions.void_clock(reply_clock(), on=DAY)

    assert (clock.is_void, clock.was_kept) == (True, None)


def test_resume_clock_runs_on_from_its_old_start():
    stopped = actions.stop_clock(reply_clock(), on=DAY)

    clock = actions.resume_clock(stopped)

    assert (clock.stopped_on, clock.due_on) == (None, dt.date(2026, 6, 5))
    with pytest.raises(NotPossible, match="还在计时"):
        actions.resume_clock(clock)


def test_extend_clock_gives_more_time_and_says_why():
    clock = actions.extend_clock(reply_clock(), to=dt.date(2026, 8, 5), reason="涉及三个区县")

    assert clock.due_on == dt.date(2026, 8, 5)
    assert dict(clock.explained())["延期"] == "经同意延到2026年8月5日；原因：涉及三个区县"


@pytest.mark.parametrize(
    ("to", "reason", "words"),
    [
        (dt.date(2026, 9, 6), "还要时间", "法定上限"),
        (dt.date(2026, 6, 5), "还要时间", "必须晚于"),
        (dt.date(2026, 8, 5), "  ", "延期原因"),
    ],
)
def test_extend_clock_refuses_what_the_law_or_sense_forbids(to, reason, words):
    clock = reply_clock()

    with pytest.raises(NotPossible, match=words):
        actions.extend_clock(clock, to=to, reason=reason)

    clock.refresh_from_db()
    assert (clock.due_on, clock.extended_to) == (dt.date(2026, 6, 5), None)


def test_extend_clock_of_a_stopped_clock_is_not_possible():
    clock = actions.stop_clock(reply_clock(), on=DAY)

    with pytest.raises(NotPossible, match="已经停止计时"):
        actions.extend_clock(clock, to=dt.date(2026, 8, 5), reason="还要时间")


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
    actions.load_pack(_with_qingdao())
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


def test_verify_clocks_is_silent_when_every_date_follows():
    reply_clock()
    reply_clock(rule="return.window")

    assert list(actions.verify_clocks()) == []


def test_verify_clocks_names_a_date_changed_past_the_actions():
    clock = reply_clock()
    Clock.objects.update(due_on=dt.date(2026, 7, 1))

    assert list(actions.verify_clocks()) == [
        f"clock {clock.pk} reply.normal: stored 2026-07-01, follows 2026-06-05"
    ]


def test_the_command_verify_clocks_fails_with_the_dates_that_do_not_follow(capsys):
    reply_clock()
    call_command("verify_clocks")
    Clock.objects.update(due_on=dt.date(2026, 7, 1))

    with pytest.raises(CommandError, match="1 clocks do not follow"):
        call_command("verify_clocks")

    told = capsys.readouterr()
    assert told.out == "1 running clocks follow from their rules\n"
    assert "stored 2026-07-01, follows 2026-06-05" in told.err


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


def test_verify_clocks_walks_through_more_than_one_batch(monkeypatch):
    monkeypatch.setattr("huiyin.rulebook.actions.clocks.BATCH", 2)
    for _number in range(3):
        reply_clock()
    Clock.objects.update(due_on=DAY)

    assert len(list(actions.verify_clocks())) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_change_day_asks_the_same_however_many_clocks(count, django_assert_num_queries):
    for _number in range(count):
        reply_clock(rule="return.window")

    # the day and its trail 6, clocks 1, rules and days 2, the update 1, a savepoint
    with django_assert_num_queries(11):
        actions.change_day(dt.date(2026, 3, 9), is_working=False, name="停电", by=KEEPER)


def test_load_pack_twice_changes_nothing():
    before = list(Rule.objects.order_by("pk").values())

    load_rules()

    assert list(Rule.objects.order_by("pk").values()) == before


def test_load_pack_refuses_more_than_the_law_allows(tmp_path):
    lax = tmp_path / "lax.toml"
    lax.write_text(
        'region = "620100"\nvalid_from = 2026-01-01\nsource = "某文件"\n'
        '[[rules]]\nkey = "reply.max"\nvalue = { months = 12 }\n',
        "utf-8",
    )

    with pytest.raises(NotPossible, match="地方可以更短"):
        actions.load_pack(lax)


def test_every_rule_the_house_asks_for_has_a_national_value():
    stored = Rule.objects.filter(region__code="000000")

    assert set(stored.values_list("key", flat=True)) == set(Key.values)


def test_only_laws_and_named_sources_count_as_confirmed():
    unconfirmed = Rule.objects.filter(is_confirmed=False, is_law=False)

    assert set(Rule.objects.exclude(pk__in=unconfirmed).values_list("is_law", flat=True)) == {True}


@pytest.mark.slow
def test_load_rules_proves_every_pack_by_its_examples(capsys):
    _with_qingdao()

    call_command("load_rules")
    call_command("load_rules")

    told = capsys.readouterr().out.splitlines()
    assert told[4:] == ["calendar: 0 new days", *told[1:4]]
    assert len(told) == 8


def test_load_rules_says_which_example_fails(tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        'region = "620100"\n[[examples]]\nrule = "reply.normal"\n'
        "start = 2026-03-05\ndue = 2026-06-06\n",
        "utf-8",
    )

    with pytest.raises(CommandError, match="expected 2026-06-06, counted 2026-06-05"):
        call_command("load_rules", wrong)


@pytest.mark.slow
def test_load_calendar_knows_holidays_and_the_days_worked_for_them():
    assert actions.load_calendar() > 700
    assert actions.load_calendar() == 0

    labour_day, sunday = dt.date(2025, 5, 1), dt.date(2025, 4, 27)
    assert [CalendarDay.objects.is_working(day) for day in (labour_day, sunday)] == [False, True]


@pytest.mark.slow
def test_load_calendar_moves_what_was_counted_without_it():
    clock = reply_clock(rule="return.window", start=dt.date(2025, 4, 25))

    actions.load_calendar()

    before, clock = clock.due_on, Clock.objects.get()
    assert (before, clock.due_on) == (dt.date(2025, 5, 2), dt.date(2025, 5, 6))


def test_a_factory_clock_is_no_more_than_a_row():
    assert ClockFactory().due_on == dt.date(2026, 6, 5)


def _with_qingdao():
    """Qingdao's divisions; the answer is its pack."""
    load_divisions(DIVISIONS / "upper.csv")
    return actions.PACKS / "qingdao.toml"
