"""What is true of other lists and of whole constituencies, counted from what was written into them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa

from huiyin.screening.rolls import fates, registrations
from huiyin.screening.rolls.fates import Fates
from huiyin.screening.rolls.people import People
from huiyin.screening.rolls.registers import Columns, Registers
from huiyin.screening.rolls.sheets import Sheet

# id, code, and whether it must be found; what lies near a limit may be found or not.
Fact = tuple[str, str, bool]
FURTHEST: Final = 15  # per cent from the mean of the county, per deputy
FEWEST, MOST = 60, 95  # voters of a hundred residents
SMALLEST: Final = 100  # residents of whom a share says anything
NEAR: Final = 0.5  # per cent, where rounding decides
SURELY, PERHAPS = (12, 4), (7, 2)  # first days of January, and times as many as of other days


def truth(
    sheet: Sheet, everybody: People, fate: Fates, lists: Registers, constituencies: Columns
) -> dict[str, pa.Array]:
    facts = [
        *_certificates_twice(sheet),
        *_struck_by_mistake(fate, lists),
        *_constituencies(sheet, constituencies),
        *_first_days(sheet, everybody),
    ]
    ids, codes, demanded = zip(*sorted(facts), strict=True)
    words = ["demanded" if must else "tolerated" for must in demanded]
    return {"id": pa.array(ids), "code": pa.array(codes), "mark": pa.array(words)}


def _certificates_twice(sheet: Sheet) -> Iterator[Fact]:
    typed = sheet.columns["certificate_number"].to_pylist()
    times = Counter(filter(None, typed))
    for record, certificate in zip(sheet.columns["record_id"].to_pylist(), typed, strict=True):
        if certificate and times[certificate] > 1:
            yield record, "E26", True


def _struck_by_mistake(fate: Fates, lists: Registers) -> Iterator[Fact]:
    rows = np.flatnonzero(fate.of(fates.SENTENCED) & ~fate.registered)
    for listed in lists.deprived_id.take(pa.array(rows)).to_pylist():
        yield listed, "E38", True


def _constituencies(sheet: Sheet, constituencies: Columns) -> Iterator[Fact]:
    names = constituencies["选区"].to_pylist()
    seats = [int(number) for number in constituencies["应选代表名额"].to_pylist()]
    people = [int(number) for number in constituencies["人口数"].to_pylist()]
    county = [code[:6] for code in constituencies["行政区划代码"].to_pylist()]
    residents, deputies = Counter[str](), Counter[str]()
    for where, number, count in zip(county, seats, people, strict=True):
        residents[where] += count
        deputies[where] += number
    voters, at_home = _voters(sheet)
    for name, where, number, count in zip(names, county, seats, people, strict=True):
        if number > 3:
            yield name, "E52", True
        mean = residents[where] / deputies[where]
        yield from _beyond(name, "E51", 100 * abs(count / number - mean) / mean - FURTHEST)
        if count >= SMALLEST and at_home[name] * 2 >= voters[name] > 0:
            percent = 100 * voters[name] / count
            yield from _beyond(name, "E53", max(FEWEST - percent, percent - MOST))


def _beyond(name: str, code: str, excess: float) -> Iterator[Fact]:
    if excess > -NEAR:
        yield name, code, excess > NEAR


def _voters(sheet: Sheet) -> tuple[Counter[str], Counter[str]]:
    where = sheet.columns["constituency"].to_pylist()
    home = sheet.place_kind == registrations.HOUSEHOLD
    return Counter(where), Counter(name for name, lives in zip(where, home, strict=True) if lives)


def _first_days(sheet: Sheet, everybody: People) -> Iterator[Fact]:
    born = everybody.born[sheet.person].astype("datetime64[D]")
    first = born == born.astype("datetime64[Y]").astype("datetime64[D]")
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, is_first in zip(sheet.columns["constituency"].to_pylist(), first, strict=True):
        counted[name][0] += 1
        counted[name][1] += bool(is_first)
    for name, (rows, days) in counted.items():
        times = days * 365.25 / rows
        if days >= PERHAPS[0] and times > PERHAPS[1]:
            yield name, "E56", days >= SURELY[0] and times > SURELY[1]
