"""Tells a chain as milestones in plain words: what is done, what is on, what comes next."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.dashboards.trace.chain import Chain
from huiyin.dashboards.trace.headings import HEADINGS, PUBLIC_STEPS
from huiyin.dashboards.trace.history import old_history
from huiyin.dashboards.trace.milestone import Milestone
from huiyin.kernel import clock
from huiyin.kernel.models import Entry
from huiyin.opinions.models import Matter
from huiyin.rulebook.models import Clock
from huiyin.suggestions.choices import (
    FINISHED,
    AssignmentRole,
    AssignmentState,
    PromiseState,
    State,
)
from huiyin.suggestions.models import Assignment, OldItem, Suggestion

ORDER = [
    State.DRAFT,
    State.COLLECTING,
    State.EXAMINING,
    State.REGISTERED,
    State.MERGED,
    State.ASSIGNING,
    State.HANDED_OVER,
    State.DISTRIBUTING,
    State.HANDLING,
    State.EXTENSION_ASKED,
    State.DRAFTING,
    State.REVIEWING,
    State.REPLIED,
    State.RATED,
    State.TRACKING,
    State.CLOSED,
]


@dataclass
class Trace:
    title: str
    number: str
    chain: Chain
    milestones: list[Milestone]
    facts: list[tuple[str, str]]
    others: list[tuple[Suggestion, str]]

    @property
    def suggestion(self) -> Suggestion | None:
        return self.chain.suggestion


def trace_of(chain: Chain) -> Trace:
    """The trace as the person it was gathered for may read it.

    Outsiders read steps, bodies and dates; what people wrote to each other stays inside.
    """
    suggestion = chain.suggestion
    return Trace(
        title=_title(chain),
        number=suggestion.shown_number if suggestion else "",
        chain=chain,
        milestones=[*_voices(chain), *old_history(chain), *_steps(chain), *_ahead(chain)],
        facts=list(_facts(chain)),
        others=[(other, chain.title_of(other)) for other in chain.others],
    )


def _title(chain: Chain) -> str:
    """Outside, the titles that were approved for the public."""
    suggestion, matter = chain.suggestion, chain.matter
    if suggestion:
        return chain.title_of(suggestion)
    if matter is None:
        return ""
    is_open = matter.pk in chain.known_matters or matter == chain.subject
    return matter.title if is_open else matter.public_title


def _voices(chain: Chain) -> Iterator[Milestone]:
    if not chain.voices:
        return
    n = sum(max(voice.n_people, 1) for voice in chain.voices)
    first, last = chain.voices[0].received_at, chain.voices[-1].received_at
    yield Milestone(
        heading=ngettext("%(n)d 位居民说了这件事", "%(n)d 位居民说了同一件事", n) % {"n": n},
        state="done",
        at=first,
        who=_until(first, last),
        quote=_("；").join(m.public_title for m in chain.matters if _has_open_title(chain, m)),
    )


def _has_open_title(chain: Chain, matter: Matter) -> bool:
    """A title that was taken back keeps its words, but for those who know the matter."""
    is_open = matter.is_public or matter.pk in chain.known_matters
    return is_open and bool(matter.public_title)


def _steps(chain: Chain) -> Iterator[Milestone]:
    """One milestone for each entry that has a heading; the newest running one carries the clock."""
    clocks = _clocks_by_entry(chain)
    for entry in chain.entries():
        heading, inside = HEADINGS.get((entry.item_kind, entry.step)), chain.is_known(entry)
        if not heading or not (inside or (entry.item_kind, entry.step) in PUBLIC_STEPS):
            continue
        yield Milestone(
            heading=_begun(chain, entry) or str(heading),
            state="done",
            at=entry.at,
            who=_who(entry, inside),
            words=entry.words if inside else "",
            clock=clocks.get((entry.item_kind, entry.item_id, entry.step)),
        )


def _begun(chain: Chain, entry: Entry) -> str:
    """A paper that began as a motion says so."""
    is_first = (entry.item_kind, entry.step) == (Suggestion.item_kind(), "write")
    return _("代表起草议案") if is_first and chain.motion else ""


def _who(entry: Entry, inside: bool) -> str:
    """Inside: the person and as what. Outside: the body that acted, deputies by name."""
    if entry.actor_kind != "user":
        return _(entry.actor_label)
    if not inside:
        return entry.acting_as or entry.actor_label
    return " · ".join(part for part in (entry.actor_label, entry.acting_as) if part)


def _clocks_by_entry(chain: Chain) -> dict[tuple[str, int, str], Clock]:
    """The hand-over carries the clock that the law binds; a matter's newest way carries its own."""
    found: dict[tuple[str, int, str], Clock] = {}
    suggestion = chain.suggestion
    if suggestion and suggestion.reply_clock:
        found[Suggestion.item_kind(), suggestion.pk, "hand_over"] = suggestion.reply_clock
    for matter in chain.matters:
        if matter.clock:
            found[Matter.item_kind(), matter.pk, "hand_to_department"] = matter.clock
    return found


