"""A wrong letter comes back before anybody has rated it, in the same round (T33)."""

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import steps, trail
from huiyin.kernel.wording import written as _
from huiyin.rulebook.models import Clock
from huiyin.suggestions.actions import merging, telling, timing
from huiyin.suggestions.actions.agreeing import reopen_agreements
from huiyin.suggestions.actions.asking import demand_reason, lock_both, open_request, rule_on
from huiyin.suggestions.choices import (
    AssignmentState,
    PromiseState,
    ReplyState,
    RequestKind,
    State,
)
from huiyin.suggestions.models import Assignment, Reply, Suggestion, UnitRequest
from huiyin.suggestions.workflow import ASSIGNMENT, PROMISE, SUGGESTION


@transaction.atomic
def ask_recall(assignment: Assignment, *, reason: str, by: User) -> UnitRequest:
    """The leader says what is wrong with the letter that was signed."""
    demand_reason(reason)
    suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "ask_recall", task, by=by, words=reason)
    request = open_request(task, RequestKind.RECALL, reason=reason, by=by)
    subject = _("%(unit)s申请收回答复") % {"unit": task.unit}
    telling.tell_desk(suggestion, f"recall_asked:{task.pk}", subject)
    return request


@transaction.atomic
def grant_recall(assignment: Assignment, *, ruling: str, by: User) -> Suggestion:
    """The letter is a draft again, its number is spent, and the reply clock runs on as before."""
    demand_reason(ruling)
    suggestion, task = lock_both(assignment)
    begun = steps.begin_held(ASSIGNMENT, "grant_recall", task, by=by)
    letter = Reply.objects.get(assignment=task, round=suggestion.round, state=ReplyState.SIGNED)
    for promise in steps.lock_all(letter.promises.filter(state=PromiseState.OPEN)):
        promise.suggestion = suggestion
        steps.take_held(PROMISE, "undo_promise", promise, by=by, words=ruling)
    merging.blank_signature(letter, words=ruling, by=by)
    begun.finish(words=ruling)
    merging.resume(task.clock)
    rule_on(task, RequestKind.RECALL, is_granted=True, ruling=ruling, by=by)
    if suggestion.state == State.REPLIED:
        suggestion = _take_back(suggestion, task, ruling, by=by)
    telling.tell_unit(task, f"recalled:{task.pk}", _("同意收回答复，请重拟"))
    telling.tell_deputies(suggestion, f"recalled:{task.pk}", _("答复有误，已收回重办"))
    return suggestion


@transaction.atomic
def refuse_recall(assignment: Assignment, *, ruling: str, by: User) -> Assignment:
    demand_reason(ruling)
    _suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "refuse_recall", task, by=by, words=ruling)
    rule_on(task, RequestKind.RECALL, is_granted=False, ruling=ruling, by=by)
    telling.tell_unit(task, f"recall_refused:{task.pk}", _("没有同意收回答复"))
    return task


def drop_recalls(suggestion: Suggestion) -> None:
    """The round is over before anybody ruled: what was asked has lost its point."""
    for task in steps.lock_all(suggestion.assignments.filter(state=AssignmentState.RECALL_ASKED)):
        task.suggestion = suggestion
        task.unit_requests.filter(kind=RequestKind.RECALL, is_granted=None).update(
            is_granted=False, ruling=_("评价已结束")
        )
        steps.take_held(ASSIGNMENT, "drop_recall", task, by=trail.SYSTEM)


def _take_back(suggestion: Suggestion, task: Assignment, ruling: str, *, by: User) -> Suggestion:
    rating, is_first = suggestion.clock_id, suggestion.round == 1
    changes: dict[str, Clock | None] = {"clock": suggestion.reply_clock if is_first else task.clock}
    if is_first:
        changes["replied_at"] = None
    name = "recall" if task.is_lead else "recall_part"
    suggestion = steps.take_held(SUGGESTION, name, suggestion, by=by, changes=changes, words=ruling)
    timing.void(rating)
    if is_first:  # of a later round the unit's own clock is the whole's, and runs again already
        merging.resume(suggestion.reply_clock)
    reopen_agreements(suggestion)
    merging.follow_recall(suggestion, words=ruling)
    return suggestion
