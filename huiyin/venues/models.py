"""Homes and stations, who keeps them, which deputies are placed there, and the duty timetable."""

import datetime as dt
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress, Deputy
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.regions.models import Region
from huiyin.venues.choices import Clinic, DutyState, Kind


class VenueQuerySet(models.QuerySet["Venue"]):
    def open(self) -> Self:
        return self.filter(is_open=True)

    def inside(self, region: Region) -> Self:
        return self.filter(region__path__startswith=region.path)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Venue(TimeStamped):
    """A deputies' home (家, street or town) or station (站, community or village)."""

    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="venues")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="venues")
    home = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="stations", null=True, blank=True
    )
    code = models.CharField(_("编码"), max_length=16, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    sort_key = models.CharField(max_length=240)
    address = models.CharField(_("地址"), max_length=160, blank=True)
    longitude = models.DecimalField(
        _("经度"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    hours = models.CharField(_("开放时间"), max_length=120, blank=True)
    telephone = models.CharField(_("公开电话"), max_length=30, blank=True)
    is_open = models.BooleanField(_("开放"), default=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="venue_only_a_station_belongs_to_a_home",
                condition=Q(home=None) | Q(kind=Kind.STATION),
            )
        ]
        indexes = [models.Index(name="venue_sorted", fields=["congress", "kind", "sort_key"])]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class Officer(models.Model):
    """A liaison officer keeps a venue (联络员)."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="officers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="kept_venues"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="officer_once_a_venue", fields=["venue", "user"])
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.venue}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Placement(models.Model):
    """A deputy placed in a venue; one place is the main one."""

    deputy = models.ForeignKey(Deputy, on_delete=models.CASCADE, related_name="placements")
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="placements")
    is_main = models.BooleanField(_("主要"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="placement_once_a_venue", fields=["deputy", "venue"]),
            models.UniqueConstraint(
                name="placement_one_main_place", fields=["deputy"], condition=Q(is_main=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} · {self.venue}"


class DutyQuerySet(models.QuerySet["Duty"]):
    def on(self, day: dt.date) -> Self:
        return self.filter(day=day)

    def coming(self, today: dt.date) -> Self:
        return self.filter(day__gte=today).order_by("day", "starts_at")


class Duty(Trailed):
    """One reception in the timetable: when, in which form, by which deputies."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="duties")
    day = models.DateField(_("日期"))
    starts_at = models.TimeField(_("开始"))
    ends_at = models.TimeField(_("结束"))
    clinic = models.CharField(_("形式"), max_length=10, choices=Clinic, default=Clinic.SITTING)
    theme = models.CharField(_("主题"), max_length=120, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    deputies = models.ManyToManyField(Deputy, related_name="duties", blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=DutyState, default=DutyState.PLANNED)
    opened_at = models.DateTimeField(_("实际开始"), null=True, blank=True)
    closed_at = models.DateTimeField(_("实际结束"), null=True, blank=True)
    n_visitors = models.PositiveIntegerField(_("来访人数"), default=0)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="duty_ends_after_it_starts", condition=Q(ends_at__gt=models.F("starts_at"))
            )
        ]
        indexes = [
            models.Index(name="duty_day", fields=["day", "venue"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.venue}"
