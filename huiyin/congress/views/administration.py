"""Appointments, terms and sessions, and the log of looks behind masks."""

import secrets

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Unmasking
from huiyin.congress import actions, exports, forms, permissions
from huiyin.congress.choices import SEPARATED, Role
from huiyin.congress.models import Appointment
from huiyin.congress.seats import STAFF, seats_of
from huiyin.congress.views.rooms import congress_of, refused
from huiyin.kernel import clock
from huiyin.kernel.workflow import NotPossible
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.lists import ListPage, chosen

APPOINTMENT_SORTS = {
    "name": ("user__name", "role"),
    "role": ("role", "user__name"),
    "unit": ("unit__sort_key", "user__name"),
    "starts": "starts_on",
}
UNMASKING_SORTS = {"newest": "-at", "who": ("by__name", "-at"), "whom": ("item_label", "-at")}


@require_safe
def appointments(request):
    _of_administrators(request)
    filter_form = forms.AppointmentFilter(request.GET)
    visible = Appointment.objects.visible_to(request.user)
    rows = visible.matching(**chosen(filter_form), today=clock.today())
    page = ListPage(
        request, rows.select_related("user", "unit", "congress"), sorts=APPOINTMENT_SORTS
    )
    if page.format:
        lines = exports.appointment_rows(page.queryset)
        return spreadsheet("appointments", exports.appointment_headers(), lines, page.format)
    context = {"page": page, "filter_form": filter_form, "today": clock.today()}
    return render(request, "congress/appointments.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request):
    """Appoint somebody; a new account's first password is shown this once."""
    congress = congress_of(request, Role.SYSTEM_ADMINISTRATOR)
    form = forms.AppointForm(request.POST or None, congress=congress)
    if form.is_valid():
        password = "" if form.cleaned_data["user"] else secrets.token_urlsafe(9)
        try:
            appointment = _appoint(congress, form.cleaned_data, password, by=request.user)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            context = {"appointment": appointment, "password": password}
            return render(request, "congress/appointed.html", context)
    context = {"form": form, "congress": congress}
    return render(request, "congress/appoint.html", context, status=refused(form))


@require_POST
def dismiss(request, pk):
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user), pk=pk)
    if not permissions.can_dismiss(request.user, appointment):
        raise Http404
    actions.dismiss(appointment, by=request.user)
    messages.success(request, _("%(name)s的任职到今天为止。") % {"name": appointment.user.name})
    return redirect("congress:appointments")


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request):
    congress = congress_of(request, *STAFF, Role.SYSTEM_ADMINISTRATOR)
    form = forms.TermForm(request.POST or None)
    if form.is_valid():
        actions.open_term(congress, **form.cleaned_data, by=request.user)
        messages.success(request, _("新的一届已经建好。"))
        return redirect("congress:terms")
    context = {
        "form": form,
        "congress": congress,
        "terms": congress.terms.prefetch_related("sessions").order_by("-number"),
    }
    return render(request, "congress/terms.html", context, status=refused(form))


@require_http_methods(["GET", "HEAD", "POST"])
def convene(request, pk):
    congress = congress_of(request, *STAFF, Role.SYSTEM_ADMINISTRATOR)
    term = get_object_or_404(congress.terms, pk=pk)
    form = forms.SessionForm(request.POST or None)
    if form.is_valid():
        actions.convene_session(term, **form.cleaned_data, by=request.user)
        messages.success(request, _("会议已经建好。"))
        return redirect("congress:terms")
    context = {"form": form, "term": term, "congress": congress}
    return render(request, "congress/convene.html", context, status=refused(form))


@require_safe
def unmaskings(request):
    """What the auditor reads: every look behind a mask by people of the auditor's congress."""
    audited = seats_of(request.user).congresses(Role.AUDITOR)
    if not audited:
        raise Http404
    filter_form = forms.UnmaskingFilter(request.GET)
    people = Appointment.objects.filter(congress__in=audited).values("user")
    rows = Unmasking.objects.by_people(people).matching(**chosen(filter_form))
    page = ListPage(request, rows.select_related("by"), sorts=UNMASKING_SORTS)
    if page.format:
        lines = exports.unmasking_rows(page.queryset)
        return spreadsheet("unmaskings", exports.unmasking_headers(), lines, page.format)
    return render(request, "congress/unmaskings.html", {"page": page, "filter_form": filter_form})


def _of_administrators(request):
    if not seats_of(request.user).congresses(*SEPARATED):
        raise Http404


def _appoint(congress, wanted, password, *, by):
    return actions.appoint_anew(
        congress,
        user=wanted["user"],
        username=wanted["username"],
        name=wanted["name"],
        email=wanted["email"],
        password=password,
        role=wanted["role"],
        unit=wanted["unit"],
        starts_on=wanted["starts_on"],
        by=by,
    )
