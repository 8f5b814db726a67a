"""One matter as the desk and the deputies see it, and every step on it."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.congress.seats import seats_of
from huiyin.opinions import actions, permissions
from huiyin.opinions.choices import State
from huiyin.opinions.forms import PublicTitleForm, SubjectForm, step_form
from huiyin.opinions.forms.desk import FORMS
from huiyin.opinions.models import Asked, Matter, Voice, same_matter_within, similar_matters
from huiyin.opinions.workflow import MATTER
from huiyin.ui.forms import INVALID
from huiyin.ui.lists import ticked

BASES = {"desk": "base_desk.html", "deputy": "base_deputy.html"}
MOST_VOICES = 50
MOST_SIMILAR = 5


@require_safe
def matter(request, pk, face="desk"):
    return _page(request, _visible(request, pk), face)


@require_POST
def step(request, pk, name, face="desk"):
    found = _visible(request, pk)
    form = step_form(name, found, request.POST)
    if not form.is_valid():
        return _page(request, found, face, refused=(name, form))
    _take(name, found, form.cleaned_data, request.user)
    messages.success(request, _("办好了：%(step)s。") % {"step": MATTER.steps[name].label})
    return _back(found, face)


@require_POST
def set_subject(request, pk):
    found = _visible(request, pk)
    form = SubjectForm(request.POST)
    if form.is_valid():
        actions.set_subject(found, subject=form.cleaned_data["subject"], by=request.user)
    return _back(found, "desk")


@require_POST
def publish(request, pk):
    found = _visible(request, pk)
    form = PublicTitleForm(request.POST)
    if not form.is_valid():
        return _page(request, found, "desk", title_form=form)
    actions.publish(found, title=form.cleaned_data["title"], by=request.user)
    messages.success(request, _("已公开。别的居民可以看到标题，选择“算我一个”。"))
    return _back(found, "desk")


@require_POST
def hide(request, pk):
    found = _visible(request, pk)
    actions.hide(found, by=request.user)
    messages.success(request, _("不再公开。"))
    return _back(found, "desk")


@require_POST
def merge(request, pk):
    """Bring the ticked matters under this one."""
    found = _visible(request, pk)
    picked = ticked(request.POST.getlist("picked"), most=MOST_SIMILAR)
    others = Matter.objects.visible_to(request.user).filter(pk__in=picked).exclude(pk=pk)
    actions.merge(found, others=list(others), by=request.user)
    messages.success(request, _("已合并，可以在下面撤销。"))
    return _back(found, "desk")


@require_POST
def unmerge(request, pk):
    found = actions.unmerge(_visible(request, pk), by=request.user)
    messages.success(request, _("已撤销合并，分开办理。"))
    return _back(found, "desk")


def _take(name, found, given, user):
    """The step's own action; a deputy who takes something up is named by his seat."""
    act: Callable[..., Matter] = getattr(actions, name)
    if name == "take_up":
        given = {"deputy": permissions.deputy_of(user, found)}
    act(found, **given, by=user)


def _visible(request, pk):
    """What one may not see does not exist: 404, never 403."""
    queryset = Matter.objects.visible_to(request.user).select_related(
        "congress__region",
        "region",
        "venue__region",
        "deputy__person",
        "unit",
        "clock__rule",
        "merged_into",
    )
    return get_object_or_404(queryset.defer("search"), pk=pk)


def _back(found, face):
    name = "opinions:deputy_matter" if face == "deputy" else "opinions:matter"
    return redirect(name, pk=found.pk)


def _page(
    request,
    found,
    face,
    refused=None,
    title_form=None,
):
    user = request.user
    buttons = {button.name: button for button in MATTER.buttons(user, found)}
    shown = Voice.objects.visible_to(user).filter(matter=found).defer("search")
    voices = list(
        shown.select_related("venue", "deputy__person", "entered_by", "first_matter")
        .prefetch_related("pictures")
        .order_by("received_at", "pk")[:MOST_VOICES]
    )
    title = title_form or PublicTitleForm(
        initial={"title": found.public_title or found.title}, auto_id="id_public_%s"
    )
    context = {
        "matter": found,
        "face": face,
        "base": BASES[face],
        # Whoever gives the matter its way may look up a telephone; deputies may not.
        "voices": [
            (voice, _unmask_url(voice) if "set_subject" in buttons else "") for voice in voices
        ],
        "lines": found.progress.order_by("-at", "-pk"),
        "steps": _steps(found, buttons, refused, face),
        "subject_form": SubjectForm(initial={"subject": found.subject})
        if "set_subject" in buttons
        else None,
        "title_form": title if "publish" in buttons else None,
        "may_hide": "hide" in buttons and not buttons["hide"].reason,
        "similar": _similar(found, voices, user)
        if "merge" in buttons or "gather" in buttons
        else [],
        "absorbed": found.absorbed.filter(state=State.MERGED).order_by("pk")
        if face == "desk"
        else [],
        "may_unmerge": permissions.can_unmerge(user, found),
        "may_write": bool(seats_of(user).deputy_ids) and found.state != State.MERGED,
        "write_url": _write_url(found),
        "more_voices": max(0, found.n_voices - len(voices)) if voices else 0,
    }
    bad = refused or (title_form and title_form.errors)
    return render(request, "opinions/matter.html", context, status=INVALID if bad else 200)


def _steps(found, buttons, refused, face):
    """The buttons that have a form here, each with it; the refused one stays open."""
    steps = []
    for name in FORMS:
        if name in buttons:
            is_refused = refused is not None and refused[0] == name
            form = refused[1] if is_refused else step_form(name, found)
            url = ("opinions:deputy_" if face == "deputy" else "opinions:") + name
            steps.append({"button": buttons[name], "form": form, "open": is_refused, "url": url})
    return steps


def _similar(found, voices, user):
    """Standing matters of the same congress near by that look the same, by title and place."""
    standing = Matter.objects.visible_to(user).standing().filter(congress=found.congress_id)
    first = voices[0] if voices else None
    return similar_matters(
        standing.exclude(pk=found.pk).with_first_place().for_list(),
        Asked(
            f"{found.title} {first.text if first else ''}",
            place=first.place if first else "",
            region=found.whereabouts,
            at=found.last_voice_at,
            within=same_matter_within(found.congress.region),
        ),
        words=lambda matter: matter.title,
        placed=lambda matter: matter.first_place or "",
        most=MOST_SIMILAR,
    )


def _unmask_url(voice):
    if not voice.phone:
        return ""
    try:
        return reverse("accounts:unmask", args=[Voice.item_kind(), voice.pk, "phone"])
    except NoReverseMatch:
        return ""


def _write_url(found):
    """Writing a suggestion lives one floor up; where that is not installed there is no link."""
    try:
        return f"{reverse('suggestions:write')}?from=opinions.matter:{found.pk}"
    except NoReverseMatch:
        return ""
