"""The government office passes on what the committee gave to the government as a whole (T9)."""

from collections.abc import Sequence

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import steps
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.notices import actions as notices
from huiyin.suggestions.actions import merging, timing
from huiyin.suggestions.actions.examining import (
    count_cohandlers,
    proposed_tasks,
    start_tasks,
    tell_of_hand_over,
    working_tasks,
)
from huiyin.suggestions.actions.modes import OF_THE_OFFICE, Task, mode_of, refuse_odd
from huiyin.suggestions.choices import HEADS, AssignmentRole, Mode
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.workflow import ASSIGNMENT, SUGGESTION

NOT_THE_OFFICES = (*OF_THE_OFFICE, Mode.REFERENCE)


@transaction.atomic
def distribute(
    suggestion: Suggestion, *, tasks: Sequence[Task], mode: str = "", by: User
) -> Suggestion:
    """Name the departments; the statutory clock runs since the committee's hand-over."""
    begun = steps.begin(SUGGESTION, "distribute", suggestion, by=by)
    locked = begun.item
    mode = mode or mode_of(tasks)
    at_work = working_tasks(locked)[1]
    _refuse_outsiders(locked, mode, tasks, at_work)
    office = next(task for task in at_work if task.role == AssignmentRole.OFFICE)
    steps.take_held(ASSIGNMENT, "distribute", office, by=by)
    timing.stop(office.clock_id)
    for task in tasks:
        assignment = Assignment(suggestion=locked, **vars(task))
        steps.create(assignment, "propose", by=by, words=str(task.unit))
    named = proposed_tasks(locked)
    head = next(task for task in named if task.role in HEADS)
    changes = {"mode": mode, "lead_unit": head.unit}
    names = "、".join(str(task.unit) for task in named)
    locked = begun.finish(changes=changes, words=names)
    with notices.gathering():
        start_tasks(named, locked, by=by)
        count_cohandlers(locked)
        tell_of_hand_over(locked, named)
    merging.follow_hand_over(locked)
    return locked


def _refuse_outsiders(
    suggestion: Suggestion, mode: str, tasks: Sequence[Task], at_work: Sequence[Assignment]
) -> None:
    refuse_odd(suggestion, mode, tasks, at_work)
    if mode in NOT_THE_OFFICES:
        raise NotPossible(_("分办时请选单办、主办会办、分别办理或联合主办。"))
    if any(not task.unit.is_administrative for task in tasks):
        raise NotPossible(_("政府办公厅只能分给政府系统的单位。"))
