"""Series for charts and tables: month by month, and from year to year."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Func, IntegerField, QuerySet, Sum, Value
from django.db.models.functions import ExtractMonth, ExtractYear, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from huiyin.dashboards.figures.figure import Scope
from huiyin.kernel import clock
from huiyin.opinions.models import Voice
from huiyin.suggestions.models import Suggestion

MONTHS = (
    gettext_lazy("1月"), gettext_lazy("2月"), gettext_lazy("3月"), gettext_lazy("4月"),
    gettext_lazy("5月"), gettext_lazy("6月"), gettext_lazy("7月"), gettext_lazy("8月"),
    gettext_lazy("9月"), gettext_lazy("10月"), gettext_lazy("11月"), gettext_lazy("12月"),
)  # fmt: skip


@dataclass(frozen=True)
class Series:
    """Months and years of one congress, a statement each."""

    scope: Scope

    @property
    def months(self) -> dict[str, Any]:
        """Received, handed in and answered, for chart and table.

        The year that runs ends with the present month: what is not there yet is no zero.
        """
        months = _months(self.scope.year)
        names = {
            "said": _("居民的话"),
            "written": _("提出建议"),
            "answered": pgettext("导航", "答复"),
        }
        return {
            "category": _("月份"),
            "categories": [str(MONTHS[month - 1]) for month in months],
            "unit": _("件"),
            "series": [
                {"name": name, "values": [self._lines[key][month] for month in months]}
                for key, name in names.items()
            ],
        }

    @property
    def years(self) -> list[dict[str, Any]]:
        """K11: is handling quicker from year to year?"""
        answered = Suggestion.objects.filter(
            congress=self.scope.congress,
            is_secret=False,
            replied_at__isnull=False,
            handed_over_at__isnull=False,
        )
        year = ExtractYear("handed_over_at", tzinfo=clock.ZONE)
        rows = answered.order_by().annotate(year=year).values("year")
        counted = rows.annotate(n=Count("pk"), days=Sum(_days_to_reply())).order_by("year")
        found = counted.values_list("year", "n", "days")
        return [{"year": year, "n": n, "days": _mean(days, n)} for year, n, days in found]

    @cached_property
    def _lines(self) -> dict[str, defaultdict[int, int]]:
        lines: dict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        first, *more = self._monthly()
        for line, month, n in first.union(*more, all=True):
            lines[line][int(month)] = n
        return lines

    def _monthly(self) -> list[QuerySet[Any, Any]]:
        voices = Voice.objects.filter(congress=self.scope.congress)
        items = Suggestion.objects.filter(congress=self.scope.congress, is_secret=False)
        return [
            self._in_months("said", voices, "received_at"),
            self._in_months("written", items, "submitted_at"),
            self._in_months("answered", items, "replied_at"),
        ]

    def _in_months(self, line: str, rows: QuerySet[Any], moment: str) -> QuerySet[Any, Any]:
        in_year = rows.filter(self.scope.during(moment)).order_by()
        month = ExtractMonth(moment, tzinfo=clock.ZONE)
        named = in_year.annotate(line=Value(line), month=month).values_list("line", "month")
        return named.annotate(n=Count("pk"))


def _months(year: int) -> range:
    today = clock.today()
    return range(1, (today.month if year == today.year else 12) + 1)


def _days_to_reply() -> Func:
    """Whole days, as PostgreSQL subtracts dates; Django would make them an interval."""
    on = (TruncDate(name, tzinfo=clock.ZONE) for name in ("replied_at", "handed_over_at"))
    return Func(*on, template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())


def _mean(total: int, n: int) -> float:
    return round(total / n, 1) if n else 0.0
