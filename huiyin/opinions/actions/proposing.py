"""Proposing which matters may be the same one. A person decides; nothing is merged here."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from huiyin.congress.models import Congress
from huiyin.opinions.choices import ProposalState
from huiyin.opinions.models import (
    Asked,
    Matter,
    MergeProposal,
    Similar,
    district_and_town,
    same_matter_within,
    similar_matters,
)
from huiyin.opinions.workflow import MERGEABLE
from huiyin.regions.choices import Level
from huiyin.regions.models import Region
from huiyin.texts import semantic

if TYPE_CHECKING:
    from huiyin.texts.clusters import Cluster, Message

# More than this many at once are compared by their newest only.
MOST_COMPARED = 12_000
ALIKE = 0.25
AT_ONCE = 200

Progress = Callable[[int, int], None]


def propose_among(
    congress: Congress,
    *,
    new: Collection[int],
    is_semantic: bool = False,
    progress: Progress | None = None,
) -> int:
    """Cluster the new matters together with the standing ones; how many proposals were made."""
    # numpy and scipy take a second to load, and most processes never compare texts.
    from huiyin.texts import clusters  # noqa: PLC0415

    embed = semantic.embedder() if is_semantic else None
    within = same_matter_within(congress.region)
    found = clusters.cluster(_messages(congress), embed=embed, within=within, progress=progress)
    telling = [one for one in found if len(one.keys) > 1 and not set(new).isdisjoint(one.keys)]
    made = _propose(congress, telling, "semantic" if is_semantic else "characters")
    Matter.objects.filter(pk__in=new).update(is_compared=True)
    return made


def _messages(congress: Congress) -> list["Message"]:
    """The newest standing matters by their first words, with place and day."""
    from huiyin.texts.clusters import Message  # noqa: PLC0415 -- as above

    counties = set(
        Region.objects.inside(congress.region).at(Level.COUNTY).values_list("code", flat=True)
    )
    rows = Matter.objects.filter(congress=congress, state__in=MERGEABLE).with_first_words()
    compared = rows.order_by("-last_voice_at", "-pk").for_comparison()[:MOST_COMPARED]
    return [
        Message(pk, title, text or "", at, place or "", *district_and_town(path or "", counties))
        for pk, title, text, at, place, path in compared
    ]


def propose_waiting() -> int:
    """Compare what came in since the last time, one by one."""
    waiting = Matter.objects.filter(is_compared=False, state__in=MERGEABLE)
    matters = list(waiting.order_by("pk").defer("search")[:AT_ONCE])
    for matter in matters:
        propose_for(matter)
    return len(matters)


@transaction.atomic
def propose_for(matter: Matter) -> MergeProposal | None:
    """The standing matters near by that one new matter looks like, as a proposal or as part of an open one."""
    Matter.objects.filter(pk=matter.pk).update(is_compared=True)
    rows = Matter.objects.with_first_words().select_related("congress__region", "region")
    matter = rows.select_related("venue__region").defer("search").get(pk=matter.pk)
    standing = Matter.objects.filter(congress=matter.congress_id, state__in=MERGEABLE)
    near = similar_matters(
        standing.exclude(pk=matter.pk).with_first_words().defer("search"),
        Asked(
            _words(matter),
            place=_place(matter),
            region=matter.whereabouts,
            at=matter.last_voice_at,
            within=same_matter_within(matter.congress.region),
        ),
        words=_words,
        placed=_place,
        floor=ALIKE,
        most=3,
    )
    if not near:
        return None
    best = near[0]
    proposal = _open_one_with(best.matter)
    if proposal is None:
        proposal = MergeProposal.objects.create(
            congress_id=matter.congress_id, cohesion=best.score, shared_words=best.shared
        )
    free = set(_free(one.matter for one in near[1:]))
    return _join(proposal, matter, [one for one in near if one is best or one.matter in free])


def _join(proposal: MergeProposal, matter: Matter, near: Sequence[Similar]) -> MergeProposal:
    """The new one and those it looks like, each with its best likeness so far."""
    proposal.matters.add(matter, *(one.matter for one in near))
    for one in near:
        for key in (str(matter.pk), str(one.matter.pk)):
            proposal.likeness[key] = max(proposal.likeness.get(key, 0), one.score)
    proposal.n_matters = proposal.matters.count()
    proposal.save(update_fields=["likeness", "n_matters"])
    return proposal


@transaction.atomic
def _propose(congress: Congress, found: Sequence["Cluster"], method: str) -> int:
    refused = _refused(congress)
    found = [one for one in found if not any(set(one.keys) <= group for group in refused)]
    members = {int(str(key)) for one in found for key in one.keys}
    # A new and larger group takes the place of open ones it contains.
    standing = MergeProposal.objects.filter(congress=congress, state=ProposalState.OPEN)
    standing.filter(matters__in=members).delete()
    proposals = MergeProposal.objects.bulk_create(
        MergeProposal(
            congress=congress,
            cohesion=one.cohesion,
            shared_words=list(one.shared),
            likeness=dict(zip(map(str, one.keys), one.likeness, strict=True)),
            n_matters=len(one.keys),
            method=method,
        )
        for one in found
    )
    through = MergeProposal.matters.through
    through.objects.bulk_create(
        through(mergeproposal_id=proposal.pk, matter_id=int(str(key)))
        for proposal, one in zip(proposals, found, strict=True)
        for key in one.keys
    )
    return len(proposals)


def _words(matter: Any) -> str:
    """Title and first words, as `with_first_words` brought them along."""
    return f"{matter.title} {matter.first_words or ''}"


def _place(matter: Any) -> str:
    return matter.first_place or ""


def _refused(congress: Congress) -> list[set[int]]:
    """Groups of which somebody said: not the same. They are not proposed again."""
    groups: dict[int, set[int]] = {}
    rejected = MergeProposal.objects.filter(congress=congress, state=ProposalState.REJECTED)
    for pk, matter in rejected.values_list("pk", "matters"):
        groups.setdefault(pk, set()).add(matter)
    return list(groups.values())


def _open_one_with(matter: Matter) -> MergeProposal | None:
    standing = matter.merge_proposals.filter(state=ProposalState.OPEN)
    return standing.select_for_update(of=("self",)).order_by("pk").first()


def _free(matters: Iterable[Matter]) -> list[Matter]:
    return [one for one in matters if _open_one_with(one) is None]
