"""The hand-over sheet at a change of term: what the old term leaves to be answered and kept."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from huiyin.congress.models import Term
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import clock
from huiyin.suggestions import exports
from huiyin.suggestions.models import Promise, Suggestion
from huiyin.ui.downloads import spreadsheet


def term_sheet(request, pk: int):
    """Unfinished items stay with their units and are answered to whoever proposed them (Shanghai 19)."""
    if not seats_of(request.user).congresses(*STAFF):
        raise Http404
    congresses = seats_of(request.user).congresses(*STAFF)
    terms = Term.objects.filter(congress__in=congresses).select_related("congress")
    term = get_object_or_404(terms, pk=pk)
    items = Suggestion.objects.visible_to(request.user).filter(term=term).unfinished()
    promises = Promise.objects.visible_to(request.user).outstanding().of_term(term)
    chosen = request.GET.get("format")
    if chosen in {"csv", "xlsx"}:
        rows = exports.term_sheet(items.for_list().order_by("number", "pk"), promises.for_list())
        return spreadsheet(_("换届交接单"), *rows, chosen)
    context = {
        "term": term,
        "terms": terms.order_by("-number"),
        "items": items.for_list().order_by("clock__due_on", "pk"),
        "promises": promises.for_list().order_by("promised_on", "pk"),
        "today": clock.today(),
    }
    return render(request, "suggestions/term_sheet.html", context)
