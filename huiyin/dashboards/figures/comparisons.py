"""Years, units, subjects and districts side by side, with what must not be ranked marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.dashboards.figures.figure import Figure
from huiyin.dashboards.figures.suggestions import BY_KEY, Rate, figures_of
from huiyin.dashboards.figures.tally import Group, Tally, promises_by
from huiyin.suggestions.choices import Subject
from huiyin.ui.lists import Paged

COMPARED: dict[str, Words] = {
    "unit": gettext_lazy("承办单位"),
    "subject": gettext_lazy("类别"),
    "district": gettext_lazy("县区"),
    "year": gettext_lazy("年份"),
}
MOST_DRAWN = 20  # bars of a chart; the table has them all
PER_PAGE = 100
YEARS_SIDE_BY_SIDE = 5
# What the table on the page shows, with words short enough for its heads; the file has all.
SHOWN: dict[str, Words] = {
    "reply": gettext_lazy("办复率"),
    "K11": gettext_lazy("按期办复率"),
    "K10": gettext_lazy("满意率"),
    "K10b": gettext_lazy("全部满意"),
    "meeting": gettext_lazy("见面率"),
    "finished": gettext_lazy("解决率"),
    "promise": gettext_lazy("承诺兑现率"),
    "return": gettext_lazy("退办率"),
    "K11a": gettext_lazy("平均天数"),
}
BETTER_LOW = ("redo", "return")


@dataclass(frozen=True)
class Row:
    """One group with all its rates. `few` is the smallest base that says anything."""

    name: str
    group: Group
    figures: Sequence[Figure]
    few: int

    @property
    def n(self) -> int:
        return self.group.counts.get("all", 0)

    def of(self, rate: Rate) -> Figure:
        return next(figure for figure in self.figures if figure.key == rate.key)

    @property
    def all_cells(self) -> list[tuple[Figure, bool]]:
        """Every rate, and whether there is too little behind it."""
        return [(figure, self.is_few(BY_KEY[figure.key])) for figure in self.figures]

    @property
    def cells(self) -> list[tuple[Words, Figure, bool]]:
        """What the page shows, in the order of its heads."""
        found = {figure.key: (figure, is_few) for figure, is_few in self.all_cells}
        return [(head, *found[key]) for key, head in SHOWN.items()]

    def is_few(self, rate: Rate) -> bool:
        """Two items say nothing about a unit: their share is shown and never ranked."""
        return self.base(rate) < self.few

    def base(self, rate: Rate) -> int:
        return self.group.counts.get(rate.of, 0)


@dataclass(frozen=True)
class Comparison:
    """All groups of a tally by one rate; counted when first asked for, by two statements beside the rules."""

    tally: Tally
    rate: Rate

    @property
    def by(self) -> str:
        return self.tally.by

    @property
    def few(self) -> int:
        return self.tally.few

    @cached_property
    def rows(self) -> list[Row]:
        promised = promises_by(self.tally.scope, self.by)
        held = {group.key: group for group in self.tally.groups if group.counts["all"]}
        keys = dict.fromkeys([*held, *promised])  # the order of the items, then who only promised
        return [_row(held.get(key), promised.get(key), self.tally) for key in keys]

    @cached_property
    def ranked(self) -> list[Row]:
        """Those with enough behind them."""
        return best_first([row for row in self.rows if not row.is_few(self.rate)], self.rate)

    @property
    def left_out(self) -> int:
        return len(self.rows) - len(self.ranked)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each ranked group; equal shares share a place. Years are no competitors."""
        if self.by == "year":
            return {}
        found: dict[str, int] = {}
        before, place = None, 0
        for number, row in enumerate(self.ranked, start=1):
            size = row.of(self.rate).size
            place, before = (place if size == before else number), size
            found[row.group.address] = place
        return found

    @property
    def chart(self) -> dict[str, Any]:
        """The best of those that may be ranked, years in their order."""
        drawn = self.ranked[:MOST_DRAWN]
        if self.by == "year":
            drawn = sorted(self.ranked, key=lambda row: row.name)
        return {
            "category": str(COMPARED[self.by]),
            "categories": [row.name for row in drawn],
            "unit": _("天") if self.rate.is_average else "%",
            "sideways": self.by != "year",
            "series": [
                {"name": str(self.rate.name), "values": [row.of(self.rate).size for row in drawn]}
            ],
        }


def compare(tally: Tally, key: str) -> Comparison:
    return Comparison(tally, BY_KEY[key])


def _row(held: Group | None, promised: Group | None, tally: Tally) -> Row:
    parts = [part for part in (held, promised) if part is not None]
    counts = {name: n for part in parts for name, n in part.counts.items()}
    whole = Group(parts[0].key, parts[0].words, counts)
    return Row(_name(whole, tally.by), whole, figures_of(counts, tally, whole), tally.few)


def _name(group: Group, by: str) -> str:
    if group.key is None or group.words == "":
        return _("没有记录")
    return str(Subject(group.key).label) if by == "subject" else group.words


class SortedRows(Paged):
    """The rows of a comparison as a list: by any column, with what is too few always last."""

    def __init__(self, request: Any, comparison: Comparison, *, q: str = "") -> None:
        default = "name" if comparison.by == "year" else comparison.rate.key
        rates = {key: key if _is_best_low(rate) else f"-{key}" for key, rate in BY_KEY.items()}
        sorts = {"name": "name", "n": "-n"} | rates
        super().__init__(request, sorts=sorts, default=default, per_page=PER_PAGE)
        self.comparison, self.q = comparison, q

    @cached_property
    def wanted(self) -> list[Row]:
        return [row for row in self.comparison.rows if self.q in row.name]

    @cached_property
    def counted(self) -> int:
        return len(self.wanted)

    @cached_property
    def sorted(self) -> list[Row]:
        """All of them: the page cuts, the file does not."""
        if self.sort == "name":
            return sorted(self.wanted, key=lambda row: row.name, reverse=self.descending)
        if self.sort == "n":
            return sorted(self.wanted, key=lambda row: row.n, reverse=not self.descending)
        return self._by_rate(BY_KEY[self.sort])

    @cached_property
    def rows(self) -> list[Row]:
        return self.sorted[self.start : self.start + self.per_page]

    @property
    def shown(self) -> list[tuple[Row, int | None, list[tuple[Words, Figure, bool]]]]:
        """The rows of the page with their places and cells."""
        places = self.comparison.places
        return [(row, places.get(row.group.address), row.cells) for row in self.rows]

    def _by_rate(self, rate: Rate) -> list[Row]:
        """The best first, turned round on demand; without enough behind it nothing is the best."""
        enough = best_first([row for row in self.wanted if not row.is_few(rate)], rate)
        few = [row for row in self.wanted if row.is_few(rate)]
        return (enough[::-1] if self.descending else enough) + few


def best_first(rows: Sequence[Row], rate: Rate) -> list[Row]:
    """With equal shares the larger group first."""
    sign = 1 if _is_best_low(rate) else -1
    return sorted(rows, key=lambda row: (sign * (row.of(rate).size or 0), -row.n))


def _is_best_low(rate: Rate) -> bool:
    return rate.is_average or rate.key in BETTER_LOW
