"""What a deputy says at a meeting or an inspection: answered there, or within a month."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Deputy, Unit
from huiyin.congress.seats import STAFF, Seats, seats_of
from huiyin.kernel.models import Trailed
from huiyin.rulebook.models import Clock
from huiyin.suggestions.choices import Occasion, RemarkState
from huiyin.suggestions.models.suggestion import Suggestion

LONGEST_TITLE = 30


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, user: Any) -> Self:
        return self.visible_from(seats_of(user))

    def visible_from(self, seats: Seats) -> Self:
        """The committee and the members, the deputy who said it, the unit that answers."""
        return self.filter(
            Q(congress__in=seats.congresses(*STAFF, Role.MEMBER, Role.GOVERNMENT))
            | Q(deputy__in=seats.deputy_ids)
            | Q(unit__in=seats.units())
        )

    def waiting(self) -> Self:
        return self.filter(state__in=[RemarkState.NOTED, RemarkState.ASSIGNED])

    def matching(self, *, q: str = "", state: str = "", occasion: str = "") -> Self:
        found = self
        if q:
            words = Q(text__icontains=q) | Q(place__icontains=q)
            who = Q(deputy__person__name__icontains=q) | Q(unit__name__icontains=q)
            found = found.filter(words | who)
        asked = {"state": state, "occasion": occasion}
        return found.filter(**{name: value for name, value in asked.items() if value})

    def for_list(self) -> Self:
        return self.select_related("deputy__person", "unit", "clock")


class Remark(Trailed):
    """One remark of one deputy (Qingdao art. 32): the fast lane beside the written suggestion."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="remarks")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="remarks")
    state = models.CharField(
        _("状态"), max_length=10, choices=RemarkState, default=RemarkState.NOTED
    )
    occasion = models.CharField(_("场合"), max_length=12, choices=Occasion)
    said_on = models.DateField(_("日期"))
    place = models.CharField(_("地点或会议"), max_length=80, blank=True)
    text = models.TextField(_("意见"), max_length=2000)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="remarks", null=True, blank=True
    )
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="remarks", null=True, blank=True
    )
    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.PROTECT, related_name="remark", null=True, blank=True
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "会上意见")
        indexes = [models.Index(name="remark_waiting", fields=["congress", "state"])]
        constraints = [
            models.CheckConstraint(
                name="remark_turned_has_a_suggestion",
                condition=~Q(state=RemarkState.TURNED) | Q(suggestion__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        first = self.text.split("\n", 1)[0].rstrip("。！？；，")
        return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1] + "…"
