"""Proposals to merge: a card for each group, with the words its members share."""

from operator import attrgetter

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.congress.seats import STAFF, seats_of
from huiyin.opinions import actions, exports
from huiyin.opinions.choices import ProposalState
from huiyin.opinions.models import MergeProposal
from huiyin.texts import semantic
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.lists import ListPage, ticked

SORTS = {"size": "-n_matters", "alike": "-cohesion", "newest": "-created_at"}
A_PAGE = 10
MOST_AT_ONCE = 500


@require_safe
def proposals(request):
    state = request.GET.get("state", "")
    state = state if state in ProposalState.values else ProposalState.OPEN
    mine = _visible(request)
    counts = mine.by_state()
    rows = mine.filter(state=state)
    page = ListPage(request, rows, sorts=SORTS, default="size", per_page=A_PAGE)
    page.counted = counts.get(state, 0)
    if page.format:
        table = exports.proposals(page.queryset.select_related("decided_by").with_members())
        return spreadsheet(_("合并建议"), table.headers, table.rows, page.format)
    page.rows = _with_members(page)
    context = {
        "page": page,
        "state": state,
        "tabs": [
            {
                "url": f"?state={value}",
                "label": label,
                "count": counts.get(value, 0),
                "current": value == state,
            }
            for value, label in ProposalState.choices
        ],
        "is_semantic": semantic.available(),
    }
    return render(request, "opinions/proposals.html", context)


@require_POST
def accept(request, pk):
    """Merge the ticked members only."""
    proposal = get_object_or_404(_visible(request), pk=pk)
    picked = ticked(request.POST.getlist("picked"), most=MOST_AT_ONCE)
    chosen = list(proposal.matters.filter(pk__in=picked).defer("search"))
    host = actions.accept(proposal, matters=chosen, by=request.user)
    messages.success(
        request, _("已合并到“%(title)s”。在“已合并”里可以撤销。") % {"title": host.title}
    )
    return redirect("opinions:proposals")


@require_POST
def reject(request, pk):
    actions.reject(get_object_or_404(_visible(request), pk=pk), by=request.user)
    messages.success(request, _("记下来了：不是同一件事。"))
    return redirect("opinions:proposals")


@require_POST
def undo(request, pk):
    actions.undo(get_object_or_404(_visible(request), pk=pk), by=request.user)
    messages.success(request, _("已撤销，这一组回到待确认。"))
    return redirect("opinions:proposals")


def _with_members(page):
    """The page's proposals in its order, each with its members."""
    shown = page.queryset[page.start : page.start + page.per_page]
    in_order = attrgetter(SORTS[page.sort].removeprefix("-"))
    found = shown.read_with_members() if page else []
    return sorted(found, key=lambda one: in_order(one[0]), reverse=page.is_falling)


def _visible(request):
    """Staff of the congress; nobody else has a list at all."""
    congresses = seats_of(request.user).congresses(*STAFF)
    if not congresses:
        raise Http404
    return MergeProposal.objects.filter(congress__in=congresses)
