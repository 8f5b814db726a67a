"""Awards of a year: candidates with their reasons, a jury that scores blind, objections, certificates."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Unit
from huiyin.congress.seats import Seats, seats_of
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.rulebook.models import Clock
from huiyin.suggestions.models import Suggestion
from huiyin.supervision import visibility
from huiyin.supervision.choices import AwardKind, AwardState, CandidateState, Merit, RulingState

OPEN_TO_ALL = (AwardState.PUBLISHED, AwardState.DECIDED)
CHOSEN_ONES = (CandidateState.PROPOSED, CandidateState.AWARDED)


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_awards(user))

    def public(self) -> Self:
        return self.filter(state__in=OPEN_TO_ALL)

    def matching(self, *, kind: str = "", state: str = "", year: str = "") -> Self:
        conditions = {"kind": kind, "state": state, "year": year}
        return self.filter(**{name: value for name, value in conditions.items() if value})

    def to_judge(self, seats: Seats) -> Self:
        """Where this juror has neither scored nor stepped back from every candidate."""
        judged = JuryScore.objects.filter(candidate=OuterRef("pk"), juror__user=seats.user_id)
        left = Recusal.objects.filter(candidate=OuterRef("pk"), juror__user=seats.user_id)
        open_ones = Candidate.objects.standing().exclude(Exists(judged)).exclude(Exists(left))
        mine = Juror.objects.filter(user=seats.user_id)
        return self.filter(state=AwardState.JUDGING, pk__in=mine.values("award")).filter(
            Exists(open_ones.filter(award=OuterRef("pk")))
        )

    def for_list(self) -> Self:
        return self.select_related("congress", "clock").annotate(
            n_candidates=models.Count(
                "candidates", filter=~Q(candidates__state=CandidateState.REMOVED)
            )
        )


class Award(Trailed):
    """One year's selection of excellent suggestions, or of advanced units."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="awards")
    year = models.PositiveSmallIntegerField(_("年份"))
    kind = models.CharField(_("奖项"), max_length=12, choices=AwardKind)
    state = models.CharField(
        _("状态"), max_length=20, choices=AwardState, default=AwardState.NOMINATING
    )
    n_places = models.PositiveSmallIntegerField(_("名额"))
    n_needed = models.PositiveSmallIntegerField(_("每个候选至少几位评委"))
    published_at = models.DateTimeField(_("公示"), null=True, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="awards", null=True, blank=True
    )
    meeting = models.CharField(_("决定表彰的会议"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("决定表彰"), null=True, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "评选")
        constraints = [
            models.UniqueConstraint(
                name="award_once_a_kind_and_year", fields=["congress", "year", "kind"]
            )
        ]

    def __str__(self) -> str:
        words = {"year": self.year, "kind": self.get_kind_display()}
        return str(_("%(year)s年%(kind)s评选") % words)

    @cached_property
    def juror_ids(self) -> set[int]:
        """Who is on the jury: asked once for all candidates of a page."""
        return set(self.jurors.values_list("user", flat=True))


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: Any) -> Self:
        """Who keeps or judges the award sees all; others of the congress those that are published."""
        shown = Q(
            award__congress__in=seats_of(user).any_congress,
            award__state__in=OPEN_TO_ALL,
            state__in=CHOSEN_ONES,
        )
        inside = Q(award__in=Award.objects.filter(visibility.inside_awards(user)).values("pk"))
        return self.filter(inside | shown)

    def standing(self) -> Self:
        return self.exclude(state=CandidateState.REMOVED)

    def chosen(self) -> Self:
        return self.filter(state__in=CHOSEN_ONES)

    def for_list(self) -> Self:
        return self.select_related("suggestion__lead__person", "unit", "award")


