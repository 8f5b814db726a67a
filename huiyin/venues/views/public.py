"""Homes and stations for everybody: map and list, one venue's card, the poster with the code."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import Http404
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.kernel import clock, codes
from huiyin.ui.downloads import public_spreadsheet
from huiyin.ui.lists import ListPage, chosen
from huiyin.venues import exports
from huiyin.venues.forms import VenueFilter
from huiyin.venues.models import Venue

SORTS = {"today": (F("today_starts_at").asc(nulls_last=True), "sort_key"), "name": "sort_key"}
DAYS_SHOWN = 30


@login_not_required
@require_safe
def index(request):
    """Today's receptions first; the map counts the same venues by county."""
    filter_form = VenueFilter(request.GET)
    found = Venue.objects.open().matching(**chosen(filter_form))
    rows = found.with_duty_on(clock.today()).select_related("region__parent")
    page = ListPage(request, rows, sorts=SORTS)
    if page.format:
        table = exports.public_venues(page.queryset)
        return public_spreadsheet(request, _("代表家站"), *table, page.format)
    context = {"page": page, "filter_form": filter_form, "chart": _map(found)}
    return render(request, "venues/index.html", context)


@login_not_required
@require_safe
def card(request, code):
    venue, today = _venue(code), clock.today()
    context = {
        "venue": venue,
        "today": today,
        "duties": venue.duties.coming(today, DAYS_SHOWN).with_deputies(),
        "deputies": venue.placed_deputies(),
        "stations": venue.stations.open().order_by("sort_key"),
    }
    return render(request, "venues/card.html", context)


@login_not_required
@require_safe
def poster(request, code):
    return render(request, "venues/poster.html", {"venue": _venue(code)})


def _venue(code):
    """Codes are read out and typed: small letters and hyphens do not matter."""
    rows = Venue.objects.open().select_related("congress", "region", "home")
    venue = rows.filter(code=codes.normalise(code)).first()
    if venue is None:
        raise Http404
    return venue


def _map(venues):
    """The number of venues in each county, for the map and the table behind it."""
    counted = venues.by_county()
    return {
        "category": _("县区"),
        "categories": [name for name, _n in counted],
        "series": [{"name": _("家站"), "values": [n for _name, n in counted]}],
        "unit": _("个"),
        "map": static("regions/lanzhou.geojson"),
    }
