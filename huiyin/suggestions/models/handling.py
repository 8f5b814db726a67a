"""Who handles a suggestion, with which clock, and whom they spoke to."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.models import Unit
from huiyin.congress.seats import Seats
from huiyin.kernel import clock, search_fields
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock, due
from huiyin.suggestions import visibility
from huiyin.suggestions.choices import (
    ANSWERING,
    AssignmentRole,
    AssignmentState,
    ContactKind,
    State,
)
from huiyin.suggestions.models.queries import UNLISTED
from huiyin.suggestions.models.suggestion import Suggestion

WORKING = (
    AssignmentState.PROPOSED,
    AssignmentState.HANDED_OVER,
    AssignmentState.HANDLING,
    AssignmentState.RETURN_ASKED,
    AssignmentState.EXTENSION_ASKED,
    AssignmentState.OPINION_GIVEN,
    AssignmentState.AGREED,
    AssignmentState.REVIEWING,
    AssignmentState.REPLIED,
    AssignmentState.RECALL_ASKED,
)


DONE = (
    AssignmentState.RETURNED,
    AssignmentState.OPINION_GIVEN,
    AssignmentState.AGREED,
    AssignmentState.REPLIED,
    AssignmentState.NOTED,
    AssignmentState.ENDED,
)


def task_tabs(today: dt.date) -> dict[str, Q]:
    """The tabs of a unit's list beside "everything to do"."""
    handling = Q(state__in=[AssignmentState.HANDLING, AssignmentState.EXTENSION_ASKED])
    leads = Q(role__in=ANSWERING)
    lead_reviewing = handling & leads & Q(suggestion__state=State.REVIEWING)
    return {
        "overdue": Clock.overdue_q(today, prefix="clock__") & ~Q(state__in=DONE),
        "unsigned": Q(state=AssignmentState.HANDED_OVER),
        "replies": handling & leads,
        "opinions": handling & ~leads,
        "reviewing": lead_reviewing | Q(state=AssignmentState.REVIEWING),
        "done": Q(state__in=DONE),
    }


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_assignments(user))

    def working(self) -> Self:
        return self.filter(state__in=WORKING)

    def of_units(self, seats: Seats) -> Self:
        """The tasks of the units a person acts for, as far as this person knows of them."""
        own = self.filter(visibility.told(seats, "suggestion__"), unit__in=seats.units())
        return own.exclude(state=AssignmentState.PROPOSED)

    def handed_to(self, unit: Unit) -> Self:
        return self.filter(unit=unit).exclude(state=AssignmentState.PROPOSED)

    def matching(self, *, q: str = "") -> Self:
        fields = ("suggestion__number", "suggestion__title", "suggestion__situation")
        found: Any = search_fields.matching(
            self, q, vector_field="suggestion__search", recheck_fields=fields
        )
        return found

    def in_tab(self, tab: str, today: dt.date) -> Self:
        tabs = task_tabs(today)
        return self.filter(tabs.get(tab, ~tabs["done"]))

    def counted_by_tab(self, today: dt.date) -> dict[str, int]:
        tabs = task_tabs(today)
        counts = {tab: Count("pk", filter=condition) for tab, condition in tabs.items()}
        return self.order_by().aggregate(all=Count("pk", filter=~tabs["done"]), **counts)

    def for_list(self) -> Self:
        return self.select_related(
            "unit", "clock", "suggestion__lead__person", "suggestion__lead_unit"
        ).defer(*(f"suggestion__{name}" for name in UNLISTED))


class Assignment(Trailed):
    """One unit's task in one suggestion, with its own clock beside the suggestion's.

    `clock` is what the unit must do next: sign for, send its opinion, or reply.
    """

    locked_with = ("unit",)  # not the suggestion: it may be changing while the lock is waited for

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("角色"), max_length=10, choices=AssignmentRole)
    state = models.CharField(
        _("状态"), max_length=15, choices=AssignmentState, default=AssignmentState.PROPOSED
    )
    part = models.CharField(_("办理事项"), max_length=300, blank=True)
    handed_over_at = models.DateTimeField(_("交办"), null=True, blank=True)
    signed_at = models.DateTimeField(_("签收"), null=True, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="assignments", null=True, blank=True
    )
    contact_clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    opinion = models.TextField(_("会办意见"), max_length=4000, blank=True)
    opinion_at = models.DateTimeField(_("会办意见送出"), null=True, blank=True)
    urged_at = models.DateTimeField(_("最近催办"), null=True, blank=True)
    urge_again_on = models.DateField(_("可再催办"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "任务")
        constraints = [
            models.UniqueConstraint(
                name="assignment_one_working_lead",
                fields=["suggestion"],
                condition=Q(role=AssignmentRole.LEAD, state__in=WORKING),
            ),
            models.UniqueConstraint(
                name="assignment_once_a_unit",
                fields=["suggestion", "unit"],
                condition=Q(state__in=WORKING),
            ),
        ]
        indexes = [models.Index(name="assignment_unit", fields=["unit", "state"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_role_display()}"

    @property
    def is_lead(self) -> bool:
        return self.role == AssignmentRole.LEAD

    @property
    def answers(self) -> bool:
        """Whether this unit writes a letter of its own to the deputy."""
        return self.role in ANSWERING

    @property
    def return_until(self) -> dt.date | None:
        """The last day on which the unit may say "not ours", by today's calendar."""
        if self.handed_over_at is None:
            return None
        handed_over_on = self.handed_over_at.astimezone(clock.ZONE).date()
        return due(handed_over_on, Key.RETURN_WINDOW, self.suggestion.congress.region).on


class Contact(TimeStamped):
    """One talk between a unit and a deputy before the reply (代表法 art. 51: the duty to communicate)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("方式"), max_length=10, choices=ContactKind)
    on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    persons = models.CharField(_("参加人"), max_length=200)
    summary = models.TextField(_("内容"), max_length=2000)
    # None of an old item: it was written down elsewhere.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        indexes = [models.Index(name="contact_of_assignment", fields=["assignment", "on"])]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
