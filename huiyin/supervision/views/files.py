"""Papers as PDF and DOCX, always as attachments."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from huiyin.supervision import documents
from huiyin.supervision.models import Candidate, KeyItem
from huiyin.ui.downloads import letter_as


@require_safe
def key_notice(request, pk: int, form: str):
    rows = KeyItem.objects.visible_to(request.user).filter(noticed_at__isnull=False)
    item = get_object_or_404(rows.select_related("congress", "leader", "committee"), pk=pk)
    return letter_as(documents.key_notice(item), form, item.title)


@require_safe
def certificate(request, pk: int, form: str):
    rows = Candidate.objects.visible_to(request.user).exclude(certificate="")
    found = get_object_or_404(
        rows.select_related("award__congress", "suggestion__lead__person", "unit"), pk=pk
    )
    return letter_as(documents.certificate(found), form, found.certificate)