class Candidate(Trailed):
    """A suggestion or a unit, with the facts that speak for it."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="candidates")
    suggestion = models.ForeignKey(
        Suggestion,
        on_delete=models.PROTECT,
        related_name="candidacies",
        null=True,
        blank=True,
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="candidacies", null=True, blank=True
    )
    state = models.CharField(
        _("状态"), max_length=20, choices=CandidateState, default=CandidateState.NOMINATED
    )
    merits = models.JSONField(_("入选理由"), default=list)  # [code, words] pairs
    average = models.DecimalField(
        _("平均分"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    n_scores = models.PositiveSmallIntegerField(_("打分人数"), default=0)
    certificate = models.CharField(_("证书编号"), max_length=40, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "候选")
        constraints = [
            models.CheckConstraint(
                name="candidate_is_a_suggestion_or_a_unit",
                condition=Q(suggestion=None, unit__isnull=False)
                | Q(suggestion__isnull=False, unit=None),
            ),
            models.UniqueConstraint(
                name="candidate_suggestion_once",
                fields=["award", "suggestion"],
                condition=Q(suggestion__isnull=False),
            ),
            models.UniqueConstraint(
                name="candidate_unit_once",
                fields=["award", "unit"],
                condition=Q(unit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.suggestion or self.unit)

    @property
    def quoted(self) -> str:
        """What a juror reads: of a suggestion the title, never whose it is."""
        return self.suggestion.title if self.suggestion else str(self.unit)

    @property
    def public_label(self) -> str:
        """Outside, of a suggestion only what the committee has published."""
        if self.suggestion is None:
            return str(self.unit)
        number, lead = self.suggestion.number, self.suggestion.lead
        if self.suggestion.is_published:
            return f"{number} {self.suggestion.publication.title} · {lead}"
        return f"{number} · {lead}"

    @property
    def merit_words(self) -> list[str]:
        return [
            f"{Merit(code).label}{f'：{words}' if words else ''}" for code, words in self.merits
        ]


class Juror(TimeStamped):
    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="jurors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="juries"
    )

    class Meta:
        constraints = [models.UniqueConstraint(name="juror_once", fields=["award", "user"])]

    def __str__(self) -> str:
        return str(self.user)


class JuryScore(TimeStamped):
    """One juror's points for one candidate; nobody else reads them before the scoring ends."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="scores")
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="scores")
    points = models.PositiveSmallIntegerField(_("分数"))
    words = models.CharField(_("评语"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="jury_score_once_a_candidate", fields=["candidate", "juror"]
            ),
            models.CheckConstraint(name="jury_score_of_a_hundred", condition=Q(points__lte=100)),
        ]

    def __str__(self) -> str:
        return str(self.points)


class Recusal(TimeStamped):
    """A juror does not judge this candidate: by rule, or because he says so."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="recusals")
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="recusals")
    reason = models.CharField(_("回避原因"), max_length=200)
    is_automatic = models.BooleanField(_("系统回避"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recusal_once_a_candidate", fields=["candidate", "juror"])
        ]

    def __str__(self) -> str:
        return self.reason


class AwardObjectionQuerySet(models.QuerySet["AwardObjection"]):
    def visible_to(self, user: Any) -> Self:
        awards = Award.objects.filter(visibility.inside_awards(user))
        return self.filter(Q(candidate__award__in=awards.values("pk")) | Q(by=user.pk))

    def open(self) -> Self:
        return self.filter(state=RulingState.OPEN)

    def to_rule(self, seats: Seats) -> Self:
        directed = seats.congresses(Role.DIRECTOR)
        return self.open().filter(candidate__award__congress__in=directed)


class AwardObjection(Trailed):
    """Somebody says in the time of publication that a candidate should not get the award."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="objections")
    person = models.CharField(_("提出人"), max_length=60)
    words = models.TextField(_("异议"), max_length=1000)
    state = models.CharField(
        _("状态"), max_length=15, choices=RulingState, default=RulingState.OPEN
    )
    ruling = models.TextField(_("核查结论"), max_length=1000, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AwardObjectionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person} · {self.candidate}"

    @property
    def quoted(self) -> str:
        return self.words
