"""The official reply: drafted, reviewed, signed off, sent."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook.choices import Key
from huiyin.suggestions.actions import merging, telling, timing
from huiyin.suggestions.actions.agreeing import reply_jointly, withdraw_agreements
from huiyin.suggestions.actions.asking import lock_task
from huiyin.suggestions.actions.numbering import next_document_number
from huiyin.suggestions.choices import (
    AssignmentRole,
    PromiseKind,
    PromiseState,
    ReplyState,
)
from huiyin.suggestions.models import Assignment, Promise, Reply, Suggestion
from huiyin.suggestions.models.classes import class_label
from huiyin.suggestions.workflow import ASSIGNMENT, PROMISE, SUGGESTION

MOST_PROMISES = 20


@dataclass(frozen=True)
class Promised:
    """A promise as the unit writes it: what, by when, and who answers for it."""

    text: str
    promised_on: dt.date
    responsible: str
    kind: str = PromiseKind.DO


@dataclass(frozen=True)
class Letter:
    """What a unit writes in one round."""

    result_class: str = ""
    body: str = ""
    contact_name: str = ""
    contact_telephone: str = ""

    def fields(self) -> dict[str, str]:
        return {name: value.strip() for name, value in vars(self).items()}


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
    refuse_impossible(promises)
    suggestion = steps.take(SUGGESTION, "draft_reply", suggestion, by=by)
    task = suggestion.assignments.working().get(role=AssignmentRole.LEAD)
    letter = Letter(result_class, body, contact_name, contact_telephone)
    reply, is_new_text = write_letter(task, suggestion, letter, promises, by=by)
    if is_new_text:
        withdraw_agreements(suggestion)
    return reply


def write_letter(
    task: Assignment,
    suggestion: Suggestion,
    letter: Letter,
    promises: Sequence[Promised],
    *,
    by: User,
) -> tuple[Reply, bool]:
    """This round's draft of one unit, and whether its words are new."""
    fields = letter.fields()
    fields["class_label"] = class_label(suggestion.congress.region, fields["result_class"])
    reply = task.replies.filter(round=suggestion.round).first()
    if reply is None:
        reply = Reply(
            suggestion=suggestion, assignment=task, round=suggestion.round, drafted_by=by, **fields
        )
        reply, is_new = steps.create(reply, "draft_reply", by=by), True
    else:
        is_new = any(getattr(reply, name) != value for name, value in fields.items())
        reply = steps.change(steps.lock(reply), "draft_reply", by=by, changes=fields)
    return reply, _replace_promises(reply, promises, by=by) or is_new


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
    begun = steps.begin(SUGGESTION, "sign_reply", suggestion, by=by)
    locked = begun.item
    earlier = (locked.clock_id, locked.reply_clock_id)
    reply = put_signature(_current(locked), by=by)
    changes: dict[str, Any] = {"clock": timing.start(Key.RATING_WINDOW, locked, _("收到答复"))}
    if locked.replied_at is None:
        changes["replied_at"] = reply.signed_at
    locked = begun.finish(changes=changes, words=reply.document_number)
    task = lock_task(reply.assignment, locked)
    finish_task(task, "reply", *earlier, by=by)
    reply_jointly(locked)
    promises = open_promises(reply, locked, by=by)
    telling.tell_of_reply(locked, reply, promises)
    merging.follow_reply(locked, [reply])
    return reply


def put_signature(reply: Reply, *, by: User) -> Reply:
    number = next_document_number(reply.assignment.unit)
    changes = {
        "state": ReplyState.SIGNED,
        "document_number": number,
        "signed_by": by,
        "signed_at": clock.now(),
    }
    return steps.change(reply, "sign_reply", by=by, changes=changes, words=number)


def finish_task(task: Assignment, step: str, *clock_ids: int | None, by: User) -> None:
    """The unit has answered: its clock stops, and those named with it. The task is held."""
    task = steps.take_held(ASSIGNMENT, step, task, by=by)
    timing.stop(*clock_ids, task.clock_id)
    # The duty to talk before replying can no longer be met: the missing log itself tells.
    timing.void(task.contact_clock_id)


def open_promises(reply: Reply, suggestion: Suggestion, *, by: User) -> list[Promise]:
    """What the letter lists counts from now on."""
    listed = steps.lock_all(reply.promises.exclude(state=PromiseState.DROPPED))
    for promise in listed:
        promise.suggestion = suggestion
        if promise.state == PromiseState.DRAFT:
            steps.take_held(PROMISE, "open", promise, by=by)
    return listed


def _current(suggestion: Suggestion) -> Reply:
    replies = Reply.objects.select_for_update(of=("self",)).select_related("assignment__unit")
    reply = replies.get(suggestion=suggestion, round=suggestion.round)
    reply.assignment.suggestion = suggestion
    return reply


def _replace_promises(reply: Reply, promises: Iterable[Promised], *, by: User) -> bool:
    """Drafted promises are not yet promises: the earlier wording leaves no row behind.

    True where something has changed.
    """
    wanted = list(promises)
    drafted = list(reply.promises.filter(state=PromiseState.DRAFT).order_by("pk"))
    is_new = len(wanted) != len(drafted)
    for promise, new in zip(drafted, wanted, strict=False):
        if any(getattr(promise, name) != value for name, value in vars(new).items()):
            steps.change(steps.lock(promise), "draft_reply", by=by, changes=vars(new))
            is_new = True
    for new in wanted[len(drafted) :]:
        unit = reply.assignment.unit
        promise = Promise(suggestion=reply.suggestion, reply=reply, unit=unit, **vars(new))
        steps.create(promise, "draft_reply", by=by)
    for promise in drafted[len(wanted) :]:
        steps.take(PROMISE, "drop", promise, by=by)
    return is_new


def refuse_impossible(promises: Sequence[Promised]) -> None:
    if len(promises) > MOST_PROMISES:
        raise NotPossible(_("一份答复最多列%(most)d项承诺。") % {"most": MOST_PROMISES})
    if any(promise.promised_on < clock.today() for promise in promises):
        raise NotPossible(_("承诺日期不能早于今天。"))
