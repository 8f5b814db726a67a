"""The committee's examination, the number, and the hand-over to units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.notices import actions as notices
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock
from huiyin.suggestions.actions import merging, telling, timing, writing
from huiyin.suggestions.actions.modes import Task, mode_of, refuse_odd
from huiyin.suggestions.actions.numbering import next_number
from huiyin.suggestions.choices import (
    HEADS,
    AssignmentRole,
    AssignmentState,
    Mode,
    Reason,
)
from huiyin.suggestions.models import Assignment, ReturnRequest, Suggestion
from huiyin.suggestions.workflow import ASSIGNMENT, SUGGESTION


@transaction.atomic
def return_for_revision(
    suggestion: Suggestion, *, reasons: Sequence[str], words: str, by: User
) -> Suggestion:
    """Back to the deputy with reasons: the clerk never edits the text himself."""
    suggestion = _judge("return_for_revision", suggestion, reasons=reasons, words=words, by=by)
    telling.tell_lead(suggestion, "returned", _("建议退回修改，请看审查意见"))
    return suggestion


@transaction.atomic
def refuse(suggestion: Suggestion, *, reasons: Sequence[str], words: str, by: User) -> Suggestion:
    suggestion = _judge("refuse", suggestion, reasons=reasons, words=words, by=by)
    telling.tell_deputies(suggestion, "refused", _("建议不予受理，请看理由"))
    told = _("代表的建议没有被受理，工作人员会另找办法处理您反映的事。")
    telling.unlink_origins(suggestion, told, by=by)
    return suggestion


@transaction.atomic
def treat_as_letter(
    suggestion: Suggestion, *, reasons: Sequence[str], words: str, by: User
) -> Suggestion:
    """Passed on for reference as a deputy's letter: no number, no statutory reply."""
    suggestion = _judge("treat_as_letter", suggestion, reasons=reasons, words=words, by=by)
    telling.tell_deputies(suggestion, "letter", _("建议作来信处理，请看理由"))
    told = _("代表写的材料已作为来信转有关部门参考，工作人员会另行跟进您反映的事。")
    telling.unlink_origins(suggestion, told, by=by)
    return suggestion


@transaction.atomic
def register(suggestion: Suggestion, *, by: User) -> Suggestion:
    """Accept it and give the next number of its series; a number is never given twice."""
    begun = steps.begin(SUGGESTION, "register", suggestion, by=by)
    number = next_number(begun.item)
    words = writing.found_by(begun.item, number=number)
    changes = {"number": number, "registered_at": clock.now(), "search": words}
    locked = begun.finish(changes=changes, words=number)
    subject = _("建议已立案，编号%(number)s") % {"number": number}
    telling.tell_deputies(locked, "registered", subject)
    return locked


@transaction.atomic
def propose_units(
    suggestion: Suggestion, *, tasks: Sequence[Task], mode: str = "", by: User
) -> Suggestion:
    """Name who handles and how (T7); the director decides by handing over."""
    begun = steps.begin(SUGGESTION, "propose_units", suggestion, by=by)
    locked = begun.item
    proposed, at_work = working_tasks(locked)
    if at_work:  # only the lead is looked for: the others go on, and so does the mode
        refuse_odd(locked, Mode.SINGLE, tasks, at_work)
        mode = locked.mode
    else:
        mode = mode or mode_of(tasks)
        refuse_odd(locked, mode, tasks, at_work)
    for earlier in proposed:
        steps.take_held(ASSIGNMENT, "end", earlier, by=trail.SYSTEM, words=_("重新拟定"))
    for task in tasks:
        assignment = Assignment(suggestion=locked, **vars(task))
        steps.create(assignment, "propose", by=by, words=str(task.unit))
    return begun.finish(changes={"mode": mode}, words=_named(tasks))


