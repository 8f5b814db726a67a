"""At the desk, for somebody who asks: words put right, taken back or deleted."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from huiyin.kernel.limits import limited
from huiyin.opinions import actions, permissions
from huiyin.opinions.forms import FollowForm
from huiyin.opinions.forms.rights import RIGHTS
from huiyin.opinions.models import OPEN_STATES, Voice
from huiyin.ui.forms import INVALID, status_of

DONE = {
    "correct": gettext_lazy("已更正。原来的话没有留下，改动的理由在留痕里。"),
    "withdraw": gettext_lazy("已撤回。"),
    "forget_words": gettext_lazy("已删除。留下的只有件数。"),
}


@limited("by_code", times=60, seconds=3600)
def by_code(request):
    """Whoever comes with the code: to the voice, where it is one of this desk's."""
    if not permissions.can_receive_visitors(request.user):
        raise PermissionDenied
    form = FollowForm(request.POST or None)
    if form.is_valid():
        who = f"user {request.user.pk}"
        found = actions.find_voice(form.cleaned_data["code"], who=who)
        if found and permissions.can_correct(request.user, found):
            return redirect("opinions:rights", pk=found.pk)
        form.add_error("code", _("没有找到这个查询码，或者不是您这里收到的。"))
    return render(request, "opinions/by_code.html", {"form": form}, status=status_of(form))


@require_safe
def rights(request, pk):
    return _page(request, _voice(request, pk))


@require_POST
def exercise(request, pk, name):
    voice = _voice(request, pk)
    form = RIGHTS[name](request.POST, auto_id=f"id_{name}_%s")
    if not form.is_valid():
        return _page(request, voice, refused=(name, form))
    act: Callable[..., Voice] = getattr(actions, name)
    act(voice, **form.cleaned_data, by=request.user)
    messages.success(request, DONE[name])
    return redirect("opinions:matter", pk=voice.matter_id)


def _voice(request, pk):
    """What one may not read does not exist; who reads it and keeps no desk is refused."""
    rows = Voice.objects.visible_to(request.user).select_related("matter", "venue")
    found = get_object_or_404(rows.defer("search", "matter__search"), pk=pk)
    if not permissions.can_correct(request.user, found):
        raise PermissionDenied
    return found


def _page(request, voice, refused=None):
    initial = {"text": voice.text, "place": voice.place}
    forms = {name: form(initial=initial, auto_id=f"id_{name}_%s") for name, form in RIGHTS.items()}
    if refused:
        forms[refused[0]] = refused[1]
    context = {
        "voice": voice,
        "forms": forms,
        "refused": refused[1] if refused else None,
        "may_withdraw": voice.matter.state in OPEN_STATES and not voice.withdrawn_at,
    }
    status = INVALID if refused else 200
    return render(request, "opinions/rights.html", context, status=status)
