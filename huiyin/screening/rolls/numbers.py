"""Identity numbers of people who do not exist, under area codes that do (GB 11643-1999)."""

from typing import Final

import numpy as np
import pyarrow as pa

from huiyin.screening.rolls import drawing
from huiyin.screening.rolls.drawing import Whole

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK: Final = "10X98765432"
# Counties people come from: those of the city, of the province, of others; some codes have been
# abolished and live on in the numbers given out under them.
CITY: Final = (620102, 620103, 620104, 620105, 620111, 620121, 620122, 620123)
PROVINCE: Final = (
    620302, 620321, 620402, 620421, 620422, 620502, 620521, 620522, 620523, 620602, 620621, 620622, 620702, 620722,
    620802, 620821, 620825, 620826, 620902, 620921, 621002, 621021, 621022, 622901, 622921, 622926, 623001, 623027,
    622421, 622424, 622425, 622427, 622726, 622822, 622223, 622323,
)  # fmt: skip
ELSEWHERE: Final = (
    110102, 110105, 130102, 140105, 320106, 330106, 340104, 370102, 410102, 410105, 420106, 430104, 440106, 500103,
    510104, 510107, 610102, 610113, 630102, 632122, 640104, 642221, 650102, 653101, 110103, 310103,
)  # fmt: skip
NO_COUNTY: Final = (620199, 629901, 990101, 680102, 627777, 160102, 779900, 620149)


def whole(first: Whole) -> pa.Array:
    """Eighteen characters from the first seventeen digits as integers."""
    return drawing.joined(drawing.digits(first), drawing.take(CHECK, remainders(first)))


def remainders(first: Whole) -> Whole:
    """Where the check character stands in its table."""
    total = np.zeros(len(first), np.int64)
    rest = first.copy()
    for weight in reversed(WEIGHTS):
        total += rest % 10 * weight
        rest //= 10
    return total % 11


def first_seventeen(area: Whole, born: Whole, sequence: Whole) -> Whole:
    """The digits before the check character; births are days since 1970."""
    return (area * 10**8 + compact(born)) * 1000 + sequence


def compact(born: Whole) -> Whole:
    """Days since 1970 as the integer YYYYMMDD."""
    days = born.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (days - months).astype(np.int64) + 1
    return year * 10000 + month * 100 + day


def sequences(random: np.random.Generator, sex: Whole) -> Whole:
    """Order numbers: odd for men, even for women."""
    return random.integers(0, 500, len(sex)) * 2 + (sex == 1)


def distinct(random: np.random.Generator, area: Whole, born: Whole, sex: Whole) -> Whole:
    """First seventeen digits that no two people share."""
    first = first_seventeen(area, born, sequences(random, sex))
    while len(again := _repeated(first)):
        first[again] = first_seventeen(area[again], born[again], sequences(random, sex[again]))
    return first


def old(first: Whole) -> pa.Array:
    """The fifteen digits a card of the first generation bore: no century, no check character."""
    return drawing.digits(first // 10**11 * 10**9 + first % 10**9)


def _repeated(first: Whole) -> Whole:
    order = np.argsort(first, kind="stable")
    return order[1:][first[order][1:] == first[order][:-1]]
