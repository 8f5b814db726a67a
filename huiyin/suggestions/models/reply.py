"""The official reply, each signer's rating of it, and the promises it makes."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.models import Term, Unit
from huiyin.kernel.models import Trailed
from huiyin.rulebook.models import Clock
from huiyin.suggestions import visibility
from huiyin.suggestions.choices import (
    ContactKind,
    PromiseKind,
    PromiseState,
    ReplyState,
    ResultClass,
    Score,
)
from huiyin.suggestions.models.handling import Assignment
from huiyin.suggestions.models.queries import UNLISTED
from huiyin.suggestions.models.suggestion import Signature, Suggestion
from huiyin.texts.redacting import redact

UNMADE = (PromiseState.DRAFT, PromiseState.DROPPED)
SOON = 30  # days in which an open promise turns yellow


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Reply(Trailed):
    """One round's official reply of the lead unit."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="replies")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField(_("轮次"))
    state = models.CharField(_("状态"), max_length=10, choices=ReplyState, default=ReplyState.DRAFT)
    result_class = models.CharField(_("结果类别"), max_length=1, choices=ResultClass, blank=True)
    # As the congress called it on the day: the scheme may change, a letter does not.
    class_label = models.CharField(_("类别标记和文字"), max_length=40, blank=True, default="")
    body = models.TextField(_("答复正文"), max_length=20000, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=30, blank=True)
    contact_telephone = models.CharField(_("联系电话"), max_length=30, blank=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    # Of an old item nobody of this house wrote or signed it, and not every paper kept its number.
    is_old = models.BooleanField(_("旧件的答复"), default=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    signed_at = models.DateTimeField(_("签发"), null=True, blank=True)
    sent_back_words = models.CharField(_("退回意见"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reply_one_a_round", fields=["suggestion", "assignment", "round"]
            ),
            models.CheckConstraint(
                name="reply_signed_has_number_class_and_signer",
                condition=~Q(state=ReplyState.SIGNED)
                | Q(is_old=True, signed_at__isnull=False)
                | (
                    ~Q(document_number="")
                    & ~Q(result_class="")
                    & Q(signed_by__isnull=False, signed_at__isnull=False)
                ),
            ),
        ]

    @property
    def shown_class(self) -> str:
        """The class in the congress's own words."""
        return self.class_label or (self.get_result_class_display() if self.result_class else "")

    def __str__(self) -> str:
        return self.document_number or f"{self.suggestion_id} round {self.round}"


class RatingQuerySet(models.QuerySet["Rating"]):
    def in_time(self) -> Self:
        """Late ones stand on the record, outside the statistics (T35)."""
        return self.filter(is_late=False)

    def dissatisfied(self) -> Self:
        return self.filter(Q(attitude=Score.DISSATISFIED) | Q(result=Score.DISSATISFIED))


class Rating(Trailed):
    """One signer's own judgement of one reply: attitude and result apart (docs/practice.md, ratings)."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="ratings")
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="ratings")
    attitude = models.CharField(_("办理态度"), max_length=12, choices=Score)
    result = models.CharField(_("办理结果"), max_length=12, choices=Score)
    contact_kind = models.CharField(_("沟通方式"), max_length=10, choices=ContactKind, blank=True)
    words = models.TextField(_("意见"), max_length=1000, blank=True)
    rated_at = models.DateTimeField(_("评价时间"))
    is_late = models.BooleanField(_("逾期评价"), default=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="rating_once_a_signer_and_round", fields=["reply", "signature"]
            ),
            models.CheckConstraint(
                name="rating_dissatisfied_says_why",
                condition=~(Q(attitude=Score.DISSATISFIED) | Q(result=Score.DISSATISFIED))
                | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signature_id} {self.get_result_display()}"


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, user: Any) -> Self:
        return self.exclude(state__in=UNMADE).filter(visibility.of_promises(user))

    def made(self) -> Self:
        return self.exclude(state__in=UNMADE)

    def outstanding(self) -> Self:
        return self.filter(state__in=[PromiseState.OPEN, PromiseState.CLAIMED])

    def of_term(self, term: Term) -> Self:
        return self.filter(suggestion__term=term)

    def public(self) -> Self:
        return self.made().filter(suggestion__is_published=True)

    def that_are_news(self) -> Self:
        """Of an old item's promises those that something has become of here."""
        return self.filter(Q(suggestion__old_item=None) | Q(version__gt=1))

    def for_list(self) -> Self:
        return self.select_related("suggestion", "unit", "clock").defer(
            *(f"suggestion__{name}" for name in UNLISTED)
        )

    def for_public_list(self) -> Self:
        """With what the address of the suggestion's public page is made of."""
        return self.for_list().select_related("suggestion__congress__region")

    def matching(
        self,
        *,
        today: dt.date,
        q: str = "",
        state: str = "",
        unit: str = "",
        year: str = "",
        titles: str = "suggestion__title",
    ) -> Self:
        """`titles` names the one that is searched: outside, the one that was approved."""
        found = self
        if q:
            found = found.filter(
                Q(text__icontains=q)
                | Q(suggestion__number__startswith=q)
                | Q(**{f"{titles}__icontains": q})
            )
        if state == "late":
            found = found.late(today)
        elif state:
            found = found.filter(state=state)
        conditions = {"unit__name__icontains": unit, "promised_on__year": year}
        return found.filter(**{name: value for name, value in conditions.items() if value})

    def late(self, today: dt.date) -> Self:
        return self.outstanding().filter(promised_on__lt=today)

    def by_unit(self, today: dt.date) -> list[dict[str, Any]]:
        """How each unit keeps its word, the units with late ones first."""
        open_ = Q(state__in=[PromiseState.OPEN, PromiseState.CLAIMED])
        counts = (
            self.order_by()
            .values("unit__name")
            .annotate(
                made=Count("pk"),
                kept=Count("pk", filter=Q(state=PromiseState.KEPT)),
                late=Count("pk", filter=open_ & Q(promised_on__lt=today)),
                broken=Count("pk", filter=Q(state=PromiseState.BROKEN)),
            )
        )
        return list(counts.order_by("-late", "-broken", "unit__name"))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Promise(Trailed):
    """One row of the ledger of promised items (答复承诺解决事项台账)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="promises")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="promises")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="promises")
    state = models.CharField(
        _("状态"), max_length=10, choices=PromiseState, default=PromiseState.DRAFT
    )
    kind = models.CharField(_("类型"), max_length=10, choices=PromiseKind, default=PromiseKind.DO)
    text = models.CharField(_("承诺事项"), max_length=300)
    responsible = models.CharField(_("责任人"), max_length=60)
    promised_on = models.DateField(_("承诺日期"))
    claimed_at = models.DateTimeField(_("称已完成"), null=True, blank=True)
    evidence = models.TextField(_("完成情况"), max_length=2000, blank=True)
    checked_at = models.DateTimeField(_("核实"), null=True, blank=True)
    check_words = models.CharField(_("核实意见"), max_length=500, blank=True)
    term_words = models.TextField(_("换届说明"), max_length=1000, blank=True)
    broken_reason = models.TextField(_("未兑现说明"), max_length=1000, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "承诺")
        indexes = [
            models.Index(name="promise_ledger", fields=["unit", "state", "promised_on"]),
            models.Index(name="promise_due", fields=["state", "promised_on"]),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def public_text(self) -> str:
        """What anyone may read; no clerk has read it over as he has the reply."""
        return redact(self.text)

    @property
    def is_listed(self) -> bool:
        return self.state != PromiseState.DROPPED

    @property
    def is_made(self) -> bool:
        return self.state not in UNMADE

    @property
    def is_outstanding(self) -> bool:
        return self.state in {PromiseState.OPEN, PromiseState.CLAIMED}

    def tone(self, today: dt.date) -> str:
        """The ledger's traffic light: green kept or in time, yellow due soon, red late or broken."""
        if self.state == PromiseState.KEPT:
            return "go"
        if self.state == PromiseState.BROKEN or (
            self.state == PromiseState.OPEN and self.promised_on < today
        ):
            return "late"
        return "wait" if (self.promised_on - today).days <= SOON else "calm"


class PromiseRating(Trailed):
    """A signer's second rating: was what was promised kept?"""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="ratings")
    signature = models.ForeignKey(
        Signature, on_delete=models.PROTECT, related_name="promise_ratings"
    )
    score = models.CharField(_("评价"), max_length=12, choices=Score)
    words = models.TextField(_("意见"), max_length=1000, blank=True)
    rated_at = models.DateTimeField(_("评价时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="promise_rating_once_a_signer", fields=["promise", "signature"]
            ),
            models.CheckConstraint(
                name="promise_rating_dissatisfied_says_why",
                condition=~Q(score=Score.DISSATISFIED) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.get_score_display()}"
