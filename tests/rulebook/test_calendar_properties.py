"""What must hold of every calendar: moved working days, month ends, leap days, the hard maximum."""

import calendar
import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as some

from huiyin.rulebook.calculations import Duration, Extension, Term, WorkingCalendar, due
from huiyin.rulebook.calculations.counting import add_months
from tests.rulebook.test_calculations import CALENDAR, PLAIN, days, plain, untimed, working

ONE_DAY = dt.timedelta(days=1)
any_term = some.one_of(working, plain)
far = some.dates(dt.date(2004, 1, 1), dt.date(2090, 12, 31))


def days_term(amount: int) -> Term:
    return Term("rule", Duration("days", amount))


def months_term(amount: int) -> Term:
    return Term("rule", Duration("months", amount))


def working_term(amount: int) -> Term:
    return Term("rule", Duration("working_days", amount))


def with_day(day: dt.date, *, is_working: bool) -> WorkingCalendar:
    return WorkingCalendar({**CALENDAR.exceptions, day: (is_working, "调整")})


@untimed
@given(days, working, some.integers(1, 120))
def test_a_rest_day_that_is_worked_brings_the_end_forward_or_leaves_it(start, rule, after):
    day = start + after * ONE_DAY
    assume(not CALENDAR.is_working(day))
    before = due(start, rule, CALENDAR).on

    moved = due(start, rule, with_day(day, is_working=True)).on

    if day > before:
        assert moved == before
    else:
        assert moved < before
        assert working_days_between(moved, before) == 1


@untimed
@given(days, working, some.integers(1, 120))
def test_a_working_day_that_falls_away_puts_the_end_off_by_one_working_day(start, rule, after):
    day = start + after * ONE_DAY
    assume(CALENDAR.is_working(day))
    before = due(start, rule, CALENDAR).on

    moved = due(start, rule, with_day(day, is_working=False)).on

    if day > before:
        assert moved == before
    else:
        assert moved == next_working_after(before)


@untimed
@given(days, plain, some.integers(1, 800), some.booleans())
def test_months_and_calendar_days_ask_the_calendar_only_for_their_last_day(
    start, rule, after, is_working
):
    day = start + after * ONE_DAY
    plain_end = due(start, rule, CALENDAR).on
    assume(not plain_end <= day <= plain_end + 14 * ONE_DAY)
    changed = with_day(day, is_working=is_working)

    assert due(start, rule, changed, roll=True).on == due(start, rule, CALENDAR, roll=True).on


@untimed
@given(some.integers(2004, 2090), some.integers(1, 12), some.integers(1, 36))
def test_from_the_last_day_of_a_month_one_comes_no_later_than_a_last_day(year, month, amount):
    last = add_months(dt.date(year, month, 1), 1) - ONE_DAY

    end = due(last, months_term(amount), PLAIN).on

    assert end.day == min(last.day, (add_months(end.replace(day=1), 1) - ONE_DAY).day)


@untimed
@given(far, some.integers(1, 24))
def test_a_month_term_never_slips_into_the_month_after(start, amount):
    end = due(start, months_term(amount), PLAIN).on

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == amount


@untimed
@given(some.integers(2004, 2088).filter(lambda year: year % 4 == 0), some.integers(1, 20))
def test_a_leap_day_comes_back_in_leap_years_and_is_the_28th_between(year, years):
    end = due(dt.date(year, 2, 29), months_term(12 * years), PLAIN).on

    assert (end.month, end.day) == (2, 29 if calendar.isleap(year + years) else 28)


@untimed
@given(some.integers(2004, 2090), some.integers(1, 400))
def test_calendar_days_count_the_leap_day_and_months_do_not(year, amount):
    start = dt.date(year, 2, 1)
    is_leap = calendar.isleap(year)

    assert due(start, days_term(amount), PLAIN).on == start + amount * ONE_DAY
    assert due(start, months_term(1), PLAIN).on == dt.date(year, 3, 1)
    assert due(start, days_term(28), PLAIN).on == dt.date(
        year, 2 if is_leap else 3, 29 if is_leap else 1
    )


@untimed
@given(days, any_term, plain, some.integers(-400, 1_000), some.booleans())
def test_an_extension_ends_where_it_says_unless_the_maximum_is_nearer(
    start, rule, longest, beyond, roll
):
    without = due(start, rule, CALENDAR, roll=roll, maximum=(longest, start))
    plain_end = due(start, rule, CALENDAR, roll=roll).on
    to = plain_end + beyond * ONE_DAY

    found = due(
        start,
        rule,
        CALENDAR,
        roll=roll,
        extension=Extension(to, "涉及面广"),
        maximum=(longest, start),
    )

    assert found.on == min(max(plain_end, to), found.latest)
    assert found.on >= without.on
    reached = next(line["reached"] for line in found.lines if line["kind"] == "maximum")
    assert reached == (max(plain_end, to) > found.latest)


@untimed
@given(days, some.integers(1, 60))
def test_working_days_take_at_least_as_long_as_calendar_days(start, amount):
    by_calendar = due(start, days_term(amount), CALENDAR).on
    by_work = due(start, working_term(amount), CALENDAR).on

    assert by_work >= by_calendar
    rests = (by_work - start).days - amount
    assert rests == len([day for day in passed(start, by_work) if not CALENDAR.is_working(day)])


@untimed
@given(days, some.integers(1, 24))
def test_a_month_is_never_shorter_than_28_nor_longer_than_31_days(start, amount):
    length = (due(start, months_term(amount), PLAIN).on - start).days

    assert 28 * amount <= length <= 31 * amount


@untimed
@given(days, some.integers(1, 30), some.integers(1, 30))
def test_working_days_add_up_but_months_need_not(start, first, second):
    halfway = due(start, working_term(first), CALENDAR).on

    assert (
        due(halfway, working_term(second), CALENDAR).on
        == due(start, working_term(first + second), CALENDAR).on
    )
    # 31 January + 1 + 1 month is 28 March, + 2 months is 31 March: so a maximum is always
    # counted from its own start, never on from the normal term.
    january = dt.date(2026, 1, 31)
    step = due(due(january, months_term(1), PLAIN).on, months_term(1), PLAIN).on
    assert (step, due(january, months_term(2), PLAIN).on) == (
        dt.date(2026, 3, 28),
        dt.date(2026, 3, 31),
    )


def passed(start: dt.date, end: dt.date) -> list[dt.date]:
    return [start + n * ONE_DAY for n in range(1, (end - start).days + 1)]


def working_days_between(start: dt.date, end: dt.date) -> int:
    return sum(CALENDAR.is_working(day) for day in passed(start, end))


def next_working_after(day: dt.date) -> dt.date:
    return CALENDAR.next_working(day + ONE_DAY)
