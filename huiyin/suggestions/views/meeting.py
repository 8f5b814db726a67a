"""The hand-over meeting: choose, adjust in one sheet, hand over, print the letters, watch receipts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from procrastinate.exceptions import AlreadyEnqueued

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Unit
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import clock
from huiyin.suggestions import actions, exports, tasks
from huiyin.suggestions.choices import AssignmentState
from huiyin.suggestions.documents import hand_over_letters
from huiyin.suggestions.forms.meeting import DayForm, LineForm, MeetingFilter
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.ui.downloads import as_file, spreadsheet
from huiyin.ui.forms import INVALID
from huiyin.ui.lists import ListPage, chosen

MOST_LINES = 200
SORTS = {"number": "number", "subject": ("subject", "number"), "due": "clock__due_on"}
WAITING = (AssignmentState.HANDED_OVER,)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request):
    """The sheet. Nothing is chosen ahead; what is left open stays for another time."""
    congresses = _congresses(request.user)
    form = MeetingFilter(request.GET)
    rows = Suggestion.objects.visible_to(request.user).on_the_table()
    rows = (
        rows.filter(congress__in=congresses)
        .matching(**chosen(form))
        .select_related("lead__person", "clock", "congress")
    )
    page = ListPage(request, rows.defer("search"), sorts=SORTS, per_page=MOST_LINES)
    if page.format:
        listed = page.queryset.for_list()
        return spreadsheet(_("待交办的建议"), *exports.suggestions(listed), page.format)
    lines = _lines(list(page), congresses, request.POST if request.method == "POST" else None)
    has_errors = any(line.errors for line in lines if line.is_bound)
    if request.method == "POST" and not has_errors:
        return _write_down(request, lines)
    context = {
        "page": page,
        "form": form,
        "lines": lines,
        "has_errors": has_errors,
        "units": _units(congresses),
        "learned": [(congress, actions.last_learned(congress)) for congress in congresses],
        "hands_over": bool(seats_of(request.user).congresses(Role.DIRECTOR)),
    }
    return render(
        request, "suggestions/meeting.html", context, status=INVALID if has_errors else 200
    )


@require_POST
def learn(request):
    """Learn from the hand-overs of today, in the background."""
    for congress in _congresses(request.user):
        lock = f"learn_routes:{congress.pk}"
        with suppress(AlreadyEnqueued), transaction.atomic():  # pressed twice, learned once
            tasks.learn_routes.configure(queueing_lock=lock).defer(congress_id=congress.pk)
    messages.success(request, _("开始学习以往的交办，过几分钟再看。"))
    return redirect("suggestions:meeting")


@require_safe
def receipts(request):
    """One day's tasks by unit: who has signed for them and who has not."""
    found = _handed_over(request)
    day, handed = found
    waiting = [task for task in handed if task.state in WAITING]
    context = {
        "day": day,
        "form": DayForm(initial={"day": day}),
        "by_unit": _by_unit(handed),
        "n_tasks": len(handed),
        "n_signed": len(handed) - len(waiting),
        "today": clock.today(),
    }
    return render(request, "suggestions/receipts.html", context)


@require_safe
def letters(request):
    """All the letters of one day's hand-over in one file."""
    day, handed = _handed_over(request)
    if not handed:
        raise Http404
    content = hand_over_letters(handed[0].suggestion.congress, day, _by_unit(handed))
    name = _("交办函 %(day)s") % {"day": day.isoformat()}
    return as_file(content, name, "pdf")


def _congresses(user: Any) -> list[Congress]:
    """Those whose committee the person works for; nobody else holds such a meeting."""
    found = Congress.objects.where(user, *STAFF).select_related("region").order_by("pk")
    if not found:
        raise Http404
    return list(found)


def _units(congresses: Iterable[Congress]) -> list[Unit]:
    units = Unit.objects.active().filter(congress__in=congresses)
    return list(units.order_by("sort_key", "pk"))


def _lines(items: list[Suggestion], congresses: list[Congress], sent: Any) -> list[LineForm]:
    units: dict[int, dict[int, Unit]] = defaultdict(dict)
    for unit in _units(congresses):
        units[unit.congress_id][unit.pk] = unit
    advice: dict[int, actions.Advice] = {}
    for congress in congresses:
        own = [item for item in items if item.congress_id == congress.pk]
        advice |= actions.advise_many(congress, own)
    proposed: dict[int, list[Assignment]] = defaultdict(list)
    standing = Assignment.objects.filter(suggestion__in=items, state=AssignmentState.PROPOSED)
    for task in standing.select_related("unit").order_by("pk"):
        proposed[task.suggestion_id].append(task)
    return [
        LineForm(
            sent,
            item=item,
            units=units[item.congress_id],
            proposed=proposed[item.pk],
            advice=advice[item.pk],
        )
        for item in items
    ]


def _write_down(request, lines: list[LineForm]):
    named = [(line.item, line.tasks()) for line in lines]
    drafts = [actions.Draft(item, given) for item, given in named if given]
    hands_over = request.POST.get("act") == "hand_over"
    verb = actions.hold_meeting if hands_over else actions.propose_many
    outcome = verb(drafts, by=request.user)
    _tell(request, outcome, len(drafts))
    if outcome.handed_over:
        return redirect(f"{reverse('suggestions:receipts')}?day={clock.today().isoformat()}")
    return redirect(request.get_full_path())


def _tell(request, outcome: actions.Outcome, n_drafts: int) -> None:
    if not n_drafts:
        messages.warning(request, _("还没有给任何一件选承办单位。"))
    elif outcome.handed_over:
        messages.success(request, _("已交办%(count)d件。") % {"count": len(outcome.handed_over)})
    elif outcome.proposed:
        messages.success(request, _("已拟定%(count)d件。") % {"count": len(outcome.proposed)})
    for suggestion, reason in outcome.left:
        words = {"suggestion": suggestion, "reason": reason}
        messages.warning(request, _("%(suggestion)s 没有交办：%(reason)s") % words)


def _handed_over(request) -> tuple[dt.date, list[Assignment]]:
    """The day asked for, else the last one on which something was handed over, and its tasks."""
    congresses = _congresses(request.user)
    visible = Assignment.objects.visible_to(request.user)
    tasks_of_all = visible.filter(suggestion__congress__in=congresses)
    form = DayForm(request.GET)
    day = chosen(form).get("day")
    if day is None:
        last = tasks_of_all.aggregate(last=Max("handed_over_at"))["last"]
        day = last.astimezone(clock.ZONE).date() if last else clock.today()
    rows = tasks_of_all.filter(handed_over_at__gte=clock.at(day, 0))
    rows = rows.filter(handed_over_at__lt=clock.at(day + dt.timedelta(days=1), 0))
    rows = rows.select_related(
        "unit",
        "clock",
        "suggestion__lead__person",
        "suggestion__reply_clock",
        "suggestion__congress__region",
    )
    return day, list(rows.order_by("unit__sort_key", "unit", "-role", "suggestion__number"))


def _by_unit(handed: list[Assignment]) -> dict[Unit, list[Assignment]]:
    by_unit: dict[Unit, list[Assignment]] = defaultdict(list)
    for task in handed:
        by_unit[task.unit].append(task)
    return dict(by_unit)
