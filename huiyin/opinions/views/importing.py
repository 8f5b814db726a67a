"""Importing voices: the file, its columns, what is wrong with it, and how far it has come."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.congress.models import Congress
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import spreadsheets
from huiyin.kernel.imports import of_read_columns
from huiyin.kernel.spreadsheets import SpreadsheetError
from huiyin.opinions import actions, exports, imports, tasks
from huiyin.opinions.forms import ImportForm
from huiyin.opinions.models import VoiceImport
from huiyin.texts import semantic
from huiyin.ui.downloads import as_file, spreadsheet
from huiyin.ui.forms import MappingForm, status_of
from huiyin.ui.lists import ListPage

SHOWN = 20
SORTS = {
    "newest": "-created_at",
    "name": "name",
    "source": ("source", "-created_at"),
    "rows": ("-n_rows", "-created_at"),
    "state": ("state", "-created_at"),
}


def voice_imports(request):
    again = {name: request.GET.get(name, "") for name in ("source", "channel")}
    form = ImportForm(request.POST or None, request.FILES or None, initial=again)
    mine = _visible(request)
    if form.is_valid():
        congress = Congress.objects.filter(pk__in=_congresses(request)).order_by("pk")[0]
        opened = actions.open_import(congress, **form.cleaned_data, by=request.user)
        return redirect("opinions:voice_import", pk=opened.pk)
    page = ListPage(request, mine.select_related("by"), sorts=SORTS)
    if page.format:
        table = exports.imports(page.queryset)
        return spreadsheet(_("导过的文件"), table.headers, table.rows, page.format)
    context = {"form": form, "page": page}
    return render(request, "opinions/imports.html", context, status=status_of(form))


@require_safe
def voice_import(request, pk):
    """Before: a dry run with its problems. After: how far it has come."""
    found = get_object_or_404(_visible(request), pk=pk)
    context = {"found": found, "is_semantic": semantic.available()}
    if found.state == VoiceImport.State.CHECKED:
        context |= _dry_run(found)
    return render(request, "opinions/import.html", context)


@require_POST
def choose_columns(request, pk):
    found = get_object_or_404(_visible(request), pk=pk)
    chosen = {name: request.POST.get(name, "")[:200] for name in imports.LABELS}
    actions.choose_columns(found, mapping=chosen, by=request.user)
    return redirect("opinions:voice_import", pk=pk)


@require_POST
def start_import(request, pk):
    found = get_object_or_404(_visible(request), pk=pk)
    is_semantic = "semantic" in request.POST and semantic.available()
    with transaction.atomic():  # the promise and its job, or neither
        actions.start_import(found, is_semantic=is_semantic, by=request.user)
        tasks.import_voices.defer(import_id=found.pk)
    messages.success(request, _("开始导入，可以离开这个页面。"))
    return redirect("opinions:voice_import", pk=pk)


@require_safe
def import_progress(request, pk):
    found = get_object_or_404(_visible(request), pk=pk)
    return render(request, "opinions/import.html#progress", {"found": found})


@require_safe
def import_problems(request, pk):
    """Before the import: the rows in error as they came, with what is wrong beside them."""
    found = get_object_or_404(_visible(request), pk=pk, state=VoiceImport.State.CHECKED)
    try:
        table, checked = imports.dry_run(found)
    except SpreadsheetError:
        return redirect("opinions:voice_import", pk=pk)
    shown = of_read_columns(table, checked.columns)
    content = spreadsheets.errors_workbook(shown, checked.problems, language=get_language() or "zh")
    return as_file(content, "problems", "xlsx")


def _dry_run(found):
    language = get_language() or "zh"
    try:
        table, checked = imports.dry_run(found)
    except SpreadsheetError as error:
        actions.note_check(found, n_problems=1)  # so that it cannot be started either
        return {"unreadable": error.text(language)}
    headers = {name: table.headers[at] for name, at in checked.columns.index.items()}
    return {
        "checked": checked,
        "n_new": len(checked.voices),
        "n_closed": checked.n_closed,
        "notes": checked.notes(),
        "samples": checked.voices[:5],
        "problems": [
            (problem.row, problem.column, problem.text(language))
            for problem in checked.problems[:SHOWN]
        ],
        "mapping_form": MappingForm(headers=table.headers, fields=imports.LABELS, found=headers),
    }


def _congresses(request):
    return seats_of(request.user).congresses(*STAFF)


def _visible(request):
    if not _congresses(request):
        raise Http404
    return VoiceImport.objects.filter(congress__in=_congresses(request)).select_related(
        "congress__region"
    )
