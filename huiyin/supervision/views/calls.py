"""The yearly call for its readers: the desk, the counties, the deputies; and drafts for pre-check."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import clock
from huiyin.opinions.models import Matter
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.models.resemblance import suggestions_like
from huiyin.supervision import actions, permissions
from huiyin.supervision.actions.calls import WITH_DEPUTY
from huiyin.supervision.choices import CallState, ClueState
from huiyin.supervision.forms.calls import (
    CallForm,
    ClueFilter,
    OfferForm,
    PrecheckFilter,
)
from huiyin.supervision.models import Call, Clue, Precheck
from huiyin.supervision.templatetags.supervision import TONES
from huiyin.supervision.views.steps import choices, told, visible
from huiyin.supervision.views.tables import DUE, STATE, Cell, Column, list_answer
from huiyin.supervision.workflow import CALL, PRECHECK
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen, ticked

FEW = 25
COLUMNS = [
    Column(
        gettext_lazy("征集"),
        lambda row: Cell(row.title, reverse("supervision:call", args=[row.pk]), row.congress),
    ),
    Column(gettext_lazy("开始"), lambda row: row.starts_on, "starts"),
    Column(gettext_lazy("截止"), lambda row: row.ends_on, "ends"),
    Column(gettext_lazy("线索"), lambda row: row.n_clues, is_number=True),
    Column(gettext_lazy("已认领"), lambda row: row.n_taken, is_number=True),
    STATE,
]
SORTS = {"starts": "-starts_on", "ends": "-ends_on", "state": ("state", "-starts_on")}
CLUE_SORTS = {
    "voices": ("-n_voices", "-created_at"),
    "newest": "-created_at",
    "state": ("state", "-n_voices"),
}
CLUE_COLUMNS = [
    Column(gettext_lazy("线索"), lambda row: Cell(row.title, sub=row.words)),
    Column(gettext_lazy("反映的居民"), lambda row: row.n_voices or "–", "voices", is_number=True),
    Column(gettext_lazy("提供"), lambda row: row.offered_by.short_name),
    Column(
        gettext_lazy("状态"),
        lambda row: Cell(
            row.get_state_display(), tone=TONES.get(row.state, "neutral"), sub=row.taken_by or ""
        ),
        "state",
    ),
]
PRECHECK_COLUMNS = [
    Column(
        gettext_lazy("草稿"),
        lambda row: Cell(
            row.title,
            reverse("supervision:precheck", args=[row.pk]),
            _("第%(n)d稿") % {"n": row.text_version},
        ),
    ),
    Column(gettext_lazy("代表"), lambda row: row.deputy.person.name, "deputy"),
    STATE,
    DUE,
]
PRECHECK_SORTS = {
    "due": ("clock__due_on", "-created_at"),
    "deputy": ("deputy__sort_key", "-created_at"),
    "state": ("state", "-created_at"),
}


@require_safe
def index(request):
    """The calls one may see: one's own congress's, and the city's for its counties."""
    if not seats_of(request.user).congresses(*STAFF, Role.MEMBER, Role.COMMITTEE):
        raise Http404
    page = ListPage(request, Call.objects.visible_to(request.user).for_list(), sorts=SORTS)
    may_draft = bool(seats_of(request.user).congresses(*STAFF))
    return list_answer(
        request, "supervision/calls.html", page, COLUMNS, file="calls", may_draft=may_draft
    )


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request):
    congress = Congress.objects.where(request.user, *STAFF).order_by("pk").first()
    if congress is None:
        raise Http404
    form = CallForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form, "ends_on"):
            call = actions.draft_call(congress, **form.cleaned_data, by=request.user)
            messages.success(request, _("已存为拟稿，由负责人发出。"))
            return redirect("supervision:call", call.pk)
    return render(request, "supervision/draft_call.html", {"form": form}, status=status_of(form))


