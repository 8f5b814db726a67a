"""What anyone may read: key items that were published, results of votes."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from huiyin.supervision import actions
from huiyin.supervision.forms.awards import PublicAwardFilter
from huiyin.supervision.forms.key_items import PublicKeyFilter
from huiyin.supervision.forms.reviews import PublicReviewFilter
from huiyin.supervision.models import Award, Candidate, KeyItem, Review
from huiyin.supervision.views.reviews import result_words
from huiyin.supervision.views.tables import STATE, Cell, Column, list_answer
from huiyin.ui.lists import ListPage, chosen

KEY_COLUMNS = [
    Column(
        _("督办事项"),
        lambda row: Cell(row.title, reverse("supervision:published_key_item", args=[row.pk])),
    ),
    Column(_("年份"), lambda row: row.year, "year", is_number=True),
    Column(_("领衔督办"), lambda row: row.leader.name),
    STATE,
]
KEY_SORTS = {"year": ("-year", "-decided_on"), "state": ("state", "-year")}


MOST_AWARDS = 20
REVIEW_COLUMNS = [
    Column(_("报告单位"), lambda row: row.unit.name, "unit"),
    Column(_("年份"), lambda row: row.year, "year", is_number=True),
    Column(_("常委会会议"), lambda row: row.meeting),
    Column(_("满意"), lambda row: row.n_satisfied, is_number=True),
    Column(_("基本满意"), lambda row: row.n_basically, is_number=True),
    Column(_("不满意"), lambda row: row.n_dissatisfied, is_number=True),
    Column(_("弃权"), lambda row: row.n_abstained, is_number=True),
    Column(_("结果"), lambda row: result_words(row)),
]
REVIEW_SORTS = {"year": ("-year", "unit__sort_key"), "unit": ("unit__sort_key", "-year")}


@login_not_required
@require_safe
def reviews(request):
    """How the standing committee judged the units that reported to it."""
    form = PublicReviewFilter(request.GET)
    rows = Review.objects.public().matching(**chosen(form)).select_related("unit")
    page = ListPage(request, rows, sorts=REVIEW_SORTS)
    return list_answer(
        request,
        "supervision/public_reviews.html",
        page,
        REVIEW_COLUMNS,
        file="reviews",
        form=form,
    )


@login_not_required
@require_safe
def key_items(request):
    form = PublicKeyFilter(request.GET)
    rows = KeyItem.objects.public().matching(**chosen(form)).select_related("leader")
    page = ListPage(request, rows, sorts=KEY_SORTS)
    return list_answer(
        request,
        "supervision/public_key_items.html",
        page,
        KEY_COLUMNS,
        file="key-items",
        form=form,
    )


@login_not_required
@require_safe
def key_item(request, pk):
    """Of its suggestions only those that are public themselves."""
    rows = KeyItem.objects.public().select_related("committee", "leader")
    item = get_object_or_404(rows, pk=pk)
    held = [each for each in actions.suggestions_in(item) if each.is_published]
    context = {"item": item, "held": held}
    return render(request, "supervision/published_key_item.html", context)


@login_not_required
@require_safe
def awards(request):
    """Who is proposed or has been given an award, with the facts for it."""
    form = PublicAwardFilter(request.GET)
    rows = Award.objects.public().matching(**chosen(form)).select_related("congress", "clock")
    chosen_ones = Candidate.objects.chosen().for_list().select_related("suggestion__publication")
    found = rows.order_by("-year", "kind").prefetch_related(
        Prefetch("candidates", queryset=chosen_ones.order_by("-average", "pk"))
    )
    shown = [(award, list(award.candidates.all())) for award in found[:MOST_AWARDS]]
    context = {"form": form, "awards": shown}
    return render(request, "supervision/public_awards.html", context)
