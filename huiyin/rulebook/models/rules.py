"""Rules with the day they hold from and the text they come from."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Self

import pghistory
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock
from huiyin.kernel.models import Trailed
from huiyin.regions.choices import Level
from huiyin.regions.models import Region
from huiyin.rulebook.calculations import Duration, Term, add_months, value_words
from huiyin.rulebook.choices import Area, Key, Latitude, area_of


class RuleMissing(LookupError):
    """No rule of this key holds for the region on the day: its rule packs were not loaded."""


class RuleQuerySet(models.QuerySet["Rule"]):
    def applying_to(self, region: Region) -> Self:
        """Every version on the region's line up to the country."""
        return self.filter(region__code__in=region.lineage()).select_related("region")

    def in_force(self, key: str, region: Region, day: dt.date) -> "Rule":
        rules = self.applying_to(region).filter(key=key, valid_from__lte=day)
        return nearest(rules, key, region)

    def value(self, key: str, region: Region, day: dt.date, level: str = "") -> Any:
        """What the rule says; of a value given level by level, what it says for this level."""
        value = self.in_force(key, region, day).value
        return value[level] if level else value

    def kept_since(self, key: str, region: Region, today: dt.date) -> dt.datetime | None:
        """What ended before this moment is kept no longer; None where no rule says how long."""
        kept = self.values_of([key], region, today).get(key)
        return clock.at(add_months(today, -kept["months"]), 0) if kept else None

    def values_of(self, keys: Collection[str], region: Region, day: dt.date) -> dict[str, Any]:
        """What several rules say, in one query; of a key without a rule nothing is said."""
        by_key: dict[str, list[Rule]] = {}
        for rule in self.applying_to(region).filter(key__in=keys, valid_from__lte=day):
            by_key.setdefault(rule.key, []).append(rule)
        return {key: nearest(rules, key, region).value for key, rules in by_key.items()}

    def versions(self, key: str) -> Self:
        """Every version everywhere, the widest place first, the newest version first."""
        found = self.filter(key=key).select_related("region")
        return found.order_by("region__path", "-valid_from")

    def places(self) -> models.QuerySet[Region]:
        """The places that have rules of their own, the country first."""
        return Region.objects.filter(pk__in=self.values("region")).order_by("path")

    def all_in_force(self, region: Region, day: dt.date) -> list["Rule"]:
        """One rule for each key that holds for the region, in the order of the keys."""
        by_key: dict[str, list[Rule]] = {}
        for rule in self.applying_to(region).filter(valid_from__lte=day):
            by_key.setdefault(rule.key, []).append(rule)
        return [nearest(by_key[key], key, region) for key in Key.values if key in by_key]


@pghistory.track()
class Rule(Trailed):
    """One version of one rule in one place. The newest version of the nearest place holds."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="rules", verbose_name=_("适用地区")
    )
    key = models.CharField(_("事项"), max_length=60)
    valid_from = models.DateField(_("生效日期"))
    value = models.JSONField(_("规定"))
    source = models.CharField(_("依据"), max_length=120)
    article = models.CharField(_("条款"), max_length=60, blank=True, default="")
    article_text = models.TextField(_("条款大意"), blank=True, default="")
    is_law = models.BooleanField(_("法律规定"), default=False)
    latitude = models.CharField(
        _("地方余地"), max_length=10, choices=Latitude, default=Latitude.FREE
    )
    is_confirmed = models.BooleanField(_("本地已确认"), default=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="rule_one_version_for_each_day", fields=["region", "key", "valid_from"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}：{self.words}"

    @property
    def label(self) -> str:
        return str(Key(self.key).label)

    @property
    def area(self) -> Area:
        return area_of(self.key)

    @property
    def words(self) -> str:
        return value_words(self.value, self.key)

    @property
    def law_words(self) -> str:
        """《代表法》第五十一条; a rule without a named text says what it is."""
        if not self.article:
            return self.source
        return gettext("《%(source)s》%(article)s") % {
            "source": self.source,
            "article": self.article,
        }

    @property
    def is_default(self) -> bool:
        """The platform's own proposal: it holds where neither law nor place says anything."""
        is_national = self.region.level == Level.COUNTRY
        return is_national and not (self.is_law or self.is_confirmed or self.article)

    def term(self) -> Term:
        """The rule as a time limit. Raises ValueError if it is none."""
        return Term(
            self.key,
            Duration.parse(self.value),
            self.source,
            self.article,
            self.is_confirmed,
            self.is_default,
        )


def nearest(rules: "models.QuerySet[Rule] | list[Rule]", key: str, region: Region) -> Rule:
    """The newest version of the nearest place; the caller has left out what is not yet in force."""
    found = max(rules, key=lambda rule: (len(rule.region.path), rule.valid_from), default=None)
    if found is None:
        raise RuleMissing(f"no rule {key!r} for {region.name} ({region.code})")
    return found
