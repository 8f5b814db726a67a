"""The ledger of promises for the desk, the units and the deputies."""

from django.db.models import Case, F, When
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from huiyin.congress.seats import frame_of, seats_of
from huiyin.kernel import clock
from huiyin.suggestions import exports
from huiyin.suggestions.choices import PromiseState
from huiyin.suggestions.forms.filters import LedgerFilter
from huiyin.suggestions.models import Promise
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.lists import ListPage, chosen

# What still waits comes first, the oldest date on top; then what is done, the newest on top.
WAITING = Case(When(state__in=[PromiseState.OPEN, PromiseState.CLAIMED], then=F("promised_on")))
SORTS = {
    "due": (WAITING.asc(nulls_last=True), "-promised_on"),
    "unit": ("unit__sort_key", "promised_on"),
    "state": "state",
}


def ledger(request):
    """Every promise one may see, what still waits before what is done."""
    if not seats_of(request.user).any_congress:
        raise Http404
    form, today = LedgerFilter(request.GET), clock.today()
    rows = Promise.objects.visible_to(request.user).matching(today=today, **chosen(form))
    page = ListPage(request, rows.for_list(), sorts=SORTS, default="due")
    if page.format:
        return spreadsheet(_("承诺台账"), *exports.promises(page.queryset), page.format)
    context = {
        "page": page,
        "form": form,
        "rows": [(promise, promise.tone(today)) for promise in page],
        "is_deputys": not seats_of(request.user).appointed,
        "base": frame_of(request.user),
    }
    return render(request, "suggestions/ledger.html", context)