@require_safe
def detail(request, pk):
    """The call and its pool: clues by how many residents stand behind them."""
    if not seats_of(request.user).congresses(*STAFF, Role.MEMBER, Role.COMMITTEE):
        raise Http404
    call = get_object_or_404(
        Call.objects.visible_to(request.user).select_related("congress__region"), pk=pk
    )
    form = ClueFilter(request.GET)
    rows = call.clues.matching(**chosen(form)).for_list()
    page = ListPage(request, rows, sorts=CLUE_SORTS)
    may_offer = call.state == CallState.OPEN and permissions.can_offer_clue(request.user, call)
    return list_answer(
        request,
        "supervision/call.html",
        page,
        CLUE_COLUMNS,
        file="clues",
        form=form,
        item=call,
        choices=choices(CALL, request.user, call),
        may_offer=may_offer,
        entries=told(call),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def matters(request, pk):
    """Residents' matters one may see that are not in the pool yet: ticked, they become clues."""
    call = visible(request.user, Call, pk)
    if not permissions.can_offer_clue(request.user, call):
        raise Http404
    held = call.clues.filter(origin_kind=Matter.item_kind()).values("origin_id")
    open_ones = Matter.objects.visible_to(request.user).standing().open().exclude(pk__in=held)
    if request.method == "POST":
        return _offer_matters(request, call, open_ones)
    rows = open_ones.select_related("congress").defer("search").order_by("-n_voices", "-pk")
    context = {"item": call, "matters": rows[:FEW]}
    return render(request, "supervision/clue_matters.html", context)


def _offer_matters(request, call, open_ones):
    picked = ticked(request.POST.getlist("picked"), most=FEW)
    offered = 0
    for matter in open_ones.filter(pk__in=picked).order_by("pk"):
        title = matter.public_title or matter.title
        actions.offer_clue(call, title=title[:80], matter=matter, by=request.user)
        offered += 1
    if offered:
        messages.success(request, _("%(n)d件放入了线索池。") % {"n": offered})
    else:
        messages.warning(request, _("请先勾选。"))
    return redirect("supervision:call", call.pk)


@require_safe
def deputy_call(request, pk=None):
    """What a deputy sees: the call, the clues nobody took, his drafts and what committees said."""
    seats = seats_of(request.user)
    if not seats.deputy_ids:
        raise Http404
    calls = Call.objects.visible_to(request.user).filter(congress__in=seats.deputy_congresses)
    call = get_object_or_404(calls, pk=pk) if pk else calls.open().order_by("-pk").first()
    clues = call.clues.filter(state=ClueState.OFFERED).for_list() if call else Clue.objects.none()
    drafts = Suggestion.objects.filter(lead__in=seats.deputy_ids, state__in=WITH_DEPUTY)
    own = Precheck.objects.filter(deputy__in=seats.deputy_ids).for_list()
    context = {
        "call": call,
        "days_left": call.days_left(clock.today()) if call else None,
        "clues": clues.order_by("-n_voices", "-pk")[:FEW],
        "drafts": drafts.order_by("-updated_at")[:FEW],
        "prechecks": [(row, TONES.get(row.state)) for row in own.order_by("-pk")[:FEW]],
    }
    return render(request, "supervision/deputy_call.html", context)


@require_POST
def take_clue(request, pk):
    """A draft begins in the deputy's name."""
    clue = visible(request.user, Clue, pk)
    suggestion = actions.take_clue(clue, by=request.user)
    messages.success(request, _("已认领，草稿建好了，请补充情况和具体建议。"))
    return redirect("suggestions:revise", suggestion.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_draft(request, pk):
    """Show an unfinished paper to a committee before handing it in."""
    mine = Suggestion.objects.filter(lead__in=seats_of(request.user).deputy_ids)
    suggestion = get_object_or_404(
        mine.select_related("congress__region", "lead__electing_base__region"), pk=pk
    )
    form = OfferForm(request.POST or None, item=suggestion)
    if form.is_valid():
        with refusals_on(form):
            made = actions.offer_draft(suggestion, **form.cleaned_data, by=request.user)
            words = {"congress": made.congress.short_name}
            messages.success(request, _("已送%(congress)s代工委预审。") % words)
            return redirect("supervision:deputy_call_now")
    context = {"form": form, "suggestion": suggestion}
    return render(request, "supervision/offer_draft.html", context, status=status_of(form))


@require_safe
def prechecks(request):
    """Drafts offered to one's committee, the soonest due first."""
    if not seats_of(request.user).congresses(*STAFF):
        raise Http404
    form = PrecheckFilter(request.GET)
    mine = Precheck.objects.filter(congress__in=seats_of(request.user).congresses(*STAFF))
    page = ListPage(request, mine.matching(**chosen(form)).for_list(), sorts=PRECHECK_SORTS)
    return list_answer(
        request, "supervision/prechecks.html", page, PRECHECK_COLUMNS, file="prechecks", form=form
    )


@require_safe
def precheck(request, pk):
    """The wording that was shown, what is like it, and the comment."""
    row = visible(request.user, Precheck, pk)
    if not permissions.can_comment(request.user, row):
        raise Http404
    return render(request, "supervision/precheck.html", _shown(request, row))


@require_safe
def deputy_precheck(request, pk):
    row = visible(request.user, Precheck, pk)
    if not permissions.can_withdraw_precheck(request.user, row):
        raise Http404
    context = _shown(request, row) | {"base": "base_deputy.html", "is_deputys": True}
    return render(request, "supervision/precheck.html", context)


@require_POST
def withdraw_precheck(request, pk):
    row = visible(request.user, Precheck, pk)
    actions.withdraw_precheck(row, by=request.user)
    messages.success(request, _("已收回。"))
    return redirect("supervision:deputy_call_now")


def _shown(request, row):
    """Duplicates are looked for in the congress the paper will go to."""
    body = f"{row.title} {row.situation}"[:600]
    return {
        "item": row,
        "likes": suggestions_like(body, row.suggestion.congress, besides=row.suggestion_id),
        "choices": choices(PRECHECK, request.user, row),
        "entries": told(row),
    }
