"""Counting days: single cases told by hand, and properties that hold for every start and term."""

import datetime as dt

import pytest
from chinese_calendar import constants
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as some

from huiyin.rulebook.calculations import (
    Duration,
    Extension,
    Term,
    WorkingCalendar,
    due,
    duration_words,
    is_well_formed,
    is_within,
    rows,
    value_words,
)
from huiyin.rulebook.calculations.counting import add_months

CALENDAR = WorkingCalendar(
    {
        day: (day in constants.workdays, str(name))
        for day, name in (constants.holidays | constants.workdays).items()
    }
)
PLAIN = WorkingCalendar({})
SIX_MONTHS = Term("reply.max", Duration("months", 6), "代表法", "第五十一条")

# No test is timed: the machine may be busy with others.
untimed = settings(deadline=None)
days = some.dates(dt.date(2004, 1, 1), dt.date(2026, 12, 31))
working = some.integers(1, 60).map(lambda amount: Term("rule", Duration("working_days", amount)))
plain = some.one_of(
    some.integers(1, 24).map(lambda amount: Term("rule", Duration("months", amount))),
    some.integers(1, 400).map(lambda amount: Term("rule", Duration("days", amount))),
)


def term(unit, amount):
    return Term("reply.normal", Duration(unit, amount), "代表法", "第五十一条")


def told(found):
    with translation.override("zh-hans"):
        return rows(found.lines)


def test_three_months_end_on_the_same_day_number():
    found = due(dt.date(2026, 3, 5), term("months", 3), CALENDAR, start_words="交办")

    assert found.on == dt.date(2026, 6, 5)
    assert told(found) == [
        ("起算", "2026年3月5日交办，当日不计入"),
        ("期限", "3个月，到2026年6月5日；依据《代表法》第五十一条"),
        ("到期", "2026年6月5日"),
    ]


def test_a_month_that_lacks_the_day_ends_the_term_on_its_last():
    found = due(dt.date(2026, 1, 31), term("months", 1), CALENDAR)

    assert found.on == dt.date(2026, 2, 28)
    assert told(found)[1] == (
        "期限",
        "1个月，到2026年2月28日；那个月没有31日，算到月末；依据《代表法》第五十一条",
    )


def test_leap_day_is_reached_and_left():
    assert add_months(dt.date(2023, 8, 31), 6) == dt.date(2024, 2, 29)
    assert add_months(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)


def test_working_days_skip_the_holiday_and_count_the_sunday_worked_for_it():
    found = due(dt.date(2025, 4, 25), term("working_days", 5), CALENDAR, start_words="交办")

    assert found.on == dt.date(2025, 5, 6)
    assert told(found) == [
        ("起算", "2025年4月25日交办，当日不计入"),
        ("期限", "5个工作日，到2025年5月6日；依据《代表法》第五十一条"),
        ("跳过", "周末1天"),
        ("跳过", "劳动节放假5天（5月1日至5月5日）"),
        ("调休", "4月27日是调休上班日，计入"),
        ("到期", "2025年5月6日"),
    ]


def test_a_due_date_on_a_day_of_rest_stays_unless_the_place_moves_it():
    stays = due(dt.date(2025, 7, 2), term("months", 3), CALENDAR)
    moves = due(dt.date(2025, 7, 2), term("months", 3), CALENDAR, roll=True)

    assert (stays.on, moves.on) == (dt.date(2025, 10, 2), dt.date(2025, 10, 9))
    assert told(stays)[2] == ("顺延", "10月2日是国庆节，按本市规则不顺延")
    assert told(moves)[2] == ("顺延", "10月2日是国庆节，顺延到10月9日")


def test_a_year_without_notice_is_counted_by_weekends_and_says_so():
    found = due(dt.date(2026, 12, 30), term("working_days", 3), CALENDAR)

    assert found.on == dt.date(2027, 1, 4)
    assert ("说明", "2027年放假安排尚未公布，按周末推算") in told(found)


