"""The desk's queue of matters, overdue first, with its batch actions and exports."""

from django.contrib import messages
from django.db.models import Case, F, When
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from huiyin.congress.models import Unit
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import clock, search_fields
from huiyin.opinions import actions, exports, permissions
from huiyin.opinions.forms import BatchForm, FilterForm
from huiyin.opinions.models import TAB_LABELS, TABS, Matter, Voice, list_choices
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import status_of
from huiyin.ui.lists import ListPage, Sorts, chosen, ticked

RUNNING = Case(When(clock__stopped_on=None, then=F("clock__due_on")))
# Hundreds of venues and units are listed only when one narrows by place or handles several at once.
MORE = {"more", "venue", "region"}
MOST_AT_ONCE = 200
SORTS: Sorts = {
    "due": RUNNING.asc(nulls_last=True),
    "newest": "-last_voice_at",
    "people": "-n_voices",
}


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request):
    """What waits, by state; a spreadsheet of the same rows when asked for one.

    What is ticked is handled together from here: where that cannot be, ticks and words stay.
    """
    visible = Matter.objects.visible_to(request.user)
    more = request.method == "POST" or bool(MORE & request.GET.keys())
    choices = list_choices(visible, seats_of(request.user).any_congress) if more else None
    batch_form = BatchForm(request.POST or None, choices=choices) if choices else None
    picked = _picked(request)
    if request.method == "POST" and _batch(request, batch_form, picked):
        return redirect(request.get_full_path())
    form = FilterForm(request.GET, choices=choices)
    found = _filtered(visible, chosen(form))
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "todo"
    rows = found.filter(TABS[tab](clock.today())).for_list()
    tabs = tabs_of(request, found, TABS, TAB_LABELS, tab)
    page = ListPage(request, rows, sorts=SORTS, default="due")
    page.counted = next(one["count"] for one in tabs if one["current"])
    if page.format:
        table = exports.matters(page.queryset)
        return spreadsheet("matters", table.headers, table.rows, page.format)
    may_decide = permissions.can_receive_visitors(request.user)
    context = {
        "page": page,
        "filter_form": form,
        "tabs": tabs,
        "tab": tab,
        "batch_form": batch_form if may_decide else None,
        "picked": picked,
        "may_decide": may_decide,
        "is_staff_here": bool(seats_of(request.user).congresses(*STAFF)),
    }
    status = status_of(batch_form) if batch_form else 200
    return render(request, "opinions/desk.html", context, status=status)


def _picked(request):
    return set(ticked(request.POST.getlist("picked"), most=MOST_AT_ONCE))


def _batch(request, form, picked):
    """Whether the ticked matters were handled; what could not go is named and left where it is."""
    found = list(Matter.objects.visible_to(request.user).filter(pk__in=picked).order_by("pk"))
    if form.is_valid() and not found:
        form.add_error(None, _("请先选中几件。"))
    if form.is_valid():
        _act(request, form.cleaned_data, found)
    return form.is_valid()


def _act(request, given, found):
    if given["what"] == "merge":
        actions.merge(found[0], others=found[1:], by=request.user)
        messages.success(request, _("已合并，可以在这件事的页面撤销。"))
        return
    unit = Unit.objects.get(pk=given["unit"]) if given["unit"] else None
    refused = actions.hand_many(
        found, unit=unit, ticket_number=given["ticket_number"], by=request.user
    )
    done = len(found) - len(refused)
    words = ngettext("已转办 %(n)d 件。", "已转办 %(n)d 件。", done) % {"n": done}
    messages.success(request, words)
    for matter, reason in refused:
        messages.warning(
            request, _("%(title)s：%(reason)s") % {"title": matter.title, "reason": reason}
        )


def _filtered(queryset, wanted):
    if typed := wanted.get("q"):
        queryset = search_fields.matching(queryset, typed)
    if subject := wanted.get("subject"):
        queryset = queryset.filter(subject=subject)
    if venue := wanted.get("venue"):
        queryset = queryset.filter(venue=venue)
    if path := wanted.get("region"):
        queryset = queryset.filter(region__path__startswith=path)
    if channel := wanted.get("channel"):
        voices = Voice.objects.filter(channel=channel)
        queryset = queryset.filter(pk__in=voices.values("matter"))
    return queryset


def tabs_of(request, found, conditions, labels, current):
    """Every state with its count, in one query."""
    today = clock.today()
    counts = found.counted({name: of(today) for name, of in conditions.items()})
    kept = request.GET.copy()
    for name in ("page", "tab", "sort"):
        kept.pop(name, None)
    tabs = []
    for name, label in labels.items():
        kept["tab"] = name
        tabs.append(
            {
                "url": f"?{kept.urlencode()}",
                "label": label,
                "count": counts[name],
                "current": name == current,
                "tone": "late" if name == "late" and counts[name] else "",
            }
        )
    return tabs
