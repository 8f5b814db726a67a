"""Homes and stations on the desk: the list, one venue with its deputies and officers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.congress.models import Congress
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import clock
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import INVALID, status_of
from huiyin.ui.lists import ShortListPage, chosen
from huiyin.venues import actions, exports, forms, permissions
from huiyin.venues.models import Officer, Placement, Venue

SORTS = {
    "name": "sort_key",
    "kind": ("kind", "sort_key"),
    "region": ("region__path", "sort_key"),
    "deputies": ("-n_deputies", "sort_key"),
    "open": ("-is_open", "sort_key"),
}


@require_safe
def index(request):
    filter_form = forms.DeskVenueFilter(request.GET)
    mine = Venue.objects.visible_to(request.user)
    rows = mine.matching(**chosen(filter_form)).with_counts().select_related("region", "home")
    page = ShortListPage(request, rows, sorts=SORTS)
    if page.format:
        lines = exports.venue_rows(page.queryset)
        return spreadsheet("venues", exports.venue_headers(), lines, page.format)
    may_open = bool(seats_of(request.user).congresses(*STAFF))
    context = {"page": page, "filter_form": filter_form, "may_open": may_open}
    return render(request, "venues/desk.html", context)


@require_safe
def detail(request, pk):
    return _page(request, _visible(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def open_venue(request):
    congress = Congress.objects.where(request.user, *STAFF).order_by("pk").first()
    if congress is None:
        raise Http404
    form = forms.VenueForm(request.POST or None, congress=congress)
    if form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "is_open"}
        venue = actions.open_venue(congress, **fields, by=request.user)
        messages.success(request, _("已加上“%(name)s”。") % {"name": venue.name})
        return redirect("venues:desk_venue", venue.pk)
    return render(request, "venues/venue.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def change_venue(request, pk):
    venue = _changeable(request, pk)
    initial = {name: getattr(venue, name) for name in forms.VenueForm.base_fields}
    initial |= {"region": venue.region.code, "home": venue.home_id}
    form = forms.VenueForm(request.POST or None, congress=venue.congress, initial=initial)
    if form.is_valid():
        actions.change_venue(venue, changes=form.cleaned_data, by=request.user)
        messages.success(request, _("已保存。"))
        return redirect("venues:desk_venue", pk)
    context = {"form": form, "venue": venue}
    return render(request, "venues/venue.html", context, status=status_of(form))


@require_POST
def place(request, pk):
    venue = _changeable(request, pk)
    form = forms.PlaceForm(request.POST, congress=venue.congress)
    if not form.is_valid():
        return _page(request, venue, place_form=form)
    placement = actions.place(form.cleaned_data["deputy"], venue, by=request.user)
    messages.success(request, _("%(name)s进了这个家站。") % {"name": placement.deputy})
    return redirect("venues:desk_venue", pk)


@require_POST
def remove(request, pk, placement_pk):
    venue = _changeable(request, pk)
    placement = get_object_or_404(Placement, pk=placement_pk, venue=venue)
    actions.remove(placement, by=request.user)
    messages.success(request, _("%(name)s不再在这个家站。") % {"name": placement.deputy})
    return redirect("venues:desk_venue", pk)


@require_POST
def add_officer(request, pk):
    venue = _changeable(request, pk)
    form = forms.OfficerForm(request.POST, congress=venue.congress)
    if not form.is_valid():
        return _page(request, venue, officer_form=form)
    officer = actions.add_officer(venue, user=form.cleaned_data["user"], by=request.user)
    messages.success(request, _("%(name)s是这里的联络员了。") % {"name": officer.user.name})
    return redirect("venues:desk_venue", pk)


@require_POST
def remove_officer(request, pk, officer_pk):
    venue = _changeable(request, pk)
    officer = get_object_or_404(Officer, pk=officer_pk, venue=venue)
    actions.remove_officer(officer, by=request.user)
    messages.success(request, _("%(name)s不再是这里的联络员。") % {"name": officer.user.name})
    return redirect("venues:desk_venue", pk)


def _page(request, venue, **bound):
    today = clock.today()
    context = {
        "venue": venue,
        "today": today,
        "placements": venue.placements.select_related("deputy__person").order_by(
            "deputy__sort_key"
        ),
        "officers": venue.officers.select_related("user").order_by("user__name"),
        "duties": venue.duties.coming(today, 30).with_deputies(),
        "may_change": permissions.can_change_venue(request.user, venue),
        "may_plan": permissions.can_plan_duty(request.user, venue),
        "place_form": forms.PlaceForm(congress=venue.congress),
        "officer_form": forms.OfficerForm(congress=venue.congress),
    }
    status = INVALID if bound else 200
    return render(request, "venues/desk_venue.html", context | bound, status=status)


def _visible(request, pk):
    rows = Venue.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("congress__region", "region", "home"), pk=pk)


def _changeable(request, pk):
    venue = _visible(request, pk)
    if not permissions.can_change_venue(request.user, venue):
        raise Http404
    return venue