def _ahead(chain: Chain) -> Iterator[Milestone]:
    """What is on now, and what is still to come on the straight way."""
    suggestion = chain.suggestion
    if suggestion is None:
        yield from _matter_ahead(chain)
        return
    if suggestion.state in FINISHED:
        return
    today, motion = clock.today(), chain.motion
    is_moving = motion is not None and suggestion.is_motion
    running = motion.clock if motion and is_moving else suggestion.clock
    late = running is not None and running.is_running and running.days_left(today) < 0
    yield Milestone(
        heading=(motion if motion and is_moving else suggestion).get_state_display(),
        state="late" if late else "now",
        clock=running,
    )
    yield from _to_come(chain, suggestion)


def _to_come(chain: Chain, suggestion: Suggestion) -> Iterator[Milestone]:
    place = ORDER.index(State(suggestion.state)) if suggestion.state in ORDER else len(ORDER)
    ahead = [
        (State.REGISTERED, _("审查立案，编号")),
        (State.HANDED_OVER, _("交办给承办单位")),
        (State.REPLIED, _("承办单位答复")),
        (State.RATED, _("每位签名代表各自评价")),
        (State.CLOSED, _("承诺兑现，再评一次，问居民解决了没有")),
    ]
    for state, heading in ahead:
        if ORDER.index(state) > place:
            yield Milestone(heading=heading, state="next", who=_limit(suggestion, state))


def _limit(suggestion: Suggestion, state: str) -> str:
    running = suggestion.reply_clock
    if state == State.REPLIED and running and running.is_running:
        return _("限 %(day)s") % {"day": running.due_on}
    return ""


def _matter_ahead(chain: Chain) -> Iterator[Milestone]:
    matter = chain.matter
    if matter and matter.state not in {"closed", "elsewhere", "merged"}:
        yield Milestone(heading=matter.get_state_display(), state="now", clock=matter.clock)


def _facts(chain: Chain) -> Iterator[tuple[str, str]]:
    suggestion = chain.suggestion
    if suggestion is None:
        return
    yield _("领衔代表"), suggestion.lead.person.name
    cosigners = [str(s.deputy) for s in chain.signatures if not s.is_lead and s.state == "signed"]
    if cosigners:
        yield _("附议"), _("、").join(cosigners)
    if chain.old_item and chain.knows_suggestion:
        yield _("旧件"), _("%(file)s 第 %(row)d 行") % _source(chain.old_item)
    if suggestion.lead_unit:
        yield _("主办单位"), suggestion.lead_unit.name
    others = [str(a.unit) for a in chain.assignments if _is_cohandler(a)]
    if others:
        yield _("会办单位"), _("、").join(others)
    if suggestion.handed_over_at:
        yield _("交办"), f"{suggestion.handed_over_at.astimezone(clock.ZONE):%Y-%m-%d}"
    if chain.promises:
        kept = sum(promise.state == PromiseState.KEPT for promise in chain.promises)
        yield (
            _("承诺"),
            _("%(kept)d / %(all)d 项已兑现") % {"kept": kept, "all": len(chain.promises)},
        )


def _source(old_item: OldItem) -> dict[str, str | int]:
    return {"file": old_item.file.name, "row": old_item.row}


def _is_cohandler(task: Assignment) -> bool:
    """Drafts of a hand-over are the committee's own, and who was released handles no more."""
    taken_off = task.state in {AssignmentState.PROPOSED, AssignmentState.RETURNED}
    is_handed_over = task.handed_over_at is not None and not taken_off
    return task.role == AssignmentRole.COHANDLER and is_handed_over


def _until(first: dt.datetime, last: dt.datetime) -> str:
    """The last voice's day, where it is another than the first one's."""
    start, end = first.astimezone(clock.ZONE).date(), last.astimezone(clock.ZONE).date()
    return "" if start == end else _("至 %(day)s") % {"day": end}
