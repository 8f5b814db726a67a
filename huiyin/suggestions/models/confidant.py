"""Who may know of a suggestion that is handled in confidence."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from huiyin.kernel.models import TimeStamped
from huiyin.suggestions.models.suggestion import Suggestion


class ConfidantQuerySet(models.QuerySet["Confidant"]):
    def of(self, suggestion: Suggestion) -> Self:
        return self.filter(suggestion=suggestion).select_related("user").order_by("pk")

    def knows(self, user: Any, suggestion: Suggestion) -> bool:
        return self.filter(suggestion=suggestion.pk, user=user.pk).exists()


class Confidant(TimeStamped):
    """One named person beside the signers (Qingdao art. 18, Shandong art. 11: the closed channel)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="confidants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="confided"
    )

    objects = ConfidantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="confidant_once", fields=["suggestion", "user"])
        ]

    def __str__(self) -> str:
        return str(self.user)
