"""Lunar birthdays: whether a date that differs from the number's is the same day in the old calendar."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

import pyarrow as pa

FIRST_YEAR: Final = 1900
FIRST_DAY: Final = dt.date(1900, 1, 31)  # 正月初一 of the lunar year 1900
# Facts of the calendar (GB/T 33661-2017), one number a lunar year: bits 15 to 4 say which of the
# months 1 to 12 have 30 days, the last four which month is followed by a leap month (0: none), bit
# 16 that the leap month has 30 days.
YEARS: Final = (
    0x04BD8, 0x04AE0, 0x0A570, 0x054D5, 0x0D260, 0x0D950, 0x16554, 0x056A0, 0x09AD0, 0x055D2,
    0x04AE0, 0x0A5B6, 0x0A4D0, 0x0D250, 0x1D255, 0x0B540, 0x0D6A0, 0x0ADA2, 0x095B0, 0x14977,
    0x04970, 0x0A4B0, 0x0B4B5, 0x06A50, 0x06D40, 0x1AB54, 0x02B60, 0x09570, 0x052F2, 0x04970,
    0x06566, 0x0D4A0, 0x0EA50, 0x16A95, 0x05AD0, 0x02B60, 0x186E3, 0x092E0, 0x1C8D7, 0x0C950,
    0x0D4A0, 0x1D8A6, 0x0B550, 0x056A0, 0x1A5B4, 0x025D0, 0x092D0, 0x0D2B2, 0x0A950, 0x0B557,
    0x06CA0, 0x0B550, 0x15355, 0x04DA0, 0x0A5B0, 0x14573, 0x052B0, 0x0A9A8, 0x0E950, 0x06AA0,
    0x0AEA6, 0x0AB50, 0x04B60, 0x0AAE4, 0x0A570, 0x05260, 0x0F263, 0x0D950, 0x05B57, 0x056A0,
    0x096D0, 0x04DD5, 0x04AD0, 0x0A4D0, 0x0D4D4, 0x0D250, 0x0D558, 0x0B540, 0x0B6A0, 0x195A6,
    0x095B0, 0x049B0, 0x0A974, 0x0A4B0, 0x0B27A, 0x06A50, 0x06D40, 0x0AF46, 0x0AB60, 0x09570,
    0x04AF5, 0x04970, 0x064B0, 0x074A3, 0x0EA50, 0x06B58, 0x05AC0, 0x0AB60, 0x096D5, 0x092E0,
    0x0C960, 0x0D954, 0x0D4A0, 0x0DA50, 0x07552, 0x056A0, 0x0ABB7, 0x025D0, 0x092D0, 0x0CAB5,
    0x0A950, 0x0B4A0, 0x0BAA4, 0x0AD50, 0x055D9, 0x04BA0, 0x0A5B0, 0x15176, 0x052B0, 0x0A930,
    0x07954, 0x06AA0, 0x0AD50, 0x05B52, 0x04B60, 0x0A6E6, 0x0A4E0, 0x0D260, 0x0EA65, 0x0D530,
    0x05AA0, 0x076A3, 0x096D0, 0x04AFB, 0x04AD0, 0x0A4D0, 0x1D0B6, 0x0D250, 0x0D520, 0x0DD45,
    0x0B5A0, 0x056D0, 0x055B2, 0x049B0, 0x0A577, 0x0A4B0, 0x0AA50, 0x1B255, 0x06D20, 0x0ADA0,
    0x14B63,
)  # fmt: skip
SCHEMA: Final = pa.schema(
    [
        ("birth_date", pa.string()),
        ("number_born", pa.date32()),
        ("zh", pa.string()),
        ("en", pa.string()),
    ]
)
TYPED_LUNAR: Final = (
    "（登记的是农历，换算为公历正是这一天）",
    " (it is the lunar date of that very day)",
)
NUMBER_LUNAR: Final = (
    "（身份证号中的是农历日期，换算为公历正是登记的这一天）",
    " (the number holds the lunar date of the day typed)",
)
FIGURES: Final = re.compile(
    r"([12][0-9]{3})\D*?([0-9]{1,2})\D+?([0-9]{1,2})|([12][0-9]{3})([0-9]{2})([0-9]{2})"
)
WORDED: Final = re.compile(
    r"([12][0-9]{3}|[〇零一二三四五六七八九]{4})年?(闰?)(正|冬|腊|[一二三四五六七八九十]{1,2})月(初?[一二三四五六七八九十廿卅]{1,3})"
)
MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}
DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}


@cache
def month_starts() -> dict[tuple[int, int, bool], tuple[dt.date, int]]:
    """(lunar year, month, whether it is the leap one) -> first day and length."""
    starts, first = {}, FIRST_DAY
    for year, month, leap, length in _months():
        starts[year, month, leap] = first, length
        first += dt.timedelta(length)
    return starts


def _months() -> Iterator[tuple[int, int, bool, int]]:
    for year, code in enumerate(YEARS, start=FIRST_YEAR):
        for month in range(1, 13):
            yield year, month, False, 29 + (code >> (16 - month) & 1)
            if code & 15 == month:
                yield year, month, True, 29 + (code >> 16 & 1)


def solar_days(year: int, month: int, day: int) -> set[dt.date]:
    """The day of the solar calendar; two, where the month has a leap month behind it."""
    found = (month_starts().get((year, month, leap)) for leap in (False, True))
    return {
        start + dt.timedelta(day - 1) for start, length in filter(None, found) if 1 <= day <= length
    }


def explain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Hints for pairs of a typed date and the number's; empty where neither is the other's lunar form."""
    rows = zip(
        *(batch[name].to_pylist() for name in ("birth_date", "born", "number_born")), strict=True
    )
    hints = [_hint(*row) for row in rows]
    zh, en = zip(*hints, strict=True) if hints else ((), ())
    return pa.RecordBatch.from_arrays(
        [
            batch["birth_date"],
            batch["number_born"],
            pa.array(zh, pa.string()),
            pa.array(en, pa.string()),
        ],
        schema=SCHEMA,
    )


def _hint(typed: str, born: dt.date | None, in_number: dt.date) -> tuple[str, str]:
    parts = _parts(typed)
    if parts and in_number in solar_days(*parts):
        return TYPED_LUNAR
    if born and born in solar_days(in_number.year, in_number.month, in_number.day):
        return NUMBER_LUNAR
    return "", ""


def _parts(typed: str) -> tuple[int, int, int] | None:
    written = unicodedata.normalize("NFKC", typed)
    if found := WORDED.search(written):
        return _number(found[1]), MONTHS.get(found[3]) or _ordinal(found[3]), _ordinal(found[4])
    if found := FIGURES.search(written):
        year, month, day = (int(part) for part in found.groups() if part)
        return year, month, day
    return None


def _number(written: str) -> int:
    return int("".join(str(DIGITS.get(digit, digit)) for digit in written))


def _ordinal(written: str) -> int:
    """初八 8, 十五 15, 廿三 23, 三十 30."""
    plain = written.replace("初", "").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = plain.rpartition("十")
    high = (DIGITS.get(tens, 1) if tens else 1) if ten else 0
    return high * 10 + DIGITS.get(ones, 0)
