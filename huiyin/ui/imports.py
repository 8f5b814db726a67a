"""The page of every import: upload, look at what would happen, map columns, then all or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages  # noqa: TID251  one page for every import
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase  # noqa: TID251  one page for every import
from django.shortcuts import redirect, render  # noqa: TID251  one page for every import
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from huiyin.kernel import imports
from huiyin.kernel.imports import Held, Plan
from huiyin.kernel.spreadsheets import SpreadsheetError
from huiyin.ui.downloads import as_file, spreadsheet
from huiyin.ui.forms import status_of

BIGGEST_FILE = 10 * 1024 * 1024


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy("xlsx 或者 csv，不超过 10 MB。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BIGGEST_FILE:
            raise forms.ValidationError(_("文件太大，最多 10 MB。"))
        return file


@dataclass(frozen=True)
class Import:
    """What one kind of import brings along; `labels` names its fields for people.

    A short one is written at once by `write`, which says what came of it. One that may take longer than
    two seconds has `start`, which gives the token and the columns to the worker, and `told`,
    which words the result.
    """

    heading: str
    into: str
    back: str
    labels: Mapping[str, str | Promise]
    required: Sequence[str]
    read: Callable[[bytes, str, Mapping[str, str] | None], Plan[Any]]
    write: Callable[[Plan[Any]], str] | None = None
    start: Callable[[str, dict[str, str]], None] | None = None
    told: Callable[[int], str] = str


def import_page(request: HttpRequest, wanted: Import) -> HttpResponseBase:
    if "empty" in request.GET:
        return spreadsheet("template", [str(label) for label in wanted.labels.values()], [], "xlsx")
    if request.method != "POST":
        token = request.GET.get("job", "")
        return _job(request, wanted, token) if token else _page(request, wanted, ImportForm())
    if "token" in request.POST:
        return _second_look(request, wanted)
    return _first_look(request, wanted)


def _first_look(request: HttpRequest, wanted: Import) -> HttpResponse:
    """The file has come: keep it for an hour and show what it would do."""
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, wanted, form)
    file = form.cleaned_data["file"]
    kept = Held(file.read(), file.name)
    try:
        plan = wanted.read(kept.content, kept.name, None)
    except SpreadsheetError as error:
        form.add_error("file", error.text(get_language() or "zh"))
        return _page(request, wanted, form)
    token = imports.hold(kept.content, kept.name, owner=_owner(request))
    return _page(request, wanted, form, plan=plan, token=token, name=kept.name)


def _second_look(request: HttpRequest, wanted: Import) -> HttpResponse:
    """The columns were mapped, the errors asked for, or the import confirmed."""
    token = request.POST["token"]
    kept = imports.held(token, owner=_owner(request))
    if imports.job(token, owner=_owner(request)):
        return redirect(f"{request.path}?job={token}")
    if kept is None:
        messages.error(request, _("文件放得太久，已经删除，请再选一次。"))
        return redirect(request.path)
    plan = wanted.read(kept.content, kept.name, _mapping(request, wanted))
    if "errors" in request.POST:
        return _errors(plan)
    if "confirmed" in request.POST and plan.is_clean:
        return _write(request, wanted, plan, token)
    return _page(request, wanted, ImportForm(), plan=plan, token=token, name=kept.name)


def _write(request: HttpRequest, wanted: Import, plan: Plan[Any], token: str) -> HttpResponse:
    if wanted.start:
        with transaction.atomic():  # the promise and its job, or neither
            if imports.begin(token, owner=_owner(request), of=len(plan.items)):
                wanted.start(token, _mapping(request, wanted))
        return redirect(f"{request.path}?job={token}")
    if wanted.write:
        messages.success(request, wanted.write(plan))
    imports.let_go(token, owner=_owner(request))
    return redirect(wanted.back)


def _job(request: HttpRequest, wanted: Import, token: str) -> HttpResponse:
    """How far the worker has come; while it works the page asks again every second."""
    found = imports.job(token, owner=_owner(request))
    if found is None:
        messages.error(request, _("这次导入已经找不到了，请再选一次文件。"))
        return redirect(request.path)
    context = {"wanted": wanted, "job": found, "here": f"?job={token}"}
    if found.state == "done":
        context["told"] = wanted.told(found.done)
    if "HX-Request" in request.headers:
        return render(request, "ui/import_job.html#progress", context)
    return render(request, "ui/import_job.html", context)


def _owner(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


def _mapping(request: HttpRequest, wanted: Import) -> dict[str, str]:
    names = [name for name in wanted.labels if f"column_{name}" in request.POST]
    return {name: request.POST[f"column_{name}"] for name in names}


def _errors(plan: Plan[Any]) -> HttpResponse:
    return as_file(plan.errors_workbook(), "problems", "xlsx")


def _page(
    request: HttpRequest,
    wanted: Import,
    form: ImportForm,
    *,
    plan: Plan[Any] | None = None,
    token: str = "",
    name: str = "",
) -> HttpResponse:
    context = {"wanted": wanted, "form": form, "plan": plan, "token": token, "name": name}
    if plan is not None:
        context["columns"] = [
            (field, label, field in wanted.required, _header(plan, field))
            for field, label in wanted.labels.items()
        ]
    return render(request, "ui/import_page.html", context, status=status_of(form))


def _header(plan: Plan[Any], field: str) -> str:
    at = plan.columns.index.get(field)
    return plan.table.headers[at] if at is not None else ""
