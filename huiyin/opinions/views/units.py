"""What was handed to a unit, the nearest date first."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.congress.seats import seats_of
from huiyin.kernel import clock
from huiyin.opinions import exports
from huiyin.opinions.forms import HandedFilterForm
from huiyin.opinions.models import HANDED_TAB_LABELS, HANDED_TABS, Matter
from huiyin.opinions.views.queues import SORTS, tabs_of
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.lists import ListPage, chosen


@require_safe
def unit_matters(request):
    units = seats_of(request.user).units()
    if not units:
        raise Http404
    form = HandedFilterForm(request.GET)
    found = _narrowed(Matter.objects.handed_to(units), **chosen(form))
    tab = request.GET.get("tab", "")
    tab = tab if tab in HANDED_TABS else "open"
    rows = found.filter(HANDED_TABS[tab](clock.today())).for_list()
    tabs = tabs_of(request, found, HANDED_TABS, HANDED_TAB_LABELS, tab)
    page = ListPage(request, rows, sorts=SORTS, default="due")
    page.counted = next(one["count"] for one in tabs if one["current"])
    if page.format:
        table = exports.handed_matters(page.queryset)
        return spreadsheet(_("转来的民意"), table.headers, table.rows, page.format)
    context = {"page": page, "filter_form": form, "tabs": tabs, "tab": tab}
    return render(request, "opinions/unit_matters.html", context)


def _narrowed(matters, q="", subject=""):
    """By title and brief only: the search column also knows what residents wrote."""
    for word in q.split()[:5]:
        matters = matters.filter(Q(title__icontains=word) | Q(brief__icontains=word))
    return matters.filter(subject=subject) if subject else matters
