"""What a suggestion's pages show of its attachments."""

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse

from huiyin.congress.seats import seats_of
from huiyin.suggestions.models import Attachment, Contact, Suggestion
from huiyin.suggestions.workflow import ATTACHMENT
from huiyin.suggestions.workflow.attaching import open_places


def attachments_of(user: Any, suggestion: Suggestion) -> list[Attachment]:
    """All this person may know of, the removed ones too; the page's own query says whether there are any."""
    if not getattr(suggestion, "has_attachments", True):
        return []
    rows = Attachment.objects.readable_from(seats_of(user)).filter(suggestion=suggestion)
    found = list(rows.for_list())
    for attachment in found:
        attachment.hang_on(suggestion)
    return found


def panel_of(user: Any, suggestion: Suggestion, contacts: Sequence[Contact]) -> dict[str, Any]:
    """The rows with the way to remove one's own, and whether one may add."""
    rows = attachments_of(user, suggestion)
    return {
        "attachments": [(row, _removal(user, row)) for row in rows],
        "may_attach": bool(open_places(user, suggestion, contacts)),
    }


def laid_at(
    user: Any, suggestion: Suggestion, parts: Collection[str], **at: Any
) -> list[Attachment]:
    """What is kept at some of its parts, or at one thing of it."""
    return [
        row
        for row in attachments_of(user, suggestion)
        if row.is_kept
        and row.part in parts
        and all(getattr(row, name) == value for name, value in at.items())
    ]


def _removal(user: Any, attachment: Attachment) -> str:
    if not ATTACHMENT.open_to(user, attachment):
        return ""
    return reverse("suggestions:attachment_remove", args=[attachment.pk])
