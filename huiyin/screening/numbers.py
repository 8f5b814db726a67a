"""Identity numbers (GB 11643-1999) and phones by the million: made comparable, and the first thing wrong."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.kernel import identity
from huiyin.screening.characters import (
    Codes,
    Flags,
    Numbers,
    Text,
    of_width,
    replaced,
    spaces,
    strings_of,
    text,
    upper,
)

LONG: Final = 18
MOBILE: Final = 11
OLD: Final = 15
ZERO: Final = ord("0")
X: Final = ord("X")
IGNORED: Final = "-‐‑‒–—−·.()_（）'’\"="
FLOAT: Final = r"^\s*([1-9][0-9]{13,17})\.0+\s*$"
PROBLEMS: Final = ("length", "characters", "birth_date", "checksum")
EPOCH: Final = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class IdentityNumbers:
    number: pa.StringArray  # 18 characters where they can be read so, else as typed; NULL is blank
    problem: pa.StringArray  # NULL, length, characters, birth_date, checksum
    is_old: pa.BooleanArray  # written with 15 digits
    born: pa.Date32Array
    sex: pa.StringArray  # male, female


def read_numbers(typed: pa.Array, today: dt.date) -> IdentityNumbers:
    """As people and spreadsheets write them: full width, spaces, small x, O for 0, 15 digits, 1.0."""
    numbers, grid, length = _spread(typed)
    is_old = (length == OLD) & _all_digits(grid[:, :OLD])
    grid[is_old] = _upgraded(grid[is_old])
    lettered = ~_well_formed(grid)
    days, possible = days_of_digits(_digits(grid[:, 6:14]), today)
    wrong_length = (length != LONG) & ~is_old
    conditions = [wrong_length, lettered, ~possible, check_characters(grid) != grid[:, 17]]
    blank = length == 0
    problem = np.select(conditions, list(range(1, 5)), default=0)
    problem = np.where(blank, 0, problem)
    readable = ~blank & ((problem == 0) | (problem == 4))
    return IdentityNumbers(
        number=replaced(numbers, is_old, strings_of(grid[is_old], blank[is_old])),
        problem=pa.array([None, *PROBLEMS]).take(pa.array(problem)),
        is_old=pa.array(is_old),
        born=pa.array(days.astype(np.int32), mask=~readable).cast(pa.date32()),
        sex=pc.if_else(
            pa.array(readable),
            pa.array(["female", "male"]).take(pa.array((grid[:, 16] & 1).astype(np.int8))),
            None,
        ),
    )


def _spread(typed: pa.Array) -> tuple[pa.Array, Codes, Numbers]:
    """Numbers in their plain form, their first characters in a matrix, and their lengths.

    Nearly all are eighteen bytes of digits already, and only the others are looked at as text.
    """
    fits, rows = of_width(typed, LONG)
    formed = _well_formed(rows)
    fits[fits] = formed
    others = _plain(typed.filter(pa.array(~fits)))
    grid = np.zeros((len(typed), LONG), dtype=np.uint32)
    grid[fits], grid[~fits] = rows[formed], others.matrix(LONG)
    length = np.full(len(typed), LONG, dtype=np.int64)
    length[~fits] = others.lengths
    return replaced(typed, ~fits, others.strings()), grid, length


def check_characters(grid: Codes) -> Codes:
    """The eighteenth character that the first seventeen ask for; anything, where they are no digits."""
    weights = np.array(identity.WEIGHTS, dtype=np.int64)
    total = _digits(grid[:, :17]) @ weights % 11
    return np.frombuffer(identity.CHECK_CHARACTERS.encode(), dtype=np.uint8).astype(np.uint32)[
        total
    ]


def _plain(typed: pa.Array) -> Text:
    unfloated = pc.replace_substring_regex(typed, FLOAT, r"\1")
    plain = text(unfloated).mapped(upper())
    plain = plain.only(~_ignored()[plain.codes])
    last = plain.place == plain.lengths[plain.row] - 1
    codes = plain.codes.copy()
    codes[codes == ord("O")] = ZERO
    codes[(codes == ord("I")) & ~last] = ZERO + 1
    codes[codes == ord("×")] = X
    return Text(codes, plain.lengths, plain.null)


@cache
def _ignored() -> Flags:
    table = spaces().copy()
    for mark in IGNORED:
        table[ord(mark)] = True
    return table


def _digits(grid: Codes) -> Numbers:
    return grid.astype(np.int64) - ZERO


def _all_digits(grid: npt.NDArray[Any]) -> Flags:
    return np.logical_and.reduce((grid >= ZERO) & (grid <= ZERO + 9), axis=1)


def _well_formed(grid: npt.NDArray[Any]) -> Flags:
    last = grid[:, 17]
    ends_well = ((last >= ZERO) & (last <= ZERO + 9)) | (last == X)
    starts_well: Flags = grid[:, 0] != ZERO
    return _all_digits(grid[:, :17]) & ends_well & starts_well


def _upgraded(grid: Codes) -> Codes:
    century = np.broadcast_to(np.array([ZERO + 1, ZERO + 9], dtype=np.uint32), (len(grid), 2))
    longer = np.concatenate([grid[:, :6], century, grid[:, 6:15], grid[:, 17:18]], axis=1)
    longer[:, 17] = check_characters(longer)
    return longer


def days_of_digits(digits: Numbers, today: dt.date) -> tuple[Numbers, Flags]:
    """Days since 1970 of eight digits, and whether such a day is possible for a living person."""
    tens = np.array([1000, 100, 10, 1])
    year = np.clip(digits[:, :4] @ tens, 0, 9999)
    month, day = digits[:, 4:6] @ tens[2:], digits[:, 6:] @ tens[2:]
    return days_of(year, month, day, today)


def days_of(year: Numbers, month: Numbers, day: Numbers, today: dt.date) -> tuple[Numbers, Flags]:
    sound = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1)
    months = (year - 1970) * 12 + np.where(sound, month - 1, 0)
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days = first + day - 1
    latest = (today - EPOCH).days
    possible = sound & (days < after) & (days <= latest) & (year >= today.year - identity.OLDEST)
    return days, possible


# Phones ------------------------------------------------------------------------------------------


def phone_keys(typed: pa.Array) -> pa.StringArray:
    """Digits only, without the country code; NULL when there are fewer than seven."""
    fits, rows = of_width(typed, MOBILE)
    fits[fits] = _all_digits(rows)
    return replaced(typed, ~fits, _other_phones(typed.filter(pa.array(~fits))))


def _other_phones(typed: pa.Array) -> pa.StringArray:
    unfloated = pc.replace_substring_regex(typed, FLOAT.replace("13,17", "6,13"), r"\1")
    plain = text(unfloated).mapped(upper())
    digits = plain.only((plain.codes >= ZERO) & (plain.codes <= ZERO + 9)).strings()
    local = pc.replace_substring_regex(digits, r"^(?:00)?86(1[0-9]{10})$", r"\1")
    return pc.if_else(pc.greater_equal(pc.utf8_length(local), 7), local, None)
