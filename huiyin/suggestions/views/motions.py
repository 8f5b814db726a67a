"""Motions: the desk's list, the paper as a file, and what anyone may read."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.congress.seats import seats_of
from huiyin.kernel import clock
from huiyin.suggestions import exports
from huiyin.suggestions.documents import motion_paper as paper_of
from huiyin.suggestions.forms.motions import MotionFilter, PublicMotionFilter
from huiyin.suggestions.models import Motion
from huiyin.suggestions.permissions.motions import can_list_motions
from huiyin.suggestions.views.tabs import tabs_of
from huiyin.texts.redacting import redact
from huiyin.ui.downloads import letter_as, public_spreadsheet, spreadsheet
from huiyin.ui.lists import ListPage, chosen

TABS = {
    "": gettext_lazy("在办"),
    "overdue": gettext_lazy("逾期"),
    "new": gettext_lazy("待登记、待交委员会"),
    "committee": gettext_lazy("委员会审议"),
    "presidium": gettext_lazy("待决定、待表决"),
    "organs": gettext_lazy("机关办理"),
    "done": gettext_lazy("已有结果"),
}
PUBLIC_SORTS = {"newest": ("-decided_at", "-pk"), "number": ("suggestion__motion_number", "pk")}
SORTS = {
    "newest": ("-submitted_at", "-pk"),
    "number": ("suggestion__motion_number", "pk"),
    "state": ("state", "-submitted_at"),
    "names": ("-suggestion__n_cosigners", "pk"),
    "due": ("clock__due_on", "pk"),
}


def motions(request):
    """Everything handed in as a motion; committees and organs read theirs."""
    if not can_list_motions(request.user):
        raise Http404
    form = MotionFilter(request.GET, congresses=seats_of(request.user).any_congress)
    tab, today = request.GET.get("tab", ""), clock.today()
    rows = Motion.objects.visible_to(request.user).handed_in().matching(**_wanted(form))
    counts = rows.counted_by_tab(today)
    page = ListPage(request, rows.in_tab(tab, today).for_list(), sorts=SORTS)
    if page.format:
        return spreadsheet(_("代表议案"), *exports.motions(page.queryset), page.format)
    page.counted = counts.get(tab or "all", counts["all"])
    context = {
        "page": page,
        "form": form,
        "tabs": tabs_of(request, TABS, counts, {"overdue"}),
        "today": today,
    }
    return render(request, "suggestions/motions.html", context)


def motion_paper(request, pk: int, form: str):
    """The motion as it was handed in, with everybody behind it."""
    rows = Motion.objects.visible_to(request.user).select_related(
        "suggestion__congress__region",
        "suggestion__term",
        "suggestion__session",
        "suggestion__lead__person",
    )
    motion = get_object_or_404(rows, pk=pk)
    return letter_as(paper_of(motion), form, str(motion))


@login_not_required
def public_motions(request):
    form = PublicMotionFilter(request.GET)
    rows = Motion.objects.public().titled(**chosen(form)).for_list()
    page = ListPage(request, rows, sorts=PUBLIC_SORTS)
    if page.format:
        table = exports.public_motions(page.queryset)
        return public_spreadsheet(request, _("代表议案"), *table, page.format)
    return render(request, "suggestions/public_motions.html", {"page": page, "form": form})


@login_not_required
def published_motion(request, pk: int):
    """Who proposed what, what was decided and what came of it; the text where the deputies agree."""
    rows = Motion.objects.public().select_related(
        "suggestion__congress__region",
        "suggestion__lead__person",
        "suggestion__session",
        "suggestion__term",
        "committee",
        "unit",
    )
    motion = get_object_or_404(rows, pk=pk)
    paper = motion.suggestion
    text: list[tuple[Any, str]] = []
    if motion.is_text_public:
        text = [(_("案据"), redact(paper.situation)), (_("方案"), redact(paper.proposals))]
    context = {"motion": motion, "suggestion": paper, "text": text}
    return render(request, "suggestions/published_motion.html", context)


def _wanted(form: MotionFilter) -> dict[str, Any]:
    return {name: getattr(value, "pk", value) for name, value in chosen(form).items()}
