"""One's own account, and the one look at what is masked."""

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import is_mfa_enabled
from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.accounts import actions
from huiyin.accounts.forms import PhoneForm, TokenForm, UnmaskForm
from huiyin.kernel import clock
from huiyin.kernel.limits import limited
from huiyin.kernel.workflow import NotPossible
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import narrowing

INSIDE = re.compile(r"/(desk|deputy)/[a-z0-9/-]{0,90}")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("profile", times=10, seconds=3600)
def profile(request):
    form = PhoneForm(request.POST or None)
    if form.is_valid():
        actions.set_phone(request.user, phone=form.cleaned_data["phone"], by=request.user)
        messages.success(request, _("手机号已经改好。"))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "tokens": request.user.tokens.alive(clock.today()).order_by("-pk"),
        "has_second_factor": is_mfa_enabled(request.user),
        "is_demanded": settings.SECOND_FACTOR_DEMANDED and request.user.is_second_factor_demanded,
    }
    return render(request, "accounts/profile.html", context, status=status_of(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("token", times=20, seconds=3600)
def make_token(request):
    """A token for a program: its words are on this answer and nowhere else."""
    form = TokenForm(request.POST or None, user=request.user, totp=_totp_of(request.user))
    context = {"form": form}
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("name", "can_write", "days")}
        with refusals_on(form):
            token, secret = actions.make_token(request.user, **fields, by=request.user)
            context |= {"token": token, "secret": secret}
    return render(request, "accounts/make_token.html", context, status=status_of(form))


@require_POST
def revoke_token(request, pk):
    token = get_object_or_404(request.user.tokens, pk=pk)
    actions.revoke_token(token, by=request.user)
    messages.success(request, _("令牌“%(name)s”已撤销，马上失效。") % {"name": token.name})
    return redirect("accounts:profile")


def _totp_of(user):
    """The person's authenticator; a password alone is asked of those who have none."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return TOTP(found) if found else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("unmask", times=60, seconds=3600)
def unmask(request, kind, pk, field):
    """Ask for a reason, then show the value once: reloading asks again."""
    item = _unmaskable_item(request.user, kind, pk, field)
    form, value = UnmaskForm(request.POST or None), None
    if form.is_valid():
        value = actions.unmask(
            item,
            field=field,
            reason=form.cleaned_data["reason"],
            allowed=True,
            congress_key=item.seen_for,
            by=request.user,
        )
    context = {"form": form, "item": item, "value": value, "label": _label(item, field)}
    return render(request, "accounts/unmask.html", context, status=status_of(form))


@require_POST
@limited("filters", times=60, seconds=3600)
def keep_filter(request):
    """The name given to the search of a list, and back to that list."""
    path, query = _list_of(request), narrowing(request.POST.get("query", ""))
    name = request.POST.get("name", "")
    try:
        actions.keep_filter(name=name, path=path, query=query, by=request.user)
    except NotPossible as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, _("已存为常用：%(name)s。") % {"name": name.strip()})
    return redirect(f"{path}?{query}")


@require_POST
def drop_filter(request):
    path, name = _list_of(request), request.POST.get("name", "")
    actions.drop_filter(name=name, path=path, by=request.user)
    messages.success(request, _("已删掉常用条件：%(name)s。") % {"name": name})
    return redirect(path)


def _list_of(request):
    """The list the search is of; the page sends it, so that anything else is no mistake of the reader."""
    path = request.POST.get("path", "")
    if not INSIDE.fullmatch(path):
        raise BadRequest(path[:100])
    return path


def _unmaskable_item(user, kind, pk, field):
    """The item if this person may look, and for which congress (`seen_for`).

    A table without `unmaskable_by` shows nothing.
    """
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    may_see = getattr(model._default_manager, "unmaskable_by", None)
    if may_see is None or not actions.is_masked(model, field):
        raise Http404
    return get_object_or_404(may_see(user), pk=pk)


def _label(item, field):
    return item._meta.get_field(field).verbose_name
