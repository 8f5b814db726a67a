"""What a morning brings: reminders, each once a level and clock, and rounds whose time is up."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy
from huiyin.kernel import clock
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.notices import actions as notices
from huiyin.rulebook.choices import LEVELS, Key, Urgency
from huiyin.rulebook.models import Clock, Rule
from huiyin.suggestions.actions import telling
from huiyin.suggestions.actions.asking import rulers
from huiyin.suggestions.actions.rating import finish_round, signed_replies, waiting_raters
from huiyin.suggestions.actions.remarking import remind_of_remark
from huiyin.suggestions.choices import (
    ANSWERING,
    AssignmentState,
    MotionState,
    PromiseState,
    State,
)
from huiyin.suggestions.models import Assignment, Motion, Promise, Remark, Suggestion


def finish_silent_rounds() -> int:
    """Rating is over where its time is up: who kept silent counts as no statement (T20)."""
    late = Clock.overdue_q(clock.today(), prefix="clock__")
    silent = list(Suggestion.objects.filter(late, state=State.REPLIED).order_by("pk"))
    for suggestion in silent:
        finish_round(suggestion)
    return len(silent)


def remind() -> None:
    """Yellow, orange, red: one message a level, whatever the number of hours it is asked.

    Only where people are at work now, by calendar and rulebook of each congress (T28).
    """
    today, at_work = clock.today(), notices.congresses_at_work(clock.now())
    _remind_units(today, at_work)
    _escalate_tasks(today, at_work)
    _remind_raters(today, at_work)
    _remind_desk(today, at_work)
    _remind_promisers(today, at_work)
    _remind_of_remarks(today, at_work)
    _remind_of_motions(today, at_work)


def _remind_units(today: dt.date, at_work: Sequence[int]) -> None:
    tasks = Assignment.objects.working().select_related(
        "unit", "suggestion", "clock", "contact_clock"
    )
    tasks = tasks.filter(suggestion__congress__in=at_work)
    near = Q(_near(today, "clock__")) | Q(_near(today, "contact_clock__"))
    for task in tasks.filter(near).order_by("pk"):
        for running in _urgent(today, task.clock, task.contact_clock):
            message = _message(running, today, task.suggestion, "suggestions:detail")
            telling.post_to_unit(task.suggestion, task.unit, message)


def _escalate_tasks(today: dt.date, at_work: Sequence[int]) -> None:
    """What no unit signs for, or no co-handler sends: whoever hands out tasks hears of it (T10, T28)."""
    tasks = Assignment.objects.working().filter(Clock.overdue_q(today, prefix="clock__"))
    # The item's own clock tells of the answer that is late.
    idle = tasks.exclude(role__in=ANSWERING, state=AssignmentState.HANDLING)
    idle = idle.filter(suggestion__congress__in=at_work)
    rows = idle.select_related("unit", "suggestion__congress", "clock")
    for task in rows.order_by("pk"):
        for running in _urgent(today, task.clock):
            message = _message(running, today, task.suggestion, "suggestions:detail")
            message["subject"] = f"{task.unit} · {message['subject']}"
            telling.post_to_roles(task.suggestion, rulers(task), message)


def _remind_raters(today: dt.date, at_work: Sequence[int]) -> None:
    replied = Suggestion.objects.filter(state=State.REPLIED, congress__in=at_work)
    waiting = replied.filter(_near(today, "clock__"))
    for suggestion in waiting.select_related("clock").order_by("pk"):
        signatures = waiting_raters(suggestion, signed_replies(suggestion))
        for running in _urgent(today, suggestion.clock):
            message = _message(running, today, suggestion, "suggestions:deputy_detail")
            _send_to_deputies((signature.deputy for signature in signatures), message)


def _remind_desk(today: dt.date, at_work: Sequence[int]) -> None:
    """The committee's own limits always; the units' when they are missed."""
    own = Q(_near(today, "clock__"), state__in=[State.EXAMINING, State.REGISTERED, State.ASSIGNING])
    missed = Q(Clock.overdue_q(today, prefix="clock__"), handed_over_at__isnull=False)
    rows = Suggestion.objects.filter(own | missed, congress__in=at_work)
    rows = rows.exclude(state=State.REPLIED)
    for suggestion in rows.select_related("clock", "congress").order_by("pk"):
        for running in _urgent(today, suggestion.clock):
            message = _message(running, today, suggestion, "suggestions:detail")
            telling.post_to_roles(suggestion, (Role.CLERK, Role.DIRECTOR), message)


def _remind_promisers(today: dt.date, at_work: Sequence[int]) -> None:
    """Some days before the day, and once it has passed; then the committee hears too."""
    promises = Promise.objects.filter(state=PromiseState.OPEN, suggestion__congress__in=at_work)
    rows = promises.select_related("unit", "suggestion__congress__region").order_by("pk")
    for promise in rows.filter(promised_on__lte=_horizon(today)):
        late = promise.promised_on < today
        message: dict[str, Any] = {
            "key": f"suggestions.promise:{promise.pk}:{promise.promised_on}:{'late' if late else 'soon'}",
            "subject": _("承诺已过期，请报告进展") if late else _("承诺快到期了"),
            "words": _promised_words(promise),
            "about": promise,
            "path": reverse("suggestions:detail", args=[promise.suggestion_id]),
        }
        telling.post_to_unit(promise.suggestion, promise.unit, message)
        if late:
            telling.post_to_roles(promise.suggestion, (Role.CLERK,), message)


def _promised_words(promise: Promise) -> str:
    suggestion = promise.suggestion
    return suggestion.shown_name if suggestion.is_secret else promise.text


def _remind_of_remarks(today: dt.date, at_work: Sequence[int]) -> None:
    rows = Remark.objects.waiting().filter(_near(today, "clock__"), congress__in=at_work)
    for remark in rows.select_related("clock", "unit", "congress").order_by("pk"):
        for running in _urgent(today, remark.clock):
            level = running.urgency(today)
            message = {
                "key": f"suggestions.clock:{running.pk}:{level}:{running.due_on}",
                "subject": f"{running.label}{kept(LEVELS[Urgency(level)])}",
                "words": remark.title,
                "about": remark,
                "path": reverse("suggestions:remark", args=[remark.pk]),
            }
            remind_of_remark(remark, message, is_late=level == Urgency.RED)


def _remind_of_motions(today: dt.date, at_work: Sequence[int]) -> None:
    """Whoever has the motion now; the committee's desk too when its day has passed."""
    rows = Motion.objects.filter(_near(today, "clock__"), suggestion__congress__in=at_work)
    for motion in rows.select_related("clock", "unit", "suggestion__congress").order_by("pk"):
        paper = motion.suggestion
        for running in _urgent(today, motion.clock):
            message = _message(running, today, paper, "suggestions:detail")
            roles = _holders(motion, is_late=running.urgency(today) == Urgency.RED)
            telling.post_to_roles(paper, roles, message, committee_id=motion.committee_id)
            if motion.unit is not None and motion.state == MotionState.HANDED_OVER:
                telling.post_to_unit(paper, motion.unit, message)


