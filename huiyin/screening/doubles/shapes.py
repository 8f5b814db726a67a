"""Characters that are mistaken for each other by their shape.

The table is contr4l's 形近字语料库 (two files as one, each pair once), MIT licence beside it.
Each line: a character, then those that look like it.
"""

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from huiyin.screening.characters import Codes, Flags
from huiyin.screening.names import simplified

TABLE: Final = Path(__file__).with_name("look_alikes.txt")
BITS: Final = np.uint64(21)  # hold any code point


def look_alike(one: Codes, other: Codes) -> Flags:
    """Whether each character looks like the one at the same place."""
    known = _pairs()
    asked = _pair(one, other)
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return known[at] == asked


@cache
def _pairs() -> npt.NDArray[np.uint64]:
    ones: list[str] = []
    others: list[str] = []
    for line in TABLE.read_text(encoding="utf-8").split():
        ones.extend(line[0] * (len(line) - 1))
        others.extend(line[1:])
    script = simplified()
    return np.unique(_pair(script[[*map(ord, ones)]], script[[*map(ord, others)]]))


def _pair(one: Codes, other: Codes) -> npt.NDArray[np.uint64]:
    low = np.minimum(one, other).astype(np.uint64)
    return (low << BITS) | np.maximum(one, other).astype(np.uint64)
