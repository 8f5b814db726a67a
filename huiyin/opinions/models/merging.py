"""Proposals to merge matters that look the same."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress
from huiyin.kernel.models import TimeStamped
from huiyin.opinions.choices import ProposalState
from huiyin.opinions.models.matters import Matter
from huiyin.opinions.models.voices import Voice

# From here on a member counts as surely meant: nineteen of twenty messages that people put together
# lie above it (bench/voices.py). By meaning, likenesses are spread wider.
SURE = {"characters": 0.35, "semantic": 0.5}


class MergeProposalQuerySet(models.QuerySet["MergeProposal"]):
    def by_state(self) -> dict[str, int]:
        return dict(self.order_by().values_list("state").annotate(n=Count("pk")))

    def with_members(self) -> Self:
        members = Matter.objects.order_by("pk").defer("search")
        return self.prefetch_related(Prefetch("matters", queryset=members))

    def read_with_members(self) -> list[tuple["MergeProposal", list[Matter]]]:
        """Each with its members, in one query, the oldest first: no proposal is without members."""
        through: Any = MergeProposal.matters.through
        pairs = through.objects.filter(mergeproposal__in=self.values("pk"))
        read_along = (f"matter__{name}" for name in ("region", "venue__region"))
        pairs = pairs.select_related("mergeproposal__decided_by", *read_along)
        place = Voice.objects.filter(first_matter=OuterRef("matter")).order_by("pk")
        pairs = pairs.annotate(first_place=Subquery(place.values("place")[:1]))
        found: dict[int, tuple[MergeProposal, list[Matter]]] = {}
        for pair in pairs.defer("matter__search").order_by("mergeproposal", "matter"):
            _proposal, members = found.setdefault(pair.mergeproposal_id, (pair.mergeproposal, []))
            pair.matter.first_place = pair.first_place
            members.append(pair.matter)
        return list(found.values())


class MergeProposal(TimeStamped):
    """Matters that look like the same one, with the words that say so. A person decides."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="merge_proposals")
    matters = models.ManyToManyField(Matter, related_name="merge_proposals")
    state = models.CharField(
        _("状态"), max_length=10, choices=ProposalState, default=ProposalState.OPEN
    )
    host = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="hosted_proposals", null=True, blank=True
    )
    cohesion = models.FloatField(_("相似度"))
    shared_words = models.JSONField(_("共同的词"), default=list)
    # How like the likest other member each one is, by the matter's key.
    likeness = models.JSONField(_("各件的相似度"), default=dict)
    n_matters = models.PositiveIntegerField(default=0)
    method = models.CharField(_("方法"), max_length=20, default="characters")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)

    objects = MergeProposalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="merge_proposal_open", fields=["congress", "state", "-n_matters"])
        ]

    def __str__(self) -> str:
        return "、".join(self.shared_words)

    @property
    def sure(self) -> set[int]:
        """The members alike enough to be ticked before anybody looked."""
        least = SURE[self.method]
        return {int(key) for key, likeness in self.likeness.items() if likeness >= least}
