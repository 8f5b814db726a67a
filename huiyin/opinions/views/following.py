"""Following what one said by its code, and saying whether it is solved."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.kernel import codes
from huiyin.kernel.limits import limited, visitor
from huiyin.notices import actions as notices
from huiyin.opinions import actions, events
from huiyin.opinions.choices import State
from huiyin.opinions.forms import AnswerForm, FollowForm
from huiyin.opinions.models import ProgressLine
from huiyin.opinions.views.pictures import picture_answer
from huiyin.opinions.views.privately import private
from huiyin.ui.forms import status_of


@login_not_required
@private
@limited("follow", times=60, seconds=3600)
def follow(request):
    form = FollowForm(request.POST or None)
    if form.is_valid():
        if voice := actions.find_voice(form.cleaned_data["code"], who=visitor(request)):
            return redirect("opinions:voice", code=voice.code)
        form.add_error("code", _("没有找到这个查询码。请对照收据再看一遍。"))
    return render(request, "opinions/follow.html", {"form": form}, status=status_of(form))


@login_not_required
@private
@require_safe
def voice(request, code):
    """What I said, where it stands, what happens next."""
    found = _voice(request, code)
    response = _page(request, found, AnswerForm())
    actions.look(found)
    return response


@login_not_required
@private
@require_POST
@limited("solved", times=30, seconds=3600)
def solved(request, code):
    found = _voice(request, code)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    actions.resident_answers(found, **form.cleaned_data)
    messages.success(request, _("记下来了，谢谢您。"))
    return redirect("opinions:voice", code=found.code)


@login_not_required
@private
@require_POST
@limited("forget", times=30, seconds=3600)
def forget_phone(request, code):
    found = _voice(request, code)
    actions.forget_phone(found)
    messages.success(request, _("手机号已删掉。以后请用查询码来看。"))
    return redirect("opinions:voice", code=found.code)


@login_not_required
@private
@require_POST
@limited("forget", times=30, seconds=3600)
def take_back(request, code):
    """Whoever has the code has the words deleted; while the matter is open that takes them back."""
    found = _voice(request, code)
    actions.forget_words(found)
    messages.success(request, _("您说的话已删掉，不能恢复。"))
    return redirect("opinions:voice", code=found.code)


@login_not_required
@private
@require_safe
def own_picture(request, code, pk):
    return picture_answer(get_object_or_404(_voice(request, code).pictures, pk=pk))


def _voice(request, code):
    if found := actions.find_voice(code, who=visitor(request)):
        return found
    raise Http404


def _page(request, found, form):
    matter = found.matter
    lines = list(found.told())
    pages = _public_pages(lines)
    context = {
        "voice": found,
        "matter": matter,
        "code": codes.grouped(found.code),
        "lines": [(line, pages.get((line.about_kind, line.about_id))) for line in lines],
        "others": matter.n_voices - found.n_people,
        "pictures": list(found.pictures.order_by("pk")),
        "awaited": matter.clock
        if matter.clock and matter.clock.is_running and matter.state != State.ANSWERED
        else None,
        "form": form,
        "by_text": notices.sends_text_messages(),
    }
    return render(request, "opinions/voice.html", context, status=status_of(form))


def _public_pages(lines):
    """Where anyone may read what the lines speak of, asked of the apps above."""
    items = {(line.about_kind, line.about_id) for line in lines if line.about_id}
    pages = {}
    if items:
        for _receiver, answer in events.public_pages.send(ProgressLine, items=items):
            pages |= answer
    return pages
