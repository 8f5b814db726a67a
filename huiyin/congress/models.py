"""Congresses, their terms and sessions, deputies and where they come from, units, appointments."""

import datetime as dt
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.congress.choices import (
    ElectingKind,
    EndGround,
    Level,
    MandateState,
    Role,
    Sex,
    UnitKind,
)
from huiyin.kernel import identity
from huiyin.kernel.fields import BlindIndexField, EncryptedTextField
from huiyin.kernel.models import Trailed
from huiyin.regions.models import Region


class Congress(models.Model):
    """One people's congress: its area is one region, and every rule is looked up there."""

    level = models.CharField(_("层级"), max_length=10, choices=Level)
    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="congress")
    name = models.CharField(_("名称"), max_length=60, help_text=_("兰州市人民代表大会"))
    short_name = models.CharField(_("简称"), max_length=20, help_text=_("兰州人大"))
    document_prefix = models.CharField(_("机关代字"), max_length=12, blank=True)
    number_format = models.CharField(
        _("编号格式"), max_length=60, default="{term}-{session}-{serial:04d}"
    )

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """代表法 art. 2: five years, from the first session to the next term's first session."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(_("届"))
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="term_once_a_congress", fields=["congress", "number"])
        ]

    def __str__(self) -> str:
        return _("第%(number)d届") % {"number": self.number}


class SessionQuerySet(models.QuerySet["Session"]):
    def open_on(self, day: dt.date) -> Self:
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Session(models.Model):
    """One session (次会议). Suggestions between sessions keep the number of the last one."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("次"))
    starts_on = models.DateField(_("开幕"))
    ends_on = models.DateField(_("闭幕"))
    motion_deadline = models.DateTimeField(_("议案截止"), null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="session_once_a_term", fields=["term", "number"])
        ]

    def __str__(self) -> str:
        return _("第%(number)d次会议") % {"number": self.number}


class Unit(models.Model):
    """A body that handles suggestions (承办单位), or the government office that distributes them."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="units")
    kind = models.CharField(_("性质"), max_length=15, choices=UnitKind)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=20)
    document_prefix = models.CharField(_("机关代字"), max_length=12, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)
    sort_key = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="unit_name_once_a_congress", fields=["congress", "name"])
        ]
        indexes = [models.Index(name="unit_sorted", fields=["congress", "sort_key"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_administrative(self) -> bool:
        """Whether the government office distributes to it and gets a copy of its replies."""
        return self.kind in {UnitKind.OFFICE, UnitKind.DEPARTMENT, UnitKind.DISTRICT}


class Committee(models.Model):
    """A special committee or working organ of the congress."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="committees")
    name = models.CharField(_("名称"), max_length=60)

    def __str__(self) -> str:
        return self.name


class ElectingBase(models.Model):
    """Where a mandate comes from: a constituency (direct) or an electing unit (indirect)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="electing_bases")
    kind = models.CharField(_("性质"), max_length=15, choices=ElectingKind)
    name = models.CharField(_("名称"), max_length=80)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="electing_bases", null=True, blank=True
    )
    seats = models.PositiveSmallIntegerField(_("名额"), default=1)

    def __str__(self) -> str:
        return self.name


class DeputyGroup(models.Model):
    """A deputy group (代表小组), the basic form of activity between sessions (代表法 art. 26)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(_("名称"), max_length=60)
    field = models.CharField(_("领域"), max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A human being, once, whatever number of mandates or accounts."""

    name = models.CharField(_("姓名"), max_length=60)
    sort_key = models.CharField(max_length=200)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex, default=Sex.UNKNOWN)
    ethnic_group = models.CharField(_("民族"), max_length=20, blank=True)
    post = models.CharField(_("单位及职务"), max_length=120, blank=True)
    phone = EncryptedTextField(_("手机"), mask=identity.mask_phone, blank=True, default="")
    phone_index = BlindIndexField(of="phone", purpose="phone")
    identity_number = EncryptedTextField(
        _("身份证号"), mask=identity.mask_number, blank=True, default=""
    )
    identity_index = BlindIndexField(of="identity_number", purpose="identity")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="person",
        null=True,
        blank=True,
    )

    def __str__(self) -> str:
        return self.name


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def sitting(self) -> Self:
        """Deputies who may act: 代表法 art. 61 suspends, art. 62 ends."""
        return self.filter(state=MandateState.ACTIVE)

    def of(self, congress: Congress) -> Self:
        return self.filter(congress=congress)

    def named(self) -> Self:
        """With the person's name at no further query."""
        return self.select_related("person")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Deputy(Trailed):
    """One person's mandate in one term of one congress."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="deputies")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="deputies")
    electing_base = models.ForeignKey(
        ElectingBase, on_delete=models.PROTECT, related_name="deputies", null=True, blank=True
    )
    delegation = models.CharField(_("代表团"), max_length=60, blank=True)
    groups = models.ManyToManyField(DeputyGroup, related_name="deputies", blank=True)
    card_number = models.CharField(_("代表证号"), max_length=30, blank=True)
    code = models.CharField(_("代表码"), max_length=16, unique=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=MandateState, default=MandateState.ACTIVE
    )
    elected_on = models.DateField(_("当选日期"), null=True, blank=True)
    suspended_on = models.DateField(_("暂停日期"), null=True, blank=True)
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)
    end_ground = models.CharField(
        _("终止原因"), max_length=20, choices=EndGround, blank=True, default=""
    )
    sort_key = models.CharField(max_length=200)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="deputy_one_mandate_a_term", fields=["person", "congress", "term"]
            )
        ]
        indexes = [
            models.Index(name="deputy_sorted", fields=["congress", "state", "sort_key"]),
        ]

    def __str__(self) -> str:
        return self.person.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, today: dt.date) -> Self:
        return self.filter(starts_on__lte=today).filter(Q(ends_on=None) | Q(ends_on__gt=today))


class Appointment(Trailed):
    """Who acts for whom as what. Permissions rest on this table and on mandates, on nothing else."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(_("角色"), max_length=25, choices=Role)
    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="appointments", null=True, blank=True
    )
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_of_a_unit_names_it",
                condition=~Q(role__in=[Role.UNIT_CLERK, Role.UNIT_LEADER, Role.GOVERNMENT])
                | ~Q(unit=None),
            )
        ]
        indexes = [models.Index(name="appointment_user", fields=["user", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
