"""The entrance: what supervision is doing, each with where it is done."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.congress.seats import STAFF, seats_of
from huiyin.supervision import permissions
from huiyin.supervision.models import Appraisal, Award, Call, KeyItem, Precheck, Review


@require_safe
def home(request):
    if not permissions.can_open_lists(request.user):
        raise Http404
    return render(request, "supervision/home.html", {"entrances": _entrances(request.user)})


def _entrances(user):
    """Label, address and how many rows wait behind it for this reader."""
    tables = [
        (_("重点督办"), "supervision:key_items", KeyItem),
        (_("承办单位评分"), "supervision:appraisals", Appraisal),
        (_("常委会测评"), "supervision:reviews", Review),
        (_("评选表彰"), "supervision:awards", Award),
    ]
    if seats_of(user).congresses(*STAFF):
        tables += [
            (_("征集代表建议"), "supervision:calls", Call),
            (_("预审代表送来的草稿"), "supervision:prechecks", Precheck),
        ]
    return [
        (label, reverse(name), _("%(n)d项") % {"n": table.objects.visible_to(user).count()})
        for label, name, table in tables
    ]
