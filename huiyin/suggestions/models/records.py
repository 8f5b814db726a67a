"""Face-to-face replies as the deputy saw them, and what was convened after a second "not satisfied"."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Deputy
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.suggestions.choices import ConveningKind, RecordState
from huiyin.suggestions.models.handling import Contact
from huiyin.suggestions.models.suggestion import Suggestion


class FaceRecordQuerySet(models.QuerySet["FaceRecord"]):
    def awaited(self) -> Self:
        return self.filter(state=RecordState.RECORDED)


class FaceRecord(Trailed):
    """面复记录: a talk face to face, which the deputy confirms or disputes (Shandong art. 22)."""

    locked_with = ("deputy",)

    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.CASCADE, related_name="face_records"
    )
    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="face_record")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="face_records")
    state = models.CharField(
        _("状态"), max_length=10, choices=RecordState, default=RecordState.RECORDED
    )
    words = models.TextField(_("代表的说明"), max_length=1000, blank=True)
    settled_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    objects = FaceRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="face_record_disputed_says_why",
                condition=~Q(state=RecordState.DISPUTED) | ~Q(words=""),
            )
        ]
        indexes = [models.Index(name="face_record_waiting", fields=["deputy", "state"])]

    def __str__(self) -> str:
        return f"{self.contact} · {self.get_state_display()}"


class Convening(TimeStamped):
    """What the committee convened when a deputy was not satisfied twice (T23, T36)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="convenings")
    round = models.PositiveSmallIntegerField(_("轮次"))
    kind = models.CharField(
        _("方式"), max_length=12, choices=ConveningKind, default=ConveningKind.MEETING
    )
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    convened_by = models.CharField(_("召集人"), max_length=60)
    attended = models.CharField(_("参加人"), max_length=300)
    agreed = models.TextField(_("商定的事"), max_length=2000)
    next_step = models.CharField(_("下一步"), max_length=300)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(name="convening_of", fields=["suggestion", "held_on"])]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_kind_display()}"
