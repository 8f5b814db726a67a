"""Score sheets: the year's table, one unit's sheet, and the rows behind each point."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import clock
from huiyin.rulebook.choices import Key
from huiyin.supervision import actions, permissions
from huiyin.supervision.choices import GIVING, CardState, Line
from huiyin.supervision.forms.scorecards import CardFilter, OpenAppraisalForm
from huiyin.supervision.models import Appraisal, Scorecard
from huiyin.supervision.models.scorecards import labels_of
from huiyin.supervision.templatetags.supervision import TONES
from huiyin.supervision.views.steps import choices, told, visible
from huiyin.supervision.views.tables import STATE, Cell, Column, due_cell, list_answer
from huiyin.supervision.workflow import APPRAISAL, CARD_OBJECTION, SCORECARD
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen

APPRAISAL_COLUMNS = [
    Column(
        gettext_lazy("年份"),
        lambda row: Cell(row.year, reverse("supervision:appraisal", args=[row.pk])),
        "year",
    ),
    Column(gettext_lazy("人大"), lambda row: row.congress.name),
    STATE,
    Column(gettext_lazy("核对期限"), due_cell),
]
APPRAISAL_SORTS = {"year": "-year", "state": "state"}


def _line_column(line):
    return Column(line.label, lambda card: _points(card, line), is_number=True)


CARD_COLUMNS = [
    Column(
        gettext_lazy("单位"),
        lambda card: Cell(card.unit.name, reverse("supervision:scorecard", args=[card.pk])),
        "unit",
    ),
    Column(gettext_lazy("名次"), lambda card: card.rank or "–", "rank", is_number=True),
    Column(gettext_lazy("得分"), lambda card: float(card.total), "total", is_number=True),
    *(_line_column(line) for line in GIVING),
    Column(gettext_lazy("扣分"), lambda card: card.sheet.get("taken", 0), is_number=True),
    Column(gettext_lazy("承办件数"), lambda card: card.n_items, "items", is_number=True),
    STATE,
]
CARD_SORTS = {
    "total": ("-total", "unit__sort_key"),
    "rank": ("rank", "-total"),
    "unit": "unit__sort_key",
    "items": ("-n_items", "-total"),
    "state": ("state", "-total"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def appraisals(request):
    """Every year's; staff open the next one here."""
    if not permissions.can_open_lists(request.user):
        raise Http404
    congress = Congress.objects.where(request.user, *STAFF).order_by("pk").first()
    form = OpenAppraisalForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST":
        return _open(request, congress, form)
    return _appraisals(request, congress, form)


def _open(request, congress, form):
    if congress is None:
        raise Http404
    if form.is_valid():
        with refusals_on(form, "year"):
            made = actions.open_appraisal(congress, year=form.cleaned_data["year"], by=request.user)
            messages.success(request, _("已按系统里的记录计分。"))
            return redirect("supervision:appraisal", made.pk)
    return _appraisals(request, congress, form)


def _appraisals(request, congress, form):
    rows = Appraisal.objects.visible_to(request.user).select_related("congress", "clock")
    page = ListPage(request, rows, sorts=APPRAISAL_SORTS)
    return list_answer(
        request,
        "supervision/appraisals.html",
        page,
        APPRAISAL_COLUMNS,
        file="appraisals",
        form=form,
        may_open=congress is not None,
        status=status_of(form),
    )


@require_safe
def appraisal(request, pk):
    """The table of all units one may see, the best first."""
    found = get_object_or_404(
        Appraisal.objects.visible_to(request.user).select_related("congress__region", "clock"),
        pk=pk,
    )
    form = CardFilter(request.GET)
    rows = Scorecard.objects.visible_to(request.user).filter(appraisal=found)
    page = ListPage(request, rows.matching(**chosen(form)).for_list(), sorts=CARD_SORTS)
    inside = seats_of(request.user).has(found.congress_id, *STAFF, Role.MEMBER, Role.COMMITTEE)
    return list_answer(
        request,
        "supervision/appraisal.html",
        page,
        CARD_COLUMNS,
        file=f"scorecards-{found.year}",
        form=form,
        item=found,
        choices=choices(APPRAISAL, request.user, found),
        entries=told(found) if inside else [],
        sources=_sources(found),
    )


@require_safe
def scorecard(request, pk):
    """One unit's sheet: every point with its arithmetic, every row a click away."""
    rows = Scorecard.objects.visible_to(request.user)
    card = get_object_or_404(
        rows.select_related("unit", "appraisal__congress", "appraisal__clock"), pk=pk
    )
    objections = list(card.objections.select_related("clock", "by").order_by("-pk"))
    context = {
        "item": card,
        "choices": choices(SCORECARD, request.user, card),
        "lines": [_line_words(line) for line in card.sheet.get("lines", [])],
        "off": [(Line(part["name"]).label, part) for part in card.sheet.get("off", [])],
        "objections": [
            (each, choices(CARD_OBJECTION, request.user, each), TONES.get(each.state))
            for each in objections
        ],
        "entries": told(card, *objections),
        "is_draft": card.state == CardState.DRAFT,
    }
    return render(request, "supervision/scorecard.html", context)


@require_safe
def card_rows(request, pk, line):
    """What one line counts: each row, whether it counts well, and where it stands."""
    card = visible(request.user, Scorecard, pk)
    part = card.line(line)
    if part is None:
        raise Http404
    shown = part.get("base", part.get("rows", []))
    good, labels = set(part.get("good", [])), labels_of(line, shown)
    context = {
        "item": card,
        "line": Line(line).label,
        "takes": "rows" in part,
        "rows": [(row in good, *labels.get(row, ("–", None))) for row in shown],
    }
    return render(request, "supervision/card_rows.html", context)


def _points(card, line):
    part = card.line(line)
    return float(part["points"]) if part and part["base"] else "–"


def _line_words(part):
    """The arithmetic of a line, as one reads it: 20 × 8 / 10."""
    return {
        "name": part["name"],
        "label": Line(part["name"]).label,
        "weight": part["weight"],
        "n_good": len(part["good"]),
        "n_base": len(part["base"]),
        "points": part["points"],
        "share": 100 * len(part["good"]) / len(part["base"]) if part["base"] else 0,
    }


def _sources(found):
    """The rules counted by, and whether the place has confirmed them."""
    return [
        (rule["key"], Key(rule["key"]).label, rule["confirmed"]) for rule in found.rules.values()
    ]
