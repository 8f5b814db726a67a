"""Administrative divisions with dated codes, from the country down to the community."""

import datetime as dt
import re
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.regions.choices import Level


class RegionQuerySet(models.QuerySet["Region"]):
    def on(self, day: dt.date) -> Self:
        """Divisions whose code is in force on the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day)).filter(
            Q(valid_to=None) | Q(valid_to__gt=day)
        )

    def inside(self, region: "Region") -> Self:
        """The division itself and everything in it."""
        return self.filter(path__startswith=region.path)

    def at(self, level: str) -> Self:
        return self.filter(level=level)

    def sorted_by_name(self) -> Self:
        """In the order of the names' readings, as people look for them."""
        return self.order_by("sort_key", "code")


class Region(models.Model):
    """One division. `path` is the line of codes from the top, so a prefix finds everything in it.

    A code says where a division stands in the tree only by `parent`: 620171 is a statistical
    code inside 620100 and no prefix rule would place its towns.
    """

    code = models.CharField(_("代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="children", null=True, blank=True
    )
    path = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=240, blank=True, default="", editable=False)
    is_statistical = models.BooleanField(_("仅统计用"), default=False)
    note = models.CharField(_("说明"), max_length=200, blank=True, default="")
    valid_from = models.DateField(_("启用"), null=True, blank=True)
    valid_to = models.DateField(_("停用"), null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="region_path", fields=["path"], opclasses=["text_pattern_ops"]),
            models.Index(name="region_level_code", fields=["level", "code"]),
        ]

    def __str__(self) -> str:
        return self.name

    def contains(self, other: "Region") -> bool:
        return other.path.startswith(self.path)

    def county(self) -> "Region | None":
        """The county or district it lies in, or is; a city lies in none."""
        return Region.objects.at(Level.COUNTY).filter(code__in=self.lineage()).first()

    def paths_above(self) -> list[str]:
        """The paths of what it lies in, the country's first; its own is not among them."""
        codes = self.path.strip("/").split("/")
        return [f"/{'/'.join(codes[:depth])}/" for depth in range(1, len(codes))]

    def lineage(self) -> list[str]:
        """Codes from this division up to the country, nearest first: the order rules apply in."""
        return self.path.strip("/").split("/")[::-1]


class Gazetteer:
    """The divisions of an area by their codes and by the names people write for them."""

    _BETWEEN = re.compile(r"[\s/、，,>·-]+")
    _OFFICE = re.compile("(?<=街道)(?:办事处|办)$")

    def __init__(self, area: Region, day: dt.date) -> None:
        above = Region.objects.filter(code__in=area.lineage())
        inside = list(Region.objects.inside(area).on(day))
        names = {region.path: region.name for region in (*above, *inside)}
        self._by_code = {region.code: region for region in inside}
        self._by_name: dict[str, set[Region]] = {}
        for region in inside:
            chain = [names[path] for path in (*region.paths_above(), region.path) if path in names]
            for depth in range(len(chain)):
                self._by_name.setdefault("".join(chain[depth:]), set()).add(region)

    def find(self, words: str) -> Region | None:
        """The one division that is meant; none when no name fits, or more than one does."""
        tidy = self._BETWEEN.sub("", words)
        if tidy.isdecimal():
            return self._coded(tidy)
        found = self._by_name.get(self._OFFICE.sub("", tidy), set())
        return next(iter(found)) if len(found) == 1 else None

    def _coded(self, code: str) -> Region | None:
        """Codes of 6, 9 and 12 digits are written with and without the zeros at their end."""
        shorter = (code[:length] for length in (9, 6) if not code[length:].strip("0"))
        return next(filter(None, map(self._by_code.get, (code, *shorter))), None)
