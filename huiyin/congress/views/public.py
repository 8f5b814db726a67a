"""The deputies everybody may see: the list, one deputy's card, the poster with the code."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.congress import exports
from huiyin.congress.forms import DeputyFilter
from huiyin.congress.models import Deputy
from huiyin.kernel import codes
from huiyin.ui.downloads import public_spreadsheet
from huiyin.ui.lists import ListPage, chosen

SORTS = {"name": "sort_key", "level": ("congress__level", "sort_key"), "delegation": "delegation"}


@login_not_required
@require_safe
def deputies(request):
    filter_form = DeputyFilter(request.GET)
    found = Deputy.objects.sitting().matching(**chosen(filter_form))
    rows = found.select_related("person", "congress", "electing_base")
    page = ListPage(request, rows, sorts=SORTS)
    if page.format:
        rows = exports.public_deputy_rows(page.queryset)
        return public_spreadsheet(
            request, _("代表"), exports.public_deputy_headers(), rows, page.format
        )
    return render(request, "congress/deputies.html", {"page": page, "filter_form": filter_form})


@login_not_required
@require_safe
def deputy(request, code):
    return render(request, "congress/deputy.html", {"deputy": _deputy(code)})


@login_not_required
@require_safe
def poster(request, code):
    return render(request, "congress/poster.html", {"deputy": _deputy(code)})


def _deputy(code):
    """Codes are read out and typed: small letters and hyphens do not matter."""
    rows = Deputy.objects.sitting().select_related("person", "congress__region", "electing_base")
    deputy = rows.filter(code=codes.normalise(code)).first()
    if deputy is None:
        raise Http404
    return deputy
