"""Counting days, working days and months, each step kept as a line. No database, no Django."""

import calendar as months
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

Line = dict[str, Any]

MONTHS, WORKING_DAYS, DAYS = "months", "working_days", "days"
UNITS = (MONTHS, WORKING_DAYS, DAYS)
WEEKEND = "weekend"
LONGEST = {MONTHS: 1200, WORKING_DAYS: 250, DAYS: 36500}


@dataclass(frozen=True)
class Duration:
    unit: str
    amount: int

    @classmethod
    def parse(cls, value: object) -> "Duration":
        """A duration from its form in a rule, `{"months": 3}`. Raises ValueError."""
        if not isinstance(value, dict) or len(value) != 1:
            raise ValueError(f"not a duration: {value!r}")
        unit, amount = next(iter(value.items()))
        if unit not in UNITS or type(amount) is not int or not 0 < amount <= LONGEST[unit]:
            raise ValueError(f"not a duration: {value!r}")
        return cls(unit, amount)

    def shortest_days(self) -> int:
        return self.amount * {MONTHS: 28, WORKING_DAYS: 1, DAYS: 1}[self.unit]

    def longest_days(self) -> int:
        """More calendar days than the term can take: no rest in China lasts over 10 days."""
        return {
            MONTHS: self.amount * 31,
            WORKING_DAYS: self.amount * 3 + 14,
            DAYS: self.amount,
        }[self.unit]


@dataclass(frozen=True)
class WorkingCalendar:
    """Weekends, and the days that differ: date to (is working, why)."""

    exceptions: Mapping[dt.date, tuple[bool, str]]

    def is_working(self, day: dt.date) -> bool:
        known = self.exceptions.get(day)
        return known[0] if known else day.weekday() < 5

    def reason(self, day: dt.date) -> str:
        known = self.exceptions.get(day)
        return known[1] if known else WEEKEND

    def is_published(self, year: int) -> bool:
        """New Year's Day stands in every yearly notice, so it tells whether one was loaded."""
        return dt.date(year, 1, 1) in self.exceptions

    def next_working(self, day: dt.date) -> dt.date:
        while not self.is_working(day):
            day += dt.timedelta(days=1)
        return day


@dataclass(frozen=True)
class Term:
    """A rule's duration with what a reader needs to look it up.

    `is_default` says that the place has no text of its own and the platform's proposal holds.
    """

    key: str
    duration: Duration
    source: str = ""
    article: str = ""
    is_confirmed: bool = True
    is_default: bool = False

    def as_line(self) -> Line:
        return {
            "rule": self.key,
            "unit": self.duration.unit,
            "amount": self.duration.amount,
            "source": self.source,
            "article": self.article,
            "confirmed": self.is_confirmed,
            "default": self.is_default,
        }


@dataclass(frozen=True)
class Extension:
    to: dt.date
    reason: str


@dataclass(frozen=True)
class Due:
    """The date, the lines it follows from, and the day it may never pass."""

    on: dt.date
    lines: tuple[Line, ...]
    latest: dt.date | None = None


def due(
    start: dt.date,
    term: Term,
    calendar: WorkingCalendar,
    *,
    start_words: str = "",
    roll: bool = False,
    extension: Extension | None = None,
    maximum: tuple[Term, dt.date] | None = None,
) -> Due:
    """When the term ends. The start day is not counted.

    An extension only ever gives more time, and nothing passes the maximum.
    """
    on, lines = _count(start, term, calendar, roll=roll)
    lines.insert(0, {"kind": "start", "date": start.isoformat(), "words": start_words})
    if extension and extension.to > on:
        on = extension.to
        lines.append({"kind": "extension", "date": on.isoformat(), "reason": extension.reason})
    latest = None
    if maximum:
        longest, since = maximum
        latest, steps = _count(since, longest, calendar, roll=roll)
        rolled = any(step["kind"] == "rolled" for step in steps)
        facts = {"since": since.isoformat(), "date": latest.isoformat(), "rolled": rolled}
        line = {"kind": "maximum", **longest.as_line(), **facts, "reached": on > latest}
        lines.append(line)
        on = min(on, latest)
    lines.append({"kind": "due", "date": on.isoformat()})
    return Due(on, tuple(lines), latest)


