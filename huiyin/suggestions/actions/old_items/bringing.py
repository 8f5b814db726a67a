"""What one batch of old items becomes: rows of every table, and one line in the trail of each.

The trail tells what this house saw: that the item came in, when, by whom and from which row. What
happened elsewhere stands in the rows' own dates and is told from them (adr/0014). No clock runs,
nothing is sent, nobody is asked.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from huiyin.congress.models import Congress
from huiyin.kernel import search_fields, trail
from huiyin.kernel.models import Trailed
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.actions import Past
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock
from huiyin.suggestions.actions.old_items import growing
from huiyin.suggestions.actions.old_items.papers import OldPaper
from huiyin.suggestions.choices import SignatureState, State
from huiyin.suggestions.models import OldItem, OldItemFile, Signature, Suggestion, TextVersion
from huiyin.suggestions.models.suggestion import hash_of_text

STEP = "bring_in"


@dataclass
class Brought:
    """One paper with the rows it has become so far."""

    paper: OldPaper
    suggestion: Suggestion
    signatures: dict[int, Signature] = field(default_factory=dict)
    grown: growing.Grown = field(default_factory=growing.Grown)


@transaction.atomic
def bring_in(
    papers: Sequence[OldPaper],
    *,
    old_file: OldItemFile,
    classes: dict[str, str],
    by: HasActor,
) -> list[Suggestion]:
    """Write one batch of checked papers: the same few statements whatever their number.

    `classes` are the congress's labels of the result classes, as letters keep them.
    """
    congress = old_file.congress
    units = {unit.pk: unit for unit in congress.units.all()}
    brought = [
        Brought(paper, suggestion)
        for paper, suggestion in zip(papers, _suggestions(papers, congress), strict=True)
    ]
    _keep_texts(brought)
    _sign(brought)
    for one in brought:
        one.grown = growing.grow(one.paper, one.suggestion, one.signatures, units, classes)
    growing.save([one.grown for one in brought])
    items = OldItem.objects.bulk_create(_old_item(one, old_file) for one in brought)
    _record(brought, items, old_file, by=by)
    return [one.suggestion for one in brought]


def _suggestions(papers: Sequence[OldPaper], congress: Congress) -> list[Suggestion]:
    clocks = _clocks(papers, congress)
    return Suggestion.objects.bulk_create(
        _suggestion(paper, congress, clocks.get(paper.row)) for paper in papers
    )


def _clocks(papers: Sequence[OldPaper], congress: Congress) -> dict[int, Clock]:
    """By row: the term for the first answer, by the rules of its day, stopped when it came."""
    counted = [paper for paper in papers if paper.counts]
    kept = rulebook.keep_past_clocks(
        rule=Key.REPLY_NORMAL,
        region=congress.region,
        pasts=[_past(paper) for paper in counted],
        start_words=_("交办"),
    )
    return {paper.row: one for paper, one in zip(counted, kept, strict=True)}


def _past(paper: OldPaper) -> Past:
    if not paper.handed_over_on or not paper.first_reply:
        raise ValueError(f"row {paper.row} is not counted")
    latest = max(paper.extensions, key=lambda each: each.until, default=None)
    return Past(
        paper.handed_over_on,
        paper.first_reply.on,
        latest.until if latest else None,
        latest.reason[:500] if latest else "",
    )


def _suggestion(paper: OldPaper, congress: Congress, reply_clock: Clock | None) -> Suggestion:
    is_open = paper.has_open_promise
    replied = paper.first_reply
    return Suggestion(
        congress=congress,
        term_id=paper.term_id,
        session_id=paper.session_id,
        is_between=paper.is_between,
        number=paper.number,
        motion_number=paper.motion_number,
        proposer=paper.proposer,
        state=State.TRACKING if is_open else State.CLOSED,
        lead_id=paper.lead_id,
        title=paper.title,
        situation=paper.situation,
        proposals=paper.proposals,
        subject=paper.subject,
        openness=paper.openness,
        text_hash=hash_of_text(paper.title, paper.situation, paper.proposals),
        mode=paper.mode,
        round=max((letter.round for letter in paper.letters), default=1),
        submitted_at=moment(paper.submitted_on),
        registered_at=moment(paper.accepted_on),
        handed_over_at=moment(paper.handed_over_on) if paper.counts else None,
        replied_at=moment(replied.on) if replied else None,
        closed_at=None if is_open else moment(paper.closed_on),
        lead_unit_id=paper.lead_units[0] if paper.lead_units else None,
        clock=None if is_open else reply_clock,
        reply_clock=reply_clock,
        is_published=growing.is_public(paper),
        n_cosigners=len(paper.cosigner_ids),
        n_cohandlers=len(paper.cohandlers),
        n_opinions=len(paper.cohandlers),
        search=search_fields.vector(
            *(paper.number, paper.motion_number),
            "\n".join([paper.title, paper.situation, paper.proposals]),
        ),
    )


def _keep_texts(brought: Sequence[Brought]) -> None:
    TextVersion.objects.bulk_create(
        TextVersion(
            suggestion=one.suggestion,
            number=1,
            title=one.paper.title,
            situation=one.paper.situation,
            proposals=one.paper.proposals,
            hash=one.suggestion.text_hash,
        )
        for one in brought
    )


def _sign(brought: Sequence[Brought]) -> None:
    """The names under the paper, as signed on the day it was handed in."""
    for one in brought:
        one.signatures = {
            deputy: Signature(
                suggestion=one.suggestion,
                deputy_id=deputy,
                is_lead=deputy == one.paper.lead_id,
                state=SignatureState.SIGNED,
                text_hash=one.suggestion.text_hash,
                signed_version=1,
                signed_at=one.suggestion.submitted_at,
            )
            for deputy in (one.paper.lead_id, *one.paper.cosigner_ids)
        }
    Signature.objects.bulk_create(row for one in brought for row in one.signatures.values())


def _old_item(one: Brought, old_file: OldItemFile) -> OldItem:
    paper = one.paper
    return OldItem(
        suggestion=one.suggestion,
        file=old_file,
        row=paper.row,
        kind=paper.kind,
        old_id=paper.old_id,
        old_number=paper.old_number,
        congress=old_file.congress,
        term_id=paper.term_id,
        session_id=paper.session_id,
        handed_over_on=paper.handed_over_on,
        closed_on=paper.closed_on,
        gaps=paper.gaps,
    )


def _record(
    brought: Sequence[Brought], items: Sequence[OldItem], old_file: OldItemFile, *, by: HasActor
) -> None:
    """One line for every row that has a life, table by table."""
    words = _("旧件，来自文件“%(name)s”（SHA-256 %(hash)s）") % {
        "name": old_file.name,
        "hash": old_file.sha256,
    }
    tables: tuple[Iterable[Trailed], ...] = (
        (one.suggestion for one in brought),
        (row for one in brought for row in one.signatures.values()),
        items,
        *growing.trailed([one.grown for one in brought]),
    )
    for table in tables:
        rows = list(table)
        if rows:
            trail.record_many(rows, STEP, by=by, words=words)


def moment(day: dt.date | None) -> dt.datetime | None:
    return growing.moment(day) if day else None
