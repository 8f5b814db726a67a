"""Answers that are files: letters and packages, always as attachments."""

from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from huiyin.congress.seats import seats_of
from huiyin.kernel import clock
from huiyin.kernel.documents import PlainLetter
from huiyin.kernel.limits import limited
from huiyin.suggestions import actions, documents, permissions
from huiyin.suggestions.choices import ReplyState
from huiyin.suggestions.documents import examination_letter, reply_letter
from huiyin.suggestions.models import Reply, Suggestion
from huiyin.suggestions.views.detail import HAS_LETTER

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def reply(request, pk: int, form: str):
    """The official reply as PDF or DOCX; a draft only for the unit that writes it."""
    replies = Reply.objects.filter(suggestion__in=Suggestion.objects.visible_to(request.user))
    found = get_object_or_404(
        replies.select_related(
            "suggestion__congress__region",
            "suggestion__term",
            "suggestion__session",
            "suggestion__lead__person",
            "assignment__unit",
            "signed_by",
        ),
        pk=pk,
    )
    is_own = found.assignment.unit_id in seats_of(request.user).units()
    if found.state != ReplyState.SIGNED and not is_own:
        raise Http404
    name = f"{found.suggestion.number} {found.document_number or 'draft'}"
    return letter_as(reply_letter(found), form, name)


def letter(request, pk: int, form: str):
    """The committee's notice of a paper that was not accepted as it is."""
    visible = Suggestion.objects.visible_to(request.user).for_page()
    suggestion = get_object_or_404(visible.filter(state__in=HAS_LETTER), pk=pk)
    return letter_as(examination_letter(suggestion), form, suggestion.title)


@require_POST
@limited("archive", times=60, seconds=3600)
def archive(request, pk: int):
    """Everything of one suggestion in a package that proves itself; that it was taken stays on record."""
    suggestion = get_object_or_404(Suggestion.objects.visible_to(request.user).for_page(), pk=pk)
    if not permissions.can_archive(request.user, suggestion):
        raise PermissionDenied
    package = documents.archive(suggestion)
    actions.note_archive(suggestion, digest=package.digest, by=request.user)
    response = HttpResponse(package.content, content_type="application/zip")
    return attached(response, f"{suggestion.number}-{clock.today():%Y%m%d}.zip")


def letter_as(made: PlainLetter, form: str, name: str):
    if form not in {"pdf", "docx"}:
        raise Http404
    content = made.pdf() if form == "pdf" else made.docx()
    kind = PDF if form == "pdf" else DOCX
    return attached(HttpResponse(content, content_type=kind), f"{name}.{form}")


def attached(response: Any, name: str) -> Any:
    """The name as RFC 5987 wants it, so that Chinese arrives."""
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
