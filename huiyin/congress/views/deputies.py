"""Deputies on the desk: the list, one mandate with what became of it, its steps."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.congress import actions, exports, forms, permissions
from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy
from huiyin.congress.seats import STAFF, seats_of
from huiyin.congress.workflow import MANDATE
from huiyin.kernel import clock, trail
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen

SORTS = {
    "name": "sort_key",
    "delegation": ("delegation", "sort_key"),
    "card": "card_number",
    "state": ("state", "sort_key"),
    "elected": "elected_on",
}
STEP_FORMS = {
    "suspend": forms.SuspendForm,
    "resume": forms.ResumeForm,
    "end": forms.EndForm,
    "name_head": forms.HeadForm,
    "relieve_head": forms.HeadForm,
    "give_account": forms.GiveAccountForm,
    "link_account": forms.LinkAccountForm,
}


@require_safe
def index(request):
    filter_form = forms.DeskDeputyFilter(request.GET)
    mine = Deputy.objects.visible_to(request.user)
    rows = mine.matching(**chosen(filter_form)).select_related("person__user", "electing_base")
    page = ListPage(request, rows, sorts=SORTS)
    if page.format:
        lines = exports.deputy_rows(page.queryset)
        return spreadsheet("deputies", exports.deputy_headers(), lines, page.format)
    seats = seats_of(request.user)
    context = {
        "page": page,
        "filter_form": filter_form,
        "imports": bool(seats.congresses(*STAFF)),
        "keeps": bool(seats.congresses(*STAFF, Role.SYSTEM_ADMINISTRATOR)),
    }
    return render(request, "congress/desk_deputies.html", context)


@require_safe
def detail(request, pk):
    return _page(request, _visible(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    deputy = _visible(request, pk)
    if not permissions.can_change_person(request.user, deputy.person):
        raise Http404
    form = forms.PersonForm(request.POST or None, initial=forms.person_initial(deputy))
    if form.is_valid():
        changes = {name: value for name, value in form.cleaned_data.items() if name != "phone"}
        if form.cleaned_data["phone"]:
            changes["phone"] = form.cleaned_data["phone"]
        actions.change_person(deputy.person, changes=changes, by=request.user)
        messages.success(request, _("已保存。"))
        return redirect("congress:desk_deputy", pk)
    context = {"form": form, "deputy": deputy}
    return render(request, "congress/change_person.html", context, status=status_of(form))


@require_POST
def suspend(request, pk):
    return _step(request, pk, "suspend", actions.suspend, _("已记下：暂停执行职务。"))


@require_POST
def resume(request, pk):
    return _step(request, pk, "resume", actions.resume, _("已记下：恢复执行职务。"))


@require_POST
def end(request, pk):
    return _step(request, pk, "end", actions.end, _("已记下：代表资格终止。"))


@require_POST
def name_head(request, pk):
    return _step(request, pk, "name_head", actions.name_head, _("已记下：任代表团团长。"))


@require_POST
def relieve_head(request, pk):
    return _step(request, pk, "relieve_head", actions.relieve_head, _("已记下：不再任团长。"))


@never_cache
@require_POST
@sensitive_variables("opened")
def give_account(request, pk):
    """The one-time password stands on this answer and nowhere else."""
    deputy, form = _visible(request, pk), forms.GiveAccountForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            opened = actions.give_account(deputy, **form.cleaned_data, by=request.user)
            back = reverse("congress:desk_deputy", args=[pk])
            return render(request, "congress/password_given.html", {"opened": opened, "back": back})
    return _page(request, deputy, give_account=form)


@require_POST
def link_account(request, pk):
    deputy, form = _visible(request, pk), forms.LinkAccountForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.link_account(deputy, user=form.cleaned_data["account"], by=request.user)
            messages.success(request, _("已接用：用原来的登录名和密码登录。"))
            return redirect("congress:desk_deputy", pk)
    return _page(request, deputy, link_account=form)


def _step(request, pk, name, action, words):
    deputy = _visible(request, pk)
    form = STEP_FORMS[name](request.POST)
    if not form.is_valid():
        return _page(request, deputy, **{name: form})
    action(deputy, **form.cleaned_data, by=request.user)
    messages.success(request, words)
    return redirect("congress:desk_deputy", pk)


def _page(request, deputy, **bound):
    """The mandate with its steps; a form that was refused stands there as it was typed."""
    steps = [
        (
            button,
            bound.get(button.name)
            or STEP_FORMS[button.name](initial=_initial(button.name, deputy)),
            reverse(f"congress:{button.name}", args=[deputy.pk]),
        )
        for button in MANDATE.buttons(request.user, deputy)
        if button.name not in _idle(deputy)
    ]
    context = {
        "deputy": deputy,
        "steps": steps,
        "entries": _told(trail.entries_of([deputy])[::-1]),
        "can_change": permissions.can_change_person(request.user, deputy.person),
    }
    status = next(map(status_of, bound.values()), 200)
    return render(request, "congress/desk_deputy.html", context, status=status)


def _initial(name, deputy):
    if name == "give_account":
        return {"username": actions.propose_usernames([deputy])[0]}
    return {"on": clock.today()}


def _idle(deputy):
    """Of the two steps about the head of a delegation one makes sense at a time; one account is enough."""
    with_account = {"give_account", "link_account"} if deputy.person.user_id else set()
    if deputy.heads_delegation:
        return with_account | {"name_head"}
    return with_account | ({"relieve_head"} if deputy.delegation else {"name_head", "relieve_head"})


def _told(entries):
    """Each entry with what the step is called."""
    labels = {name: step.label for name, step in MANDATE.steps.items()}
    labels["change_person"] = _("改正资料")
    return [(labels.get(entry.step, _("当选")), entry) for entry in entries]


def _visible(request, pk):
    rows = Deputy.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("person__user", "congress__region", "term", "electing_base"), pk=pk
    )
