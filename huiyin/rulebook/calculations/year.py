"""A year's sheet: every day with what it is and why."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.rulebook.calculations.counting import WorkingCalendar

WORK, WEEKEND, HOLIDAY, MOVED = "work", "weekend", "holiday", "moved"


@dataclass(frozen=True)
class Day:
    """`kind` is work, weekend, holiday, or moved: a weekend day that is worked."""

    date: dt.date
    kind: str
    reason: str = ""


@dataclass(frozen=True)
class Month:
    """Weeks from Monday on; None stands for a day of the neighbouring month."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]


def year_sheet(year: int, working: WorkingCalendar) -> list[Month]:
    return [Month(number, tuple(_weeks(year, number, working))) for number in range(1, 13)]


def _weeks(year: int, month: int, working: WorkingCalendar) -> Iterator[tuple[Day | None, ...]]:
    for week in calendar.Calendar().monthdatescalendar(year, month):
        yield tuple(_day(date, working) if date.month == month else None for date in week)


def _day(date: dt.date, working: WorkingCalendar) -> Day:
    is_plain_work = date.weekday() < 5
    if working.is_working(date):
        if is_plain_work:
            return Day(date, WORK)
        return Day(date, MOVED, working.reason(date))
    reason = working.reason(date)
    return Day(date, WEEKEND) if reason == WEEKEND else Day(date, HOLIDAY, reason)
