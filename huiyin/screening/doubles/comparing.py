"""Compares candidate pairs, a batch at a time, and writes each outcome as one integer: the pattern."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from huiyin.screening.characters import Codes, Flags
from huiyin.screening.doubles.features import DIGITS, NO_DAY, unpacked
from huiyin.screening.doubles.keys import Rows, calendar
from huiyin.screening.doubles.levels import (
    ADDRESS,
    BANDS,
    BORN,
    FIELDS,
    HOUSEHOLD,
    NAME,
    NUMBER,
    PHONE,
    SEX,
)
from huiyin.screening.doubles.shapes import look_alike
from huiyin.screening.names import STAND_IN, broad_sound, readings

Levels = npt.NDArray[np.int64]

COMPARED: Final = pa.schema([("a", pa.int64()), ("b", pa.int64()), ("pattern", pa.int64())])
FAMILY: Final = slice(0, 14)  # of a number: area and birth date
SEQUENCE: Final = slice(14, 17)  # in which twins differ
TAIL: Final = slice(6, 17)  # birth date and sequence
SLIPS: Final = 2  # wrong digits that are taken for a typing error
LONG_NAME: Final = 5
LUNAR_LAG: Final = 53  # days a lunar date may lie before the solar one
GENERATION: Final = 14  # years that father and son of one name are apart at least


def compared(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A kernel: pairs with the packed features of both sides in, their patterns out."""
    one, other = unpacked(batch["packed_a"]), unpacked(batch["packed_b"])
    name = names(one, other)
    found = {
        NUMBER: numbers(one, other),
        NAME: name,
        BORN: birth_dates(one, other),
        SEX: _equal_or_not(one["sex"], other["sex"], SEX.at("other")),
        PHONE: _equal_or_not(one["phone"], other["phone"], PHONE.at("other")),
        ADDRESS: addresses(one, other),
        HOUSEHOLD: _equal_or_not(one["household"], other["household"], HOUSEHOLD.at("other")),
    }
    agreeing = (name == NAME.at("same")) | (name == NAME.at("sounds_alike"))
    band = np.where(agreeing, np.maximum(one["band"], other["band"]), 0).astype(np.int64)
    pattern = band - BANDS.start
    for field in FIELDS:
        pattern = pattern * field.size + found[field]
    return pa.RecordBatch.from_arrays([batch["a"], batch["b"], pa.array(pattern)], schema=COMPARED)


def levels_of(patterns: Levels) -> tuple[npt.NDArray[np.int64], Levels]:
    """Patterns taken apart: a column of levels for each field, and the bands."""
    rest = patterns.copy()
    columns = np.zeros((len(patterns), len(FIELDS)), dtype=np.int64)
    for place in reversed(range(len(FIELDS))):
        rest, columns[:, place] = np.divmod(rest, FIELDS[place].size)
    return columns, rest + BANDS.start


def _equal_or_not(one: npt.NDArray[np.generic], other: npt.NDArray[np.generic], no: int) -> Levels:
    known = (one != 0) & (other != 0)
    return np.where(known, np.where(one == other, 1, no), 0)


# Numbers -----------------------------------------------------------------------------------------


def numbers(one: Rows, other: Rows) -> Levels:
    a, b = one["number"], other["number"]
    unequal = a != b
    wrong = unequal.sum(axis=1)
    both_valid = (one["valid"] & other["valid"]).astype(bool)
    slipped = _slipped(one, other, unequal, wrong)
    same_family = ~unequal[:, FAMILY].any(axis=1)
    outcomes = [
        ((one["digits"] == 0) | (other["digits"] == 0), 0),
        ((wrong == 0) & both_valid, NUMBER.at("same")),
        (wrong == 0, NUMBER.at("same_broken")),
        (both_valid & same_family, NUMBER.at("twin_like")),
        (both_valid & ~unequal[:, TAIL].any(axis=1), NUMBER.at("same_tail")),
        (both_valid & (wrong <= SLIPS + 1), NUMBER.at("near_valid")),
        (both_valid, NUMBER.at("other")),
        (slipped & same_family & unequal[:, SEQUENCE].any(axis=1), NUMBER.at("near_sequence")),
        (slipped, NUMBER.at("near")),
    ]
    return np.select(*_split(outcomes), default=NUMBER.at("broken"))


