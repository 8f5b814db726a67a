"""The ledger of promises for the desk, the units and the deputies."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from huiyin.congress.seats import seats_of
from huiyin.kernel import clock
from huiyin.suggestions import exports
from huiyin.suggestions.forms.filters import LedgerFilter
from huiyin.suggestions.models import Promise
from huiyin.suggestions.views.files import spreadsheet
from huiyin.ui.lists import ListPage, chosen

SORTS = {"due": "promised_on", "unit": ("unit__sort_key", "promised_on"), "state": "state"}


def ledger(request):
    """Every promise one may see, the nearest date first."""
    if not seats_of(request.user).any_congress:
        raise Http404
    form, today = LedgerFilter(request.GET), clock.today()
    rows = Promise.objects.visible_to(request.user).matching(today=today, **chosen(form))
    page = ListPage(request, rows.for_list(), sorts=SORTS, default="due")
    if page.format:
        return spreadsheet(page.format, _("承诺台账"), *exports.promises(page.queryset))
    context = {
        "page": page,
        "form": form,
        "rows": [(promise, promise.tone(today)) for promise in page],
        "is_deputys": not seats_of(request.user).appointed,
        "base": "base_desk.html" if seats_of(request.user).appointed else "base_deputy.html",
    }
    return render(request, "suggestions/ledger.html", context)
