"""The yearly appraisal: one score sheet a unit, its objections and the rulings on them."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Unit
from huiyin.congress.seats import Seats
from huiyin.kernel.models import Trailed
from huiyin.rulebook.models import Clock
from huiyin.suggestions.models import Promise, Suggestion
from huiyin.supervision import visibility
from huiyin.supervision.calculations import Correction
from huiyin.supervision.choices import (
    OF_PROMISES,
    AppraisalState,
    CardState,
    Line,
    RulingState,
    Wanted,
)


class AppraisalQuerySet(models.QuerySet["Appraisal"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_appraisals(user))


class Appraisal(Trailed):
    """One congress's appraisal of its handling units in one year; `rules` is what it counted by."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="appraisals")
    year = models.PositiveSmallIntegerField(_("年份"))
    state = models.CharField(
        _("状态"), max_length=12, choices=AppraisalState, default=AppraisalState.RUNNING
    )
    rules = models.JSONField(default=dict)
    counted_at = models.DateTimeField(_("计分时间"), null=True, blank=True)
    shown_at = models.DateTimeField(_("送单位核对"), null=True, blank=True)
    finished_at = models.DateTimeField(_("定案"), null=True, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="appraisals", null=True, blank=True
    )

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "承办单位评分")
        constraints = [
            models.UniqueConstraint(name="appraisal_once_a_year", fields=["congress", "year"])
        ]

    def __str__(self) -> str:
        return str(_("%(year)s年承办单位评分") % {"year": self.year})


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_scorecards(user))

    def matching(self, *, q: str = "", state: str = "") -> Self:
        found = self.filter(unit__name__icontains=q) if q else self
        return found.filter(state=state) if state else found

    def to_agree(self, seats: Seats) -> Self:
        """Sheets that a unit's people may still object to."""
        return self.filter(unit__in=seats.units(), state=CardState.SHOWN)

    def for_list(self) -> Self:
        return self.select_related("unit", "appraisal")


class Scorecard(Trailed):
    """One unit's sheet: each line with the rows it counts, so that every point can be opened."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="cards")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="scorecards")
    state = models.CharField(_("状态"), max_length=12, choices=CardState, default=CardState.DRAFT)
    sheet = models.JSONField(default=dict)
    total = models.DecimalField(_("得分"), max_digits=5, decimal_places=1, default=Decimal(0))
    n_items = models.PositiveIntegerField(_("承办件数"), default=0)
    rank = models.PositiveSmallIntegerField(_("名次"), null=True, blank=True)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="scorecard_once_a_unit", fields=["appraisal", "unit"])
        ]
        indexes = [models.Index(name="scorecard_total", fields=["appraisal", "-total"])]

    def __str__(self) -> str:
        return f"{self.unit} · {self.appraisal}"

    def line(self, name: str) -> dict[str, Any] | None:
        """A line of the sheet, giving or taking."""
        parts = [*self.sheet.get("lines", []), *self.sheet.get("off", [])]
        return next((part for part in parts if part["name"] == name), None)

    def rows_against(self) -> list[tuple[str, int]]:
        """What a unit may object to: rows that count badly, and rows that take points."""
        against = [
            (line["name"], row)
            for line in self.sheet.get("lines", [])
            for row in sorted(set(line["base"]) - set(line["good"]))
        ]
        return against + [
            (part["name"], row) for part in self.sheet.get("off", []) for row in part["rows"]
        ]


class CardObjectionQuerySet(models.QuerySet["CardObjection"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(card__in=Scorecard.objects.visible_to(user).values("pk"))

    def open(self) -> Self:
        return self.filter(state=RulingState.OPEN)

    def to_rule(self, seats: Seats) -> Self:
        directed = seats.congresses(Role.DIRECTOR)
        return self.open().filter(card__appraisal__congress__in=directed)

    def corrections(self) -> list[Correction]:
        """What the granted ones change."""
        granted = self.filter(state=RulingState.GRANTED).order_by("pk")
        rows = granted.values_list("line", "row", "wanted")
        return [Correction(line, row, wanted == Wanted.COUNTS_WELL) for line, row, wanted in rows]


class CardObjection(Trailed):
    """A unit says that one row of its sheet is wrong; someone rules (docs/practice.md, appraisal)."""

    card = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="objections")
    line = models.CharField(_("项目"), max_length=15, choices=Line)
    row = models.BigIntegerField()
    row_label = models.CharField(_("记录"), max_length=200)
    wanted = models.CharField(_("要求"), max_length=12, choices=Wanted)
    words = models.TextField(_("理由"), max_length=1000)
    state = models.CharField(
        _("状态"), max_length=15, choices=RulingState, default=RulingState.OPEN
    )
    ruling = models.TextField(_("裁定意见"), max_length=1000, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CardObjectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="card_objection_one_open_a_row",
                fields=["card", "line", "row"],
                condition=Q(state=RulingState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return self.row_label

    @property
    def quoted(self) -> str:
        return f"{self.get_line_display()} · {self.row_label} · {self.get_wanted_display()}：{self.words}"


def labels_of(line: str, rows: list[int]) -> dict[int, tuple[str, int]]:
    """What each row is called, and the suggestion it leads to."""
    if line in OF_PROMISES:
        found = Promise.objects.filter(pk__in=rows).select_related("suggestion")
        return {p.pk: (f"{p.suggestion.number} {p.text}", p.suggestion_id) for p in found}
    items = Suggestion.objects.filter(pk__in=rows).only("number", "title")
    return {item.pk: (f"{item.number} {item.title}", item.pk) for item in items}
