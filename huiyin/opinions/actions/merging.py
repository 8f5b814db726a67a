"""The same matter said by many: voices move under one matter, and back when it was a mistake."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet

from huiyin.accounts.models import User
from huiyin.kernel import clock, steps
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.opinions import permissions
from huiyin.opinions.actions.inheriting import (
    clock_after_merge,
    give_back,
    inherited,
    tell_inherited,
)
from huiyin.opinions.actions.receiving import count
from huiyin.opinions.actions.telling import note
from huiyin.opinions.choices import ProposalState, State
from huiyin.opinions.models import Matter, MergeProposal, Voice
from huiyin.opinions.workflow import MATTER
from huiyin.rulebook import actions as rulebook

# What a host may go on with, read along.
WITH_THEM = ("clock__region", "deputy__person__user", "unit")


@transaction.atomic
def merge(host: Matter, *, others: Sequence[Matter], by: HasActor) -> Matter:
    """Bring the others' voices under the host. Nothing is deleted: each other stays, marked.

    A host that has no way yet goes on with that of the others.
    """
    host, others = _locked(host, others)
    if not others:
        raise NotPossible(_("请至少选两件。"))
    MATTER.check("gather", host, by=by)
    _check(host, others, by)
    changes = inherited(host, others)
    _absorb(host, others, by)
    count(host)
    words = _("并入 %(n)d 件") % {"n": len(others)}
    host = steps.take(MATTER, "gather", host, by=by, changes=changes, words=words)
    note(host, _same_words(host.n_voices))
    tell_inherited(host, others, changes)
    return host


@transaction.atomic
def unmerge(matter: Matter, *, by: HasActor) -> Matter:
    """Take a merged matter out again: state, clock and voices as they were, the host's too."""
    held = {each.pk: each for each in steps.lock_all(Matter.objects.with_hosts([matter.pk]))}
    matter = held[matter.pk]
    MATTER.check("unmerge", matter, by=by)
    hosts = list(_above(matter, held))
    origins = _family(matter)
    for voice in _voices(Voice.objects.filter(first_matter__in=origins).exclude(matter=matter)):
        steps.change(voice, "unmerge", by=by, changes={"matter": matter}, words=_("撤销合并"))
    steps.change(
        matter,
        "unmerge",
        by=by,
        changes={
            "clock": clock_after_merge(matter),
            "state": matter.state_before_merge,
            "state_before_merge": "",
            "merged_into": None,
        },
        words=_("撤销合并"),
    )
    count(matter)
    give_back(hosts, matter, by=by)
    return matter


@transaction.atomic
def accept(proposal: MergeProposal, *, matters: Sequence[Matter], by: User) -> Matter:
    """Merge the chosen members of a proposal; the oldest of those furthest on its way is the host."""
    proposal = _decide(proposal, ProposalState.ACCEPTED, by)
    chosen = [matter for matter in matters if matter.state != State.MERGED]
    if len(chosen) < 2:
        raise NotPossible(_("请至少选两件还没有合并的。"))
    host = min(chosen, key=_rank)
    host = merge(host, others=[other for other in chosen if other != host], by=by)
    MergeProposal.objects.filter(pk=proposal.pk).update(host=host)
    return host


@transaction.atomic
def reject(proposal: MergeProposal, *, by: User) -> MergeProposal:
    return _decide(proposal, ProposalState.REJECTED, by)


@transaction.atomic
def undo(proposal: MergeProposal, *, by: User) -> MergeProposal:
    """Take back the decision on a proposal, and the merge with it."""
    proposal = _locked_proposal(proposal, by)
    if proposal.state == ProposalState.OPEN:
        raise NotPossible(_("这一组还没有确认，不用撤销。"))
    for matter in proposal.matters.filter(merged_into=proposal.host, state=State.MERGED):
        unmerge(matter, by=by)
    proposal.state, proposal.host = ProposalState.OPEN, None
    proposal.decided_by, proposal.decided_at = None, None
    proposal.save(update_fields=["state", "host", "decided_by", "decided_at"])
    return proposal


def _locked(host: Matter, others: Iterable[Matter]) -> tuple[Matter, list[Matter]]:
    """All rows held in the order of their keys, so that two clerks cannot wait for each other."""
    wanted = {matter.pk for matter in [host, *others]}
    rows = Matter.objects.filter(pk__in=wanted).select_related(*WITH_THEM)
    held = {matter.pk: matter for matter in steps.lock_all(rows)}
    return held.pop(host.pk), list(held.values())


def _check(host: Matter, others: Iterable[Matter], by: HasActor) -> None:
    for other in others:
        if other.congress_id != host.congress_id:
            raise NotPossible(_("不是同一个人大收到的，不能合并。"))
        MATTER.check("merge", other, by=by)


def _absorb(host: Matter, others: Sequence[Matter], by: HasActor) -> None:
    """Clocks, voices and matters table by table: a proposal may hold hundreds."""
    rulebook.void_clocks((o.clock_id for o in others if o.clock_id), on=clock.today())
    asked = {"asked_at": clock.now()} if host.state == State.ANSWERED else {}
    voices = _voices(Voice.objects.filter(matter__in=others))
    steps.change_many(voices, "merge", by=by, changes={"matter": host, **asked})
    for state in {other.state for other in others}:
        _mark_merged(host, [other for other in others if other.state == state], by)
    Matter.objects.filter(pk__in=[other.pk for other in others]).update(n_voices=0)


def _above(matter: Matter, held: Mapping[int, Matter]) -> Iterator[Matter]:
    """What it was merged into, the nearest first."""
    while matter.merged_into_id:
        matter = held[matter.merged_into_id]
        yield matter


def _mark_merged(host: Matter, others: Sequence[Matter], by: HasActor) -> None:
    """Matters of one state, which each remembers."""
    changes = {
        "merged_into": host,
        "state_before_merge": others[0].state,
        "is_public": False,
        "state": State.MERGED,
    }
    steps.change_many(others, "merge", by=by, changes=changes)


def _voices(queryset: QuerySet[Voice]) -> list[Voice]:
    return list(queryset.select_for_update(of=("self",)).order_by("pk"))


def _family(matter: Matter) -> set[int]:
    """The matter and everything merged into it before, however deep."""
    family, newest = {matter.pk}, {matter.pk}
    while newest:
        found = Matter.objects.filter(merged_into__in=newest).values_list("pk", flat=True)
        newest = set(found) - family
        family |= newest
    return family


def _decide(proposal: MergeProposal, state: str, by: User) -> MergeProposal:
    proposal = _locked_proposal(proposal, by)
    if proposal.state != ProposalState.OPEN:
        raise NotPossible(
            _("这一组已经处理过了：%(state)s。") % {"state": proposal.get_state_display()}
        )
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, clock.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
    return proposal


def _locked_proposal(proposal: MergeProposal, by: User) -> MergeProposal:
    held = MergeProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not permissions.can_decide_proposals(by, held.congress):
        raise NotAllowed("decide on a proposal")
    return held


def _rank(matter: Matter) -> tuple[bool, int]:
    """What is already on its way goes first; among equals the older."""
    return (matter.state == State.RECEIVED, matter.pk)


def _same_words(people: int) -> str:
    return _("有居民说了同一件事，一起办理。现在共 %(n)d 人。") % {"n": people}
