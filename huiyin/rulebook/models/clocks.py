"""A running time limit. Its due date is a result, stored with the arithmetic it follows from."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.kernel.models import TimeStamped
from huiyin.regions.models import Region
from huiyin.rulebook import calculations
from huiyin.rulebook.choices import Key, Urgency
from huiyin.rulebook.models.rules import Rule


class ClockQuerySet(models.QuerySet["Clock"]):
    def of(self, region: Region) -> Self:
        """Clocks of the region and of every place in it."""
        return self.filter(region__path__startswith=region.path)

    def running(self) -> Self:
        return self.filter(Clock.running_q())

    def overdue(self, today: dt.date) -> Self:
        return self.filter(Clock.overdue_q(today))

    def kept(self) -> Self:
        return self.filter(Clock.kept_q())

    def missed(self) -> Self:
        """Stopped too late. What still runs past its date is overdue, not yet missed."""
        return self.filter(Clock.missed_q())


class Clock(TimeStamped):
    """One time limit of one item. Items point at their clocks; "overdue" is asked, never stored."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="clocks")
    rule_key = models.CharField(gettext_lazy("事项"), max_length=60)
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="clocks")
    started_on = models.DateField(gettext_lazy("起算日期"))
    start_words = models.CharField(gettext_lazy("起算事由"), max_length=60)
    due_on = models.DateField(gettext_lazy("到期日期"))
    yellow_on = models.DateField(gettext_lazy("黄色提醒日期"))
    orange_on = models.DateField(gettext_lazy("橙色提醒日期"))
    maximum_key = models.CharField(max_length=60, blank=True, default="")
    maximum_from = models.DateField(null=True, blank=True)
    extended_to = models.DateField(gettext_lazy("延期到"), null=True, blank=True)
    extension_reason = models.CharField(
        gettext_lazy("延期原因"), max_length=500, blank=True, default=""
    )
    stopped_on = models.DateField(gettext_lazy("办结日期"), null=True, blank=True)
    is_void = models.BooleanField(gettext_lazy("不再计时"), default=False)
    arithmetic = models.JSONField(default=list)

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clock_void_only_when_stopped",
                condition=Q(is_void=False) | Q(stopped_on__isnull=False),
            ),
            models.CheckConstraint(
                name="clock_extended_only_with_a_reason",
                condition=Q(extended_to=None, extension_reason="")
                | Q(extended_to__isnull=False) & ~Q(extension_reason=""),
            ),
            models.CheckConstraint(
                name="clock_maximum_and_its_start_together",
                condition=Q(maximum_key="", maximum_from=None)
                | ~Q(maximum_key="") & Q(maximum_from__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="clock_running_due_on", fields=["due_on"], condition=Q(stopped_on=None)
            ),
            # Lists of what waits sort and count by their clocks from this index alone.
            models.Index(
                name="clock_running",
                fields=["id"],
                include=["due_on"],
                condition=Q(stopped_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.due_on}"

    @staticmethod
    def running_q(prefix: str = "") -> Q:
        return Q(**{f"{prefix}stopped_on__isnull": True})

    @staticmethod
    def overdue_q(today: dt.date, prefix: str = "") -> Q:
        return Clock.running_q(prefix) & Q(**{f"{prefix}due_on__lt": today})

    @staticmethod
    def due_within_q(today: dt.date, days: int, prefix: str = "") -> Q:
        last = today + dt.timedelta(days=days)
        return Clock.running_q(prefix) & Q(**{f"{prefix}due_on__range": (today, last)})

    @staticmethod
    def kept_q(prefix: str = "") -> Q:
        in_time = Q(**{f"{prefix}stopped_on__lte": F(f"{prefix}due_on")})
        return in_time & Q(**{f"{prefix}is_void": False})

    @staticmethod
    def missed_q(prefix: str = "") -> Q:
        too_late = Q(**{f"{prefix}stopped_on__gt": F(f"{prefix}due_on")})
        return too_late & Q(**{f"{prefix}is_void": False})

    @property
    def label(self) -> str:
        return str(Key(self.rule_key).label)

    @property
    def is_running(self) -> bool:
        return self.stopped_on is None

    @property
    def was_kept(self) -> bool | None:
        """Whether it was stopped in time; None while it runs and when it no longer counts."""
        if self.stopped_on is None or self.is_void:
            return None
        return self.stopped_on <= self.due_on

    @property
    def latest(self) -> dt.date | None:
        """The day no extension may pass."""
        dates = [line["date"] for line in self.arithmetic if line["kind"] == "maximum"]
        return dt.date.fromisoformat(dates[0]) if dates else None

    def days_left(self, today: dt.date) -> int:
        """Days to the due date, below zero when past; of a stopped clock, as it stood then."""
        return (self.due_on - (self.stopped_on or today)).days

    def share(self, today: dt.date) -> int:
        """How much of the time is used up, 0 to 100."""
        whole = (self.due_on - self.started_on).days
        used = ((self.stopped_on or today) - self.started_on).days
        return 100 if whole <= 0 else max(0, min(100, round(100 * used / whole)))

    def urgency(self, today: dt.date) -> Urgency:
        day = self.stopped_on or today
        if self.is_void or (self.stopped_on and day <= self.due_on):
            return Urgency.CALM
        if day > self.due_on:
            return Urgency.RED
        if day >= self.orange_on:
            return Urgency.ORANGE
        return Urgency.YELLOW if day >= self.yellow_on else Urgency.CALM

    def tone(self, today: dt.date) -> str:
        """The ui's word for the urgency."""
        urgency = self.urgency(today)
        if urgency == Urgency.RED:
            return "late"
        return "go" if urgency == Urgency.CALM else "wait"

    def words(self, today: dt.date) -> str:
        """How it stands, in a few words."""
        if self.is_void:
            return _("不再计时")
        left = self.days_left(today)
        return _running_words(left) if self.is_running else _stopped_words(left)

    def explained(self) -> list[tuple[str, str]]:
        """The arithmetic as rows of label and text in the reader's language."""
        return calculations.rows(self.arithmetic)


def _running_words(left: int) -> str:
    if left == 0:
        return _("今天到期")
    if left > 0:
        return ngettext("剩 %(n)d 天", "剩 %(n)d 天", left) % {"n": left}
    return ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", -left) % {"n": -left}


def _stopped_words(left: int) -> str:
    if left == 0:
        return _("已按期")
    if left > 0:
        return ngettext("已按期（提前 %(n)d 天）", "已按期（提前 %(n)d 天）", left) % {"n": left}
    return ngettext("逾期 %(n)d 天完成", "逾期 %(n)d 天完成", -left) % {"n": -left}
