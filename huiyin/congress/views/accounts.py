"""Accounts: many deputies' first ones, and the care for everybody's way in."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, F, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.accounts.models import Access
from huiyin.congress import actions, exports, forms, permissions
from huiyin.congress.choices import SEPARATED, AccountStep, Role
from huiyin.congress.models import Deputy, accounts_matching, accounts_of, congresses_where_seated
from huiyin.congress.seats import STAFF, seats_of
from huiyin.congress.views.rooms import congress_of
from huiyin.kernel import trail
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen

SORTS = {
    "name": ("name", "username"),
    "username": "username",
    "login": (F("last_login").desc(nulls_last=True), "username"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("opened")
def give_accounts(request):
    """Sitting deputies without an account, ticked; the answer is the sheet of their passwords."""
    congress = congress_of(request, *STAFF, Role.SYSTEM_ADMINISTRATOR)
    filter_form = forms.WithoutAccountFilter(request.GET)
    without = Deputy.objects.of(congress).without_account()
    found = without.matching(**chosen(filter_form)).order_by("delegation", "sort_key", "pk")
    form = forms.GiveAccountsForm(request.POST or None, deputies=without)
    if form.is_valid():
        picked = [deputy.pk for deputy in form.cleaned_data["picked"]]
        with refusals_on(form):
            opened = actions.give_accounts(congress, picked, by=request.user)
            rows = exports.opened_rows(opened, settings.SITE_ADDRESS + reverse("account_login"))
            return spreadsheet("first-logins", exports.opened_headers(), rows, "xlsx")
    context = {
        "form": form,
        "filter_form": filter_form,
        "congress": congress,
        "deputies": found.named()[: actions.AT_ONCE],
        "n_without": found.count(),
        "most": actions.AT_ONCE,
    }
    return render(request, "congress/give_accounts.html", context, status=status_of(form))


@require_safe
def index(request):
    """Everybody's way in, and the accounts whose people hold no seat any more."""
    filter_form = forms.AccountFilter(request.GET)
    has_factor = Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    rows = accounts_matching(_accounts(request), **chosen(filter_form))
    page = ListPage(request, rows.annotate(with_factor=has_factor), sorts=SORTS)
    if page.format:
        lines = exports.account_rows(page.queryset)
        return spreadsheet("accounts", exports.account_headers(), lines, page.format)
    context = {"page": page, "filter_form": filter_form}
    return render(request, "congress/accounts.html", context)


@require_safe
def detail(request, pk):
    return _page(request, _account(request, pk))


@never_cache
@require_POST
@sensitive_variables("opened")
def give_password(request, pk):
    """The one-time password stands on this answer and nowhere else."""
    account, form = _account(request, pk), _form("give_password", request.POST)
    if form.is_valid():
        with refusals_on(form):
            opened = actions.give_password(account, **form.cleaned_data, by=request.user)
            back = reverse("congress:account", args=[pk])
            return render(request, "congress/password_given.html", {"opened": opened, "back": back})
    return _page(request, account, give_password=form)


@require_POST
def reset_second_factor(request, pk):
    words = _("第二因素已经去掉，登录也都断开了。本人下次登录要重新设。")
    return _step(request, pk, "reset_second_factor", actions.reset_second_factor, words)


@require_POST
def close_account(request, pk):
    words = _("账号已停用，登录都断开了。")
    return _step(request, pk, "close_account", actions.close_account, words)


@require_POST
def reopen_account(request, pk):
    words = _("账号已恢复，用原来的密码登录。")
    return _step(request, pk, "reopen_account", actions.reopen_account, words)


def _step(request, pk, name, action, words):
    account, form = _account(request, pk), _form(name, request.POST)
    if form.is_valid():
        with refusals_on(form):
            action(account, **form.cleaned_data, by=request.user)
            messages.success(request, words)
            return redirect("congress:account", pk)
    return _page(request, account, **{name: form})


def _page(request, account, **bound):
    """The account with the steps this administrator may take; a refused form stands as it was typed."""
    has_factor = Authenticator.objects.filter(user=account).exists()
    steps = [
        (AccountStep(name), bound.get(name) or _form(name), _address(name, account))
        for name in _open_steps(account, has_factor)
        if getattr(permissions, f"can_{name}")(request.user, account)
    ]
    lines = trail.entries_of(Access.objects.filter(user=account))[::-1]
    context = {
        "account": account,
        "has_factor": has_factor,
        "is_seatless": not congresses_where_seated(account),
        "steps": steps,
        "entries": [(AccountStep(line.step).label, line) for line in lines],
    }
    status = next(map(status_of, bound.values()), 200)
    return render(request, "congress/account.html", context, status=status)


def _form(name, typed=None):
    """Several stand on one page, so each field's id says of which step it is."""
    return forms.ReasonForm(typed, auto_id=f"{name}_%s")


def _open_steps(account, has_factor):
    """What makes sense with the account as it is."""
    if not account.is_active:
        return ["reopen_account"]
    return [
        "give_password",
        *(["reset_second_factor"] if has_factor else []),
        "close_account",
    ]


def _address(name, account):
    return reverse(f"congress:{name}", args=[account.pk])


def _account(request, pk):
    return get_object_or_404(_accounts(request), pk=pk)


def _accounts(request):
    kept = seats_of(request.user).congresses(*SEPARATED)
    if not kept:
        raise Http404
    return accounts_of(kept)
