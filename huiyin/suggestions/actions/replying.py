"""The official reply: drafted, reviewed, signed off, sent."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook.choices import Key
from huiyin.suggestions.actions import telling, timing
from huiyin.suggestions.actions.numbering import next_document_number
from huiyin.suggestions.choices import (
    AssignmentRole,
    PromiseKind,
    PromiseState,
    ReplyState,
    ResultClass,
)
from huiyin.suggestions.models import Assignment, Promise, Reply, Suggestion
from huiyin.suggestions.workflow import ASSIGNMENT, PROMISE, SUGGESTION

MOST_PROMISES = 20


@dataclass(frozen=True)
class Promised:
    """A promise as the unit writes it: what, by when, and who answers for it."""

    text: str
    promised_on: dt.date
    responsible: str
    kind: str = PromiseKind.DO


@transaction.atomic
def draft_reply(
    suggestion: Suggestion,
    *,
    result_class: str = "",
    body: str = "",
    contact_name: str = "",
    contact_telephone: str = "",
    promises: Sequence[Promised] = (),
    by: User,
) -> Reply:
    """Write this round's reply, or write it anew; promises are part of it until it is signed."""
    _refuse_impossible(promises)
    suggestion = steps.take(SUGGESTION, "draft_reply", suggestion, by=by)
    fields = {
        "result_class": result_class,
        "body": body.strip(),
        "contact_name": contact_name.strip(),
        "contact_telephone": contact_telephone.strip(),
    }
    reply = suggestion.replies.filter(round=suggestion.round).first()
    if reply is None:
        reply = steps.create(_new_reply(suggestion, by, fields), "draft_reply", by=by)
    else:
        reply = steps.change(steps.lock(reply), "draft_reply", by=by, changes=fields)
    _replace_promises(reply, promises, by=by)
    return reply


@transaction.atomic
def send_for_review(suggestion: Suggestion, *, by: User) -> Suggestion:
    suggestion = steps.take(SUGGESTION, "send_for_review", suggestion, by=by)
    reply = _current(suggestion)
    changes = {"state": ReplyState.REVIEWING, "sent_back_words": ""}
    steps.change(reply, "send_for_review", by=by, changes=changes)
    telling.tell_unit(reply.assignment, "reviewing", _("有答复待审核签发"))
    return suggestion


@transaction.atomic
def send_back(suggestion: Suggestion, *, words: str, by: User) -> Suggestion:
    """Not yet: it does not answer point by point, has no date for a promise … (Qingdao art. 29)."""
    if not words.strip():
        raise NotPossible(_("请写明退回意见。"))
    suggestion = steps.take(SUGGESTION, "send_back", suggestion, by=by, words=words)
    reply = _current(suggestion)
    changes = {"state": ReplyState.DRAFT, "sent_back_words": words.strip()}
    steps.change(reply, "send_back", by=by, changes=changes, words=words)
    telling.tell_unit(reply.assignment, "sent_back", _("答复被退回重拟，请看意见"))
    return suggestion


@transaction.atomic
def sign_reply(suggestion: Suggestion, *, by: User) -> Reply:
    """The responsible person signs: the reply is out, its promises count, rating begins."""
    locked = steps.lock(suggestion)
    SUGGESTION.check("sign_reply", locked, by=by)
    earlier = (locked.clock, locked.reply_clock)
    reply = _sign(_current(locked), by=by)
    changes: dict[str, Any] = {"clock": timing.start(Key.RATING_WINDOW, locked, _("收到答复"))}
    if locked.replied_at is None:
        changes["replied_at"] = reply.signed_at
    number = reply.document_number
    locked = steps.take(SUGGESTION, "sign_reply", locked, by=by, changes=changes, words=number)
    timing.stop(*earlier)
    _finish_task(reply.assignment, by=by)
    _open_promises(reply, by=by)
    _tell_of_reply(locked, reply)
    return reply


def _sign(reply: Reply, *, by: User) -> Reply:
    number = next_document_number(reply.assignment.unit)
    changes = {
        "state": ReplyState.SIGNED,
        "document_number": number,
        "signed_by": by,
        "signed_at": clock.now(),
    }
    return steps.change(reply, "sign_reply", by=by, changes=changes, words=number)


def _finish_task(task: Assignment, *, by: User) -> None:
    task = steps.take(ASSIGNMENT, "reply", task, by=by)
    timing.stop(task.clock)
    # The duty to talk before replying can no longer be met: the missing log itself tells.
    timing.void(task.contact_clock)


def _open_promises(reply: Reply, *, by: User) -> None:
    for promise in reply.promises.filter(state=PromiseState.DRAFT):
        steps.take(PROMISE, "open", promise, by=by)


def _current(suggestion: Suggestion) -> Reply:
    replies = Reply.objects.select_for_update(of=("self",)).select_related("assignment__unit")
    return replies.get(suggestion=suggestion, round=suggestion.round)


def _new_reply(suggestion: Suggestion, by: User, fields: dict[str, str]) -> Reply:
    task = suggestion.assignments.working().get(role=AssignmentRole.LEAD)
    return Reply(
        suggestion=suggestion, assignment=task, round=suggestion.round, drafted_by=by, **fields
    )


def _replace_promises(reply: Reply, promises: Iterable[Promised], *, by: User) -> None:
    """Drafted promises are not yet promises: the earlier wording leaves no row behind."""
    wanted = list(promises)
    drafted = list(reply.promises.filter(state=PromiseState.DRAFT).order_by("pk"))
    for promise, new in zip(drafted, wanted, strict=False):
        if any(getattr(promise, name) != value for name, value in vars(new).items()):
            steps.change(steps.lock(promise), "draft_reply", by=by, changes=vars(new))
    for new in wanted[len(drafted) :]:
        unit = reply.assignment.unit
        promise = Promise(suggestion=reply.suggestion, reply=reply, unit=unit, **vars(new))
        steps.create(promise, "draft_reply", by=by)
    for promise in drafted[len(wanted) :]:
        steps.take(PROMISE, "drop", promise, by=by)


def _refuse_impossible(promises: Sequence[Promised]) -> None:
    if len(promises) > MOST_PROMISES:
        raise NotPossible(_("一份答复最多列%(most)d项承诺。") % {"most": MOST_PROMISES})
    if any(promise.promised_on < clock.today() for promise in promises):
        raise NotPossible(_("承诺日期不能早于今天。"))


def _tell_of_reply(suggestion: Suggestion, reply: Reply) -> None:
    unit = reply.assignment.unit.name
    subject = _("%(unit)s已答复，请您评价") % {"unit": unit}
    telling.tell_deputies(suggestion, "replied", subject)
    telling.tell_desk(suggestion, "replied", _("%(unit)s已答复") % {"unit": unit})
    telling.tell_residents(suggestion, _result_words(reply))


def _result_words(reply: Reply) -> str:
    """The reply in one plain sentence; the first promise with its date where there is one."""
    unit = reply.assignment.unit.name
    first = reply.promises.exclude(state=PromiseState.DROPPED).order_by("promised_on").first()
    if first is not None:
        return _("%(unit)s答复：%(promise)s，%(day)s前完成。代表正在评价答复。") % {
            "unit": unit,
            "promise": telling.short(first.text),
            "day": first.promised_on,
        }
    return _("%(unit)s已答复代表：%(result)s。代表正在评价答复。") % {
        "unit": unit,
        "result": kept(ResultClass(reply.result_class).label)[2:],
    }
