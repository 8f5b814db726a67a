"""The duty timetable: a month at a glance, planning, and the day itself."""

import datetime as dt

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.kernel import clock, trail
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import INVALID, refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen
from huiyin.venues import actions, exports, forms, permissions
from huiyin.venues.models import Duty, Venue
from huiyin.venues.workflow import DUTY

ONE_MONTH = dt.timedelta(days=31)
YEARS = range(1990, 2100)  # of a timetable
SORTS = {
    "day": ("day", "starts_at"),
    "venue": ("venue__sort_key", "day"),
    "state": ("state", "day"),
    "visitors": ("-n_visitors", "day"),
}


@require_safe
def timetable(request):
    """One month of receptions, or a whole year, with those that nobody opened."""
    today, (first, after) = clock.today(), _span(request)
    filter_form = forms.TimetableFilter(request.GET)
    wanted = {name: value for name, value in chosen(filter_form).items() if name != "month"}
    visible = Duty.objects.visible_to(request.user).between(first, after)
    rows = visible.matching(**wanted, today=today)
    counts = visible.counted_with(rows, today)
    page = ListPage(request, rows.select_related("venue").with_names(), sorts=SORTS)
    page.counted = counts["rows"]
    if page.format:
        lines = exports.duty_rows(page.queryset, today)
        return spreadsheet("duties", exports.duty_headers(), lines, page.format)
    context = {
        "page": page,
        "filter_form": filter_form,
        "shown": _named(first, after),
        "before": _named(_back(first, after), first),
        "after": _named(after, after + (after - first)),
        "rows": [(duty, exports.duty_state(duty, today)) for duty in page],
        "n_missed": counts["missed"],
    }
    return render(request, "venues/timetable.html", context)


@require_safe
def detail(request, pk):
    return _page(request, _visible(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_duty(request, pk):
    venue = get_object_or_404(
        Venue.objects.visible_to(request.user).select_related("congress"), pk=pk
    )
    if not permissions.can_plan_duty(request.user, venue):
        raise Http404
    form = forms.DutyForm(request.POST or None, venue=venue)
    if form.is_valid():
        with refusals_on(form):
            duty = actions.plan_duty(venue, **form.cleaned_data, by=request.user)
            messages.success(request, _("已排进班表，居民马上看得到。"))
            return redirect("venues:duty", duty.pk)
    context = {"form": form, "venue": venue}
    return render(request, "venues/plan_duty.html", context, status=status_of(form))


@require_POST
def open_duty(request, pk):
    duty = actions.open_duty(_visible(request, pk), by=request.user)
    messages.success(request, _("开始接待了。"))
    return redirect("venues:duty", duty.pk)


@require_POST
def close_duty(request, pk):
    duty = _visible(request, pk)
    form = forms.CloseForm(request.POST, duty=duty)
    if not form.is_valid():
        return _page(request, duty, close_form=form)
    actions.close_duty(duty, **form.cleaned_data, by=request.user)
    messages.success(request, _("这次接待记好了。"))
    return redirect("venues:duty", pk)


@require_POST
def cancel(request, pk):
    duty = _visible(request, pk)
    form = forms.CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, duty, cancel_form=form)
    actions.cancel(duty, words=form.cleaned_data["words"], by=request.user)
    messages.success(request, _("已取消，代表会收到消息。"))
    return redirect("venues:duty", pk)


def _page(request, duty, **bound):
    context = {
        "duty": duty,
        "state": exports.duty_state(duty, clock.today()),
        "buttons": {button.name: button for button in DUTY.buttons(request.user, duty)},
        "close_form": forms.CloseForm(duty=duty),
        "cancel_form": forms.CancelForm(),
        "deputies": duty.deputies.select_related("person").order_by("sort_key"),
        "absent": set(duty.absent.values_list("pk", flat=True)),
        "entries": _told(trail.entries_of([duty])[::-1]),
    }
    status = INVALID if bound else 200
    return render(request, "venues/duty.html", context | bound, status=status)


def _told(entries):
    """Each entry with what the step is called."""
    labels = {name: step.label for name, step in DUTY.steps.items()}
    return [(labels.get(entry.step, _("排进班表")), entry) for entry in entries]


def _visible(request, pk):
    rows = Duty.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("venue__congress"), pk=pk)


def _span(request):
    """The month asked for as 2026-11, the year asked for as 2026, or this month."""
    asked = request.GET.get("month", "")
    is_year = len(asked) == len("2026")
    try:
        first = dt.date.fromisoformat(f"{asked}-01-01" if is_year else f"{asked}-01")
    except ValueError:
        first = dt.date.min
    if first.year not in YEARS:
        first, is_year = clock.today().replace(day=1), False
    after = first.replace(year=first.year + 1) if is_year else (first + ONE_MONTH).replace(day=1)
    return first, after


def _named(first, after):
    return first.strftime("%Y" if after - first > ONE_MONTH else "%Y-%m")


def _back(first, after):
    """The first day of the span before."""
    if after - first > ONE_MONTH:
        return first.replace(year=first.year - 1)
    return (first - dt.timedelta(days=1)).replace(day=1)
