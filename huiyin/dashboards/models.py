"""The only tables of this floor: reports as they were made, with the numbers they were made of."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.models import Congress
from huiyin.dashboards import visibility
from huiyin.dashboards.choices import UNDER_WAY, FileKind, ReportState
from huiyin.kernel.models import TimeStamped, Trailed


class YearReportQuerySet(models.QuerySet["YearReport"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_reports(user)).select_related("congress__region")


class YearReport(Trailed):
    """The report on the handling of deputies' suggestions for a session (代表法 art. 51).

    `counted` keeps the figures of the day it was made: what changes later changes no report.
    """

    untrailed = frozenset({"n_done", "n_parts"})  # how far the worker has come

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="year_reports")
    year = models.PositiveSmallIntegerField(_("年份"))
    first = models.DateField(_("从"))
    last = models.DateField(_("到"))
    title = models.CharField(_("标题"), max_length=120)
    preface = models.TextField(_("前言"), max_length=6000, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=ReportState, default=ReportState.DRAFT
    )
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    n_done = models.PositiveSmallIntegerField(default=0)
    n_parts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(_("编成时间"), null=True, blank=True)
    counted = models.JSONField(default=list, blank=True)
    hashes = models.JSONField(default=dict, blank=True)  # SHA-256 of each file

    objects = YearReportQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "年度报告")
        constraints = [
            models.CheckConstraint(
                name="year_report_begins_before_it_ends", condition=Q(first__lte=models.F("last"))
            ),
            models.CheckConstraint(
                name="year_report_made_has_its_files",
                condition=~Q(state=ReportState.MADE) | Q(made_at__isnull=False) & ~Q(hashes={}),
            ),
        ]
        indexes = [models.Index(name="year_report_newest", fields=["congress", "-created_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_finished(self) -> bool:
        return not self.is_under_way


class ReportFile(TimeStamped):
    """One form of a report, kept as it was made."""

    report = models.ForeignKey(YearReport, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=FileKind)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="report_file_once_a_kind", fields=["report", "kind"])
        ]

    def __str__(self) -> str:
        return f"{self.report_id}.{self.kind}"
