"""Appointments, terms and sessions, and the log of looks behind masks."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.actions import one_time_password
from huiyin.accounts.models import Token, Unmasking
from huiyin.congress import actions, exports, forms, permissions
from huiyin.congress.choices import SEPARATED, Role
from huiyin.congress.models import Appointment, congresses_where_seated, sitting_in
from huiyin.congress.seats import STAFF, seats_of
from huiyin.congress.views.rooms import congress_of
from huiyin.kernel import clock
from huiyin.kernel.workflow import NotPossible
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen

APPOINTMENT_SORTS = {
    "name": ("user__name", "role"),
    "role": ("role", "user__name"),
    "unit": ("unit__sort_key", "committee__name", "user__name"),
    "starts": "starts_on",
}
TOKEN_SORTS = {
    "newest": "-pk",
    "who": ("user__name", "-pk"),
    "used": (F("used_on").desc(nulls_last=True), "-pk"),
    "ends": "expires_on",
}
UNMASKING_SORTS = {"newest": "-at", "who": ("by__name", "-at"), "whom": ("item_label", "-at")}


@require_safe
def appointments(request):
    _of_administrators(request)
    filter_form = forms.AppointmentFilter(request.GET)
    visible = Appointment.objects.visible_to(request.user)
    rows = visible.matching(**chosen(filter_form), today=clock.today())
    page = ListPage(
        request,
        rows.select_related("user", "unit", "committee", "congress"),
        sorts=APPOINTMENT_SORTS,
    )
    if page.format:
        lines = exports.appointment_rows(page.queryset)
        return spreadsheet("appointments", exports.appointment_headers(), lines, page.format)
    context = {
        "page": page,
        "filter_form": filter_form,
        "today": clock.today(),
        "administers": bool(seats_of(request.user).congresses(Role.SYSTEM_ADMINISTRATOR)),
    }
    return render(request, "congress/appointments.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request):
    """Appoint somebody; a new account's first password is shown this once."""
    congress = congress_of(request, Role.SYSTEM_ADMINISTRATOR)
    form = forms.AppointForm(request.POST or None, congress=congress)
    if form.is_valid():
        password = "" if form.cleaned_data["user"] else one_time_password()
        with refusals_on(form):
            appointment = _appoint(congress, form.cleaned_data, password, by=request.user)
            context = {"appointment": appointment, "password": password}
            return render(request, "congress/appointed.html", context)
    context = {"form": form, "congress": congress}
    return render(request, "congress/appoint.html", context, status=status_of(form))


@require_POST
def dismiss(request, pk):
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user), pk=pk)
    if not permissions.can_dismiss(request.user, appointment):
        raise Http404
    actions.dismiss(appointment, by=request.user)
    messages.success(request, _("%(name)s的任职到今天为止。") % {"name": appointment.user.name})
    if not congresses_where_seated(appointment.user):
        words = _("%(name)s没有别的身份了，什么也看不到；请到“账号”里停用他的账号。")
        messages.warning(request, words % {"name": appointment.user.name})
    return redirect("congress:appointments")


@require_safe
def tokens(request):
    """Every program's key of the congress's people: whose, for what, until when, when last used."""
    filter_form, today = forms.TokenFilter(request.GET), clock.today()
    rows = _tokens_under(request).matching(**chosen(filter_form), today=today)
    page = ListPage(request, rows.select_related("user"), sorts=TOKEN_SORTS)
    if page.format:
        lines = exports.token_rows(page.queryset)
        return spreadsheet("tokens", exports.token_headers(), lines, page.format)
    context = {
        "page": page,
        "filter_form": filter_form,
        "rows": [(token, token.is_alive(today)) for token in page],
    }
    return render(request, "congress/tokens.html", context)


@require_POST
def revoke_token(request, pk):
    token = get_object_or_404(_tokens_under(request), pk=pk)
    try:
        actions.revoke_token(token, by=request.user)
    except NotPossible as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, _("令牌“%(name)s”已撤销，马上失效。") % {"name": token.name})
    return redirect("congress:tokens")


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request):
    congress = congress_of(request, *STAFF, Role.SYSTEM_ADMINISTRATOR)
    form = forms.TermForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.open_term(congress, **form.cleaned_data, by=request.user)
            messages.success(request, _("新的一届已经建好。"))
            return redirect("congress:terms")
    context = {
        "form": form,
        "congress": congress,
        "terms": congress.terms.prefetch_related("sessions").order_by("-number"),
    }
    return render(request, "congress/terms.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def convene(request, pk):
    congress = congress_of(request, *STAFF, Role.SYSTEM_ADMINISTRATOR)
    term = get_object_or_404(congress.terms, pk=pk)
    form = forms.SessionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.convene_session(term, **form.cleaned_data, by=request.user)
            messages.success(request, _("会议已经建好。"))
            return redirect("congress:terms")
    context = {"form": form, "term": term, "congress": congress}
    return render(request, "congress/convene.html", context, status=status_of(form))


@require_safe
def unmaskings(request):
    """What the auditor reads: every look behind a mask that concerned the auditor's congress."""
    audited = seats_of(request.user).congresses(Role.AUDITOR)
    if not audited:
        raise Http404
    filter_form = forms.UnmaskingFilter(request.GET)
    people = Appointment.objects.filter(congress__in=audited).values("user")
    rows = Unmasking.objects.concerning(audited, people).matching(**chosen(filter_form))
    page = ListPage(request, rows.select_related("by"), sorts=UNMASKING_SORTS)
    if page.format:
        lines = exports.unmasking_rows(page.queryset)
        return spreadsheet("unmaskings", exports.unmasking_headers(), lines, page.format)
    return render(request, "congress/unmaskings.html", {"page": page, "filter_form": filter_form})


def _tokens_under(request):
    """Those of the people who sit today in the congresses this person administers."""
    administered = seats_of(request.user).congresses(Role.SYSTEM_ADMINISTRATOR)
    if not administered:
        raise Http404
    return Token.objects.of_people(sitting_in(administered))


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
        committee=wanted["committee"],
        starts_on=wanted["starts_on"],
        by=by,
    )
