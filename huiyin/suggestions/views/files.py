"""Answers that are files: letters and packages, always as attachments."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from huiyin.congress.seats import seats_of
from huiyin.kernel import clock
from huiyin.kernel.limits import limited
from huiyin.suggestions import actions, documents, permissions
from huiyin.suggestions.choices import ReplyState
from huiyin.suggestions.documents import examination_letter, reply_letter
from huiyin.suggestions.models import Reply, Suggestion
from huiyin.suggestions.views.detail import HAS_LETTER
from huiyin.ui.downloads import as_file, letter_as


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
    return as_file(package.content, f"{suggestion.number}-{clock.today():%Y%m%d}", "zip")
