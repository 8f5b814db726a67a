"""The units at work: receipt, return, talks with the deputy, co-handlers' opinions."""

import datetime as dt
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.models import Unit
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.notices import actions as notices
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock, due
from huiyin.suggestions.actions import telling, timing
from huiyin.suggestions.actions.asking import lock_both, rulers
from huiyin.suggestions.actions.examining import count_cohandlers, start_tasks
from huiyin.suggestions.actions.facing import record_face
from huiyin.suggestions.choices import AssignmentRole, State
from huiyin.suggestions.models import Assignment, Contact, ReturnRequest, Suggestion
from huiyin.suggestions.workflow import ASSIGNMENT, SUGGESTION

# A part or a joint lead is not left without a unit.
UNDIVIDED = (AssignmentRole.SEPARATE, AssignmentRole.JOINT)
SHORTEST_OPINION = 10  # "无意见" is no opinion (Chongqing art. 20)


@transaction.atomic
def sign_for(assignment: Assignment, *, by: User) -> Assignment:
    """The unit has it. Its next clock starts: to reply, or to send its opinion."""
    suggestion, task = lock_both(assignment)
    begun, signing = steps.begin_held(ASSIGNMENT, "sign_for", task, by=by), task.clock_id
    begun.finish(changes={"signed_at": clock.now(), "clock": _next_clock(task)})
    timing.stop(signing)
    # Of several parts the first one signed for sets the whole to work.
    if task.answers and suggestion.state == State.HANDED_OVER:
        steps.take_held(SUGGESTION, "sign_for", suggestion, by=by, words=str(task.unit))
    return task


@transaction.atomic
def ask_return(
    assignment: Assignment, *, reason: str, proposed_unit: str = "", by: User
) -> ReturnRequest:
    """Say in writing that it is another's task; nobody passes it on by himself (Qingdao art. 19)."""
    if not reason.strip():
        raise NotPossible(_("请写明退办理由。"))
    suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "ask_return", task, by=by, words=reason)
    if task.is_lead:
        suggestion = steps.take_held(SUGGESTION, "ask_return", suggestion, by=by, words=reason)
    request = ReturnRequest.objects.create(
        assignment=task,
        reason=reason.strip(),
        proposed_unit=proposed_unit,
        asked_by=by,
        clock=timing.start(Key.REHANDOVER_WINDOW, suggestion, _("收到退办申请")),
    )
    subject = _("%(unit)s申请退办") % {"unit": task.unit}
    telling.tell_desk(suggestion, f"return_asked:{task.pk}", subject, *rulers(task))
    return request


@transaction.atomic
def grant_return(
    assignment: Assignment, *, ruling: str, unit: Unit | None = None, by: User
) -> Suggestion:
    """Release the unit. The suggestion's own clock runs on from the first hand-over (T12)."""
    suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "grant_return", task, by=by, words=ruling)
    timing.void(task.clock_id, task.contact_clock_id)
    request = _rule(task, is_granted=True, ruling=ruling, by=by)
    if task.is_lead:
        suggestion = steps.take_held(SUGGESTION, "grant_return", suggestion, by=by, words=ruling)
    else:
        timing.stop(request.clock_id)
    if unit is not None:
        _propose_instead(task, suggestion, unit, by=by)
    elif task.role in UNDIVIDED:
        raise NotPossible(_("请同时写明改由哪个单位办这一部分。"))
    count_cohandlers(suggestion)
    telling.tell_unit(task, f"return_granted:{task.pk}", _("退办申请已同意"))
    telling.tell_lead(suggestion, f"return_granted:{task.pk}", _("承办单位将有调整"))
    return suggestion


