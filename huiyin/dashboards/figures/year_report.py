"""The report of a year for the session, part by part, from the figures the pages show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.utils.translation import gettext as _

from huiyin.dashboards.figures.comparisons import (
    COMPARED,
    SHOWN,
    YEARS_SIDE_BY_SIDE,
    Comparison,
    Row,
    compare,
)
from huiyin.dashboards.figures.figure import Figure, Scope
from huiyin.dashboards.figures.motions import conversion
from huiyin.dashboards.figures.series import Series
from huiyin.dashboards.figures.suggestions import FORMULAS, rates
from huiyin.dashboards.figures.supervision import supervision
from huiyin.dashboards.figures.tally import Tally
from huiyin.kernel.documents import Bars, Section, Table

COLUMNS = ("reply", "K11", "K10", "finished", "promise", "K11a")
NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class YearReport:
    """Each part counts by itself, so that the worker can say how far it has come."""

    scope: Scope

    @property
    def parts(self) -> list[Callable[[], Section]]:
        written: list[Callable[[], Section]] = [
            self._whole,
            self._months,
            *(partial(self._side_by_side, by) for by in ("unit", "subject", "district", "year")),
            self._supervision,
            self._method,
        ]
        return [partial(_numbered, place, part) for place, part in enumerate(written)]

    @cached_property
    def rates(self) -> list[Figure]:
        return [*rates(self._tally), conversion(self._tally)]

    @property
    def counted(self) -> list[dict[str, Any]]:
        """The numbers themselves, kept beside the paper."""
        return [
            {"key": each.key, "count": each.count, "of": each.of, "rule": each.rule}
            for each in self.rates
        ]

    @cached_property
    def _tally(self) -> Tally:
        return Tally(self.scope)

    def _whole(self) -> Section:
        lines = [
            [each.name, _value(each), _plain(each.count), _plain(each.of)] for each in self.rates
        ]
        shares = [each for each in self.rates if each.percent is not None]
        return Section(
            _("总的情况"),
            [opening(self._tally)],
            Table((_("指标"), _("数值"), _("分子"), _("分母")), lines),
            Bars(_("各项比率"), [s.name for s in shares], [s.percent for s in shares], "%"),
        )

    def _months(self) -> Section:
        months = Series(Scope(self.scope.congress, self.scope.year)).months
        names = [line["name"] for line in months["series"]]
        columns = [line["values"] for line in months["series"]]
        rows = [
            [month, *map(str, values)]
            for month, *values in zip(months["categories"], *columns, strict=True)
        ]
        chart = Bars(names[-1], months["categories"], columns[-1], _("件"))
        words = _("%(year)s年各月收到的居民的话、提出的建议和答复的件数。") % {
            "year": self.scope.year
        }
        return Section(_("各月情况"), [words], Table((months["category"], *names), rows), chart)

    def _side_by_side(self, by: str) -> Section:
        scope = self.scope.back(years=YEARS_SIDE_BY_SIDE) if by == "year" else self.scope
        comparison = compare(Tally(scope, by), "K10")
        heads = (str(COMPARED[by]), _("交办件数"), *(str(SHOWN[key]) for key in COLUMNS))
        words = _("分母不到%(n)d的标“少”，不进图，不宜比较。") % {"n": comparison.few}
        chart = comparison.chart
        return Section(
            _("按%(by)s") % {"by": COMPARED[by]},
            [words],
            Table(heads, [_line(row) for row in comparison.rows]),
            Bars(_picture(comparison), chart["categories"], chart["series"][0]["values"], "%"),
        )

    def _supervision(self) -> Section:
        found = supervision(self._tally)
        lines = [[each.name, _value(each), each.definition] for each in found]
        return Section(
            _("督办、测评和表彰"), [], Table((_("指标"), _("数值"), _("怎么算的")), lines)
        )

    def _in_confidence(self) -> str:
        """How many are in no number: fewer than what is marked as few would tell of single ones."""
        left_out = self._tally.left_out
        if left_out < self._tally.few:
            return _("保密办理的不在任何数字里。")
        return _("另有%(n)d件保密办理，不在任何数字里。") % {"n": left_out}

    def _method(self) -> Section:
        """Nobody can check a number whose formula is not told."""
        words = [
            _("数字来自平台上的办理记录，公式第%(n)d版。时间：%(first)s至%(last)s。")
            % {"n": FORMULAS, "first": self.scope.first, "last": self.scope.last}
        ]
        words.append(self._in_confidence())
        lines = [
            [each.name, each.definition, each.excluded, each.rule or each.source]
            for each in self.rates
        ]
        heads = (_("指标"), _("怎么算的"), _("不算的"), _("规则版本或依据"))
        return Section(_("怎么算的"), words, Table(heads, lines))


def opening(tally: Tally) -> str:
    """Two sentences that say the year; also the first draft of the preface."""
    n, by_key = tally.totals, {each.key: each for each in rates(tally)}
    named: dict[str, Any] = {"all": n["all"], "replied": n["replied"], "rated": n["rated"]}
    named |= {key: _value(by_key[key]) for key in ("reply", "K11", "K10", "finished", "promise")}
    return (
        _(
            "本期交办代表建议%(all)d件，已答复%(replied)d件，办复率%(reply)s，按期办复率%(K11)s。"
            "代表评价了%(rated)d件，满意率（含基本满意）%(K10)s；"
            "已解决和已办成的占%(finished)s，到期的承诺按期兑现%(promise)s。"
        )
        % named
    )


def _numbered(place: int, part: Callable[[], Section]) -> Section:
    section = part()
    heading = _("%(numeral)s、%(heading)s") % {
        "numeral": NUMERALS[place],
        "heading": section.heading,
    }
    return Section(heading, section.paragraphs, section.table, section.chart)


def _line(row: Row) -> Sequence[str]:
    cells = {figure.key: (figure, is_few) for figure, is_few in row.all_cells}
    return [row.name, str(row.n), *(_cell(*cells[key]) for key in COLUMNS)]


def _cell(figure: Figure, is_few: bool) -> str:
    value = _value(figure)
    return value + _("（少）") if is_few and figure.size is not None else value


def _picture(comparison: Comparison) -> str:
    """Without bars no title either."""
    return str(comparison.rate.name) if comparison.ranked else ""


def _value(figure: Figure) -> str:
    return f"{figure.value}{figure.unit}" if figure.count is not None else figure.value


def _plain(number: float | None) -> str:
    return "—" if number is None else f"{number:,}"
