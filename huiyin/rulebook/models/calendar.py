"""Days that differ from the plain week: public holidays and weekends worked for them."""

import datetime as dt
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import compiled
from huiyin.kernel.compiled import Statement
from huiyin.kernel.models import Trailed
from huiyin.regions.models import Region
from huiyin.rulebook.calculations import WorkingCalendar
from huiyin.rulebook.calculations.words import holiday_words

Fact = tuple[str | None, dt.date, bool, str]
KEPT = 500  # statements, each for some places and years


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    def applying_to(self, region: Region | None) -> Self:
        """The days of the whole country and those of the region's own line."""
        return self.in_places(region.lineage() if region else [])

    def in_places(self, codes: Collection[str]) -> Self:
        return self.filter(Q(region=None) | Q(region__code__in=codes))

    def in_years(self, first: int, last: int) -> Self:
        return self.filter(date__range=(dt.date(first, 1, 1), dt.date(last, 12, 31)))

    def is_working(self, day: dt.date, region: Region | None = None) -> bool:
        return self.filter(date=day).working_calendar(region).is_working(day)

    def working_calendar(self, region: Region | None = None) -> WorkingCalendar:
        return working_calendar(self.applying_to(region).facts(), region)

    def facts(self) -> list[Fact]:
        """The bare columns a calendar is made of: a clock needs some seventy days of them."""
        return list(self.bare())

    def bare(self) -> models.QuerySet[Any, Any]:
        return self.values_list("region__path", "date", "is_working", "name")


class CalendarDay(Trailed):
    """One exception. Without a region it holds for the country; a region's own day wins over it."""

    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        related_name="calendar_days",
        null=True,
        blank=True,
        verbose_name=_("适用地区"),
    )
    date = models.DateField(_("日期"))
    is_working = models.BooleanField(_("上班"))
    name = models.CharField(_("名称"), max_length=60)
    source = models.CharField(_("依据"), max_length=120, blank=True, default="")

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="calendar_day_once_for_each_region",
                fields=["date", "region"],
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"

    @property
    def label(self) -> str:
        return holiday_words(self.name)


def facts_in(codes: Collection[str], first: int, last: int) -> list[Fact]:
    """What every clock asks: the days of these years that concern the places."""
    rows: list[Any] = compiled.rows(_facts_statement(tuple(sorted(codes)), first, last))
    return rows


@lru_cache(maxsize=KEPT)
def _facts_statement(codes: tuple[str, ...], first: int, last: int) -> Statement:
    return compiled.statement(CalendarDay.objects.in_places(codes).in_years(first, last).bare())


def working_calendar(facts: Iterable[Fact], region: Region | None) -> WorkingCalendar:
    """The days that concern the region; the nearest place's word on a day is the last."""
    path = region.path if region else ""
    fitting = [fact for fact in facts if fact[0] is None or path.startswith(fact[0])]
    fitting.sort(key=lambda fact: len(fact[0] or ""))
    return WorkingCalendar({day: (is_working, name) for _path, day, is_working, name in fitting})
