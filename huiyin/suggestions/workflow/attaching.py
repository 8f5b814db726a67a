"""The life of an attachment, and why nothing is laid somewhere or taken away from there now."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.workflow import Step, Words, Workflow
from huiyin.suggestions.choices import (
    FINISHED,
    AssignmentState,
    AttachmentPart,
    AttachmentState,
    PromiseState,
    ReplyState,
)
from huiyin.suggestions.models import Attachment, Contact, Suggestion
from huiyin.suggestions.models.attachment import places_of
from huiyin.suggestions.permissions import by_the_system
from huiyin.suggestions.permissions.attachments import can_attach, can_remove_attachment
from huiyin.suggestions.workflow import stages

RUNNING = frozenset(stages.UNENDED) - {AssignmentState.PROPOSED, AssignmentState.HANDED_OVER}


def place_is_open(attachment: Attachment) -> Words | None:
    """What others have read, signed or judged stays as they found it."""
    return _CLOSED[AttachmentPart(attachment.part)](attachment)


def may_be_removed(attachment: Attachment) -> Words | None:
    if attachment.suggestion.state in FINISHED:
        return _("已经办结，附件随案卷保留。")
    return place_is_open(attachment)


def open_places(
    user: Any, suggestion: Suggestion, contacts: Iterable[Contact] | None = None
) -> list[Attachment]:
    """Where this person may lay a file now."""
    mine = (place for place in places_of(suggestion, contacts) if can_attach(user, place))
    return [place for place in mine if not place_is_open(place)]


def _at_text(attachment: Attachment) -> Words | None:
    if attachment.suggestion.state not in stages.WITH_DEPUTIES:
        return _("建议已经提交，正文附件不再变动。")
    return None


def _at_contact(attachment: Attachment) -> Words | None:
    talk = attachment.contact
    if talk is None or talk.assignment.state not in stages.AT_WORK:
        return _("这项任务现在不在办理中，联系记录的附件不再变动。")
    return None


def _at_reply(attachment: Attachment) -> Words | None:
    if attachment.reply is None or attachment.reply.state != ReplyState.DRAFT:
        return _("答复已经送审或者签发，附件不再变动。")
    return None


def _at_promise(attachment: Attachment) -> Words | None:
    under_way = {PromiseState.OPEN, PromiseState.CLAIMED}
    if attachment.promise is None or attachment.promise.state not in under_way:
        return _("这项承诺不在办理中，证明不再变动。")
    return None


def _signed_paper(attachment: Attachment) -> Words | None:
    """The desk's of everything that was handed in, a unit's while it has the task."""
    task = attachment.assignment
    if attachment.suggestion.state in stages.WRITING:
        return _("建议还没有提交。")
    if task is not None and task.state not in RUNNING:
        return _("这项任务已经不由本单位办理。")
    return None


_CLOSED: dict[AttachmentPart, Callable[[Attachment], Words | None]] = {
    AttachmentPart.TEXT: _at_text,
    AttachmentPart.CONTACT: _at_contact,
    AttachmentPart.REPLY: _at_reply,
    AttachmentPart.PROMISE: _at_promise,
    AttachmentPart.SIGNED_PAPER: _signed_paper,
}

# fmt: off
ATTACHMENT = Workflow[Any, Attachment](
    "attachment",
    Step("remove",  _("移除附件"), (AttachmentState.KEPT,), AttachmentState.REMOVED, can_remove_attachment, may_be_removed, "平台"),
    Step("discard", _("随稿删去"), (AttachmentState.KEPT,), AttachmentState.REMOVED, by_the_system,         None,           "T27 T34"),
)
# fmt: on