def test_an_extension_is_told_with_its_reason():
    longer = Extension(dt.date(2026, 8, 1), "涉及三个区县")
    found = due(
        dt.date(2026, 3, 5),
        term("months", 3),
        CALENDAR,
        extension=longer,
        maximum=(SIX_MONTHS, dt.date(2026, 3, 5)),
    )

    assert (found.on, found.latest) == (dt.date(2026, 8, 1), dt.date(2026, 9, 5))
    assert told(found)[2:] == [
        ("延期", "经同意延到2026年8月1日；原因：涉及三个区县"),
        (
            "上限",
            "从2026年3月5日起最长6个月，不得晚于2026年9月5日；依据《代表法》第五十一条",
        ),
        ("到期", "2026年8月1日"),
    ]


def test_a_unit_that_comes_in_late_is_bound_by_the_first_hand_over():
    found = due(
        dt.date(2026, 7, 1),
        term("months", 3),
        CALENDAR,
        maximum=(SIX_MONTHS, dt.date(2026, 3, 5)),
    )

    assert found.on == dt.date(2026, 9, 5)
    assert dict(told(found))["上限"].split("；")[1] == "以此为准"


def test_a_maximum_on_a_day_of_rest_moves_where_due_dates_move():
    start = dt.date(2026, 3, 5)
    found = due(start, term("months", 3), CALENDAR, roll=True, maximum=(SIX_MONTHS, start))

    assert found.latest == dt.date(2026, 9, 7)
    assert dict(told(found))["上限"].split("；")[1] == "遇休息日，已顺延"


def test_an_unconfirmed_rule_says_so():
    unconfirmed = Term("return.window", Duration("days", 5), "平台默认规则", "", False)

    assert told(due(dt.date(2026, 3, 2), unconfirmed, CALENDAR))[1] == (
        "期限",
        "5日，到2026年3月7日；依据《平台默认规则》（本地尚未确认）",
    )


@untimed
@given(days, working)
def test_a_term_of_working_days_never_ends_on_a_day_of_rest(start, rule):
    assert CALENDAR.is_working(due(start, rule, CALENDAR).on)


@untimed
@given(days, working)
def test_a_term_of_working_days_counts_exactly_its_working_days(start, rule):
    end = due(start, rule, CALENDAR).on
    passed = [start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1)]

    assert sum(map(CALENDAR.is_working, passed)) == rule.duration.amount


@untimed
@given(days, working)
def test_every_day_between_start_and_end_is_counted_or_told_as_skipped(start, rule):
    found = due(start, rule, CALENDAR)
    skipped = sum(line["count"] for line in found.lines if line["kind"] == "skipped")

    assert (found.on - start).days == rule.duration.amount + skipped


@untimed
@given(days, days, some.one_of(working, plain), some.booleans())
def test_a_later_start_never_ends_earlier(one, other, rule, roll):
    first, second = sorted([one, other])

    assert due(first, rule, CALENDAR, roll=roll).on <= due(second, rule, CALENDAR, roll=roll).on


@untimed
@given(days, plain)
def test_rolling_ends_on_a_working_day_and_never_earlier(start, rule):
    rolled = due(start, rule, CALENDAR, roll=True).on

    assert CALENDAR.is_working(rolled)
    assert rolled >= due(start, rule, CALENDAR).on


@untimed
@given(days, some.integers(1, 24))
def test_months_keep_the_day_number_or_end_the_month(start, amount):
    end = add_months(start, amount)

    is_last = (end + dt.timedelta(days=1)).day == 1
    assert end.day == start.day or (is_last and end.day < start.day)
    assert (end.year - start.year) * 12 + end.month - start.month == amount


@untimed
@given(days, some.one_of(working, plain), some.dates(dt.date(2004, 1, 1), dt.date(2040, 1, 1)))
def test_no_extension_passes_the_maximum(start, rule, to):
    found = due(start, rule, CALENDAR, extension=Extension(to, "…"), maximum=(SIX_MONTHS, start))

    assert found.on <= found.latest == due(start, SIX_MONTHS, CALENDAR).on


