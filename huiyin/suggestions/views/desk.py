"""The committee's queue: everything of the congress, most urgent first."""

from dataclasses import replace
from functools import cached_property

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
from huiyin.suggestions.models import desk as queue
from huiyin.suggestions.views.tabs import tabs_of
from huiyin.suggestions.visibility import READERS
from huiyin.ui import filters
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.lists import MOST_COUNTED, Paged, ticked

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
# Links from figures and waiting lines count rows of several tabs: such a list shows them all.
BEYOND_TABS = {"state", "handed", "rated", "replied"}
MOST_PICKED = 100
MOST_FOUND = 1_000  # who finds more looks for something narrower; counting them all is slow


class DeskPage(Paged):
    """A page of the queue, asked by statements that are kept."""

    def __init__(self, request, listing: queue.Listing, **more) -> None:
        super().__init__(request, sorts=queue.SORTS, **more)
        self.listing = replace(listing, sort=self.sort, descending=self.descending)

    @cached_property
    def counted(self) -> int:
        return queue.count(self.listing, self.most_counted + 1)

    @cached_property
    def rows(self) -> list[queue.Row]:
        if not self.counted:
            return []
        return queue.page(self.listing, self.start, self.per_page)


def desk(request):
    """Overdue first; the government office and the special committees read the same queue."""
    seats = seats_of(request.user)
    if not seats.congresses(*READERS):
        raise Http404
    filled, tab, today = filters.filled(DeskFilter, request.GET), _tab(request), clock.today()
    beyond = BEYOND_TABS & {name for name, _ in filled.wanted}
    listing = queue.Listing(seats, today, filled.wanted, tab)
    if beyond and not tab:
        listing = replace(listing, tab=queue.EVERYTHING)
    page = _page(request, listing)
    if page.format:
        listed = queue.found(page.listing).for_list()
        return spreadsheet(_("代表建议"), *exports.suggestions(listed), page.format)
    counts = queue.count_by_tab(listing)
    if listing.tab in TABS and tab != "done":
        page.counted = counts[tab or "all"]
    context = {
        "page": page,
        "fields": filled.fields,
        "tabs": tabs_of(request, TABS, counts, {"overdue"}, beyond=beyond),
        "today": today,
        "hands_over": bool(seats.congresses(Role.DIRECTOR)),
        "holds_meetings": bool(seats.congresses(*STAFF)),
    }
    return render(request, "suggestions/desk.html", context)


def _tab(request) -> str:
    """The tab asked for; the first one in place of one that does not exist."""
    tab = request.GET.get("tab", "")
    return tab if tab in TABS else ""


def _page(request, listing: queue.Listing) -> DeskPage:
    wanted = dict(listing.wanted)
    has_finished = listing.tab == "done" or (
        listing.tab == queue.EVERYTHING and "state" not in wanted
    )
    return DeskPage(
        request,
        listing,
        default="newest" if has_finished else "due",
        most_counted=MOST_FOUND if "q" in wanted else MOST_COUNTED,
    )


@require_POST
def hand_over_many(request):
    """The director's ticked rows, each handed over by itself."""
    picked = ticked(request.POST.getlist("picked"), most=MOST_PICKED)
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
