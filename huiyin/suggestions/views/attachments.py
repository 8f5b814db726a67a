"""Attachments: laid to a suggestion, read, and taken away again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.congress.seats import seats_of
from huiyin.kernel.limits import limited
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AttachmentPart
from huiyin.suggestions.forms.attachments import AttachmentForm
from huiyin.suggestions.models import Attachment
from huiyin.suggestions.models.attachment import MOST
from huiyin.suggestions.models.gathering import find
from huiyin.suggestions.pages import REMOVAL
from huiyin.suggestions.workflow.attaching import open_places
from huiyin.ui.downloads import upload
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.steps import step_answer


@limited("attach", times=200, seconds=3600)
def attach(request, pk: int):
    """One file to one place; `to` names the place that is meant."""
    suggestion = find(seats_of(request.user), pk)
    if suggestion is None:
        raise Http404
    places = open_places(request.user, suggestion)
    if not places:
        raise PermissionDenied
    home = _home(is_deputys=request.path.startswith("/deputy/"))
    if request.method == "POST":
        form = AttachmentForm(request.POST, request.FILES, places=places)
        if form.is_valid():
            with refusals_on(form):
                actions.attach(suggestion, **form.cleaned_data, by=request.user)
                messages.success(request, _("附件已添加。"))
                return redirect(f"{reverse(home, args=[pk])}#attachments")
    else:
        form = AttachmentForm(places=places, initial={"place": request.GET.get("to", "")})
    context = {"suggestion": suggestion, "form": form, "most": MOST, **_frame(home)}
    return render(request, "suggestions/attach.html", context, status=status_of(form))


def remove_attachment(request, pk: int):
    """The reason is asked for: the line that stays says it."""
    attachment = _visible(request.user, pk)
    home = _home(is_deputys=attachment.part == AttachmentPart.TEXT)

    def ask(form: Any, status: int) -> HttpResponse:
        context = {"page": REMOVAL, "item": attachment, "suggestion": attachment.suggestion}
        context |= {"form": form, **_frame(home)}
        return render(request, REMOVAL.template, context, status=status)

    def leave(_made: Any) -> HttpResponse:
        return redirect(home, pk=attachment.suggestion_id)

    return step_answer(request, REMOVAL, attachment, ask=ask, leave=leave)


@require_safe
def attachment_file(request, pk: int):
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user).kept(), pk=pk)
    return upload(attachment.file, attachment.content_type, attachment.file_name)


def _visible(user: Any, pk: int) -> Attachment:
    rows = Attachment.objects.visible_to(user).for_list().select_related("suggestion__congress")
    attachment = get_object_or_404(rows.defer("suggestion__search"), pk=pk)
    attachment.hang_on(attachment.suggestion)
    return attachment


def _home(*, is_deputys: bool) -> str:
    return "suggestions:deputy_detail" if is_deputys else "suggestions:detail"


def _frame(home: str) -> dict[str, str]:
    is_deputys = home == "suggestions:deputy_detail"
    return {"home": home, "base": "base_deputy.html" if is_deputys else "base_desk.html"}
