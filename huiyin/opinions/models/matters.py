"""Matters: what voices are about, and the way each goes."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

import pghistory
from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Count, F, Min, OuterRef, Q, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.models import Congress, Deputy, Unit
from huiyin.congress.seats import Seats, seats_of
from huiyin.kernel import clock
from huiyin.kernel.models import Trailed
from huiyin.opinions import visibility
from huiyin.opinions.choices import Door, State, Subject, Way
from huiyin.regions.choices import Level as RegionLevel
from huiyin.regions.models import Region
from huiyin.rulebook.models import Clock
from huiyin.venues.models import Venue

OPEN_STATES = (
    State.RECEIVED,
    State.WITH_DEPUTY,
    State.WITH_DEPARTMENT,
    State.IN_SUGGESTION,
    State.ANSWERED,
    State.REOPENED,
)
# Where somebody of ours must act by a day the residents were told.
AWAITING = (
    State.RECEIVED,
    State.WITH_DEPUTY,
    State.WITH_DEPARTMENT,
    State.REOPENED,
)
DONE_STATES = (State.CLOSED, State.ELSEWHERE)


# Where a matter is: its own division, else that of the venue where it came in.
WHEREABOUTS = Coalesce("region__path", "venue__region__path")

TAB_LABELS = {
    "todo": _("待分类"),
    "late": _("逾期"),
    "reopened": _("重新跟进"),
    "with_deputy": _("代表跟进"),
    "with_department": _("部门办理"),
    "in_suggestion": _("写成建议"),
    "answered": _("待居民确认"),
    "done": _("已了结"),
    "all": _("全部"),
}


def _todo(today: dt.date) -> Q:
    """New ones, and what residents found unsolved when no deputy acted in time."""
    late = Clock.overdue_q(today, prefix="clock__")
    return Q(state=State.RECEIVED) | Q(state=State.REOPENED) & (late | Q(is_passed_on=True))


# A tab's condition by the day; the counts of all are one query.
TABS: dict[str, Callable[[dt.date], Q]] = {
    "todo": _todo,
    "late": lambda today: Clock.overdue_q(today, prefix="clock__") & Q(clock__isnull=False),
    "reopened": lambda today: Q(state=State.REOPENED),
    "with_deputy": lambda today: Q(state=State.WITH_DEPUTY),
    "with_department": lambda today: Q(state=State.WITH_DEPARTMENT),
    "in_suggestion": lambda today: Q(state=State.IN_SUGGESTION),
    "answered": lambda today: Q(state=State.ANSWERED),
    "done": lambda today: Q(state__in=DONE_STATES),
    "all": lambda today: ~Q(state=State.MERGED),
}

# The same for a unit, of what was handed to it.
HANDED_TAB_LABELS = {
    "open": _("在办"),
    "late": _("逾期"),
    "answered": _("待居民确认"),
    "reopened": _("居民说没解决"),
    "done": _("已了结"),
    "all": _("全部"),
}
HANDED_TABS: dict[str, Callable[[dt.date], Q]] = {
    "open": TABS["with_department"],
    "late": lambda today: TABS["with_department"](today) & TABS["late"](today),
    **{name: TABS[name] for name in ("answered", "reopened", "done", "all")},
}


def list_choices(
    matters: "MatterQuerySet", congress_ids: Iterable[int]
) -> dict[str, list[tuple[str, str]]]:
    """What a list may be narrowed to and a batch handed to, in one query: venues, counties, units."""
    venues = Venue.objects.filter(pk__in=matters.exclude(venue=None).values("venue"))
    counties = Region.objects.filter(level=RegionLevel.COUNTY)
    units = Unit.objects.filter(congress__in=set(congress_ids), is_active=True)
    rows = _named(venues, "venue", Cast("pk", models.TextField())).union(
        _named(counties, "region", F("path")),
        _named(units, "unit", Cast("pk", models.TextField())),
        all=True,
    )
    found: dict[str, list[tuple[str, str]]] = {"venue": [], "region": [], "unit": []}
    for kind, _order, value, name in sorted(rows):
        found[kind].append((value, name))
    return found


def _named(queryset: models.QuerySet[Any], kind: str, value: Any) -> models.QuerySet[Any, Any]:
    return queryset.order_by().values_list(Value(kind), F("sort_key"), value, F("name"))


MOST_IN_FAMILY = 5_000
# Upwards first, then down, each matter once: the limit never cuts off what was asked for or its hosts.
HOSTS = """
    WITH RECURSIVE host (id, above) AS (
        SELECT id, merged_into_id FROM opinions_matter WHERE id = ANY(%s)
        UNION
        SELECT m.id, m.merged_into_id FROM opinions_matter m JOIN host ON m.id = host.above
    )"""
FAMILY = f"""{HOSTS}, member (id) AS (
        SELECT id FROM host
        UNION
        SELECT m.id FROM opinions_matter m JOIN member ON m.merged_into_id = member.id
    )"""  # noqa: S608  our own words


class Family(models.Func):
    """Keys for `pk__in`, as `family_of` finds them, of an array of keys that each row brings along."""

    template = f"({FAMILY % '%(expressions)s'} SELECT id FROM member LIMIT {MOST_IN_FAMILY})"  # noqa: S608  our own words
    output_field = models.BigIntegerField()


class MatterQuerySet(models.QuerySet["Matter"]):
    def visible_to(self, user: Any) -> Self:
        return self.visible_from(seats_of(user))

    def visible_from(self, seats: Seats) -> Self:
        return self.filter(visibility.of_matters(seats))

    def near(self, deputy_ids: Iterable[int]) -> Self:
        """What deputies follow, what came in where they are placed, what was said to them."""
        ids = set(deputy_ids)
        if not ids:
            return self.none()
        return self.filter(visibility.near_deputies(ids))

    def called_back(self, deputy_ids: Iterable[int]) -> Self:
        """What residents found unsolved, and these deputies are to follow up."""
        ids = set(deputy_ids)
        return self.filter(visibility.called_back(ids), state=State.REOPENED)

    def counted(self, conditions: Mapping[str, Q]) -> dict[str, int]:
        """How many rows each condition has, in one query."""
        counts = {name: Count("pk", filter=wanted) for name, wanted in conditions.items()}
        return self.aggregate(**counts)

    def standing(self) -> Self:
        """Matters that were not merged into another."""
        return self.exclude(state=State.MERGED)

    def with_hosts(self, ids: Iterable[int]) -> Self:
        """These matters and all they were merged into, however often."""
        rows = f"{HOSTS} SELECT id FROM host LIMIT {MOST_IN_FAMILY}"  # noqa: S608  our own words
        return self.filter(pk__in=RawSQL(rows, [list(ids)]))  # noqa: S611  ids are parameters

    def family_of(self, ids: Iterable[int]) -> Self:
        """What is one matter now: these, their hosts, and everything merged into any of them.

        A merge that was undone divides the family again.
        """
        rows = f"{FAMILY} SELECT id FROM member LIMIT {MOST_IN_FAMILY}"  # noqa: S608  our own words
        return self.filter(pk__in=RawSQL(rows, [list(ids)]))  # noqa: S611  ids are parameters

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def handed_to(self, unit_ids: Iterable[int]) -> Self:
        return self.filter(unit__in=set(unit_ids))

    def pressing(self, today: dt.date) -> Self:
        """Somebody of ours must act, and the limit has turned yellow at least."""
        running = Clock.running_q(prefix="clock__")
        return self.filter(running, state__in=AWAITING, clock__yellow_on__lte=today)

    def due_together(self, holder: str) -> models.QuerySet[Any, dict[str, Any]]:
        """What one holder has under one limit with one date: how many, and the first of them."""
        limit = (f"clock__{name}" for name in ("rule_key", "yellow_on", "orange_on", "due_on"))
        together = self.order_by().values(*{"congress", holder}, *limit)
        counted = together.annotate(n=Count("pk"), first=Min("pk"), title=Min("title"))
        return counted.order_by("first")

    def neglected(self, today: dt.date) -> Self:
        """Reopened, and the deputy's time has passed: the clerk's."""
        late = Clock.overdue_q(today, prefix="clock__")
        return self.filter(late, state=State.REOPENED, is_passed_on=False, clock__isnull=False)

    def public(self) -> Self:
        """What anyone may see: the title a clerk approved, and a count."""
        return self.standing().filter(is_public=True).exclude(public_title="")

    def with_first_words(self) -> Self:
        """What was said first, and where: texts are compared by it."""
        voices = apps.get_model("opinions", "Voice").objects.filter(first_matter=OuterRef("pk"))
        first = voices.order_by("pk")
        return self.annotate(
            first_words=Subquery(first.values("text")[:1]),
            first_place=Subquery(first.values("place")[:1]),
        )

    def for_comparison(self) -> models.QuerySet[Any, tuple[Any, ...]]:
        """With the path of the place: its own, else that of the venue where it came in."""
        return self.values_list(
            "pk", "title", "first_words", "last_voice_at", "first_place", WHEREABOUTS
        )

    def with_first_place(self) -> Self:
        voices = apps.get_model("opinions", "Voice").objects.filter(first_matter=OuterRef("pk"))
        return self.annotate(first_place=Subquery(voices.order_by("pk").values("place")[:1]))

    def around(self, region: Region) -> Self:
        """What may be in the division: known to be in it, or known no better than somewhere around it."""
        inside = Q(whereabouts_path__startswith=region.path)
        around = Q(whereabouts_path=None) | Q(whereabouts_path__in=region.paths_above())
        return self.alias(whereabouts_path=WHEREABOUTS).filter(inside | around)

    def for_list(self) -> Self:
        return self.select_related("region", "venue", "clock", "deputy__person", "unit").defer(
            "search"
        )


@pghistory.track(
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["search", "is_compared", "ended_at", "own_way"],
)
class Matter(Trailed):
    untrailed = frozenset({"search", "n_voices", "last_voice_at", "is_compared", "ended_at"})
    # What is made of residents' words; the field history, which can be erased, keeps what they were.
    unremembered = frozenset({"title", "brief"})
    locked_with = ("congress__region",)

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="matters")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="matters", null=True, blank=True
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, related_name="matters", null=True, blank=True
    )
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.RECEIVED)
    way = models.CharField(_("去向"), max_length=15, choices=Way, blank=True)
    subject = models.CharField(_("类别"), max_length=15, choices=Subject, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    public_title = models.CharField(_("公开标题"), max_length=120, blank=True)
    is_public = models.BooleanField(_("公开"), default=False)
    door = models.CharField(_("去处"), max_length=15, choices=Door, blank=True)
    deputy = models.ForeignKey(
        Deputy, on_delete=models.PROTECT, related_name="matters", null=True, blank=True
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="matters", null=True, blank=True
    )
    # What the department is told: the desk leaves out whatever names the resident.
    brief = models.TextField(_("转办内容"), max_length=2000, blank=True)
    ticket_number = models.CharField(_("工单号"), max_length=40, blank=True)
    ticket_due_on = models.DateField(_("热线答复期限"), null=True, blank=True)
    answer = models.TextField(_("结果"), max_length=2000, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="matters", null=True, blank=True
    )
    is_reopened = models.BooleanField(_("重新跟进过"), default=False)
    is_passed_on = models.BooleanField(_("已交代工委"), default=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="absorbed", null=True, blank=True
    )
    # How it stood before a merge, so that an undo puts it back.
    state_before_merge = models.CharField(max_length=20, choices=State, blank=True)
    # Its own way, while it goes the way of what was merged into it (opinions.actions.inheriting).
    own_way = models.JSONField(null=True, editable=False)
    n_voices = models.PositiveIntegerField(_("人数"), default=0)
    last_voice_at = models.DateTimeField(_("最近一次"))
    is_compared = models.BooleanField(default=False)
    # Since when nothing is done any more: from here on it is counted how long words are kept.
    ended_at = models.DateTimeField(_("了结时间"), null=True, editable=False)
    search = SearchVectorField(null=True, editable=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "一件事")
        constraints = [
            models.CheckConstraint(
                name="matter_merged_means_merged_into",
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | ~Q(state=State.MERGED) & Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="matter_public_has_a_public_title",
                condition=Q(is_public=False) | ~Q(public_title=""),
            ),
        ]
        indexes = [
            models.Index(name="matter_queue", fields=["congress", "state", "-last_voice_at"]),
            models.Index(name="matter_deputy", fields=["deputy", "state"]),
            models.Index(name="matter_public", fields=["congress"], condition=Q(is_public=True)),
            models.Index(name="matter_uncompared", fields=["id"], condition=Q(is_compared=False)),
            GinIndex(name="matter_search", fields=["search"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def whereabouts(self) -> Region | None:
        """Its own division, else that of the venue where it came in."""
        return self.region or (self.venue.region if self.venue else None)

    @property
    def is_late(self) -> bool:
        """Whether the clock ran out; asks nothing of the database when the clock is at hand."""
        limit = self.clock
        return limit is not None and limit.is_running and limit.due_on < clock.today()
