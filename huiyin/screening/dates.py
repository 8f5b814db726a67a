"""Birth dates as people type them: each different text is read once."""

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.kernel import identity
from huiyin.screening.characters import Flags, of_width, replaced
from huiyin.screening.numbers import days_of_digits

EXCEL_DAY_ZERO: Final = dt.date(1899, 12, 30)
SERIALS: Final = range(3_000, 60_000)  # 1908 to 2064; smaller numbers are years or mistakes
# In which nearly all are written: bytes, places of figures, places of dashes.
USUAL: Final[tuple[tuple[int, list[int], list[int]], ...]] = (
    (10, [0, 1, 2, 3, 5, 6, 8, 9], [4, 7]),
    (8, list(range(8)), []),
)
YEAR_FIRST: Final = re.compile(
    r"([12][0-9]{3})\s*[-/.年\s]\s*([0-9]{1,2})\s*[-/.月\s]\s*([0-9]{1,2})\s*[日号]?"
)
COMPACT: Final = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
YEAR_LAST: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([12][0-9]{3})")
SHORT_YEAR: Final = re.compile(r"([0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
TIME: Final = re.compile(r"[T\s]+[0-9]{1,2}[:：时].*$")
SERIAL: Final = re.compile(r"([0-9]{4,5})(?:\.[0-9]+)?")
PARTIAL: Final = re.compile(r"[12][0-9]{3}(?:\s*[-/.年]\s*[0-9]{0,2}\s*月?)?")
LUNAR: Final = re.compile(r"农历|阴历|旧历|正月|冬月|腊月|闰|初[一二三四五六七八九十]|廿")
CHINESE_DIGITS: Final = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
CHINESE: Final = re.compile(
    r"([一二三四五六七八九〇零○0-9]{4})年([一二三四五六七八九十元]{1,3})月([一二三四五六七八九十廿卅]{1,4})[日号]?"
)


def read_dates(typed: pa.Array, today: dt.date) -> tuple[pa.Date32Array, pa.StringArray]:
    """Days, and why there is none: unreadable, impossible, partial, lunar; NULL for blank."""
    usual, days, possible = _usual(typed, today)
    read = pa.array(days, mask=~possible).cast(pa.date32())
    problems = pa.array([None, "impossible"]).take(pa.array((usual & ~possible).astype(np.int8)))
    if usual.all():
        return read, problems
    others = _others(typed.filter(pa.array(~usual)), today)
    return replaced(read, ~usual, others[0]), replaced(problems, ~usual, others[1])


def _usual(typed: pa.Array, today: dt.date) -> tuple[Flags, npt.NDArray[np.int32], Flags]:
    """Which are 1990-01-02 or 19900102, their days, and which of these can be."""
    usual, possible = np.zeros((2, len(typed)), dtype=np.bool_)
    days = np.zeros(len(typed), dtype=np.int32)
    for width, figures, dashes in USUAL:
        fits, rows = of_width(typed, width)
        digits = rows[:, figures].astype(np.int64) - ord("0")
        plain = ((digits >= 0) & (digits <= 9)).all(axis=1) & np.isin(digits[:, 0], (1, 2))
        plain &= (rows[:, dashes] == ord("-")).all(axis=1)
        fits[fits] = plain
        days[fits], possible[fits] = days_of_digits(digits[plain], today)
        usual |= fits
    return usual, days, possible


def _others(typed: pa.Array, today: dt.date) -> tuple[pa.Date32Array, pa.StringArray]:
    encoded = typed.dictionary_encode()
    read = [_read(value or "", today) for value in encoded.dictionary.to_pylist()]
    days = pa.array([day for day, _ in read], type=pa.date32())
    problems = pa.array([problem for _, problem in read], type=pa.string())
    return days.take(encoded.indices), problems.take(encoded.indices)


@lru_cache(maxsize=200_000)
def _read(typed: str, today: dt.date) -> tuple[dt.date | None, str | None]:
    if plain := _plain(typed):
        return _possible(plain, today)
    written = TIME.sub("", unicodedata.normalize("NFKC", typed).strip().strip("'\"")).strip()
    if not written:
        return None, None
    if LUNAR.search(written):
        return None, "lunar"
    parts = _parts(written)
    if parts is None:
        return _from_serial(written)
    try:
        day = dt.date(*parts)
    except ValueError:
        return None, "impossible"
    return _possible(day, today)


def _plain(typed: str) -> dt.date | None:
    """19900102 and 1990-01-02, in which nearly all are written."""
    if len(typed) not in (8, 10) or not typed.isascii():
        return None
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None


def _possible(day: dt.date, today: dt.date) -> tuple[dt.date | None, str | None]:
    possible = day <= today and day.year >= today.year - identity.OLDEST
    return (day, None) if possible else (None, "impossible")


def _parts(written: str) -> tuple[int, int, int] | None:
    if found := YEAR_FIRST.fullmatch(written) or COMPACT.fullmatch(written):
        year, month, day = map(int, found.groups())
        return year, month, day
    if found := YEAR_LAST.fullmatch(written):
        return _year_last(*map(int, found.groups()))
    if found := SHORT_YEAR.fullmatch(written):
        year, month, day = map(int, found.groups())
        return 1900 + year + (100 if year < 10 else 0), month, day
    if found := CHINESE.fullmatch(written):
        year = int(found[1].translate(CHINESE_DIGITS))
        return year, _number(found[2]), _number(found[3])
    return None


def _year_last(first: int, second: int, year: int) -> tuple[int, int, int]:
    """Excel's American form is month first; where that is impossible, day first."""
    return (year, second, first) if first > 12 else (year, first, second)


def _number(chinese: str) -> int:
    """元 一 … 十 十一 … 三十一, 廿五, 卅."""
    chinese = chinese.replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    tens, ten, ones = chinese.rpartition("十")
    digit = "0一二三四五六七八九".find
    high = (digit(tens) if tens else 1) if ten else 0
    return high * 10 + (digit(ones) if ones else 0)


def _from_serial(written: str) -> tuple[dt.date | None, str | None]:
    found = SERIAL.fullmatch(written)
    if found and int(found[1]) in SERIALS:
        return EXCEL_DAY_ZERO + dt.timedelta(days=int(found[1])), None
    return None, "partial" if PARTIAL.fullmatch(written) else "unreadable"


def day_numbers(days: pa.Array) -> np.ndarray:
    """Days since 1970; the least integer where there is none."""
    numbers = pc.fill_null(days.cast(pa.int32()), np.iinfo(np.int32).min)
    return numbers.to_numpy(zero_copy_only=False).astype(np.int64)
