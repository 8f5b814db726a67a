"""Who lays files to a suggestion: whoever works on what they belong to."""

from collections.abc import Callable
from typing import Any

from huiyin.suggestions import permissions
from huiyin.suggestions.choices import AttachmentPart
from huiyin.suggestions.models import Attachment


def can_attach(user: Any, attachment: Attachment) -> bool:
    return _MAY[AttachmentPart(attachment.part)](user, attachment)


def can_remove_attachment(user: Any, attachment: Attachment) -> bool:
    """Only who laid it there, while still at work on it."""
    return attachment.added_by_id == user.pk and can_attach(user, attachment)


def _to_text(user: Any, attachment: Attachment) -> bool:
    return permissions.can_revise(user, attachment.suggestion)


def _to_contact(user: Any, attachment: Attachment) -> bool:
    talk = attachment.contact
    return talk is not None and permissions.can_log_contact(user, talk.assignment)


def _to_reply(user: Any, attachment: Attachment) -> bool:
    """Not who only agrees to the letter."""
    reply = attachment.reply
    return reply is not None and permissions.can_sign_for(user, reply.assignment)


def _to_promise(user: Any, attachment: Attachment) -> bool:
    promise = attachment.promise
    return promise is not None and permissions.can_claim_done(user, promise)


def _signed_paper(user: Any, attachment: Attachment) -> bool:
    """A unit's own; what stands beside the tasks the desk lays there."""
    if attachment.assignment is None:
        return permissions.can_examine(user, attachment.suggestion)
    return permissions.can_sign_for(user, attachment.assignment)


_MAY: dict[AttachmentPart, Callable[[Any, Attachment], bool]] = {
    AttachmentPart.TEXT: _to_text,
    AttachmentPart.CONTACT: _to_contact,
    AttachmentPart.REPLY: _to_reply,
    AttachmentPart.PROMISE: _to_promise,
    AttachmentPart.SIGNED_PAPER: _signed_paper,
}
