"""How the rows a unit is judged by become points. Pure functions: every point can be counted again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from huiyin.supervision.choices import Line

TENTH = Decimal("0.1")
ORDER = list(Line.values)  # of the sheet; a rule's value comes back from the database in any order
PAIR = 2  # characters compared at a time


class Correction(NamedTuple):
    """A ruling on one row of one line: it counts well, or it does not count."""

    line: str
    row: int
    counts_well: bool


@dataclass
class Facts:
    """Rows by line: `base` those that count, `good` those that count well, `off` what takes points."""

    base: dict[str, set[int]] = field(default_factory=dict)
    good: dict[str, set[int]] = field(default_factory=dict)
    off: dict[str, set[int]] = field(default_factory=dict)

    def count(self, line: str, row: int, *, is_good: bool) -> None:
        self.base.setdefault(line, set()).add(row)
        if is_good:
            self.good.setdefault(line, set()).add(row)

    def take(self, line: str, row: int) -> None:
        self.off.setdefault(line, set()).add(row)


def corrected(facts: Facts, corrections: Iterable[Correction]) -> Facts:
    """The facts after the rulings; the facts themselves stay as they are."""
    made = Facts(*({line: set(rows) for line, rows in part.items()} for part in _parts(facts)))
    for line, row, counts_well in corrections:
        made.off.get(line, set()).discard(row)
        if counts_well and row in made.base.get(line, set()):
            made.good.setdefault(line, set()).add(row)
        elif not counts_well:
            made.base.get(line, set()).discard(row)
            made.good.get(line, set()).discard(row)
    return made


def score_sheet(
    facts: Facts, weights: Mapping[str, int], deductions: Mapping[str, int]
) -> dict[str, Any]:
    """The sheet as it is kept: each line with its rows, what is taken off, and the total of 100.

    A line with no rows is left out and its weight with it: the rest is scaled to 100.
    """
    lines = [_line(name, weights[name], facts) for name in sorted(weights, key=ORDER.index)]
    possible = sum(line["weight"] for line in lines if line["base"])
    reached = sum((Decimal(line["points"]) for line in lines if line["base"]), Decimal(0))
    taking = sorted(deductions.keys() - {"most"}, key=ORDER.index)
    off = [_off(name, deductions[name], facts) for name in taking]
    taken = min(sum(part["taken"] for part in off), deductions["most"])
    scaled = 100 * reached / possible if possible else Decimal(0)
    total = max(Decimal(0), scaled - taken) if possible else Decimal(0)
    return {
        "lines": lines,
        "off": off,
        "taken": taken,
        "possible": possible,
        "reached": str(_rounded(reached)),
        "scaled": str(_rounded(scaled)),
        "total": str(_rounded(total)),
    }


def alike(texts: Mapping[int, str], percent: int) -> set[int]:
    """The texts that share at least so much of their character pairs with another one."""
    pairs = {key: _pairs(text) for key, text in texts.items()}
    keys, found = sorted(pairs), set()
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            if _share(pairs[one], pairs[other]) * 100 >= percent:
                found |= {one, other}
    return found


def _parts(facts: Facts) -> tuple[dict[str, set[int]], ...]:
    return facts.base, facts.good, facts.off


def _line(name: str, weight: int, facts: Facts) -> dict[str, Any]:
    base, good = facts.base.get(name, set()), facts.good.get(name, set())
    points = Decimal(weight) * len(good) / len(base) if base else Decimal(0)
    return {
        "name": name,
        "weight": weight,
        "base": sorted(base),
        "good": sorted(good),
        "points": str(_rounded(points)),
    }


def _off(name: str, each: int, facts: Facts) -> dict[str, Any]:
    rows = sorted(facts.off.get(name, set()))
    return {"name": name, "each": each, "rows": rows, "taken": each * len(rows)}


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)


def _pairs(text: str) -> set[str]:
    plain = "".join(text.split())
    return {plain[place : place + PAIR] for place in range(len(plain) - 1)}


def _share(one: set[str], other: set[str]) -> float:
    """Common pairs of all pairs; two empty texts are not alike."""
    return len(one & other) / len(one | other) if one and other else 0.0
