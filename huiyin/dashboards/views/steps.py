"""The ten steps, each with its owner, its exit test, its age and its rows."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, seats_of
from huiyin.dashboards import figures
from huiyin.dashboards.forms import ScopeForm
from huiyin.dashboards.views.scoping import form_of
from huiyin.kernel import clock
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.models.queries import most_urgent_first
from huiyin.supervision.permissions import can_open_lists
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.lists import ListPage

SORTS = {
    "age": "updated_at",
    "due": most_urgent_first(),
    "number": "number",
    "unit": ("lead_unit__sort_key", "updated_at"),
    "state": ("state", "updated_at"),
}
# Steps whose rows are no suggestions: where they are kept, and by whom.
ELSEWHERE = {
    4: ("supervision:calls", (*STAFF, Role.MEMBER, Role.COMMITTEE)),
    5: ("supervision:prechecks", STAFF),
}


@require_safe
def steps(request):
    """The whole road at a glance: who has it, what gets it out, what has lain how long."""
    form = form_of(request, ScopeForm)
    scope = form.scope()
    context = {
        "form": form,
        "scope": scope,
        "pipeline": figures.pipeline(scope),
        "drillable": set(figures.STATES),
    }
    return render(request, "dashboards/steps.html", context)


@require_safe
def step(request, number):
    """The suggestions that stand in one step, the longest untouched first."""
    scope = form_of(request, ScopeForm).scope()
    if number in ELSEWHERE:
        return _elsewhere(request, *ELSEWHERE[number])
    if number not in figures.STATES:
        raise Http404
    age, late = request.GET.get("age", ""), request.GET.get("late") == "1"
    rows = figures.rows_in(scope, number, age=age, late=late)
    mine = rows.filter(pk__in=Suggestion.objects.visible_to(request.user).values("pk"))
    listed = mine.select_related("lead__person", "lead_unit", "clock").defer(
        "situation", "proposals", "examination_words", "search"
    )
    page = ListPage(request, listed, sorts=SORTS)
    today = clock.today()
    if page.format:
        return spreadsheet(f"step-{number}", _headers(), _lines(page.queryset, today), page.format)
    context = {
        "page": page,
        "rows": [(row, _days(row, today)) for row in page],
        "number": number,
        "method": figures.METHODS[number],
        "scope": scope,
        "supervises": can_open_lists(request.user),
        "today": today,
    }
    return render(request, "dashboards/step.html", context)


def _elsewhere(request, name, roles):
    """To the list of those who keep it; the figures are everybody's, the rows are not."""
    if seats_of(request.user).congresses(*roles):
        return redirect(name)
    messages.info(request, _("这一步的清单由代工委掌握，这里只有件数。"))
    return redirect("dashboards:steps")


def _days(row, today):
    """Days since the last step that was taken on it."""
    return (today - row.updated_at.astimezone(clock.ZONE).date()).days


def _headers():
    return [
        _("编号"),
        _("标题"),
        _("领衔代表"),
        _("主办单位"),
        _("状态"),
        _("停留天数"),
        _("到期日期"),
    ]


def _lines(rows, today):
    for row in rows:
        yield [
            row.number,
            row.title,
            row.lead.person.name,
            row.lead_unit.name if row.lead_unit else "",
            row.get_state_display(),
            _days(row, today),
            row.clock.due_on if row.clock else "",
        ]