@transaction.atomic
def hand_over(suggestion: Suggestion, *, by: User) -> Suggestion:
    """Give the tasks to the units. The first hand-over is T0, from which the law counts."""
    begun = steps.begin(SUGGESTION, "hand_over", suggestion, by=by)
    locked, earlier = begun.item, begun.item.clock_id
    proposed = proposed_tasks(locked)
    head = next(task for task in proposed if task.role in HEADS)
    reply_clock, running = _start_clocks(locked, proposed)
    changes: dict[str, Any] = {"lead_unit": head.unit}
    if reply_clock:
        changes |= {"handed_over_at": clock.now(), "reply_clock": reply_clock, "clock": reply_clock}
        timing.stop(earlier)
    else:
        _stop_rulings(locked)
    locked = begun.finish(changes=changes, words=_shares(proposed))
    with notices.gathering():
        hand_tasks(proposed, locked, running, by=by)
        count_cohandlers(locked)
        tell_of_hand_over(locked, proposed)
    merging.follow_hand_over(locked)
    if head.role == AssignmentRole.OFFICE:
        locked = steps.take_held(SUGGESTION, "pass_to_office", locked, by=trail.SYSTEM)
    return locked


@transaction.atomic
def refer(suggestion: Suggestion, *, by: User) -> Suggestion:
    """Passed to units for their work: no statutory reply, the deputy is told (Shanghai art. 18)."""
    begun = steps.begin(SUGGESTION, "refer", suggestion, by=by)
    running, tasks = begun.item.clock_id, proposed_tasks(begun.item)
    changes = {"lead_unit": tasks[0].unit, "clock": None, "closed_at": clock.now()}
    locked = begun.finish(changes=changes, words=_shares(tasks))
    timing.stop(running)
    names = "、".join(task.unit.name for task in tasks)
    told = _("建议已转%(units)s工作中参考，不再书面答复") % {"units": names}
    with notices.gathering():
        start_tasks(tasks, locked, by=by)
        telling.tell_deputies(locked, "referred", told)
    telling.unlink_origins(locked, told + "。", by=by)
    return locked


def hand_over_many(
    suggestions: Iterable[Suggestion], *, by: User
) -> tuple[list[Suggestion], list[tuple[Suggestion, str]]]:
    """Each by itself: what cannot be handed over stays, with the reason, and holds up nobody."""
    done, left = [], []
    for suggestion in suggestions:
        try:
            give = refer if suggestion.mode == Mode.REFERENCE else hand_over
            done.append(give(suggestion, by=by))
        except NotPossible as reason:
            left.append((suggestion, str(reason)))
    return done, left


@dataclass(frozen=True)
class Duty:
    """What a unit owes from the hand-over on, and which of the task's clocks measures it."""

    task: Assignment
    clock_field: str
    limit: rulebook.Start


def duties_of(tasks: Iterable[Assignment]) -> list[Duty]:
    """To sign for the task or pass it on, and to talk with the deputy."""
    duties = []
    for task in tasks:
        if window := _FIRST_DUTY.get(task.role, Key.SIGNING_WINDOW):
            duties.append(Duty(task, "clock", timing.from_today(window, _("交办"))))
        if task.answers:
            limit = timing.from_today(Key.CONTACT_WINDOW, _("交办"))
            duties.append(Duty(task, "contact_clock", limit))
    return duties


def _start_clocks(
    suggestion: Suggestion, tasks: Sequence[Assignment]
) -> tuple[Clock | None, list[tuple[Duty, Clock]]]:
    """At once: the clock the law binds, where this is the first hand-over, and those of the tasks."""
    whole = [] if suggestion.handed_over_at else [timing.reply_limit(suggestion)]
    duties = duties_of(tasks)
    clocks = timing.start_all(suggestion, [*whole, *(duty.limit for duty in duties)])
    reply_clock = clocks.pop(0) if whole else None
    return reply_clock, list(zip(duties, clocks, strict=True))


def start_tasks(tasks: Sequence[Assignment], suggestion: Suggestion, *, by: User) -> None:
    """Units get their tasks, which are held, and the clocks that go with them."""
    duties = duties_of(tasks)
    clocks = timing.start_all(suggestion, [duty.limit for duty in duties])
    hand_tasks(tasks, suggestion, zip(duties, clocks, strict=True), by=by)


