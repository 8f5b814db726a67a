"""The deputy's own list, on the phone: what came back, what is mine, what is near."""

from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.congress.seats import seats_of
from huiyin.opinions import exports, visibility
from huiyin.opinions.choices import State
from huiyin.opinions.models import Matter
from huiyin.opinions.views.queues import SORTS
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.lists import ListPage

MINE_OPEN = [State.WITH_DEPUTY, State.REOPENED, State.ANSWERED, State.IN_SUGGESTION]


@require_safe
def deputy_matters(request):
    ids = seats_of(request.user).deputy_ids
    near = Matter.objects.near(ids)
    wanted = request.GET.get("tab", "")
    conditions = {
        "reopened": visibility.called_back(ids) & Q(state=State.REOPENED),
        "near": Q(state=State.RECEIVED),
        "mine": Q(deputy__in=ids, state__in=MINE_OPEN),
        "done": Q(deputy__in=ids, state__in=[State.CLOSED, State.ELSEWHERE]),
    }
    counts = near.counted(conditions)
    first = next((name for name in ("reopened", "mine", "near") if counts[name]), "near")
    tab = wanted if wanted in conditions else first
    rows = near.filter(conditions[tab]).for_list()
    page = ListPage(request, rows, sorts=SORTS, default="due")
    page.counted = counts[tab]
    if page.format:
        table = exports.matters(page.queryset)
        return spreadsheet(_("民意"), table.headers, table.rows, page.format)
    context = {"page": page, "tabs": _tabs(counts, tab), "tab": tab}
    return render(request, "opinions/deputy_matters.html", context)


def _tabs(counts, current):
    labels = {
        "reopened": _("居民说没解决"),
        "near": _("附近新的"),
        "mine": _("我跟进的"),
        "done": _("已了结"),
    }
    return [
        {
            "url": f"?tab={name}",
            "label": label,
            "count": counts[name],
            "current": name == current,
            "tone": "late" if name == "reopened" and counts[name] else "",
        }
        for name, label in labels.items()
    ]