@transaction.atomic
def refuse_return(assignment: Assignment, *, ruling: str, by: User) -> Suggestion:
    """The unit goes on; time did not stand still meanwhile (T13)."""
    suggestion, task = lock_both(assignment)
    signing = None if task.signed_at else task.clock_id
    changes: dict[str, Any] = {}
    if task.signed_at is None:
        changes = {"signed_at": clock.now(), "clock": _next_clock(task)}
    task = steps.take_held(ASSIGNMENT, "refuse_return", task, by=by, changes=changes, words=ruling)
    request = _rule(task, is_granted=False, ruling=ruling, by=by)
    timing.stop(signing, request.clock_id)
    if task.is_lead:
        suggestion = steps.take_held(SUGGESTION, "refuse_return", suggestion, by=by, words=ruling)
    telling.tell_unit(task, f"return_refused:{task.pk}", _("退办申请未获同意，请继续办理"))
    return suggestion


@transaction.atomic
def log_contact(
    assignment: Assignment,
    *,
    kind: str,
    on: dt.date,
    persons: str,
    summary: str,
    place: str = "",
    by: User,
) -> Contact:
    """Write down a talk with the deputy: a duty of the unit (代表法 art. 51)."""
    if on > clock.today():
        raise NotPossible(_("沟通日期不能晚于今天。"))
    suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "log_contact", task, by=by, words=summary)
    contact = Contact.objects.create(
        assignment=task, kind=kind, on=on, place=place, persons=persons, summary=summary, by=by
    )
    record_face(contact, suggestion, by=by)
    timing.stop(task.contact_clock_id)
    subject = _("%(unit)s记录了一次沟通，请您核对") % {"unit": task.unit}
    telling.tell_lead(suggestion, f"contact:{contact.pk}", subject)
    return contact


@transaction.atomic
def note(assignment: Assignment, *, words: str = "", by: User) -> Assignment:
    """A paper passed on for reference has been read; what the unit makes of it, the deputy hears."""
    suggestion, task = lock_both(assignment)
    changes = {"signed_at": clock.now(), "opinion": words.strip()}
    task = steps.take_held(ASSIGNMENT, "note", task, by=by, changes=changes, words=words)
    subject = _("%(unit)s已收阅您的建议") % {"unit": task.unit}
    telling.tell_deputies(suggestion, f"noted:{task.pk}", subject)
    return task


@transaction.atomic
def give_opinion(assignment: Assignment, *, opinion: str, by: User) -> Assignment:
    """The co-handler's opinion goes to the lead unit, in time and with content (Qingdao art. 24)."""
    suggestion, task = lock_both(assignment)
    begun = steps.begin_held(ASSIGNMENT, "give_opinion", task, by=by)
    if len(opinion.strip()) < SHORTEST_OPINION:
        raise NotPossible(_("会办意见太短，请写清楚本单位能做什么、什么时候做。"))
    begun.finish(changes={"opinion": opinion.strip(), "opinion_at": clock.now()})
    timing.stop(task.clock_id)
    count_cohandlers(suggestion)
    _tell_lead_unit(suggestion, task)
    return task


@transaction.atomic
def ask_again(assignment: Assignment, *, words: str, by: User) -> Assignment:
    """An opinion that says nothing is asked for once more, with a short clock (Chongqing art. 20)."""
    suggestion, task = lock_both(assignment)
    begun = steps.begin_held(ASSIGNMENT, "ask_again", task, by=by)
    running = timing.start(Key.COHANDLER_AGAIN, suggestion, _("请重送会办意见"))
    begun.finish(changes={"clock": running}, words=words)
    count_cohandlers(suggestion)
    telling.tell_unit(task, f"asked_again:{task.pk}", _("主办单位请你单位重送会办意见"))
    return task


@transaction.atomic
def urge(assignment: Assignment, *, words: str = "", by: User) -> Assignment:
    """Ask the unit how it stands; the limits themselves do not move."""
    suggestion, task = lock_both(assignment)
    begun = steps.begin_held(ASSIGNMENT, "urge", task, by=by)
    again = due(clock.today(), Key.URGE_AGAIN, suggestion.congress.region)
    begun.finish(changes={"urged_at": clock.now(), "urge_again_on": again.on}, words=words)
    telling.urge_unit(task, words.strip())
    return task