def _holders(motion: Motion, *, is_late: bool) -> tuple[str, ...]:
    if motion.state in {MotionState.EXAMINING, MotionState.REFERRED}:
        return (Role.COMMITTEE, Role.CLERK) if is_late else (Role.COMMITTEE,)
    if motion.state == MotionState.HANDED_OVER:
        return (Role.CLERK,) if is_late else ()
    return (Role.CLERK, Role.DIRECTOR)


def _horizon(today: dt.date) -> dt.date:
    """The widest warning any congress has; a nearer rule only means an earlier message."""
    widest = max(
        (rule.value.get("days", 0) for rule in Rule.objects.filter(key=Key.PROMISE_NOTICE)),
        default=0,
    )
    return today + dt.timedelta(days=widest)


def _near(today: dt.date, prefix: str) -> Q:
    return Clock.running_q(prefix=prefix) & Q(**{f"{prefix}yellow_on__lte": today})


def _urgent(today: dt.date, *clocks: Clock | None) -> Iterable[Clock]:
    for running in clocks:
        if running is not None and running.is_running and running.urgency(today) in LEVELS:
            yield running


def _message(running: Clock, today: dt.date, suggestion: Suggestion, page: str) -> dict[str, Any]:
    level = running.urgency(today)
    return {
        "key": f"suggestions.clock:{running.pk}:{level}:{running.due_on}",
        "subject": f"{running.label}{kept(LEVELS[Urgency(level)])}",
        "words": f"{suggestion.shown_name} · {running.words(today)}",
        "about": suggestion,
        "path": reverse(page, args=[suggestion.pk]),
    }


def _send_to_deputies(deputies: Iterable[Deputy], message: dict[str, Any]) -> None:
    for deputy in deputies:
        notices.send_to_deputy(deputy, **message)