def hand_tasks(
    tasks: Sequence[Assignment],
    suggestion: Suggestion,
    running: Iterable[tuple[Duty, Clock]],
    *,
    by: User,
) -> None:
    """Each unit gets its task, which is held, with its running clocks."""
    clocks: dict[int, dict[str, Clock]] = {task.pk: {} for task in tasks}
    for duty, started in running:
        clocks[duty.task.pk][duty.clock_field] = started
    for task in tasks:
        task.suggestion = suggestion
        changes = {"handed_over_at": clock.now(), **clocks[task.pk]}
        steps.take_held(ASSIGNMENT, "hand_over", task, by=by, changes=changes, words=task.part)
        telling.tell_unit(task, f"handed_over:{task.pk}", _news_of(task))


_FIRST_DUTY: dict[str, Key | None] = {
    AssignmentRole.OFFICE: Key.DISTRIBUTE_WINDOW,
    AssignmentRole.REFERENCE: None,
}


def _news_of(task: Assignment) -> str:
    if task.role == AssignmentRole.OFFICE:
        return _("有新的代表建议请你单位分办")
    if task.role == AssignmentRole.REFERENCE:
        return _("有代表建议转你单位参考，请收阅")
    return _("有新的代表建议交你单位办理，请签收")


def count_cohandlers(suggestion: Suggestion) -> None:
    """How many co-handlers there are, and how many have sent their opinion."""
    tasks = suggestion.assignments.working().filter(role=AssignmentRole.COHANDLER)
    states = [state for (state,) in tasks.values_list("state") if state != AssignmentState.PROPOSED]
    counted = len(states), states.count(AssignmentState.OPINION_GIVEN)
    if counted == (suggestion.n_cohandlers, suggestion.n_opinions):
        return
    suggestion.n_cohandlers, suggestion.n_opinions = counted
    Suggestion.objects.filter(pk=suggestion.pk).update(
        n_cohandlers=suggestion.n_cohandlers, n_opinions=suggestion.n_opinions
    )


def _judge(
    name: str, suggestion: Suggestion, *, reasons: Sequence[str], words: str, by: User
) -> Suggestion:
    """One of the three answers "not as it is": a reason of the list and words of one's own."""
    if not reasons or not words.strip():
        raise NotPossible(_("请选理由，并写清楚意见。"))
    begun = steps.begin(SUGGESTION, name, suggestion, by=by)
    running = begun.item.clock_id
    changes = {"reasons": list(reasons), "examination_words": words.strip(), "clock": None}
    labels = "；".join(kept(Reason(code).label) for code in reasons)
    locked = begun.finish(changes=changes, words=f"{labels}。{words.strip()}")
    timing.void(running)
    return locked


def working_tasks(suggestion: Suggestion) -> tuple[list[Assignment], list[Assignment]]:
    """Held: the proposed ones, and those at work."""
    tasks = steps.lock_all(suggestion.assignments.working())
    for task in tasks:
        task.suggestion = suggestion
    proposed = [task for task in tasks if task.state == AssignmentState.PROPOSED]
    return proposed, [task for task in tasks if task not in proposed]


def proposed_tasks(suggestion: Suggestion) -> list[Assignment]:
    """Held, in the order in which units are named: by their part in it."""
    tasks = steps.lock_all(suggestion.assignments.filter(state=AssignmentState.PROPOSED))
    return sorted(tasks, key=lambda task: task.role, reverse=True)


def _shares(tasks: Sequence[Assignment]) -> str:
    return "、".join(f"{task.unit}{kept(AssignmentRole(task.role).label)}" for task in tasks)


def _named(tasks: Sequence[Task]) -> str:
    return "、".join(f"{task.unit}（{kept(AssignmentRole(task.role).label)}）" for task in tasks)


def _stop_rulings(suggestion: Suggestion) -> None:
    """A granted return had a limit to find the next unit (T12); now it is found."""
    granted = ReturnRequest.objects.filter(assignment__suggestion=suggestion, is_granted=True)
    timing.stop(*granted.values_list("clock_id", flat=True))


def tell_of_hand_over(suggestion: Suggestion, tasks: Sequence[Assignment]) -> None:
    words = telling.handed_over_words(suggestion, tasks)
    telling.tell_deputies(suggestion, "handed_over", words)
    telling.tell_residents(suggestion, words)
    if any(task.unit.is_administrative for task in tasks):
        subject = _("有代表建议交政府系统办理")
        telling.tell_desk(suggestion, "handed_over", subject, Role.GOVERNMENT)