def is_within(value: object, law: object, latitude: str) -> bool:
    """Whether a smaller place's value stays inside the room the law leaves."""
    if latitude == "free" or value == law:
        return True
    if latitude == "shorter":
        return _at_most(value, law)
    if latitude == "longer":
        return _at_most(law, value)
    return False


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day number so many months on, or the last day of a month that lacks it."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = months.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _count(
    start: dt.date, term: Term, calendar: WorkingCalendar, *, roll: bool
) -> tuple[dt.date, list[Line]]:
    if term.duration.unit == WORKING_DAYS:
        return _count_working(start, term, calendar)
    on = _count_plain(start, term.duration)
    line = {"kind": "term", **term.as_line(), "date": on.isoformat()}
    if term.duration.unit == MONTHS and on.day != start.day:
        line["month_end"] = start.day
    return _roll(on, calendar, [line], roll=roll)


def _count_plain(start: dt.date, duration: Duration) -> dt.date:
    if duration.unit == MONTHS:
        return add_months(start, duration.amount)
    return start + dt.timedelta(days=duration.amount)


def _count_working(
    start: dt.date, term: Term, calendar: WorkingCalendar
) -> tuple[dt.date, list[Line]]:
    day, left, passed = start, term.duration.amount, []
    while left:
        day += dt.timedelta(days=1)
        passed.append(day)
        left -= calendar.is_working(day)
    line = {"kind": "term", **term.as_line(), "date": day.isoformat()}
    years = range(start.year, day.year + 1)
    return day, [
        line,
        *_skipped(passed, calendar),
        *_moved(passed, calendar),
        *_unpublished(years, calendar),
    ]


def _skipped(days: Iterable[dt.date], calendar: WorkingCalendar) -> Iterable[Line]:
    """The days of rest passed over: one line for each holiday, one for all plain weekends."""
    rests = [(calendar.reason(day), day) for day in days if not calendar.is_working(day)]
    weekends = [day for reason, day in rests if reason == WEEKEND]
    holidays = [(reason, day) for reason, day in rests if reason != WEEKEND]
    if weekends:
        yield _days_line("skipped", WEEKEND, weekends)
    for reason, group in groupby(holidays, key=lambda rest: rest[0]):
        yield _days_line("skipped", reason, [day for _reason, day in group])


def _moved(days: Iterable[dt.date], calendar: WorkingCalendar) -> Iterable[Line]:
    """Weekend days worked in exchange for a holiday (调休): they count."""
    worked = [day for day in days if day.weekday() >= 5 and calendar.is_working(day)]
    if worked:
        yield _days_line("moved", "", worked)


def _roll(
    on: dt.date, calendar: WorkingCalendar, lines: list[Line], *, roll: bool
) -> tuple[dt.date, list[Line]]:
    rolled = calendar.next_working(on)
    if rolled == on:
        return on, lines
    facts = {"date": on.isoformat(), "reason": calendar.reason(on)}
    if not roll:
        return on, [*lines, {"kind": "not_rolled", **facts}]
    moved = {"kind": "rolled", **facts, "to": rolled.isoformat()}
    years = range(on.year, rolled.year + 1)
    return rolled, [*lines, moved, *_unpublished(years, calendar)]


def _unpublished(years: Iterable[int], calendar: WorkingCalendar) -> Iterable[Line]:
    unknown = [year for year in years if not calendar.is_published(year)]
    if unknown:
        yield {"kind": "unpublished", "years": unknown}


def _days_line(kind: str, reason: str, days: list[dt.date]) -> Line:
    return {
        "kind": kind,
        "reason": reason,
        "count": len(days),
        "dates": [day.isoformat() for day in days],
    }


def _at_most(small: object, large: object) -> bool:
    if isinstance(small, (int, float)) and isinstance(large, (int, float)):
        return small <= large
    try:
        first, second = Duration.parse(small), Duration.parse(large)
    except ValueError:
        return False
    if first.unit == second.unit:
        return first.amount <= second.amount
    return first.longest_days() <= second.shortest_days()
