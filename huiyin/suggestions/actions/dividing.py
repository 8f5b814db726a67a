"""A matter handled in parts: each unit writes, signs and sends its own answer (分别办理)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook.choices import Key
from huiyin.suggestions.actions import merging, telling, timing
from huiyin.suggestions.actions.asking import lock_both
from huiyin.suggestions.actions.replying import (
    Letter,
    Promised,
    finish_task,
    open_promises,
    put_signature,
    refuse_impossible,
    write_letter,
)
from huiyin.suggestions.choices import ReplyState
from huiyin.suggestions.models import Assignment, Reply, Suggestion
from huiyin.suggestions.workflow import ASSIGNMENT, SUGGESTION


@transaction.atomic
def draft_part(
    assignment: Assignment,
    *,
    result_class: str = "",
    body: str = "",
    contact_name: str = "",
    contact_telephone: str = "",
    promises: Sequence[Promised] = (),
    by: User,
) -> Reply:
    refuse_impossible(promises)
    suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "draft_part", task, by=by)
    letter = Letter(result_class, body, contact_name, contact_telephone)
    return write_letter(task, suggestion, letter, promises, by=by)[0]


@transaction.atomic
def send_part(assignment: Assignment, *, by: User) -> Assignment:
    suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "send_part", task, by=by)
    changes = {"state": ReplyState.REVIEWING, "sent_back_words": ""}
    steps.change(_letter_of(suggestion, task), "send_for_review", by=by, changes=changes)
    telling.tell_unit(task, f"reviewing:{task.pk}", _("有答复待审核签发"))
    return task


@transaction.atomic
def send_back_part(assignment: Assignment, *, words: str, by: User) -> Assignment:
    if not words.strip():
        raise NotPossible(_("请写明退回意见。"))
    suggestion, task = lock_both(assignment)
    task = steps.take_held(ASSIGNMENT, "send_back_part", task, by=by, words=words)
    changes = {"state": ReplyState.DRAFT, "sent_back_words": words.strip()}
    letter = _letter_of(suggestion, task)
    steps.change(letter, "send_back", by=by, changes=changes, words=words)
    telling.tell_unit(task, f"sent_back:{task.pk}", _("答复被退回重拟，请看意见"))
    return task


@transaction.atomic
def sign_part(assignment: Assignment, *, by: User) -> Reply:
    """One part is answered; with the last of them the whole is, and rating begins."""
    suggestion, task = lock_both(assignment)
    ASSIGNMENT.check("sign_part", task, by=by)
    reply = put_signature(_letter_of(suggestion, task), by=by)
    finish_task(task, "sign_part", by=by)
    promises = open_promises(reply, suggestion, by=by)
    telling.tell_of_reply(suggestion, reply, promises)
    if SUGGESTION.steps["answer_in_parts"].reason_against(suggestion) is None:
        _finish_the_whole(suggestion)
    return reply


def letters_of(suggestion: Suggestion) -> list[Reply]:
    """The signed letters of this round, one a part."""
    signed = suggestion.replies.filter(round=suggestion.round, state=ReplyState.SIGNED)
    return list(signed.select_related("assignment__unit", "signed_by").order_by("pk"))


def _finish_the_whole(suggestion: Suggestion) -> None:
    earlier = (suggestion.clock_id, suggestion.reply_clock_id)
    changes: dict[str, Any] = {"clock": timing.start(Key.RATING_WINDOW, suggestion, _("收到答复"))}
    if suggestion.replied_at is None:
        changes["replied_at"] = clock.now()
    letters = letters_of(suggestion)
    words = "、".join(letter.document_number for letter in letters)
    suggestion = steps.take_held(
        SUGGESTION, "answer_in_parts", suggestion, by=trail.SYSTEM, changes=changes, words=words
    )
    timing.stop(*earlier)
    merging.follow_reply(suggestion, letters)


def _letter_of(suggestion: Suggestion, task: Assignment) -> Reply:
    replies = Reply.objects.select_for_update(of=("self",)).select_related("assignment__unit")
    return replies.get(assignment=task, round=suggestion.round)
