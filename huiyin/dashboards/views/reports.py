"""Reports of a year: begun from a period, prefaced, ordered, watched, downloaded."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.congress.seats import STAFF, seats_of
from huiyin.dashboards import actions, figures, tasks
from huiyin.dashboards.forms import PeriodForm, ReportForm
from huiyin.dashboards.models import ReportFile, YearReport
from huiyin.dashboards.views.scoping import form_of
from huiyin.dashboards.workflow import CREATED, YEAR_REPORT
from huiyin.kernel import trail
from huiyin.ui.downloads import as_file, spreadsheet
from huiyin.ui.forms import INVALID
from huiyin.ui.lists import ListPage

SORTS = {"newest": "-created_at", "year": "-year", "title": "title", "state": "state"}
LABELS = CREATED | {name: step.label for name, step in YEAR_REPORT.steps.items()}


@require_safe
def reports(request):
    """What was made, and for staff what is being made; a new one begins with a period."""
    form = form_of(request, PeriodForm)
    scope = form.scope()
    found = YearReport.objects.visible_to(request.user).filter(congress=scope.congress)
    page = ListPage(request, found, sorts=SORTS)
    if page.format:
        headers = [_("标题"), _("从"), _("到"), _("状态"), _("编成时间")]
        return spreadsheet("reports", headers, _lines(page.queryset), page.format)
    context = {
        "form": form,
        "scope": scope,
        "page": page,
        "asked": figures.asked_of(scope),
        "writes": seats_of(request.user).has(scope.congress.pk, *STAFF),
    }
    return render(request, "dashboards/reports.html", context)


@require_POST
def begin_report(request):
    """The title and a first preface are proposed; both can be changed."""
    form = form_of(request, PeriodForm, data=request.POST)
    scope = form.scope()
    if not seats_of(request.user).has(scope.congress.pk, *STAFF):
        raise Http404
    report = actions.begin_report(
        scope.congress,
        year=scope.year,
        days=(scope.first, scope.last),
        title=_("%(year)s年代表建议、批评和意见办理情况的报告") % {"year": scope.year},
        preface=figures.opening(figures.Tally(scope)),
        by=request.user,
    )
    return redirect("dashboards:report", pk=report.pk)


@require_safe
def report(request, pk):
    found = _visible(request, pk)
    steps = {step.name for step in YEAR_REPORT.open_to(request.user, found)}
    context = {
        "report": found,
        "steps": steps,
        "form": ReportForm(initial={"title": found.title, "preface": found.preface}),
        "files": list(found.files.defer("content").order_by("kind")),
        "entries": [(LABELS[e.step], e) for e in trail.entries_of([found])[::-1]],
    }
    if "progress" in request.GET:
        return render(request, "dashboards/report.html#progress", context)
    return render(request, "dashboards/report.html", context)


@require_POST
def revise_report(request, pk):
    """Keep title and preface; with the other button order the report too."""
    found = _visible(request, pk)
    YEAR_REPORT.check("revise_report", found, by=request.user)
    form = ReportForm(request.POST)
    if not form.is_valid():
        context = {"report": found, "steps": {"revise_report", "order_report"}, "form": form}
        return render(request, "dashboards/report.html", context, status=INVALID)
    found = actions.revise_report(found, **form.cleaned_data, by=request.user)
    if "order" in request.POST:
        with transaction.atomic():  # the promise and its job, or neither
            actions.order_report(found, by=request.user)
            tasks.make_report.defer(report_id=found.pk)
        messages.success(request, _("开始编报告，可以离开这个页面，编好会通知您。"))
    else:
        messages.success(request, _("前言已保存。"))
    return redirect("dashboards:report", pk=pk)


@require_POST
def give_up_report(request, pk):
    actions.give_up_report(_visible(request, pk), by=request.user)
    return redirect("dashboards:report", pk=pk)


@require_safe
def report_file(request, pk, kind):
    """The file as it was made; always an attachment."""
    found = get_object_or_404(ReportFile, report=_visible(request, pk), kind=kind)
    return as_file(bytes(found.content), found.report.title, found.kind)


def _visible(request, pk):
    return get_object_or_404(YearReport.objects.visible_to(request.user), pk=pk)


def _lines(rows):
    for row in rows:
        yield [row.title, row.first, row.last, row.get_state_display(), row.made_at]