def _slipped(one: Rows, other: Rows, unequal: Flags, wrong: npt.NDArray[np.int64]) -> Flags:
    """One or two digits wrong, two swapped, or one or two missing or typed twice."""
    near = (wrong <= SLIPS) & (one["digits"] == other["digits"])
    lengths = one["digits"].astype(np.int64) - other["digits"]
    ask = (np.abs(lengths) <= SLIPS) & (lengths != 0)
    ask &= np.minimum(one["digits"], other["digits"]) >= DIGITS - 5
    if ask.any():
        head = np.logical_and.accumulate(~unequal[ask], axis=1).sum(axis=1)
        tail = np.logical_and.accumulate(
            _from_the_end(one[ask]) == _from_the_end(other[ask]), axis=1
        ).sum(axis=1)
        shorter = np.minimum(one["digits"][ask], other["digits"][ask]).astype(np.int64)
        near[ask] = head + tail >= shorter
    return near


def _from_the_end(rows: Rows) -> npt.NDArray[np.uint8]:
    places = rows["digits"].astype(np.int64)[:, None] - 1 - np.arange(DIGITS)
    digits = np.take_along_axis(rows["number"], np.clip(places, 0, DIGITS - 1), axis=1)
    return np.where(places >= 0, digits, 0)


# Names -------------------------------------------------------------------------------------------


def names(one: Rows, other: Rows) -> Levels:
    level = np.full(len(one), NAME.at("other"), dtype=np.int64)
    level[(one["length"] == 0) | (other["length"] == 0)] = 0
    same = (one["name"] == other["name"]) & (level != 0)
    rest = np.flatnonzero(~same & (level != 0))
    level[rest] = _unequal_names(one[rest], other[rest])
    level[same] = NAME.at("same")
    return level


def _unequal_names(one: Rows, other: Rows) -> Levels:
    a, b = one["letters"], other["letters"]
    short = np.minimum(np.minimum(one["length"], other["length"]).astype(np.int64), a.shape[1])
    same_length = one["length"] == other["length"]
    unequal = a != b
    wrong = unequal.sum(axis=1)
    family = ~unequal[:, 0]
    sounds, looks = _by_ear_and_eye(a, b, same_length & (wrong <= np.maximum(short, 2)))
    reordered = same_length & (np.sort(a, axis=1) == np.sort(b, axis=1)).all(axis=1)
    long_enough = short >= LONG_NAME
    one_other = same_length & (short >= 3) & (wrong == 1)
    mostly = long_enough & ((wrong * 4 <= short) | _same_parts(a, b, short))
    outcomes = [
        (_former(one, other), NAME.at("former")),
        (sounds & (short >= 2), NAME.at("sounds_alike")),
        (reordered, NAME.at("reordered")),
        (looks, NAME.at("looks_alike")),
        (_dropped(one, other, unequal, short) | mostly, NAME.at("letter_dropped")),
        (one_other & family, NAME.at("one_other")),
        (one_other | (same_length & (short == 2) & (wrong == 1) & ~family), NAME.at("given_only")),
        (family, NAME.at("family_only")),
    ]
    return np.select(*_split(outcomes), default=NAME.at("other"))


def _by_ear_and_eye(a: Codes, b: Codes, ask: Flags) -> tuple[Flags, Flags]:
    """Whether all characters sound alike, and whether each sounds or looks like the other."""
    sounds, looks = np.zeros(len(a), dtype=bool), np.zeros(len(a), dtype=bool)
    at = np.flatnonzero(ask)
    one, other = a[at], b[at]
    alike = one == other
    differ = np.nonzero(~alike)
    ear = _sound_alike(one[differ], other[differ])
    heard, seen = alike.copy(), alike.copy()
    heard[differ] = ear
    unknown = (one[differ] == STAND_IN) | (other[differ] == STAND_IN)
    seen[differ] = ear | unknown | look_alike(one[differ], other[differ])
    sounds[at], looks[at] = heard.all(axis=1), seen.all(axis=1)
    return sounds, looks


def _sound_alike(one: Codes, other: Codes) -> Flags:
    a, b = readings(one), readings(other)
    shared = (a[:, :, None] == b[:, None, :]) & (a[:, :, None] != 0)
    return shared.any(axis=(1, 2)) | (broad_sound(one) == broad_sound(other))


