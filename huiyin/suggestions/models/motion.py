"""A motion: what becomes of a paper that deputies or a delegation hand in as one."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.choices import Role
from huiyin.congress.models import Committee, Unit
from huiyin.congress.seats import STAFF, Seats, seats_of
from huiyin.kernel import search_fields
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.rulebook.models import Clock
from huiyin.suggestions import visibility
from huiyin.suggestions.choices import (
    MOTION_OVER,
    Advice,
    Body,
    MotionKind,
    MotionState,
    Openness,
    Outcome,
)
from huiyin.suggestions.models.suggestion import Suggestion

UNSUBMITTED = (MotionState.WRITING,)


def motion_tabs(today: dt.date) -> dict[str, Q]:
    """The tabs of the list beside "everything under way"."""
    return {
        "overdue": Clock.overdue_q(today, prefix="clock__"),
        "new": Q(state__in=[MotionState.SUBMITTED, MotionState.REGISTERED]),
        "committee": Q(state__in=[MotionState.EXAMINING, MotionState.REFERRED]),
        "presidium": Q(state__in=[MotionState.DECIDING, MotionState.ON_AGENDA]),
        "organs": Q(state__in=[MotionState.HANDED_OVER, MotionState.ANSWERED]),
        "done": Q(state__in=MOTION_OVER),
    }


class MotionQuerySet(models.QuerySet["Motion"]):
    def visible_to(self, user: Any) -> Self:
        return self.visible_from(seats_of(user))

    def visible_from(self, seats: Seats) -> Self:
        return self.filter(visibility.of_motions(seats))

    def handed_in(self) -> Self:
        return self.exclude(state__in=UNSUBMITTED).exclude(submitted_at=None)

    def public(self) -> Self:
        return self.filter(is_published=True)

    def in_tab(self, tab: str, today: dt.date) -> Self:
        return self.filter(motion_tabs(today).get(tab, ~Q(state__in=MOTION_OVER)))

    def counted_by_tab(self, today: dt.date) -> dict[str, int]:
        counts = {tab: Count("pk", filter=q) for tab, q in motion_tabs(today).items()}
        under_way = Count("pk", filter=~Q(state__in=MOTION_OVER))
        return self.order_by().aggregate(all=under_way, **counts)

    def matching(
        self,
        *,
        q: str = "",
        kind: str = "",
        state: str = "",
        session: str = "",
        committee: str = "",
    ) -> Self:
        fields = (
            *("suggestion__motion_number", "suggestion__number", "suggestion__title"),
            *("suggestion__situation", "suggestion__proposals"),
        )
        found: Any = search_fields.matching(
            self, q, vector_field="suggestion__search", recheck_fields=fields
        )
        conditions = {
            "kind": kind,
            "state": state,
            "suggestion__session": session,
            "committee__name__icontains": committee,
        }
        return found.filter(**{name: value for name, value in conditions.items() if value})

    def titled(self, *, q: str = "", kind: str = "") -> Self:
        """For everyone: by title and number only, since the text may not be open."""
        found = self
        if q:
            found = found.filter(
                Q(suggestion__title__icontains=q)
                | Q(suggestion__motion_number__icontains=q)
                | Q(suggestion__number__icontains=q)
            )
        return found.filter(kind=kind) if kind else found

    def for_list(self) -> Self:
        return self.select_related(
            "committee", "clock", "suggestion__lead__person", "suggestion__session"
        ).defer("suggestion__situation", "suggestion__proposals", "suggestion__search")

    def to_give_opinion(self, seats: Seats) -> Self:
        """What waits for the committees this person is staff of."""
        waiting = [MotionState.EXAMINING, MotionState.REFERRED]
        all_of = Q(suggestion__congress__in=seats.of_all_committees())
        mine = self.visible_from(seats).filter(all_of | Q(committee__in=seats.committees()))
        return mine.filter(state__in=waiting)

    def to_register(self, seats: Seats) -> Self:
        mine = self.visible_from(seats).filter(suggestion__congress__in=seats.congresses(*STAFF))
        return mine.filter(state__in=[MotionState.SUBMITTED, MotionState.REGISTERED])

    def to_decide(self, seats: Seats) -> Self:
        """Decisions of the presidium and the standing committee that the director writes down."""
        mine = self.visible_from(seats).filter(
            suggestion__congress__in=seats.congresses(Role.DIRECTOR)
        )
        waiting = [MotionState.DECIDING, MotionState.ON_AGENDA, MotionState.REPORTED]
        return mine.filter(state__in=waiting)

    def to_answer(self, seats: Seats) -> Self:
        mine = self.visible_from(seats).filter(unit__in=seats.units())
        return mine.filter(state=MotionState.HANDED_OVER)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Motion(Trailed):
    """What happens to one paper as a motion (地方组织法 art. 22, 25).

    Text, versions, signatures, origins and numbers stay with the paper: a motion that becomes a
    suggestion changes its state and carries nothing over.
    """

    locked_with = ("suggestion__congress__region",)

    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="motion")
    kind = models.CharField(
        _("议案类别"), max_length=15, choices=MotionKind, default=MotionKind.OTHER
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=MotionState, default=MotionState.WRITING
    )
    submitted_at = models.DateTimeField(_("提出"), null=True, blank=True)
    registered_at = models.DateTimeField(_("登记"), null=True, blank=True)
    returned_words = models.TextField(_("修改意见"), max_length=1000, blank=True)
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        related_name="motions",
        null=True,
        blank=True,
        verbose_name=_("审议的委员会"),
    )
    heard_on = models.DateField(_("听取提案人意见"), null=True, blank=True)
    advice = models.CharField(_("委员会建议"), max_length=15, choices=Advice, blank=True)
    opinion = models.TextField(_("委员会意见"), max_length=4000, blank=True)
    decision_words = models.TextField(_("主席团决定"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    # Four hours before it a reconsideration may be asked for (Shanghai on motions, art. 14).
    last_meeting_at = models.DateTimeField(_("最后一次主席团会议"), null=True, blank=True)
    n_members = models.PositiveIntegerField(_("全体代表"), null=True, blank=True)
    n_for = models.PositiveIntegerField(_("赞成"), null=True, blank=True)
    n_against = models.PositiveIntegerField(_("反对"), null=True, blank=True)
    n_abstained = models.PositiveIntegerField(_("弃权"), null=True, blank=True)
    report = models.TextField(_("审议结果报告"), max_length=8000, blank=True)
    reported_at = models.DateTimeField(_("报告时间"), null=True, blank=True)
    outcome = models.CharField(_("常委会审议结果"), max_length=16, choices=Outcome, blank=True)
    outcome_words = models.TextField(_("常委会审议意见"), max_length=2000, blank=True)
    deliberated_on = models.DateField(_("常委会会议"), null=True, blank=True)
    lead_was_invited = models.BooleanField(_("领衔代表列席"), default=False)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="motions",
        null=True,
        blank=True,
        verbose_name=_("办理机关"),
    )
    answer = models.TextField(_("办理情况报告"), max_length=8000, blank=True)
    answered_at = models.DateTimeField(_("机关报告时间"), null=True, blank=True)
    withdrawal_asked_at = models.DateTimeField(_("申请撤回"), null=True, blank=True)
    closed_at = models.DateTimeField(_("办结"), null=True, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="motions", null=True, blank=True
    )
    is_published = models.BooleanField(_("已公开"), default=False)

    objects = MotionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "议案")
        constraints = [
            models.CheckConstraint(
                name="motion_examined_has_a_committee",
                condition=~Q(state__in=[MotionState.EXAMINING, MotionState.REFERRED])
                | Q(committee__isnull=False),
            ),
            models.CheckConstraint(
                name="motion_handed_over_names_the_organ",
                condition=~Q(state__in=[MotionState.HANDED_OVER, MotionState.ANSWERED])
                | Q(unit__isnull=False),
            ),
        ]
        indexes = [models.Index(name="motion_queue", fields=["state", "-submitted_at"])]

    def __str__(self) -> str:
        return str(self.suggestion)

    @property
    def number(self) -> str:
        return self.suggestion.motion_number

    @property
    def is_text_public(self) -> bool:
        return self.suggestion.openness == Openness.FULL

    @property
    def n_behind(self) -> int:
        """How many deputies stand behind it now, the lead among them."""
        return len(self.suggestion.signed)

    @property
    def n_reconsidering(self) -> int:
        return sum(s.reconsideration_asked_at is not None for s in self.suggestion.signed)


class DelegationVote(models.Model):
    """How a delegation decided on one wording of its paper; the head hands it in with this."""

    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.CASCADE, related_name="delegation_vote"
    )
    delegation = models.CharField(_("代表团"), max_length=60)
    held_on = models.DateField(_("代表团会议"))
    n_members = models.PositiveSmallIntegerField(_("全团代表"))
    n_present = models.PositiveSmallIntegerField(_("到会"))
    n_for = models.PositiveSmallIntegerField(_("同意"))
    n_against = models.PositiveSmallIntegerField(_("不同意"), default=0)
    n_abstained = models.PositiveSmallIntegerField(_("弃权"), default=0)
    text_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delegation_vote_adds_up",
                condition=Q(n_present__lte=models.F("n_members"))
                & Q(n_present=models.F("n_for") + models.F("n_against") + models.F("n_abstained")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegation} {self.n_for}/{self.n_members}"


class MotionDecision(TimeStamped):
    """One decision of one body as its minutes have it: whoever writes it down is not who decided."""

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="decisions")
    step = models.CharField(max_length=30)
    body = models.CharField(_("决定机关"), max_length=12, choices=Body)
    decided_on = models.DateField(_("会议日期"))
    minutes = models.CharField(_("会议纪要或者决定的文号"), max_length=60)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="motion_decision_names_its_minutes", condition=~Q(minutes="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.decided_on} {self.minutes}"
