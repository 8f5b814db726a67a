"""Old items in: the file, its columns and names, what is wrong with it, and how far it has come."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import spreadsheets
from huiyin.kernel.imports import of_read_columns
from huiyin.kernel.spreadsheets import SpreadsheetError
from huiyin.suggestions import actions, exports, tasks
from huiyin.suggestions.forms.old_items import OldItemFileForm, read_answers
from huiyin.suggestions.imports import columns as sheet
from huiyin.suggestions.imports import names, old_items
from huiyin.suggestions.models import OldItemFile
from huiyin.ui.downloads import as_file, spreadsheet
from huiyin.ui.forms import MappingForm, status_of
from huiyin.ui.lists import ListPage

SHOWN, ASKED = 20, 100
SORTS = {
    "newest": "-created_at",
    "name": "name",
    "rows": ("-n_rows", "-created_at"),
    "state": ("state", "-created_at"),
}


def old_item_files(request):
    visible, congresses = _visible(request), _congresses(request)
    form = OldItemFileForm(request.POST or None, request.FILES or None, congresses=congresses)
    if form.is_valid():
        congress, file = form.cleaned_data["congress"], form.cleaned_data["file"]
        opened = actions.old_items.open_file(congress, file=file, by=request.user)
        return redirect("suggestions:old_item_file", pk=opened.pk)
    page = ListPage(request, visible.select_related("by"), sorts=SORTS)
    if page.format:
        return spreadsheet(_("导过的文件"), *exports.old_item_files(page.queryset), page.format)
    context = {"form": form, "page": page}
    return render(request, "suggestions/old_item_files.html", context, status=status_of(form))


@require_safe
def old_item_file(request, pk: int):
    """Before: a dry run with its problems and questions. After: how far it has come."""
    found = get_object_or_404(_visible(request), pk=pk)
    context = {"found": found}
    if found.state == OldItemFile.State.CHECKED:
        context |= _dry_run(found)
    return render(request, "suggestions/old_item_file.html", context)


@require_POST
def choose_old_columns(request, pk: int):
    found = get_object_or_404(_visible(request), pk=pk)
    chosen = {name: request.POST.get(name, "")[:200] for name in sheet.LABELS}
    actions.old_items.choose_columns(found, mapping=chosen, by=request.user)
    return redirect("suggestions:old_item_file", pk=pk)


@require_POST
def answer_old_names(request, pk: int):
    found = get_object_or_404(_visible(request), pk=pk)
    actions.old_items.answer_names(found, answers=read_answers(request.POST), by=request.user)
    return redirect("suggestions:old_item_file", pk=pk)


@require_POST
def start_old_items(request, pk: int):
    found = get_object_or_404(_visible(request), pk=pk)
    with transaction.atomic():  # the promise and its job, or neither
        actions.old_items.start(found, by=request.user)
        tasks.bring_in_old_items.defer(file_id=found.pk)
    messages.success(request, _("开始导入，可以离开这个页面。"))
    return redirect("suggestions:old_item_file", pk=pk)


@require_safe
def old_items_progress(request, pk: int):
    found = get_object_or_404(_visible(request), pk=pk)
    return render(request, "suggestions/old_item_file.html#progress", {"found": found})


@require_safe
def old_item_problems(request, pk: int):
    """Before the import: the rows in error as they came, with what is wrong beside them."""
    found = get_object_or_404(_visible(request), pk=pk, state=OldItemFile.State.CHECKED)
    try:
        checked = old_items.check_again(found)
    except SpreadsheetError:
        return redirect("suggestions:old_item_file", pk=pk)
    language = get_language() or "zh"
    shown = of_read_columns(checked.table, checked.columns)
    content = spreadsheets.errors_workbook(shown, checked.problems, language=language)
    return as_file(content, "problems", "xlsx")


@require_safe
def old_items_template(request):
    _visible(request)
    return as_file(sheet.template(), "old-items", "xlsx")


def _dry_run(found):
    try:
        checked = old_items.dry_run(found)
    except SpreadsheetError as error:
        actions.old_items.note_file(found, n_problems=1)  # so that it cannot be started either
        return {"unreadable": error.text(get_language() or "zh")}
    headers = checked.table.headers
    mapped = {name: headers[at] for name, at in checked.columns.index.items()}
    return {
        "checked": checked,
        "problems": _shown(checked),
        "questions": checked.questions[:ASKED],
        "n_unasked": max(len(checked.questions) - ASKED, 0),
        "rest": found.answers.get("rest", {}),
        "former": names.FORMER,
        "mapping_form": MappingForm(headers=headers, fields=sheet.LABELS, found=mapped),
        "recognised": [str(sheet.LABELS[name]) for name in mapped],
    }


def _shown(checked):
    language = get_language() or "zh"
    first = checked.problems[:SHOWN]
    return [(problem.row, problem.column, problem.text(language)) for problem in first]


def _congresses(request):
    return seats_of(request.user).congresses(*STAFF)


def _visible(request):
    if not _congresses(request):
        raise Http404
    return OldItemFile.objects.visible_to(request.user).select_related("congress__region", "by")