@transaction.atomic
def add_cohandler(suggestion: Suggestion, *, unit: Unit, part: str = "", by: User) -> Assignment:
    """A further unit is needed while the lead is at work (T31); all concerned are told."""
    begun = steps.begin(SUGGESTION, "add_cohandler", suggestion, by=by)
    locked = begun.item
    if unit.congress_id != locked.congress_id:
        raise NotPossible(_("只能交给本级的承办单位。"))
    if locked.assignments.working().filter(unit=unit).exists():
        raise NotPossible(_("%(unit)s已经在办这件建议。") % {"unit": unit})
    begun.finish(words=str(unit))
    task = Assignment(suggestion=locked, unit=unit, role=AssignmentRole.COHANDLER, part=part)
    task = steps.create(task, "propose", by=by, words=str(unit))
    with notices.gathering():
        start_tasks([task], locked, by=by)
        count_cohandlers(locked)
        _tell_of_change(locked, _("增加%(unit)s会办") % {"unit": unit})
    return task


@transaction.atomic
def remove_cohandler(assignment: Assignment, *, words: str, by: User) -> Assignment:
    """One unit less; the lead need not wait for it any more (T31)."""
    suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "remove_cohandler", task, by=by, words=words)
    timing.void(task.clock_id, task.contact_clock_id)
    count_cohandlers(suggestion)
    with notices.gathering():
        telling.tell_unit(task, f"removed:{task.pk}", _("你单位不再会办这件建议"))
        _tell_of_change(suggestion, _("%(unit)s不再会办") % {"unit": task.unit})
    return task


def _next_clock(task: Assignment) -> Clock:
    if task.answers or task.role == AssignmentRole.JOINT:
        return timing.start_reply(task.suggestion, handed_over_at=task.handed_over_at)
    return timing.start(Key.COHANDLER_WINDOW, task.suggestion, _("签收"))


def _rule(task: Assignment, *, is_granted: bool, ruling: str, by: User) -> ReturnRequest:
    request = task.return_requests.select_for_update().get(is_granted=None)
    request.is_granted, request.ruling = is_granted, ruling
    request.ruled_by, request.ruled_at = by, clock.now()
    request.updated_at = request.ruled_at
    request.save(update_fields=["is_granted", "ruling", "ruled_by", "ruled_at", "updated_at"])
    return request


def _propose_instead(task: Assignment, suggestion: Suggestion, unit: Unit, *, by: User) -> None:
    """A new lead waits for the hand-over; a new co-handler starts at once."""
    if unit.congress_id != suggestion.congress_id:
        raise NotPossible(_("只能交给本级的承办单位。"))
    if suggestion.assignments.working().filter(unit=unit).exists():
        raise NotPossible(_("%(unit)s已经在办这件建议。") % {"unit": unit})
    successor = Assignment(suggestion=suggestion, unit=unit, role=task.role, part=task.part)
    successor = steps.create(successor, "propose", by=by, words=str(unit))
    if task.is_lead:
        return
    start_tasks([successor], suggestion, by=by)
    if suggestion.lead_unit_id == task.unit_id:  # it stood for the parts in lists
        changes = {"lead_unit": unit}
        steps.change(suggestion, "grant_return", by=by, changes=changes, words=str(unit))


def _tell_lead_unit(suggestion: Suggestion, task: Assignment) -> None:
    leads = suggestion.assignments.working().filter(role=AssignmentRole.LEAD)
    subject = _("%(unit)s已送会办意见") % {"unit": task.unit}
    for lead in leads.select_related("unit"):
        lead.suggestion = suggestion
        telling.tell_unit(lead, f"opinion:{task.pk}:{task.version}", subject)


def _tell_of_change(suggestion: Suggestion, subject: str) -> None:
    telling.tell_deputies(suggestion, "cohandlers", subject)
    for task in suggestion.assignments.working().select_related("unit"):
        task.suggestion = suggestion
        telling.tell_unit(task, "cohandlers", subject)
