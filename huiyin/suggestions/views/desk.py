"""The committee's queue: everything of the congress, most urgent first."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import clock
from huiyin.suggestions import actions, exports
from huiyin.suggestions.forms.filters import DeskFilter
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.models.queries import most_urgent_first
from huiyin.suggestions.views.files import spreadsheet
from huiyin.suggestions.views.tabs import tabs_of
from huiyin.ui.lists import MOST_COUNTED, ListPage, chosen

TABS = {
    "": gettext_lazy("在办"),
    "overdue": gettext_lazy("逾期"),
    "week": gettext_lazy("本周到期"),
    "examining": gettext_lazy("待审查"),
    "assigning": gettext_lazy("待交办"),
    "returns": gettext_lazy("退办待裁"),
    "unhappy": gettext_lazy("不满意"),
    "rated": gettext_lazy("待办结"),
    "done": gettext_lazy("已完结"),
}
SORTS = {
    "due": most_urgent_first(),
    "number": "number",
    "unit": ("lead_unit__sort_key", "number"),
    "state": "state",
    "newest": "-submitted_at",
}
# Links from figures and waiting lines count rows of several tabs: such a list shows them all.
BEYOND_TABS = {"state", "handed", "rated", "replied"}
READERS = (*STAFF, Role.MEMBER, Role.GOVERNMENT)
MOST_PICKED = 100
MOST_FOUND = 1_000  # who finds more looks for something narrower; counting them all is slow


def desk(request):
    """Overdue first; the government office reads the same queue."""
    if not seats_of(request.user).congresses(*READERS):
        raise Http404
    form, today = DeskFilter(request.GET), clock.today()
    wanted, tab = chosen(form), request.GET.get("tab", "")
    rows = Suggestion.objects.visible_to(request.user).matching(**wanted)
    is_everything = bool(BEYOND_TABS & set(wanted)) and not tab
    shown = rows if is_everything else rows.in_tab(tab, today)
    has_finished = tab == "done" or (is_everything and "state" not in wanted)
    default = "newest" if has_finished else "due"
    listed = shown.for_list().with_proposed_unit()
    most = MOST_FOUND if "q" in wanted else MOST_COUNTED
    page = ListPage(request, listed, sorts=SORTS, default=default, most_counted=most)
    if page.format:
        return spreadsheet(page.format, _("代表建议"), *exports.suggestions(page.queryset))
    counts = rows.counted_by_tab(today)
    if not is_everything and tab != "done":
        page.counted = counts.get(tab or "all", counts["all"])
    context = {
        "page": page,
        "form": form,
        "tabs": tabs_of(request, TABS, counts, {"overdue"}, beyond=BEYOND_TABS & set(wanted)),
        "today": today,
        "hands_over": bool(seats_of(request.user).congresses(Role.DIRECTOR)),
    }
    return render(request, "suggestions/desk.html", context)


@require_POST
def hand_over_many(request):
    """The director's ticked rows, each handed over by itself."""
    picked = [int(pk) for pk in request.POST.getlist("picked")[:MOST_PICKED] if pk.isdecimal()]
    visible = Suggestion.objects.visible_to(request.user).filter(pk__in=picked).order_by("pk")
    done, left = actions.hand_over_many(visible, by=request.user)
    if done:
        messages.success(request, _("已交办%(count)d件。") % {"count": len(done)})
    for suggestion, reason in left:
        words = {"suggestion": suggestion, "reason": reason}
        messages.warning(request, _("%(suggestion)s 没有交办：%(reason)s") % words)
    if not picked:
        messages.warning(request, _("请先勾选要交办的建议。"))
    return redirect("suggestions:desk")
