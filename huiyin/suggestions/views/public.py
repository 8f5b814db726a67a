"""What anyone may read: published suggestions with their replies, and the ledger of promises."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.suggestions import exports
from huiyin.suggestions.forms.filters import LedgerFilter, PublicFilter
from huiyin.suggestions.models import Promise, Publication, Suggestion
from huiyin.suggestions.models.classes import publishing_congresses
from huiyin.suggestions.views.ledger import SORTS
from huiyin.ui.downloads import public_spreadsheet
from huiyin.ui.lists import ListPage, chosen

PUBLIC_SORTS = {"newest": "-published_at", "number": "suggestion__number"}
BY_CONGRESS = {"congress": "suggestion__congress__region__code"}


@login_not_required
def public(request):
    """Published suggestions, the newest first."""
    congresses = publishing_congresses()
    form = PublicFilter(request.GET, congresses=congresses)
    rows = Publication.objects.published().matching(**chosen(form)).for_list()
    page = ListPage(request, rows, sorts=PUBLIC_SORTS)
    if page.format:
        return public_spreadsheet(
            request, _("代表建议"), *exports.published(page.queryset), page.format
        )
    context = {"page": page, "form": form, "is_mixed": len(congresses) > 1}
    return render(request, "suggestions/public.html", context)


@login_not_required
def by_number(request, number: str):
    """The address before it named the congress, as older letters carry it.

    Leads on where no other congress has given the number; else the reader says whose is meant,
    also when only one of them is public: the letter may be the other one's.
    """
    copies = Publication.objects.published().numbered(number).for_list()
    page = ListPage(request, copies, sorts=BY_CONGRESS)
    if not page:
        raise Http404
    if Suggestion.objects.filter(number=number).order_by()[:2].count() == 1:
        return redirect("suggestions:published", *page.rows[0].suggestion.public_address)
    context = {"page": page, "number": number}
    return render(request, "suggestions/same_number.html", context)


@login_not_required
def published(request, congress: str, number: str):
    """The redacted text, the reply, what was promised and what became of it."""
    copies = Publication.objects.published().numbered(number).for_page()
    publication = get_object_or_404(copies, suggestion__congress__region__code=congress)
    suggestion, today = publication.suggestion, clock.today()
    promises = Promise.objects.made().filter(suggestion=suggestion).select_related("unit")
    replies = suggestion.replies.filter(state="signed").select_related("assignment__unit")
    context = {
        "publication": publication,
        "suggestion": suggestion,
        "replies": replies.order_by("round"),
        "promises": [
            (promise, promise.tone(today)) for promise in promises.order_by("promised_on")
        ],
    }
    return render(request, "suggestions/published.html", context)


@login_not_required
def promises(request):
    """Who promised what by when, and how each unit keeps its word."""
    form, today = LedgerFilter(request.GET), clock.today()
    approved = {"titles": "suggestion__publication__title"}
    rows = Promise.objects.public().matching(today=today, **approved, **chosen(form))
    page = ListPage(request, rows.for_public_list(), sorts=SORTS, default="due")
    if page.format:
        return public_spreadsheet(
            request, _("承诺台账"), *exports.public_promises(page.queryset), page.format
        )
    context = {
        "page": page,
        "form": form,
        "rows": [(promise, promise.tone(today)) for promise in page],
        "units": rows.by_unit(today),
    }
    return render(request, "suggestions/promises.html", context)
