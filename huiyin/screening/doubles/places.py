"""Prints of an address: of the whole, of its building, and of what every form of it writes.

张掖路3-阳光小区26-1-202 is 阳光小区26-202 where a form leaves out the road and the stairway.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from huiyin.screening.characters import Flags, hashed
from huiyin.screening.fingerprints import Bytes, Prints, Sizes, fingerprints

ESTATE: Final = 6  # bytes that the name of an estate or hamlet has at least, two characters
ROAD: Final = 128  # the short print leaves out a road; below it how many numbers it leaves out
DASH: Final = ord("-")


@dataclass(frozen=True)
class Places:
    whole: Prints
    short: Prints
    building: Prints
    form: npt.NDArray[np.uint8]


def places(keys: Bytes) -> Places:
    """Of address keys; 0 where there is none."""
    ends = keys.starts + keys.sizes
    figures = _figures(keys)
    numbers = _begin_of_run(figures, keys.starts, ends)  # of building, stairway and flat
    estate = _begin_of_run(~figures, keys.starts, numbers)
    estate = np.where(numbers - estate >= ESTATE, estate, keys.starts)
    house = _first_number(keys, numbers, ends)
    flat = _last_number(keys, house, ends)
    building = fingerprints(keys, np.where(house > numbers, house - keys.starts, 0))
    left = fingerprints(Bytes(estate, house - estate, keys.content))
    right = fingerprints(Bytes(flat, ends - flat, keys.content))
    form = np.minimum(_dashes(keys, house, flat), ROAD - 1) + ROAD * (estate > keys.starts)
    return Places(
        fingerprints(keys),
        np.where(keys.sizes > 0, hashed(left, right), np.uint64(0)),
        building,
        form.astype(np.uint8),
    )


def _dashes(keys: Bytes, begins: Sizes, ends: Sizes) -> Sizes:
    counted = np.concatenate(([0], np.cumsum(keys.content == DASH)))
    return counted[ends] - counted[begins]


def _figures(keys: Bytes) -> Flags:
    content = keys.content
    return ((content >= ord("0")) & (content <= ord("9"))) | (content == DASH)


def _begin_of_run(inside: Flags, starts: Sizes, ends: Sizes) -> Sizes:
    """Where the run of such bytes begins that goes up to each end."""
    outside = np.where(inside, -1, np.arange(len(inside)))
    last = np.maximum.accumulate(outside)
    return np.where(ends > starts, np.maximum(last[ends - 1] + 1, starts), starts)


def _first_number(keys: Bytes, numbers: Sizes, ends: Sizes) -> Sizes:
    """Where the first number ends of those that an address ends with."""
    dashes = np.where(keys.content == DASH, np.arange(len(keys.content)), len(keys.content))
    following = np.minimum.accumulate(dashes[::-1])[::-1]
    begin = numbers + (keys.content[numbers] == DASH)
    return np.where(ends > begin, np.minimum(following[begin], ends), ends)


def _last_number(keys: Bytes, house: Sizes, ends: Sizes) -> Sizes:
    """Where the last number begins; the end, where there is but one."""
    dashes = np.where(keys.content == DASH, np.arange(len(keys.content)), -1)
    last = np.maximum.accumulate(dashes)
    return np.where(ends > house, np.maximum(last[ends - 1] + 1, house + 1), ends)