@untimed
@given(days, some.integers(1, 50))
def test_without_holidays_five_working_days_are_a_week(day, weeks):
    start = PLAIN.next_working(day)
    rule = Term("rule", Duration("working_days", 5 * weeks))

    assert due(start, rule, PLAIN).on == start + dt.timedelta(weeks=weeks)


@untimed
@given(days, some.one_of(working, plain))
def test_the_longest_estimate_is_never_too_short(start, rule):
    length = (due(start, rule, CALENDAR).on - start).days

    assert rule.duration.shortest_days() <= length <= rule.duration.longest_days()


@untimed
@given(days, some.one_of(working, plain), some.booleans())
def test_every_calculation_can_be_told(start, rule, roll):
    assert all(label and words for label, words in told(due(start, rule, CALENDAR, roll=roll)))


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"weeks": 2},
        {"months": 3, "days": 1},
        {"months": 0},
        {"days": -5},
        {"days": 10**9},
        {"days": True},
        {"days": "5"},
        [5],
        5,
        None,
    ],
)
def test_parse_refuses_what_is_no_duration(value):
    with pytest.raises(ValueError, match="not a duration"):
        Duration.parse(value)


@pytest.mark.parametrize(
    ("value", "law", "latitude", "expected"),
    [
        ({"months": 3}, {"months": 3}, "none", True),
        ({"months": 2}, {"months": 3}, "none", False),
        ({"months": 2}, {"months": 3}, "shorter", True),
        ({"months": 4}, {"months": 3}, "shorter", False),
        ({"days": 60}, {"months": 3}, "shorter", True),
        ({"days": 90}, {"months": 3}, "shorter", False),  # February makes three months 89 days
        ({"months": 12}, {"months": 6}, "longer", True),
        ({"months": 3}, {"months": 6}, "longer", False),
        ({"working_days": 10}, {"days": 5}, "free", True),
        (12, 10, "longer", True),
        ("ten", 10, "longer", False),
    ],
)
def test_is_within_knows_the_room_the_law_leaves(value, law, latitude, expected):
    assert is_within(value, law, latitude) is expected


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("reply.normal", {"months": 3}, True),
        ("reply.normal", 3, False),
        ("points.low", 60, True),
        ("points.low", {"days": 60}, False),
        ("points.low", 0, False),
        ("ledger.notice", 4, True),
        ("ledger.notice", 5, False),
        ("reminder.from", 9, True),
        ("reminder.from", 25, False),
        ("routing.examples_min", 10_001, False),
        ("counting.roll_to_working_day", False, True),
        ("counting.roll_to_working_day", 0, False),
        ("motion.signers", {"city": 10, "township": 5}, True),
        ("motion.signers", {"moon": 10}, False),
        ("motion.signers", 10, False),
    ],
)
def test_is_well_formed_knows_the_form_of_each_rule(key, value, expected):
    assert is_well_formed(key, value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"months": 3}, "3个月"),
        ({"working_days": 5}, "5个工作日"),
        ({"days": 20}, "20日"),
        (True, "是"),
        (False, "否"),
        (60, "60"),
        ({"city": 10, "township": 5}, "市级 10，乡级 5"),
    ],
)
def test_value_words_say_it_as_people_do(value, expected):
    with translation.override("zh-hans"):
        assert value_words(value) == expected


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("key.count_min", 10, "不少于10件"),
        ("reception.per_deputy_year", 2, "不少于2次"),
        ("group.per_year", 2, "不少于2次"),
        ("absence.limit", 2, "2次"),
        ("points.low", 60, "60分"),
        ("ledger.notice", 4, "每年第4季度"),
        ("reminder.to", 17, "17时"),
        ("routing.examples_min", 100, "不少于100件"),
    ],
)
def test_value_words_say_what_a_number_counts(key, value, expected):
    with translation.override("zh-hans"):
        assert value_words(value, key) == expected


def test_duration_words_are_plain():
    with translation.override("zh-hans"):
        assert duration_words(Duration("working_days", 10)) == "10个工作日"
