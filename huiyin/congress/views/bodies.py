"""Special committees and deputy groups on the desk."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.congress import actions, forms
from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF
from huiyin.congress.views.rooms import congress_of
from huiyin.ui.forms import refusals_on, status_of

KEEPERS = (*STAFF, Role.SYSTEM_ADMINISTRATOR)


@require_safe
def index(request):
    congress = congress_of(request, *KEEPERS)
    context = {
        "congress": congress,
        "committees": congress.committees.order_by("name", "pk"),
        "groups": congress.groups.order_by("name", "pk"),
    }
    return render(request, "congress/bodies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_committee(request):
    form = forms.CommitteeForm(request.POST or None)
    return _open(request, form, actions.open_committee, _("加一个委员会"))


@require_http_methods(["GET", "HEAD", "POST"])
def open_group(request):
    form = forms.GroupForm(request.POST or None)
    return _open(request, form, actions.open_group, _("加一个代表小组"))


def _open(request, form, action, heading):
    congress = congress_of(request, *KEEPERS)
    if form.is_valid():
        with refusals_on(form):
            body = action(congress, **form.cleaned_data, by=request.user)
            messages.success(request, _("已加上“%(name)s”。") % {"name": body.name})
            return redirect("congress:bodies")
    context = {"form": form, "congress": congress, "heading": heading}
    return render(request, "congress/body.html", context, status=status_of(form))
