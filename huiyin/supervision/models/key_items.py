"""Key items: what the council of chairpersons supervises itself (代表法 art. 52)."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.choices import Role
from huiyin.congress.models import Committee, Congress
from huiyin.congress.seats import Seats
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.opinions.models import Family, Matter
from huiyin.rulebook.models import Clock
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Origin, Suggestion
from huiyin.supervision import visibility
from huiyin.supervision.choices import CHOSEN, ActKind, Criterion, KeyState, Result

ENDED = (State.WITHDRAWN, State.REFUSED, State.LETTER)


class KeyItemQuerySet(models.QuerySet["KeyItem"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_key_items(user))

    def public(self) -> Self:
        return self.filter(is_published=True)

    def chosen(self) -> Self:
        """What counts towards the yearly number: decided by the council, whatever came after."""
        return self.filter(state__in=CHOSEN)

    def to_conclude(self, seats: Seats) -> Self:
        """Reports that wait for the council, where this person records its decision."""
        directed = seats.congresses(Role.DIRECTOR)
        return self.filter(congress__in=directed, state=KeyState.REPORTED)

    def matching(self, *, q: str = "", state: str = "", year: str = "", late: bool = False) -> Self:
        found = self
        if q:
            found = found.filter(
                Q(title__icontains=q) | Q(members__suggestion__number=q)
            ).distinct()
        if late:
            found = found.filter(clock__stopped_on=None, clock__isnull=False)
        conditions = {"state": state, "year": year}
        return found.filter(**{name: value for name, value in conditions.items() if value})

    def for_list(self) -> Self:
        return self.select_related("leader", "committee", "clock", "congress").annotate(
            n_suggestions=_counted(KeyMember), n_acts=_counted(KeyAct)
        )


def _counted(table: Any) -> Coalesce:
    rows = table.objects.filter(item=OuterRef("pk")).order_by().values("item")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class KeyItem(Trailed):
    """One matter under the chairpersons' eye: a suggestion, or several of the same matter.

    `clock` runs from the notice to the report before the council.
    """

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="key_items")
    year = models.PositiveSmallIntegerField(_("年份"))
    title = models.CharField(_("督办事项"), max_length=80)
    state = models.CharField(_("状态"), max_length=12, choices=KeyState, default=KeyState.CANDIDATE)
    criteria = ArrayField(models.CharField(max_length=10, choices=Criterion))
    reason = models.TextField(_("理由"), max_length=1000)
    meeting = models.CharField(_("主任会议"), max_length=60, blank=True)
    decided_on = models.DateField(_("确定日期"), null=True, blank=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="led_key_items",
        null=True,
        blank=True,
        verbose_name=_("领衔督办"),
    )
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        related_name="key_items",
        null=True,
        blank=True,
        verbose_name=_("跟踪委员会"),
    )
    plan = models.TextField(_("督办方案"), max_length=4000, blank=True)
    noticed_at = models.DateTimeField(_("督办通知"), null=True, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="key_items", null=True, blank=True
    )
    report = models.TextField(_("督办报告"), max_length=8000, blank=True)
    reported_at = models.DateTimeField(_("报告时间"), null=True, blank=True)
    result = models.CharField(_("督办结果"), max_length=10, choices=Result, blank=True)
    result_words = models.TextField(_("审议意见"), max_length=1000, blank=True)
    concluded_at = models.DateTimeField(_("督办结束"), null=True, blank=True)
    is_published = models.BooleanField(_("已公开"), default=False)
    public_words = models.TextField(_("公开说明"), max_length=4000, blank=True)

    objects = KeyItemQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "重点督办")
        constraints = [
            models.CheckConstraint(
                name="key_item_on_notice_has_leader_committee_and_clock",
                condition=Q(noticed_at=None)
                | Q(leader__isnull=False, committee__isnull=False, clock__isnull=False),
            ),
            models.CheckConstraint(
                name="key_item_concluded_has_a_result",
                condition=~Q(state=KeyState.CONCLUDED) | ~Q(result=""),
            ),
        ]
        indexes = [models.Index(name="key_item_year", fields=["congress", "year", "state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def criteria_words(self) -> list[str]:
        return [str(Criterion(code).label) for code in self.criteria]


class KeyMember(models.Model):
    """A suggestion that is part of a key item; in one year it is part of one only."""

    item = models.ForeignKey(KeyItem, on_delete=models.CASCADE, related_name="members")
    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.PROTECT, related_name="key_memberships"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="key_member_once_an_item", fields=["item", "suggestion"])
        ]

    def __str__(self) -> str:
        return f"{self.item_id} · {self.suggestion_id}"


class KeyOpinion(TimeStamped):
    """What was said when a candidate was put round for opinion."""

    item = models.ForeignKey(KeyItem, on_delete=models.CASCADE, related_name="opinions")
    agrees = models.BooleanField(_("赞成列入"))
    words = models.TextField(_("意见"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="key_opinion_once_a_person", fields=["item", "by"])
        ]

    def __str__(self) -> str:
        return self.words[:40]


class KeyAct(TimeStamped):
    """One act of supervision: a meeting, a visit, a hearing, a letter."""

    item = models.ForeignKey(KeyItem, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(_("方式"), max_length=10, choices=ActKind)
    on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    persons = models.CharField(_("参加人"), max_length=200)
    summary = models.TextField(_("情况"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


def key_candidates(congress_ids: Any, year: int) -> models.QuerySet[Any]:
    """Suggestions of a year that no key item holds yet, each with what speaks for it.

    `n_voices` counts the residents behind its matters, `n_alike` other suggestions that came
    from the same matters; matters that were merged are the same. Nothing is weighed: people
    choose. What is handled in confidence cannot be supervised in public.
    """
    taken = KeyMember.objects.filter(suggestion=OuterRef("pk")).exclude(
        item__state=KeyState.DROPPED
    )
    rows = Suggestion.objects.filter(congress__in=congress_ids, submitted_at__year=year)
    rows = rows.numbered().filter(is_secret=False).exclude(state__in=ENDED).exclude(Exists(taken))
    return rows.annotate(n_voices=_voices(), n_alike=_alike())


def _voices() -> Coalesce:
    matters = Matter.objects.filter(pk__in=_family()).order_by()
    total = matters.annotate(one=models.Value(1)).values("one").annotate(n=Sum("n_voices"))
    return Coalesce(Subquery(total.values("n"), output_field=IntegerField()), 0)


def _alike() -> Coalesce:
    """Others that cite the same: handed in, and open to whoever counts them."""
    others = Origin.objects.filter(
        kind=Matter.item_kind(),
        item_id__in=_family(),
        suggestion__submitted_at__isnull=False,
        suggestion__is_secret=False,
    )
    others = others.exclude(suggestion=OuterRef("pk")).exclude(suggestion__state__in=ENDED)
    total = others.order_by().values("kind").annotate(n=Count("suggestion", distinct=True))
    return Coalesce(Subquery(total.values("n"), output_field=IntegerField()), 0)


def _family() -> Family:
    """What a suggestion of the outer query cites, and all that is one matter with it now."""
    named = {"suggestion": OuterRef(OuterRef("pk")), "kind": Matter.item_kind()}
    return Family(ArraySubquery(Origin.objects.filter(**named).values("item_id")))
