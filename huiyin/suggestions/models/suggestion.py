"""The suggestion itself, its texts, its signatures and what it came from."""

import hashlib
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.models import Congress, Deputy, Session, Term, Unit
from huiyin.kernel import clock
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.rulebook.models import Clock
from huiyin.suggestions.choices import (
    FINISHED,
    Mode,
    Openness,
    Proposer,
    SignatureState,
    State,
    Subject,
)
from huiyin.suggestions.models.queries import SuggestionQuerySet

if TYPE_CHECKING:
    from huiyin.suggestions.models.handling import Assignment
    from huiyin.suggestions.models.reply import Promise, Reply


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["search"])
class Suggestion(Trailed):
    """A deputy's suggestion, criticism or comment (代表法 art. 24, 36), from draft to kept promise.

    `clock` is the one that runs now; `reply_clock` counts from the first hand-over and is what
    the law binds (代表法 art. 51). The n_ fields and lead_unit repeat what other rows say, so
    that a list of a hundred thousand costs one query.
    """

    untrailed = frozenset({"search", "n_cosigners", "n_cohandlers", "n_opinions"})
    locked_with = ("congress__region",)

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="suggestions")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="suggestions")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="suggestions", null=True, blank=True
    )
    is_between = models.BooleanField(_("闭会期间提出"), default=False)
    number = models.CharField(_("编号"), max_length=30, blank=True)
    # Handed in, or still written, as a motion; its own life is the motion's (docs/practice.md, motions).
    is_motion = models.BooleanField(_("按议案提出"), default=False)
    motion_number = models.CharField(_("议案号"), max_length=30, blank=True, default="")
    proposer = models.CharField(
        _("提出者"), max_length=10, choices=Proposer, default=Proposer.DEPUTIES
    )
    state = models.CharField(_("状态"), max_length=15, choices=State, default=State.DRAFT)
    lead = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="led_suggestions")
    title = models.CharField(_("标题"), max_length=80)
    situation = models.TextField(_("情况和问题"), max_length=6000, blank=True)
    proposals = models.TextField(_("具体建议"), max_length=6000, blank=True)
    subject = models.CharField(_("类别"), max_length=20, choices=Subject, default=Subject.OTHER)
    openness = models.CharField(
        _("公开意愿"), max_length=10, choices=Openness, default=Openness.FULL
    )
    is_secret = models.BooleanField(_("保密办理"), default=False)
    wished_unit = models.CharField(_("希望承办的单位"), max_length=80, blank=True)
    text_version = models.PositiveSmallIntegerField(default=1)
    text_hash = models.CharField(max_length=64, blank=True)
    mode = models.CharField(_("办理方式"), max_length=12, choices=Mode, default=Mode.SINGLE)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="followers", null=True, blank=True
    )
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    reasons = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    examination_words = models.TextField(_("审查意见"), max_length=1000, blank=True)
    submitted_at = models.DateTimeField(_("提出"), null=True, blank=True)
    registered_at = models.DateTimeField(_("立案"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("首次交办"), null=True, blank=True)
    replied_at = models.DateTimeField(_("首次答复"), null=True, blank=True)
    closed_at = models.DateTimeField(_("办结"), null=True, blank=True)
    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="led_suggestions", null=True, blank=True
    )
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="suggestions", null=True, blank=True
    )
    reply_clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    is_published = models.BooleanField(_("已公开"), default=False)
    n_cosigners = models.PositiveSmallIntegerField(default=0)
    n_cohandlers = models.PositiveSmallIntegerField(default=0)
    n_opinions = models.PositiveSmallIntegerField(default=0)
    search = SearchVectorField(null=True, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "建议")
        constraints = [
            models.UniqueConstraint(
                name="suggestion_number_once_a_congress",
                fields=["congress", "number"],
                condition=~Q(number=""),
            ),
            models.UniqueConstraint(
                name="motion_number_once_a_congress",
                fields=["congress", "motion_number"],
                condition=~Q(motion_number=""),
            ),
            models.CheckConstraint(
                name="suggestion_merged_names_the_lead_item",
                condition=~Q(state=State.MERGED) | Q(merged_into__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_handed_over_has_a_lead_unit_and_a_clock",
                condition=Q(handed_over_at=None)
                | Q(lead_unit__isnull=False, reply_clock__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="suggestion_queue", fields=["congress", "state", "-updated_at"]),
            # The desk counts and sorts what is under way by their clocks from this index alone.
            models.Index(
                name="suggestion_under_way",
                fields=["congress", "state"],
                include=["clock", "round", "id", "is_secret"],
                condition=~Q(state__in=FINISHED),
            ),
            # What is finished grows for ever: its newest are listed, and counted, from this one.
            models.Index(
                name="suggestion_finished",
                fields=["congress", "-submitted_at", "id"],
                include=["state", "is_secret"],
                condition=Q(state__in=FINISHED),
            ),
            models.Index(name="suggestion_newest", fields=["congress", "-submitted_at"]),
            # Figures: what was handed over in a year, and how long answers took in all years.
            models.Index(name="suggestion_handed_over", fields=["congress", "handed_over_at"]),
            models.Index(
                name="suggestion_replied",
                fields=["congress", "replied_at"],
                include=["handed_over_at", "is_secret"],
            ),
            models.Index(name="suggestion_unit", fields=["lead_unit", "state"]),
            models.Index(name="suggestion_lead", fields=["lead", "state"]),
            models.Index(
                name="suggestion_published",
                fields=["congress", "-registered_at"],
                condition=Q(is_published=True),
            ),
            GinIndex(name="suggestion_search", fields=["search"]),
            # The desk looks among what is under way, a small part of all that a word stands in.
            GinIndex(
                name="suggestion_search_under_way",
                fields=["search"],
                condition=~Q(state__in=FINISHED),
                gin_pending_list_limit=256,  # kB: steps write into it, every search reads through it
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_number} {self.title}".strip()

    @property
    def shown_number(self) -> str:
        return self.number or self.motion_number

    @property
    def public_address(self) -> tuple[str, str]:
        """What names it to everybody: a number is unique only in its congress."""
        return self.congress.region.code, self.number

    def text(self) -> str:
        return "\n".join([self.title, self.situation, self.proposals])

    @property
    def shown_name(self) -> str:
        """What a message may say of it: of a secret item the number at most."""
        if not self.is_secret:
            return str(self)
        return f"{self.shown_number} {_('保密办理的建议')}".strip()

    @property
    def is_joint(self) -> bool:
        return self.n_cosigners > 0

    @property
    def signed(self) -> "list[Signature]":
        """The signatures that stand, the lead's first. From the prefetch where there is one."""
        standing = [s for s in self.signatures.all() if s.state == SignatureState.SIGNED]
        return sorted(standing, key=lambda signature: (not signature.is_lead, signature.pk))

    @property
    def current_reply(self) -> "Reply | None":
        """This round's reply, drafted or signed."""
        return next((reply for reply in self.replies.all() if reply.round == self.round), None)

    def reply_of(self, task: "Assignment") -> "Reply | None":
        """This round's letter of one unit, where each answers its own part."""
        of_round = (reply for reply in self.replies.all() if reply.round == self.round)
        return next((reply for reply in of_round if reply.assignment_id == task.pk), None)

    def promises_of(self, reply: "Reply") -> "list[Promise]":
        """What a reply's letter lists, nearest date first."""
        listed = [p for p in self.promises.all() if p.reply_id == reply.pk and p.is_listed]
        return sorted(listed, key=lambda promise: (promise.promised_on, promise.pk))

    @property
    def outstanding_promises(self) -> "list[Promise]":
        """Also those the lead item made for the items merged into it."""
        rows = [*self.promises.all()]
        if self.merged_into is not None:
            rows += self.merged_into.promises.all()
        return [promise for promise in rows if promise.is_outstanding]

    @property
    def unsettled(self) -> "list[Signature]":
        """Names that were asked for, or asked again, and have not answered."""
        open_states = (SignatureState.INVITED, SignatureState.STALE)
        return [s for s in self.signatures.all() if s.state in open_states]


def hash_of_text(title: str, situation: str, proposals: str) -> str:
    """What a signature is bound to: SHA-256 over the three parts, each ended by a NUL."""
    parts = (part.strip() + "\0" for part in (title, situation, proposals))
    return hashlib.sha256("".join(parts).encode()).hexdigest()


class TextVersion(models.Model):
    """One wording. Old ones stay, so that a signer can see what changed."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    situation = models.TextField()
    proposals = models.TextField()
    hash = models.CharField(max_length=64)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="text_version_numbered_once", fields=["suggestion", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} v{self.number}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    def standing(self) -> Self:
        return self.filter(state=SignatureState.SIGNED)

    def awaited(self) -> Self:
        """Asked for and not yet answered, while the paper is still with the deputies."""
        return self.filter(
            state__in=[SignatureState.INVITED, SignatureState.STALE],
            suggestion__state__in=[State.COLLECTING, State.RETURNED],
        )


class Signature(Trailed):
    """One deputy's name under one wording; the lead's is the first."""

    locked_with = ("deputy__person",)

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="signatures")
    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="signatures")
    is_lead = models.BooleanField(default=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=SignatureState, default=SignatureState.INVITED
    )
    text_hash = models.CharField(max_length=64, blank=True)
    signed_version = models.PositiveSmallIntegerField(null=True, blank=True)
    signed_at = models.DateTimeField(_("签名时间"), null=True, blank=True)
    # A joint suggestion is withdrawn when every signer has agreed (Shanghai art. 10).
    withdrawal_agreed_at = models.DateTimeField(_("同意撤回"), null=True, blank=True)
    # More than half of a refused motion's signers may ask to reconsider (Shanghai on motions 14).
    reconsideration_asked_at = models.DateTimeField(_("要求复议"), null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="signature_once_a_deputy", fields=["suggestion", "deputy"]
            ),
            models.UniqueConstraint(
                name="signature_one_lead", fields=["suggestion"], condition=Q(is_lead=True)
            ),
        ]
        indexes = [models.Index(name="signature_waiting", fields=["deputy", "state"])]

    def __str__(self) -> str:
        return f"{self.deputy} · {self.get_state_display()}"


class Origin(TimeStamped):
    """What a suggestion came from, by kind, id and label: voices' matters, activities, promises."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="origins")
    kind = models.CharField(max_length=60)
    item_id = models.BigIntegerField()
    label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="origin_named_once", fields=["suggestion", "kind", "item_id"]
            )
        ]
        indexes = [models.Index(name="origin_item", fields=["kind", "item_id"])]

    def __str__(self) -> str:
        return self.label
