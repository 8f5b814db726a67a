"""Joint leads agree, then one of them answers (Shanghai art. 17)."""

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.wording import written as _
from huiyin.rulebook.choices import Key
from huiyin.suggestions.actions import telling, timing
from huiyin.suggestions.actions.asking import demand_reason, lock_both
from huiyin.suggestions.choices import AssignmentRole, AssignmentState, Mode
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.workflow import ASSIGNMENT, SUGGESTION


@transaction.atomic
def ask_agreement(suggestion: Suggestion, *, by: User) -> Suggestion:
    """Send the draft round; each joint lead has a short clock of its own for it."""
    locked = steps.take(SUGGESTION, "ask_agreement", suggestion, by=by)
    for task in _joint_tasks(locked, AssignmentState.HANDLING):
        timing.stop(task.clock_id)
        changes = {"clock": timing.start(Key.COUNTERSIGN_WINDOW, locked, _("收到答复稿"))}
        steps.change(task, "ask_agreement", by=by, changes=changes)
        telling.tell_unit(task, f"agreement:{task.pk}:{task.version}", _("有答复稿请你单位会签"))
    return locked


@transaction.atomic
def agree(assignment: Assignment, *, words: str = "", by: User) -> Assignment:
    """The leader of a joint lead stands behind exactly the draft as it is now."""
    suggestion, task = lock_both(assignment)
    changes = {"opinion": words.strip(), "opinion_at": clock.now()}
    task = steps.take_held(ASSIGNMENT, "agree", task, by=by, changes=changes, words=words)
    timing.stop(task.clock_id)
    _tell_lead(suggestion, task, _("%(unit)s已会签") % {"unit": task.unit})
    return task


@transaction.atomic
def disagree(assignment: Assignment, *, words: str, by: User) -> Assignment:
    """Not yet; where units cannot settle it, the office or the committee coordinates (Chongqing 20)."""
    demand_reason(words)
    suggestion, task = lock_both(assignment)
    changes = {"opinion": words.strip(), "opinion_at": clock.now()}
    task = steps.take_held(ASSIGNMENT, "disagree", task, by=by, changes=changes, words=words)
    subject = _("%(unit)s对答复稿有不同意见") % {"unit": task.unit}
    _tell_lead(suggestion, task, subject)
    role = Role.GOVERNMENT if task.unit.is_administrative else Role.CLERK
    telling.tell_desk(suggestion, f"disagreed:{task.pk}:{task.version}", subject, role)
    return task


def withdraw_agreements(suggestion: Suggestion) -> None:
    """The draft has changed: who agreed to the earlier one is asked again."""
    for task in _joint_tasks(suggestion, AssignmentState.AGREED):
        changes = {"clock": timing.start(Key.COUNTERSIGN_WINDOW, suggestion, _("答复稿有改动"))}
        steps.take_held(ASSIGNMENT, "withdraw_agreement", task, by=trail.SYSTEM, changes=changes)
        telling.tell_unit(task, f"changed:{task.pk}:{task.version}", _("答复稿有改动，请重新会签"))


def reply_jointly(suggestion: Suggestion) -> None:
    for task in _joint_tasks(suggestion, AssignmentState.AGREED):
        steps.take_held(ASSIGNMENT, "reply_jointly", task, by=trail.SYSTEM)


def reopen_agreements(suggestion: Suggestion) -> None:
    for task in _joint_tasks(suggestion, AssignmentState.REPLIED):
        changes = {"clock": timing.start(Key.COUNTERSIGN_WINDOW, suggestion, _("答复已收回"))}
        steps.take_held(ASSIGNMENT, "withdraw_agreement", task, by=trail.SYSTEM, changes=changes)


def _joint_tasks(suggestion: Suggestion, state: str) -> list[Assignment]:
    """Held, like the suggestion they belong to; other modes of handling have none."""
    if suggestion.mode != Mode.JOINT:
        return []
    tasks = suggestion.assignments.filter(role=AssignmentRole.JOINT, state=state)
    held = steps.lock_all(tasks)
    for task in held:
        task.suggestion = suggestion
    return held


def _tell_lead(suggestion: Suggestion, task: Assignment, subject: str) -> None:
    leads = suggestion.assignments.working().filter(role=AssignmentRole.LEAD)
    for lead in leads.select_related("unit"):
        lead.suggestion = suggestion
        telling.tell_unit(lead, f"agreement:{task.pk}:{task.version}", subject)
