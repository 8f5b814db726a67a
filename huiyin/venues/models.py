"""Homes and stations, who keeps them, which deputies are placed there, and the duty timetable."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import gettext_lazy as _

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Deputy, Person, congresses_of
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.regions.models import Region
from huiyin.venues.choices import Clinic, DutyState, Kind

ON_THE_DESK = (Role.CLERK, Role.DIRECTOR, Role.MEMBER, Role.COMMITTEE)


# In a path such as /000000/620000/620100/620102/ the county is the fourth code.
POSITION_OF_COUNTY, LENGTH_OF_COUNTY = 23, 6


class VenueQuerySet(models.QuerySet["Venue"]):
    def open(self) -> Self:
        return self.filter(is_open=True)

    def inside(self, region: Region) -> Self:
        return self.filter(region__path__startswith=region.path)

    def visible_to(self, user: Any) -> Self:
        """On the desk: those who work for the congress, and the officers who keep the venue."""
        kept = Officer.objects.filter(user_id=user.pk).values("venue")
        return self.filter(Q(congress__in=congresses_of(user, *ON_THE_DESK)) | Q(pk__in=kept))

    def matching(
        self,
        *,
        q: str = "",
        county: Region | None = None,
        kind: str = "",
        is_open: str = "",
    ) -> Self:
        found = self.inside(county) if county else self
        if q:
            words = Q(name__contains=q) | Q(address__contains=q) | Q(sort_key__startswith=q.lower())
            found = found.filter(words)
        if is_open:
            found = found.filter(is_open=is_open == "open")
        return found.filter(kind=kind) if kind else found

    def with_duty_on(self, today: dt.date) -> Self:
        """Each with the start and end of its first reception of the day, for "today first"."""
        first = (
            Duty.objects.on(today)
            .exclude(state=DutyState.CANCELLED)
            .filter(venue=OuterRef("pk"))
            .order_by("starts_at")
        )
        return self.annotate(
            today_starts_at=Subquery(first.values("starts_at")[:1]),
            today_ends_at=Subquery(first.values("ends_at")[:1]),
        )

    def by_county(self) -> list[tuple[str, int]]:
        """Counties with their number of venues, the fullest first."""
        code = Substr("region__path", POSITION_OF_COUNTY, LENGTH_OF_COUNTY)
        counted = dict(self.order_by().values_list(code).annotate(n=Count("pk")))
        names = Region.objects.filter(code__in=counted).values_list("code", "name")
        return sorted(((name, counted[pk]) for pk, name in names), key=lambda pair: -pair[1])

    def with_counts(self) -> Self:
        """Each with the number of deputies placed there."""
        placed = (
            Placement.objects.filter(venue=OuterRef("pk"))
            .order_by()
            .values("venue")
            .annotate(n=Count("pk"))
        )
        return self.annotate(n_deputies=Coalesce(Subquery(placed.values("n")), 0))


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

    def placed_deputies(self) -> models.QuerySet[Deputy]:
        """The sitting deputies placed here, by name."""
        placed = Deputy.objects.sitting().filter(placements__venue=self)
        return placed.select_related("person", "congress").order_by("sort_key", "pk")


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

    def coming(self, today: dt.date, days: int | None = None) -> Self:
        """From today on, soonest first; nothing that was called off."""
        found = self.filter(day__gte=today).exclude(state=DutyState.CANCELLED)
        if days is not None:
            found = found.filter(day__lt=today + dt.timedelta(days=days))
        return found.order_by("day", "starts_at", "pk")

    def missed(self, today: dt.date) -> Self:
        """Planned, and nobody opened it: a no-show."""
        return self.filter(Duty.missed_q(today))

    def counted_with(self, rows: "DutyQuerySet", today: dt.date) -> dict[str, int]:
        """How many of these are among the rows, and how many of all were missed, in one query."""
        return self.aggregate(
            rows=Count("pk", filter=Q(pk__in=rows.values("pk"))),
            missed=Count("pk", filter=Duty.missed_q(today)),
        )

    def with_deputies(self) -> Self:
        """Each with its deputies and their names, at one query more."""
        named = Deputy.objects.select_related("person").order_by("sort_key")
        return self.prefetch_related(Prefetch("deputies", queryset=named))

    def with_names(self) -> Self:
        """Each with the names of its deputies, at no further query."""
        names = Person.objects.filter(mandates__duties=OuterRef("pk")).order_by("sort_key")
        return self.annotate(names=ArraySubquery(names.values("name")))

    def between(self, first: dt.date, after: dt.date) -> Self:
        return self.filter(day__gte=first, day__lt=after)

    def of_deputy(self, deputy: Deputy) -> Self:
        return self.filter(deputies=deputy)

    def matching(self, *, q: str = "", clinic: str = "", state: str = "", today: dt.date) -> Self:
        found = self.filter(venue__name__contains=q) if q else self
        found = found.filter(clinic=clinic) if clinic else found
        if state == "missed":
            return found.missed(today)
        if state == "held":
            return found.filter(opened_at__isnull=False)
        return found.filter(state=state) if state else found

    def visible_to(self, user: Any) -> Self:
        return self.filter(venue__in=Venue.objects.visible_to(user).values("pk"))


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
    absent = models.ManyToManyField(Deputy, related_name="missed_duties", blank=True)
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

    @staticmethod
    def missed_q(today: dt.date) -> Q:
        return Q(state=DutyState.PLANNED, day__lt=today)

    def is_missed(self, today: dt.date) -> bool:
        return self.state == DutyState.PLANNED and self.day < today