def _dropped(one: Rows, other: Rows, unequal: Flags, short: npt.NDArray[np.int64]) -> Flags:
    """A character missing or added anywhere, or a long name cut short."""
    head = np.logical_and.accumulate(~unequal, axis=1).sum(axis=1)
    more = np.abs(one["length"].astype(np.int64) - other["length"])
    cut = (more > 0) & (head >= short) & (short >= LONG_NAME - 1)
    near = (more == 1) & (short >= 2)
    tail = np.zeros(len(one), dtype=np.int64)
    if near.any():
        longer = np.where(
            one["length"][:, None] > other["length"][:, None], one["letters"], other["letters"]
        )
        shorter = np.where(
            one["length"][:, None] > other["length"][:, None], other["letters"], one["letters"]
        )
        moved = longer[:, 1:] == shorter[:, :-1]
        inside = np.arange(moved.shape[1]) < short[:, None]
        reverse = (moved | ~inside)[:, ::-1]
        tail = np.logical_and.accumulate(reverse, axis=1).sum(axis=1) - (moved.shape[1] - short)
    return cut | (near & (head + tail >= short))


def _same_parts(a: Codes, b: Codes, short: npt.NDArray[np.int64]) -> Flags:
    """Most of the characters of a long name again, in whatever order: parts reversed or left out."""
    found = np.zeros(len(a), dtype=np.int64)
    at = np.flatnonzero(short >= LONG_NAME)
    hits = (a[at][:, :, None] == b[at][:, None, :]) & (a[at] != 0)[:, :, None]
    found[at] = hits.any(axis=2).sum(axis=1)
    return found * 5 >= np.maximum(short, 1) * 4


def _former(one: Rows, other: Rows) -> Flags:
    return ((one["former"] == other["name"]) & (one["former"] != 0)) | (
        (other["former"] == one["name"]) & (other["former"] != 0)
    )


# Dates and places --------------------------------------------------------------------------------


def birth_dates(one: Rows, other: Rows) -> Levels:
    a, b = one["born"], other["born"]
    (year, month, day), (year_b, month_b, day_b) = _calendar(a), _calendar(b)
    years, months, days = year == year_b, month == month_b, day == day_b
    crossed = _known_equal(a, other["number_born"]) | _known_equal(b, one["number_born"])
    crossed &= (one["number"] != other["number"]).any(axis=1)  # else it is one's own number
    lag = np.abs(a.astype(np.int64) - b)
    far = np.abs(year - year_b) >= GENERATION
    outcomes = [
        ((a == NO_DAY) | (b == NO_DAY), 0),
        (a == b, BORN.at("same")),
        (crossed, BORN.at("same_in_number")),
        (years & (month == day_b) & (day == month_b), BORN.at("swapped")),
        (months & days & far, BORN.at("far_year")),
        (years.astype(int) + months + days == 2, BORN.at("one_part")),
        (lag <= LUNAR_LAG, BORN.at("near")),
        (years & (_new_year(month, day) | _new_year(month_b, day_b)), BORN.at("year_only")),
        (far, BORN.at("generation")),
    ]
    return np.select(*_split(outcomes), default=BORN.at("other"))


def _calendar(days: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int64], ...]:
    return calendar(np.where(days == NO_DAY, 0, days))


def _new_year(month: npt.NDArray[np.int64], day: npt.NDArray[np.int64]) -> Flags:
    """What is written for a day that nobody knows."""
    return (month == 1) & (day == 1)


def _known_equal(a: npt.NDArray[np.int32], b: npt.NDArray[np.int32]) -> Flags:
    return (a == b) & (a != NO_DAY)


def addresses(one: Rows, other: Rows) -> Levels:
    """Where people live or where their household is: any of the two, against any of the two."""
    known = (one["address"] != 0) & (other["address"] != 0)
    same = one["address"] == other["address"]
    for a, b in (("home", "address"), ("address", "home"), ("home", "home")):
        same |= (one[a] == other[b]) & (one[a] != 0)
    for a, b in (("", ""), ("", "home_"), ("home_", ""), ("home_", "home_")):
        short = one[f"{a}short"] == other[f"{b}short"]
        same |= short & (one[f"{a}form"] != other[f"{b}form"]) & (one[f"{a}short"] != 0)
    building = (one["building"] == other["building"]) & (one["building"] != 0)
    unequal = np.where(building, ADDRESS.at("same_building"), known * ADDRESS.at("other"))
    return np.where(known & same, ADDRESS.at("same"), unequal)


def _split(outcomes: list[tuple[Flags, int]]) -> tuple[list[Flags], list[int]]:
    """The first that holds counts."""
    return [holds for holds, _ in outcomes], [level for _, level in outcomes]
