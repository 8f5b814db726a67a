"""What deputies say at meetings and inspections: the list, one remark, and its steps."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, frame_of, seats_of
from huiyin.kernel import clock
from huiyin.suggestions import actions, exports
from huiyin.suggestions.forms.remarks import NoteRemarkForm, RemarkFilter
from huiyin.suggestions.models import Remark, Suggestion
from huiyin.suggestions.pages import StepPage
from huiyin.suggestions.views.detail import choices
from huiyin.suggestions.workflow import REMARK
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import status_of
from huiyin.ui.lists import ListPage, chosen
from huiyin.ui.steps import step_answer

NOTES = (*STAFF, Role.MEMBER)
SORTS = {
    "newest": ("-said_on", "-pk"),
    "unit": ("unit__sort_key", "-said_on"),
    "state": ("state", "-said_on"),
    "due": ("clock__due_on", "pk"),
}


def remarks(request):
    """The newest first; a deputy reads what he said himself."""
    seats = seats_of(request.user)
    if not seats.any_congress:
        raise Http404
    form = RemarkFilter(request.GET)
    rows = Remark.objects.visible_to(request.user).matching(**chosen(form))
    page = ListPage(request, rows.for_list(), sorts=SORTS)
    if page.format:
        return spreadsheet(_("会上意见"), *exports.remarks(page.queryset), page.format)
    context = {
        "page": page,
        "form": form,
        "may_note": bool(seats.congresses(*NOTES)),
        "base": _base(request),
        "today": clock.today(),
    }
    return render(request, "suggestions/remarks.html", context)


def note_remark(request):
    """From the minutes into the list; the deputy is found by name."""
    congresses = seats_of(request.user).congresses(*NOTES)
    if not congresses:
        raise Http404
    form = NoteRemarkForm(request.POST or None, congresses=congresses)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        remark = actions.note_remark(given.pop("deputy"), **given, by=request.user)
        messages.success(request, _("已记录，一个月内答复代表。"))
        return redirect("suggestions:remark", pk=remark.pk)
    return render(request, "suggestions/note_remark.html", {"form": form}, status=status_of(form))


def remark(request, pk: int):
    found = visible_remark(request.user, pk)
    context = {
        "remark": found,
        "choices": choices(REMARK, request.user, found),
        "suggestion": _made_of(request.user, found),
        "base": _base(request),
        "back": reverse("suggestions:remarks"),
    }
    return render(request, "suggestions/remark.html", context)


def step(request, pk: int, page: StepPage):
    found = visible_remark(request.user, pk)

    def leave(made: Remark | Suggestion):
        name = "suggestions:remark" if isinstance(made, Remark) else "suggestions:revise"
        return redirect(name, pk=made.pk)

    return step_answer(
        request,
        page,
        found,
        ask=lambda form, status: _ask(request, page, found, form, status),
        leave=leave,
    )


def visible_remark(user: Any, pk: int) -> Remark:
    rows = Remark.objects.visible_to(user).for_list()
    return get_object_or_404(rows.select_related("congress__region", "suggestion"), pk=pk)


def _made_of(user: Any, found: Remark) -> Suggestion | None:
    """The suggestion it became, for those who may see that one: a draft is its deputy's alone."""
    return Suggestion.objects.visible_to(user).filter(pk=found.suggestion_id or 0).first()


def _ask(request, page: StepPage, found: Remark, form: Any, status: int):
    context = {
        "page": page,
        "item": found,
        "suggestion": found,
        "form": form,
        "home": "suggestions:remark",
        "base": _base(request),
    }
    return render(request, page.template, context, status=status)


def _base(request) -> str:
    return frame_of(request.user)
