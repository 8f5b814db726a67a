"""The hand-over meeting: many papers get their units at once, each by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.accounts.models import User
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import permissions
from huiyin.suggestions.actions.examining import hand_over_many, propose_units
from huiyin.suggestions.actions.modes import Task
from huiyin.suggestions.choices import AssignmentState
from huiyin.suggestions.models import Suggestion


@dataclass(frozen=True)
class Draft:
    """What the meeting's sheet says of one paper."""

    suggestion: Suggestion
    tasks: Sequence[Task]


@dataclass(frozen=True)
class Outcome:
    """What became of the sheet. Whoever was left out stands with the reason."""

    proposed: Sequence[Suggestion]
    handed_over: Sequence[Suggestion]
    left: Sequence[tuple[Suggestion, str]]


def propose_many(drafts: Sequence[Draft], *, by: User) -> Outcome:
    """Write the sheet down; a paper whose units stay as they were keeps its proposal."""
    proposed, left = [], []
    for draft in drafts:
        try:
            proposed.append(_proposed(draft, by=by))
        except NotPossible as reason:
            left.append((draft.suggestion, str(reason)))
    return Outcome(proposed, [], left)


def hold_meeting(drafts: Sequence[Draft], *, by: User) -> Outcome:
    """Write the sheet down and hand over what it names: the clocks start today.

    Who may not hand over writes nothing down either.
    """
    if not all(permissions.can_hand_over(by, draft.suggestion) for draft in drafts):
        raise NotAllowed(f"{by} may not hand_over")
    written = propose_many(drafts, by=by)
    handed_over, left = hand_over_many(written.proposed, by=by)
    return Outcome(written.proposed, handed_over, [*written.left, *left])


def _proposed(draft: Draft, *, by: User) -> Suggestion:
    if _as_before(draft):
        return draft.suggestion
    return propose_units(draft.suggestion, tasks=draft.tasks, by=by)


def _as_before(draft: Draft) -> bool:
    standing = draft.suggestion.assignments.filter(state=AssignmentState.PROPOSED)
    before = {(task.unit_id, task.role) for task in standing}
    return before == {(task.unit.pk, str(task.role)) for task in draft.tasks}
