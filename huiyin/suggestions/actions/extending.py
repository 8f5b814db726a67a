"""More time for an answer: asked for, granted or refused, never past six months (代表法 art. 51)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import kept_day
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock, Rule
from huiyin.suggestions.actions import telling, timing
from huiyin.suggestions.actions.asking import (
    demand_reason,
    lock_both,
    open_request,
    rule_on,
    rulers,
)
from huiyin.suggestions.choices import RequestKind
from huiyin.suggestions.models import Assignment, Suggestion, UnitRequest
from huiyin.suggestions.workflow import ASSIGNMENT, SUGGESTION


@transaction.atomic
def ask_extension(assignment: Assignment, *, reason: str, until: dt.date, by: User) -> UnitRequest:
    """Ask for more time (T16); where no consent is needed the deputy is told and the date moves."""
    demand_reason(reason)
    suggestion, task = lock_both(assignment)
    asks = needs_consent(suggestion)
    name = "ask_extension" if asks else "inform_extension"
    task = steps.take_held(ASSIGNMENT, name, task, by=by, words=reason)
    _refuse_impossible(task, until)
    if task.is_lead:
        suggestion = steps.take_held(SUGGESTION, name, suggestion, by=by, words=reason)
    running = timing.start(Key.EXTENSION_RULING, suggestion, _("收到延期申请")) if asks else None
    request = open_request(
        task, RequestKind.EXTENSION, reason=reason, by=by, until=until, clock=running
    )
    if asks:
        subject = _("%(unit)s申请延期到%(day)s") % _named(task, until)
        telling.tell_desk(suggestion, f"extension_asked:{task.pk}", subject, *rulers(task))
        telling.tell_deputies(suggestion, f"extension_asked:{task.pk}", subject)
        return request
    rule_on(task, RequestKind.EXTENSION, is_granted=True, ruling=_("本市不需批准"), by=by)
    _extend(suggestion, task, until, reason)
    return request


@transaction.atomic
def grant_extension(
    assignment: Assignment, *, ruling: str, until: dt.date | None = None, by: User
) -> Suggestion:
    """The new date binds the unit and the whole item, and the deputy is told (T30)."""
    suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "grant_extension", task, by=by, words=ruling)
    if task.is_lead:
        steps.take_held(SUGGESTION, "grant_extension", suggestion, by=by, words=ruling)
    request = rule_on(task, RequestKind.EXTENSION, is_granted=True, ruling=ruling, by=by)
    _extend(suggestion, task, until or request.until or clock.today(), request.reason)
    return suggestion


@transaction.atomic
def refuse_extension(assignment: Assignment, *, ruling: str, by: User) -> Suggestion:
    """The old date stays (T30)."""
    demand_reason(ruling)
    suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "refuse_extension", task, by=by, words=ruling)
    if task.is_lead:
        steps.take_held(SUGGESTION, "refuse_extension", suggestion, by=by, words=ruling)
    rule_on(task, RequestKind.EXTENSION, is_granted=False, ruling=ruling, by=by)
    telling.tell_unit(task, f"extension_refused:{task.pk}", _("延期申请未获同意，期限不变"))
    telling.tell_deputies(suggestion, f"extension_refused:{task.pk}", _("没有同意延期，期限不变"))
    return suggestion


def needs_consent(suggestion: Suggestion) -> bool:
    """Qingdao, Shanghai and others want consent, Henan only that the deputy is told: a setting."""
    region = suggestion.congress.region
    return bool(Rule.objects.value(Key.EXTENSION_CONSENT, region, clock.today()))


def latest_for(task: Assignment) -> dt.date | None:
    """The day no extension may pass: six months from the first hand-over."""
    clocks = (task.clock, task.suggestion.reply_clock)
    return min((each.latest for each in clocks if each and each.latest), default=None)


def _refuse_impossible(task: Assignment, until: dt.date) -> None:
    """Before anybody rules: a date that no ruling could grant."""
    latest = latest_for(task)
    if task.clock and until <= task.clock.due_on:
        raise NotPossible(_("新的日期要晚于现在的期限%(day)s。") % {"day": task.clock.due_on})
    if latest and until > latest:
        raise NotPossible(_("最长只能延到%(day)s：首次交办起六个月。") % {"day": latest})


def _extend(suggestion: Suggestion, task: Assignment, until: dt.date, reason: str) -> None:
    """Both clocks: the unit's own, and the item's that the deputy sees."""
    followers = list(suggestion.followers.select_related("reply_clock"))
    clocks = [task.clock, suggestion.reply_clock]
    _move({each.pk: each for each in clocks if each}.values(), until, reason)
    for follower in followers:
        whole = follower.reply_clock
        if whole is not None:
            _move([whole], min(until, whole.latest or until), reason)
    words = _("%(unit)s的答复期限延长到%(day)s") % _named(task, until)
    telling.tell_unit(task, f"extended:{task.pk}", words)
    for told in (suggestion, *followers):
        telling.tell_deputies(told, f"extended:{task.pk}", words)
        telling.tell_residents(told, words + "。")


def _move(clocks: Iterable[Clock], until: dt.date, reason: str) -> None:
    for running in clocks:
        if running.is_running and until > running.due_on:
            rulebook.extend_clock(running, to=until, reason=reason[:500])


def _named(task: Assignment, day: dt.date) -> dict[str, str]:
    return {"unit": task.unit.name, "day": kept_day(day)}
