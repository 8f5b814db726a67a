"""What a unit asks for in writing, and how it was ruled: not ours, more time, or a letter back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.models import TimeStamped
from huiyin.rulebook.models import Clock
from huiyin.suggestions.choices import RequestKind
from huiyin.suggestions.models.handling import Assignment


class Ruled(TimeStamped):
    """Asked with reasons, ruled with words, within a time."""

    reason = models.TextField(_("理由"), max_length=1000)
    # None of an old item: it was asked for elsewhere.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    is_granted = models.BooleanField(_("是否同意"), null=True, blank=True)
    ruling = models.TextField(_("裁定意见"), max_length=1000, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    ruled_at = models.DateTimeField(_("裁定时间"), null=True, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reason[:40]


class ReturnRequest(Ruled):
    """A unit says "not ours" in writing; someone rules (T11 to T13)."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="return_requests"
    )
    proposed_unit = models.CharField(_("建议改由"), max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="return_request_one_open",
                fields=["assignment"],
                condition=Q(is_granted=None),
            )
        ]


class UnitRequest(Ruled):
    """An extension (T16, T30) or the recall of a wrong reply (T33)."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="unit_requests"
    )
    kind = models.CharField(_("申请"), max_length=10, choices=RequestKind)
    until = models.DateField(_("延期到"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="unit_request_one_open",
                fields=["assignment", "kind"],
                condition=Q(is_granted=None),
            ),
            models.CheckConstraint(
                name="unit_request_extension_names_a_day",
                condition=~Q(kind=RequestKind.EXTENSION) | Q(until__isnull=False),
            ),
        ]
