"""The yearly call for suggestions, its pool of clues, and the pre-check of drafts (docs/practice.md, the ten steps)."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.models import Congress, Deputy
from huiyin.congress.seats import STAFF, Seats
from huiyin.kernel.models import Trailed
from huiyin.rulebook.models import Clock
from huiyin.suggestions.choices import Reason
from huiyin.suggestions.models import Suggestion
from huiyin.supervision import visibility
from huiyin.supervision.choices import CallState, ClueState, PrecheckState


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_calls(user))

    def open(self) -> Self:
        return self.filter(state=CallState.OPEN)

    def for_list(self) -> Self:
        return self.select_related("congress").annotate(
            n_clues=Count("clues", filter=~Q(clues__state=ClueState.DROPPED)),
            n_taken=Count("clues", filter=Q(clues__state=ClueState.TAKEN)),
        )


class Call(Trailed):
    """One call to the deputies: write by this day, about what you know; here are clues."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="calls")
    year = models.PositiveSmallIntegerField(_("年份"))
    title = models.CharField(_("标题"), max_length=80)
    words = models.TextField(_("征集通知"), max_length=4000)
    topics = models.TextField(_("重点领域"), max_length=1000, blank=True)
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("截止"))
    state = models.CharField(_("状态"), max_length=15, choices=CallState, default=CallState.DRAFT)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "征集")
        constraints = [
            models.CheckConstraint(
                name="call_ends_after_it_starts", condition=Q(ends_on__gt=models.F("starts_on"))
            ),
            models.UniqueConstraint(
                name="call_one_open_a_congress",
                fields=["congress"],
                condition=Q(state=CallState.OPEN),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def days_left(self, today: dt.date) -> int:
        return (self.ends_on - today).days


class ClueQuerySet(models.QuerySet["Clue"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(call__in=Call.objects.visible_to(user).values("pk"))

    def matching(self, *, q: str = "", state: str = "") -> Self:
        found = self.filter(Q(title__icontains=q) | Q(words__icontains=q)) if q else self
        return found.filter(state=state) if state else found

    def for_list(self) -> Self:
        return self.select_related("call", "offered_by", "taken_by__person")


class Clue(Trailed):
    """Something worth a suggestion: a matter residents spoke of, or what a county committee saw.

    `origin_kind` and `origin_id` name the matter, whose words stay where they are; the clue
    shows the title a clerk wrote and how many people said it.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="clues")
    title = models.CharField(_("线索"), max_length=80)
    words = models.TextField(_("说明"), max_length=1000, blank=True)
    origin_kind = models.CharField(max_length=60, blank=True)
    origin_id = models.BigIntegerField(null=True, blank=True)
    n_voices = models.PositiveIntegerField(_("反映的居民"), default=0)
    offered_by = models.ForeignKey(
        Congress, on_delete=models.PROTECT, related_name="clues", verbose_name=_("提供")
    )
    state = models.CharField(_("状态"), max_length=15, choices=ClueState, default=ClueState.OFFERED)
    taken_by = models.ForeignKey(
        Deputy, on_delete=models.PROTECT, related_name="clues", null=True, blank=True
    )

    objects = ClueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="clue_matter_once_a_call",
                fields=["call", "origin_kind", "origin_id"],
                condition=Q(origin_id__isnull=False),
            ),
            models.CheckConstraint(
                name="clue_taken_names_the_deputy",
                condition=~Q(state=ClueState.TAKEN) | Q(taken_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PrecheckQuerySet(models.QuerySet["Precheck"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_prechecks(user))

    def to_comment(self, seats: Seats) -> Self:
        return self.waiting().filter(congress__in=seats.congresses(*STAFF))

    def waiting(self) -> Self:
        return self.filter(state=PrecheckState.ASKED)

    def matching(self, *, q: str = "", state: str = "") -> Self:
        found = self.filter(title__icontains=q) if q else self
        return found.filter(state=state) if state else found

    def for_list(self) -> Self:
        return self.select_related("suggestion", "deputy__person", "congress", "clock")


class Precheck(Trailed):
    """A deputy shows one wording of a draft to a committee and hears what to mend.

    Nothing is decided here: the text stays the deputy's, and examination comes after it is
    handed in.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="prechecks")
    text_version = models.PositiveSmallIntegerField(_("第几稿"))
    # The wording as it was shown: a draft nobody has signed is written over in place.
    title = models.CharField(_("标题"), max_length=80)
    situation = models.TextField(_("情况和问题"), max_length=6000, blank=True)
    proposals = models.TextField(_("具体建议"), max_length=6000, blank=True)
    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="prechecks")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="prechecks")
    state = models.CharField(
        _("状态"), max_length=20, choices=PrecheckState, default=PrecheckState.ASKED
    )
    reasons = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    words = models.TextField(_("预审意见"), max_length=1000, blank=True)
    commented_at = models.DateTimeField(_("反馈时间"), null=True, blank=True)
    commented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="prechecks", null=True, blank=True
    )

    objects = PrecheckQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "预审")
        constraints = [
            models.UniqueConstraint(
                name="precheck_one_waiting_a_committee",
                fields=["suggestion", "congress"],
                condition=Q(state=PrecheckState.ASKED),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reason_words(self) -> list[str]:
        return [f"{code} {Reason(code).label}" for code in self.reasons]
