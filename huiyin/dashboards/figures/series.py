"""Series for charts and tables: by month, by year, by unit."""

from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.dashboards.figures.figure import Scope
from huiyin.dashboards.figures.suggestions import DAY, handed_over
from huiyin.kernel import clock
from huiyin.opinions.models import Voice
from huiyin.rulebook.models import Clock
from huiyin.suggestions.models import Suggestion

MONTHS = (
    gettext_lazy("1月"), gettext_lazy("2月"), gettext_lazy("3月"), gettext_lazy("4月"),
    gettext_lazy("5月"), gettext_lazy("6月"), gettext_lazy("7月"), gettext_lazy("8月"),
    gettext_lazy("9月"), gettext_lazy("10月"), gettext_lazy("11月"), gettext_lazy("12月"),
)  # fmt: skip


def by_month(scope: Scope) -> dict[str, Any]:
    """Received, handed in and answered, month by month: one statement for chart and table.

    The year that runs ends with the present month: what is not there yet is no zero.
    """
    months = _months(scope.year)
    voices = Voice.objects.filter(congress=scope.congress)
    items = Suggestion.objects.filter(congress=scope.congress)
    said = _monthly("said", voices, "received_at", scope)
    written = _monthly("written", items, "submitted_at", scope)
    answered = _monthly("answered", items, "replied_at", scope)
    counts = {row[:2]: row[2] for row in said.union(written, answered, all=True)}
    names = {"said": _("居民的话"), "written": _("提出建议"), "answered": _("答复")}
    return {
        "category": _("月份"),
        "categories": [str(MONTHS[month - 1]) for month in months],
        "unit": _("件"),
        "series": [
            {"name": name, "values": [counts.get((key, month), 0) for month in months]}
            for key, name in names.items()
        ],
    }


def _months(year: int) -> range:
    today = clock.today()
    return range(1, (today.month if year == today.year else 12) + 1)


def _monthly(key: str, rows: QuerySet[Any], moment: str, scope: Scope) -> QuerySet[Any, Any]:
    month = ExtractMonth(moment, tzinfo=clock.ZONE)
    in_year = rows.filter(scope.during(moment)).order_by()
    return (
        in_year.annotate(line=Value(key), month=month)
        .values_list("line", "month")
        .annotate(Count("pk"))
    )


def by_year(scope: Scope) -> list[dict[str, Any]]:
    """K11: is handling quicker from year to year?"""
    time = ExpressionWrapper(F("replied_at") - F("handed_over_at"), output_field=DurationField())
    rows = (
        Suggestion.objects.filter(congress=scope.congress, replied_at__isnull=False)
        .annotate(year=ExtractYear("handed_over_at", tzinfo=clock.ZONE))
        .order_by("year")
        .values("year")
        .annotate(
            n=Count("pk"),
            on_time=Count("pk", filter=Q(replied_at__date__lte=F("reply_clock__due_on"))),
            time=Avg(time),
        )
    )
    return [row | {"days": round(row["time"].total_seconds() / DAY, 1)} for row in rows]


def by_unit(scope: Scope) -> list[dict[str, Any]]:
    """Handling units with what they were given in the year, the busiest first."""
    late = Clock.overdue_q(clock.today(), prefix="clock__")
    on_time = Q(replied_at__date__lte=F("reply_clock__due_on"))
    rows: Any = (
        handed_over(scope)
        .order_by()
        .values("lead_unit", "lead_unit__name", name=F("lead_unit__short_name"))
        .annotate(
            n=Count("pk"),
            replied=Count("pk", filter=Q(replied_at__isnull=False)),
            on_time=Count("pk", filter=on_time),
            late=Count("pk", filter=late),
        )
        .order_by("-n", "name")
    )
    return list(rows)
