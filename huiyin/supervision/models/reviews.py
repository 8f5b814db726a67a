"""Two units a year report to the standing committee, which votes on what they did."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Unit
from huiyin.congress.seats import Seats
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.rulebook.models import Clock
from huiyin.supervision import visibility
from huiyin.supervision.choices import RESULT_OUT, ReviewState, Vote


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_reviews(user))

    def public(self) -> Self:
        """The result of a vote is public."""
        return self.filter(state__in=RESULT_OUT)

    def counted(self) -> Self:
        return self.filter(state__in=RESULT_OUT)

    def matching(self, *, q: str = "", state: str = "", year: str = "") -> Self:
        found = self.filter(unit__name__icontains=q) if q else self
        conditions = {"state": state, "year": year}
        return found.filter(**{name: value for name, value in conditions.items() if value})

    def to_vote_on(self, seats: Seats) -> Self:
        """Ballots in which this member is present and has not voted."""
        open_ones = ReviewVoter.objects.filter(user=seats.user_id, has_voted=False)
        return self.filter(state=ReviewState.VOTING, pk__in=open_ones.values("review"))

    def to_report(self, seats: Seats) -> Self:
        """What a unit's leader has to hand in: the report, or the word that it was mended."""
        units = seats.units(Role.UNIT_LEADER)
        waiting = [ReviewState.CHOSEN, ReviewState.RECTIFYING]
        return self.filter(unit__in=units, state__in=waiting)

    def for_list(self) -> Self:
        return self.select_related("unit", "clock", "congress")


class Review(Trailed):
    """One unit's report before the standing committee, and the vote on it.

    A secret ballot keeps who voted and a count for each answer, and nothing that joins the
    two; an open one keeps every member's answer.
    """

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="reviews")
    year = models.PositiveSmallIntegerField(_("年份"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(
        _("状态"), max_length=20, choices=ReviewState, default=ReviewState.CHOSEN
    )
    reason = models.TextField(_("选定理由"), max_length=1000)
    chosen_by_meeting = models.CharField(_("哪次主任会议选定"), max_length=60)
    report = models.TextField(_("办理情况报告"), max_length=20_000, blank=True)
    reported_at = models.DateTimeField(_("报告送交"), null=True, blank=True)
    meeting = models.CharField(_("常委会会议"), max_length=60, blank=True)
    is_secret = models.BooleanField(_("无记名"), default=True)
    n_members = models.PositiveSmallIntegerField(_("全体组成人员"), default=0)
    n_present = models.PositiveSmallIntegerField(_("出席"), default=0)
    opened_at = models.DateTimeField(_("开始测评"), null=True, blank=True)
    n_satisfied = models.PositiveSmallIntegerField(_("满意"), default=0)
    n_basically = models.PositiveSmallIntegerField(_("基本满意"), default=0)
    n_dissatisfied = models.PositiveSmallIntegerField(_("不满意"), default=0)
    n_abstained = models.PositiveSmallIntegerField(_("弃权"), default=0)
    n_silent = models.PositiveSmallIntegerField(_("出席未投"), default=0)
    is_passed = models.BooleanField(_("通过"), null=True, blank=True)
    counted_at = models.DateTimeField(_("公布结果"), null=True, blank=True)
    rectification = models.TextField(_("整改报告"), max_length=8000, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="reviews", null=True, blank=True
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "评议")
        constraints = [
            models.UniqueConstraint(
                name="review_once_a_unit_and_year",
                fields=["congress", "year", "unit"],
                condition=~Q(state=ReviewState.CANCELLED),
            ),
            models.CheckConstraint(
                name="review_ballot_opens_with_a_quorum",
                condition=Q(opened_at=None) | Q(n_members__lt=2 * models.F("n_present")),
            ),
        ]
        indexes = [models.Index(name="review_year", fields=["congress", "year", "state"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    @property
    def votes(self) -> list[tuple[str, int]]:
        """Each answer with its count, for the page and the paper."""
        counts = (self.n_satisfied, self.n_basically, self.n_dissatisfied, self.n_abstained)
        labels = [str(choice.label) for choice in Vote]
        return [*zip(labels, counts, strict=True), (str(_("出席未投")), self.n_silent)]


class ReviewVoter(TimeStamped):
    """A member who is present, and whether his ballot is in: never what it says."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="voters")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_ballots"
    )
    has_voted = models.BooleanField(_("已投"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="review_voter_once", fields=["review", "user"])]

    def __str__(self) -> str:
        return f"{self.user} · {self.review_id}"


class ReviewTally(models.Model):
    """How many ballots say this. Counted up in place, so that no row tells of one ballot."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="tallies")
    vote = models.CharField(max_length=12, choices=Vote)
    n = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="review_tally_once_an_answer", fields=["review", "vote"])
        ]

    def __str__(self) -> str:
        return f"{self.get_vote_display()} {self.n}"


class OpenVote(TimeStamped):
    """A member's answer in an open ballot; a secret one leaves none."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="open_votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    vote = models.CharField(max_length=12, choices=Vote)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="open_vote_once_a_member", fields=["review", "user"])
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_vote_display()}"
