"""Key items: who might become one, the list, one of them for each of its readers."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import clock
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions.models import Suggestion
from huiyin.supervision import actions, permissions
from huiyin.supervision.forms.key_items import CandidateFilter, KeyFilter, ProposeForm
from huiyin.supervision.models import KeyItem
from huiyin.supervision.models.key_items import key_candidates
from huiyin.supervision.views.steps import choices, told, visible
from huiyin.supervision.views.tables import DUE, STATE, Cell, Column, list_answer
from huiyin.supervision.workflow import KEY_ITEM
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen, ticked

PROPOSERS = (*STAFF, Role.COMMITTEE)
MOST_PICKED = 20


def _n_suggestions(n: int) -> str:
    return ngettext("%(n)d件建议", "%(n)d件建议", n) % {"n": n}


def _n_acts(n: int) -> str:
    return ngettext("%(n)d次督办活动", "%(n)d次督办活动", n) % {"n": n}


COLUMNS = [
    Column(
        gettext_lazy("督办事项"),
        lambda row: Cell(
            row.title,
            reverse("supervision:key_item", args=[row.pk]),
            f"{_n_suggestions(row.n_suggestions)} · {_n_acts(row.n_acts)}",
        ),
    ),
    Column(gettext_lazy("年份"), lambda row: row.year, "year", is_number=True),
    Column(
        gettext_lazy("领衔督办"),
        lambda row: Cell(row.leader.name if row.leader else "–", sub=row.committee or ""),
        "leader",
    ),
    STATE,
    DUE,
]
SORTS = {
    "year": ("-year", "-decided_on"),
    "leader": ("leader__name", "-year"),
    "state": ("state", "-year"),
    "due": "clock__due_on",
}
CANDIDATE_COLUMNS = [
    Column(gettext_lazy("编号"), lambda row: row.number, "number", is_number=True),
    Column(
        gettext_lazy("标题"),
        lambda row: Cell(
            row.title,
            reverse("suggestions:detail", args=[row.pk]) if row.may_open else "",
            row.get_state_display(),
        ),
    ),
    Column(gettext_lazy("附议人数"), lambda row: row.n_cosigners, "cosigners", is_number=True),
    Column(gettext_lazy("反映的居民"), lambda row: row.n_voices, "voices", is_number=True),
    Column(gettext_lazy("同一件事的建议"), lambda row: row.n_alike, "alike", is_number=True),
    Column(gettext_lazy("会办单位"), lambda row: row.n_cohandlers, "units", is_number=True),
    Column(gettext_lazy("轮次"), lambda row: row.round, "round", is_number=True),
]
CANDIDATE_SORTS = {
    "voices": ("-n_voices", "-n_cosigners"),
    "cosigners": ("-n_cosigners", "-n_voices"),
    "alike": ("-n_alike", "-n_voices"),
    "units": ("-n_cohandlers", "-n_voices"),
    "round": ("-round", "-n_voices"),
    "number": "number",
}


@require_safe
def index(request):
    """Everything one may see, this year's first, and how many the rule asks for."""
    if not permissions.can_open_lists(request.user):
        raise Http404
    form = KeyFilter(request.GET)
    rows = KeyItem.objects.visible_to(request.user).matching(**chosen(form)).for_list()
    page = ListPage(request, rows, sorts=SORTS)
    congress = Congress.objects.where(request.user, *PROPOSERS).order_by("pk").first()
    return list_answer(
        request,
        "supervision/key_items.html",
        page,
        COLUMNS,
        file="key-items",
        form=form,
        congress=congress,
        quota=_quota(congress) if congress else None,
    )


@require_safe
def candidates(request):
    """Numbered suggestions of the year, each with what speaks for it; nothing is weighed."""
    mine = _proposing(request)
    form = CandidateFilter(request.GET)
    wanted = chosen(form)
    year = int(wanted.pop("year", clock.today().year))
    seen = Suggestion.objects.visible_to(request.user).filter(pk=OuterRef("pk"))
    rows = key_candidates(mine, year).matching(**wanted).annotate(may_open=Exists(seen))
    page = ListPage(request, rows.defer("search", "situation", "proposals"), sorts=CANDIDATE_SORTS)
    return list_answer(
        request,
        "supervision/candidates.html",
        page,
        CANDIDATE_COLUMNS,
        file="key-candidates",
        form=form,
        year=year,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request):
    """The ticked suggestions become one candidate."""
    mine = _proposing(request)
    asked = request.POST or request.GET
    picked = ticked(asked.getlist("suggestions"), most=MOST_PICKED)
    among = Suggestion.objects.visible_to(request.user).filter(congress__in=mine, pk__in=picked)
    held = list(among.select_related("congress__region", "lead__person").order_by("number"))
    form = ProposeForm(request.POST or None, among=among, initial=_suggested(held))
    if not held:
        messages.warning(request, _("请先勾选建议。"))
        return redirect("supervision:key_candidates")
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("title", "criteria", "reason")}
        with refusals_on(form):
            item = actions.propose_key_item(
                held[0].congress,
                year=clock.today().year,
                **fields,
                suggestions=held,
                by=request.user,
            )
            messages.success(request, _("已列为候选，委员和各委员会会收到征求意见的消息。"))
            return redirect("supervision:key_item", item.pk)
    context = {"form": form, "held": held}
    return render(request, "supervision/propose_key_item.html", context, status=status_of(form))


@require_safe
def detail(request, pk):
    return render(request, "supervision/key_item.html", _story(request, pk, "base_desk.html"))


@require_safe
def deputy_detail(request, pk):
    context = _story(request, pk, "base_deputy.html")
    return render(request, "supervision/key_item.html", context)


def _story(request, pk, base):
    item = visible(request.user, KeyItem, pk)
    inside = permissions.can_give_key_opinion(request.user, item)
    return {
        "item": item,
        "base": base,
        "is_deputys": base == "base_deputy.html",
        "reads": permissions.can_open_lists(request.user),
        "choices": choices(KEY_ITEM, request.user, item),
        "held": _held(request.user, item),
        "opinions": item.opinions.select_related("by").order_by("pk") if inside else [],
        "acts": item.acts.select_related("by").order_by("-on", "-pk"),
        "entries": told(item) if inside else [],
    }


def _held(user, item):
    """The suggestions of the matter, each with whether this reader may open it."""
    rows = list(actions.suggestions_in(item))
    own = Suggestion.objects.visible_to(user).filter(pk__in=[row.pk for row in rows])
    seen = set(own.values_list("pk", flat=True))
    return [(row, row.pk in seen) for row in rows]


def _proposing(request):
    mine = seats_of(request.user).congresses(*PROPOSERS)
    if not mine:
        raise Http404
    return mine


def _suggested(held):
    """The first one's title, to be changed; a cluster gets its own name."""
    if not held:
        return {}
    return {"title": held[0].title, "suggestions": [each.pk for each in held]}


def _quota(congress):
    """How many the council has decided this year, and how many the rule asks for."""
    today = clock.today()
    decided = KeyItem.objects.chosen().filter(congress=congress, year=today.year).count()
    wanted = Rule.objects.value(Key.KEY_COUNT_MIN, congress.region, today)
    return {"decided": decided, "wanted": wanted, "is_met": decided >= wanted}
