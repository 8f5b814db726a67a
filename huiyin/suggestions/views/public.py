"""What anyone may read: published suggestions with their replies, and the ledger of promises."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.suggestions import exports
from huiyin.suggestions.forms.filters import LedgerFilter, PublicFilter
from huiyin.suggestions.models import Promise, Publication
from huiyin.suggestions.models.classes import class_choices, only_congress
from huiyin.suggestions.views.ledger import SORTS
from huiyin.ui.downloads import public_spreadsheet
from huiyin.ui.lists import ListPage, chosen

PUBLIC_SORTS = {"newest": "-published_at", "number": "suggestion__number"}


@login_not_required
def public(request):
    """Published suggestions, the newest first."""
    form = PublicFilter(request.GET, classes=class_choices(only_congress()))
    rows = Publication.objects.published().matching(**chosen(form)).for_list()
    page = ListPage(request, rows, sorts=PUBLIC_SORTS)
    if page.format:
        return public_spreadsheet(
            request, _("代表建议"), *exports.published(page.queryset), page.format
        )
    return render(request, "suggestions/public.html", {"page": page, "form": form})


@login_not_required
def published(request, number: str):
    """The redacted text, the reply, what was promised and what became of it."""
    copies = Publication.objects.published().for_page()
    publication = get_object_or_404(copies.filter(suggestion__number=number).order_by("pk")[:1])
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
    page = ListPage(request, rows.for_list(), sorts=SORTS, default="due")
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
