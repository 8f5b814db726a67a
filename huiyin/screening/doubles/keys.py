"""Blocking: who may be one person shares at least one of these keys.

Each error a clerk makes must leave one key whole. Pairs of syllables with the birth date survive
one wrong, missing, added or swapped character; the whole name with two of year, month and day
survives a wrong date; phone, address and household survive a wrong date and part of a name.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from huiyin.screening.characters import Flags, Numbers, hashed
from huiyin.screening.doubles.features import NO_DAY, Keys, unpacked
from huiyin.screening.names import broad_sound

KEYS: Final = pa.schema([("key", pa.int64()), ("n", pa.int64())])
Rows = npt.NDArray[np.void]
Found = tuple[int, Keys, Flags]  # the kind of key, one for every row, and which rows have it

NUMBER, TAIL, NAME, HALF, PHONE, ADDRESS, HOUSEHOLD, BORN = range(8)
STEP: Final = 10  # kinds of one family lie this far apart
PLACE: Final = 3 * STEP
# Which two syllables, for names from so many to so many letters.
SYLLABLES: Final = ((0, 1, 1, 255), (1, 2, 3, 255), (0, 2, 3, 3), (2, 3, 4, 255))


def keyed(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A kernel: packed features in, one row for each key of each person out."""
    return _rows_of(_all_keys(unpacked(batch["packed"])), batch["n"].to_numpy())


def loosely_keyed(batch: pa.RecordBatch) -> pa.RecordBatch:
    """As above with one thing in common alone: for the few that all better keys left over."""
    return _rows_of(_single_keys(unpacked(batch["packed"])), batch["n"].to_numpy())


def _rows_of(found: Iterator[Found], n: Numbers) -> pa.RecordBatch:
    keys, owners = [], []
    for kind, key, has in found:
        marked = hashed(key[has], np.full(int(has.sum()), kind, dtype=np.uint64))
        keys.append(marked.view(np.int64))
        owners.append(n[has])
    return pa.RecordBatch.from_arrays(
        [pa.array(np.concatenate(keys)), pa.array(np.concatenate(owners))], schema=KEYS
    )


def _all_keys(rows: Rows) -> Iterator[Found]:
    sounds = broad_sound(rows["letters"])
    length = np.minimum(rows["length"], sounds.shape[1])
    days = _days(rows)
    yield from _number_keys(rows)
    yield from _name_and_day(sounds, length, days)
    yield from _name_and_half_day(sounds, length > 0, days[0])
    yield from _name_and_building(rows, sounds, length > 0)
    yield from _place_keys(rows, sounds, length, days[0])


def _number_keys(rows: Rows) -> Iterator[Found]:
    digits = rows["number"].astype(np.uint64)
    with np.errstate(over="ignore"):
        weights = np.uint64(257) ** np.arange(digits.shape[1], dtype=np.uint64)
        whole = (rows["digits"] >= 15) & (rows["digits"] != 18)  # else the tail says as much
        yield NUMBER, (digits * weights).sum(axis=1, dtype=np.uint64), whole
        tail = (digits[:, 6:17] * weights[6:17]).sum(axis=1, dtype=np.uint64)
    yield TAIL, tail, rows["digits"] == 18


def _single_keys(rows: Rows) -> Iterator[Found]:
    yield NAME, rows["name"], rows["length"] > 0
    for kind, column in (
        (PHONE, "phone"),
        (ADDRESS, "short"),
        (ADDRESS, "building"),
        (ADDRESS, "home_short"),
        (HOUSEHOLD, "household"),
    ):
        yield kind, rows[column], rows[column] != 0
    eight, other = np.ascontiguousarray(rows["number"][:, :16]).view(np.uint64).T
    six = other & np.uint64(0x0000FFFFFFFFFFFF)
    yield NUMBER, hashed(eight, six), rows["digits"] == 18  # area and birth
    born = rows["born"]
    yield BORN, born.astype(np.int64).view(np.uint64), born != NO_DAY


def _place_keys(
    rows: Rows, sounds: Keys, length: npt.NDArray[np.uint8], day: "Day"
) -> Iterator[Found]:
    """What a household shares, with the end of the name or with the birth date."""
    last = sounds[np.arange(len(rows)), np.maximum(length.astype(np.int64), 1) - 1]
    _, month, date, known = day
    parts = (np.minimum(month, date), np.maximum(month, date))  # a slip may be the year's, too
    born = hashed(*(part.astype(np.uint64) for part in parts))
    elsewhere = rows["home_short"] != rows["short"]
    for kind, column, has in (
        (PHONE, "phone", rows["phone"] != 0),
        (ADDRESS, "short", rows["short"] != 0),
        (ADDRESS, "home_short", (rows["home_short"] != 0) & elsewhere),
        (HOUSEHOLD, "household", rows["household"] != 0),
    ):
        yield kind, hashed(rows[column], last), has & (length > 0)
        if kind != HOUSEHOLD:
            yield kind + STEP, hashed(rows[column], born), has & known


Day = tuple[Numbers, Numbers, Numbers, Flags]


def _days(rows: Rows) -> tuple[Day, Day]:
    """Year, month and day: typed, and in the number where that differs."""
    other = rows["number_born"] != rows["born"]
    return _parts(rows["born"], True), _parts(rows["number_born"], other)


def _parts(days: npt.NDArray[np.int32], wanted: Flags | bool) -> Day:
    known = (days != NO_DAY) & wanted
    year, month, day = calendar(np.where(known, days, 0))
    return year, month, day, known


def calendar(days: npt.NDArray[np.int32]) -> tuple[Numbers, Numbers, Numbers]:
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    year = months.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    return year, month, (dates - months).astype(np.int64) + 1


def _name_and_day(
    sounds: Keys, length: npt.NDArray[np.uint8], days: tuple[Day, Day]
) -> Iterator[Found]:
    for first, second, shortest, longest in SYLLABLES:
        low = np.minimum(sounds[:, first], sounds[:, second])
        high = np.maximum(sounds[:, first], sounds[:, second])
        fits = (length >= shortest) & (length <= longest)
        for year, month, day, known in days:
            lesser, greater = np.minimum(month, day), np.maximum(month, day)
            born = (year * 10_000 + lesser * 100 + greater).astype(np.uint64)
            yield NAME, hashed(low, high, born), fits & known


def _name_and_building(rows: Rows, sounds: Keys, named: Flags) -> Iterator[Found]:
    """Lunar and guessed birth dates leave namesakes of one building or hamlet, where no number helps."""
    has = named & (rows["building"] != 0) & (rows["valid"] == 0)
    yield HALF + PLACE, hashed(_whole(sounds), rows["building"]), has


def _whole(sounds: Keys) -> Keys:
    """A name, in whatever order."""
    with np.errstate(over="ignore"):
        return hashed(sounds).sum(axis=1, dtype=np.uint64)


def _name_and_half_day(sounds: Keys, named: Flags, day: Day) -> Iterator[Found]:
    """With the day in the year, month and day in either order, or with the year and one of them."""
    name = _whole(sounds)
    year, month, date, known = day
    lesser, greater = np.minimum(month, date), np.maximum(month, date)
    for kind, (one, other) in enumerate(((lesser, greater), (year, month), (year, date))):
        half = (one * 10_000 + other).astype(np.uint64)
        yield HALF + STEP * kind, hashed(name, half), named & known
