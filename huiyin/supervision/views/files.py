"""Papers as PDF and DOCX, always as attachments."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from huiyin.kernel.documents import PlainLetter
from huiyin.supervision import documents
from huiyin.supervision.models import Candidate, KeyItem

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
def key_notice(request, pk: int, form: str):
    rows = KeyItem.objects.visible_to(request.user).filter(noticed_at__isnull=False)
    item = get_object_or_404(rows.select_related("congress", "leader", "committee"), pk=pk)
    return paper(documents.key_notice(item), form, item.title)


@require_safe
def certificate(request, pk: int, form: str):
    rows = Candidate.objects.visible_to(request.user).exclude(certificate="")
    found = get_object_or_404(
        rows.select_related("award__congress", "suggestion__lead__person", "unit"), pk=pk
    )
    return paper(documents.certificate(found), form, found.certificate)


def paper(made: PlainLetter, form: str, name: str):
    """The name as RFC 5987 wants it, so that Chinese arrives."""
    if form not in TYPES:
        raise Http404
    content = made.pdf() if form == "pdf" else made.docx()
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return response
