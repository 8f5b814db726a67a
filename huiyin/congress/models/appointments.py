"""Who acts for whom as what."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.choices import SEPARATED, Role
from huiyin.kernel import clock
from huiyin.kernel.models import Trailed


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, today: dt.date) -> Self:
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))

    def visible_to(self, user: Any) -> Self:
        """The administrators see who acts for their congress."""
        return self.filter(congress__in=congresses_of(user, *SEPARATED))

    def of_committee(self, committee: Any) -> Self:
        """Without the staff of the congress's other committees."""
        return self.filter(Q(committee=None) | Q(committee=committee))

    def matching(self, *, q: str = "", role: str = "", state: str = "", today: dt.date) -> Self:
        found = (
            self.filter(Q(user__name__contains=q) | Q(user__username__icontains=q)) if q else self
        )
        found = found.filter(role=role) if role else found
        if state == "ended":
            return found.filter(ends_on__lte=today)
        return found if state == "all" else found.in_force(today)


class Appointment(Trailed):
    """Who acts for whom as what. Permissions rest on this table and on mandates, on nothing else."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(_("角色"), max_length=25, choices=Role)
    congress = models.ForeignKey(
        "congress.Congress", on_delete=models.PROTECT, related_name="appointments"
    )
    unit = models.ForeignKey(
        "congress.Unit",
        on_delete=models.PROTECT,
        related_name="appointments",
        null=True,
        blank=True,
    )
    committee = models.ForeignKey(
        "congress.Committee",
        on_delete=models.PROTECT,
        related_name="appointments",
        null=True,
        blank=True,
    )  # of its staff; who serves all committees of the congress has none
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "任职")
        constraints = [
            models.CheckConstraint(
                name="appointment_of_a_unit_names_it",
                condition=~Q(role__in=[Role.UNIT_CLERK, Role.UNIT_LEADER, Role.GOVERNMENT])
                | ~Q(unit=None),
            ),
            models.CheckConstraint(
                name="appointment_to_a_committee_is_its_staffs",
                condition=Q(committee=None) | Q(role=Role.COMMITTEE),
            ),
        ]
        indexes = [models.Index(name="appointment_user", fields=["user", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    @property
    def body(self) -> str:
        """Where the seat stands: the unit, the committee, else the congress."""
        of_one = self.unit or self.committee
        return of_one.name if of_one else self.congress.short_name


def congresses_of(user: Any, *roles: str) -> QuerySet[Any, Any]:
    """The congresses in which the person holds one of the roles, as a subquery."""
    held = Appointment.objects.in_force(clock.today()).filter(user_id=user.pk, role__in=roles)
    return held.values("congress")
