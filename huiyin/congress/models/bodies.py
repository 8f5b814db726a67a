"""Congresses, terms, sessions, units, committees, electing bases and groups."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.congress.choices import ElectingKind, Level, Role, UnitKind
from huiyin.congress.models.appointments import congresses_of
from huiyin.regions.models import Region

OF_THE_CONGRESS = (
    Role.CLERK,
    Role.DIRECTOR,
    Role.MEMBER,
    Role.COMMITTEE,
    Role.SYSTEM_ADMINISTRATOR,
)


class CongressQuerySet(models.QuerySet["Congress"]):
    def where(self, user: Any, *roles: str) -> Self:
        """The congresses in which the person holds one of the roles."""
        return self.filter(pk__in=congresses_of(user, *roles))


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

    objects = CongressQuerySet.as_manager()

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


class UnitQuerySet(models.QuerySet["Unit"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: Any) -> Self:
        """On the desk: those who work for the congress, and its administrators."""
        return self.filter(congress__in=congresses_of(user, *OF_THE_CONGRESS))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Unit(models.Model):
    """A body that handles suggestions (承办单位), or the government office that distributes them."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="units")
    kind = models.CharField(_("性质"), max_length=15, choices=UnitKind)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=20)
    document_prefix = models.CharField(_("机关代字"), max_length=12, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)
    sort_key = models.CharField(max_length=200, blank=True)

    objects = UnitQuerySet.as_manager()

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
