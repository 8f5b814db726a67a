"""Lunar dates reckoned from sun and moon, apart from any table: what people say who know their birthday so.

New moons and the sun's longitude after Meeus, Astronomical Algorithms, chapters 49 and 25: right to a
few minutes, which only matters when a new moon falls that close to midnight in Beijing.
"""

import datetime as dt
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from math import floor, radians, sin
from typing import Final, NamedTuple

J2000: Final = 2451545.0
CENTURY: Final = 36525.0
BEIJING: Final = 8 / 24
DAY_ZERO: Final = 1721424.5  # Julian date of day 0 of datetime's ordinals
FIRST_MONTH, LAST_MONTH = -1370, 380  # new moons from 2000 on; 1889 to 2030
ELEVENTH: Final = 9  # the month with the winter solstice, at 270 degrees of longitude
DIGITS: Final = "〇一二三四五六七八九"
MONTHS: Final = ("正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月")  # fmt: skip


class LunarDay(NamedTuple):
    year: int
    month: int
    leap: bool
    day: int

    @property
    def written(self) -> str:
        """农历一九六五年八月十五."""
        year = "".join(DIGITS[int(digit)] for digit in str(self.year))
        return (
            f"农历{year}年{'闰' if self.leap else ''}{MONTHS[self.month - 1]}{_day_name(self.day)}"
        )


def lunar(day: dt.date) -> LunarDay:
    starts, names = _calendar()
    place = bisect_right(starts, day.toordinal()) - 1
    year, month, leap = names[place]
    return LunarDay(year, month, leap, day.toordinal() - starts[place] + 1)


def _day_name(day: int) -> str:
    tens, ones = divmod(day, 10)
    if ones == 0:
        return ("初十", "二十", "三十")[tens - 1]
    return ("初", "十", "廿")[tens] + DIGITS[ones]


@cache
def _calendar() -> tuple[list[int], list[tuple[int, int, bool]]]:
    """First days of all months, and what each month is called."""
    starts = [_new_moon(number) for number in range(FIRST_MONTH, LAST_MONTH)]
    signs = [_sign(start) for start in starts]
    first = [at for at in range(len(starts) - 1) if _passes(signs, at, ELEVENTH)]
    names: list[tuple[int, int, bool]] = [(0, 0, False)] * len(starts)
    for begin, end in pairwise(first):
        year = dt.date.fromordinal(starts[begin]).year
        for at, name in enumerate(_names(signs, begin, end, year), start=begin):
            names[at] = name
    return starts, names


def _names(signs: list[int], begin: int, end: int, year: int) -> list[tuple[int, int, bool]]:
    """From one eleventh month to the next; of thirteen the first in which the sun enters no sign is a leap month."""
    without = [at for at in range(begin + 1, end) if signs[at] == signs[at + 1]]
    leap = without[0] if end - begin == 13 else None
    month, names = 10, []
    for at in range(begin, end):
        month += at != leap
        names.append((year + (month > 12), (month - 1) % 12 + 1, at == leap))
    return names


def _passes(signs: list[int], at: int, sign: int) -> bool:
    return sign in {
        (signs[at] + step) % 12 for step in range(1, (signs[at + 1] - signs[at]) % 12 + 1)
    }


def _sign(ordinal: int) -> int:
    """Which twelfth of its way the sun is in as the day begins in Beijing."""
    return floor(_longitude(ordinal + DAY_ZERO - BEIJING) / 30)


def _longitude(julian: float) -> float:
    t = (julian - J2000) / CENTURY
    anomaly = radians(357.52911 + 35999.05029 * t)
    centre = (
        (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    )  # fmt: skip
    node = radians(125.04 - 1934.136 * t)
    return (280.46646 + 36000.76983 * t + centre - 0.00569 - 0.00478 * sin(node)) % 360


def _new_moon(k: int) -> int:
    """The ordinal of the day in Beijing."""
    t = k / 1236.85
    less = 1 - 0.002516 * t
    sun, moon = radians(2.5534 + 29.1053567 * k), radians(201.5643 + 385.81693528 * k)
    node, knot = radians(160.7108 + 390.67050284 * k), radians(124.7746 - 1.56375588 * k)
    julian = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    julian += -0.4072 * sin(moon) + 0.17241 * less * sin(sun) + 0.01608 * sin(2 * moon)
    julian += 0.01039 * sin(2 * node) + 0.00739 * less * sin(moon - sun)
    julian += -0.00514 * less * sin(moon + sun) + 0.00208 * less * less * sin(2 * sun)
    julian += -0.00111 * sin(moon - 2 * node) - 0.00057 * sin(moon + 2 * node)
    julian += 0.00056 * less * sin(2 * moon + sun) - 0.00042 * sin(3 * moon)
    julian += 0.00042 * less * sin(sun + 2 * node) + 0.00038 * less * sin(sun - 2 * node)
    julian += -0.00024 * less * sin(2 * moon - sun) - 0.00017 * sin(knot)
    return floor(julian + BEIJING - DAY_ZERO)
