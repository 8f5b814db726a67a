"""Handling units on the desk."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.congress import actions, exports, permissions
from huiyin.congress.choices import Role
from huiyin.congress.forms import UnitFilter, UnitForm
from huiyin.congress.models import Unit
from huiyin.congress.seats import STAFF, seats_of
from huiyin.congress.views.rooms import congress_of
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen

SORTS = {
    "name": "sort_key",
    "kind": ("kind", "sort_key"),
    "short": "short_name",
    "active": ("-is_active", "sort_key"),
}
KEEPERS = (*STAFF, Role.SYSTEM_ADMINISTRATOR)


@require_safe
def index(request):
    filter_form = UnitFilter(request.GET)
    rows = _matching(Unit.objects.visible_to(request.user), **chosen(filter_form))
    page = ListPage(request, rows, sorts=SORTS)
    if page.format:
        lines = exports.unit_rows(page.queryset)
        return spreadsheet("units", exports.unit_headers(), lines, page.format)
    keeps = bool(seats_of(request.user).congresses(*KEEPERS))
    context = {"page": page, "filter_form": filter_form, "keeps": keeps}
    return render(request, "congress/units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_unit(request):
    congress = congress_of(request, *KEEPERS)
    form = UnitForm(request.POST or None)
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in form.fields if name != "is_active"}
        with refusals_on(form, "name"):
            actions.open_unit(congress, **fields, by=request.user)
            messages.success(request, _("已加上“%(name)s”。") % {"name": fields["name"]})
            return redirect("congress:units")
    return render(request, "congress/unit.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def change_unit(request, pk):
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    if not permissions.can_change_unit(request.user, unit):
        raise Http404
    initial = {name: getattr(unit, name) for name in UnitForm.base_fields}
    form = UnitForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_on(form, "name"):
            actions.change_unit(unit, changes=form.cleaned_data, by=request.user)
            messages.success(request, _("已保存。"))
            return redirect("congress:units")
    context = {"form": form, "unit": unit}
    return render(request, "congress/unit.html", context, status=status_of(form))


def _matching(units, q="", kind="", active=""):
    found = units.filter(Q(name__contains=q) | Q(short_name__contains=q)) if q else units
    found = found.filter(kind=kind) if kind else found
    return found.filter(is_active=active == "yes") if active else found
