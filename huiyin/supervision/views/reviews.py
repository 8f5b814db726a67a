"""The units that report to the standing committee, and the vote on each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress
from huiyin.kernel import clock
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.supervision import actions, permissions
from huiyin.supervision.forms.reviews import ChooseForm, ReviewFilter
from huiyin.supervision.models import Review, Scorecard
from huiyin.supervision.views.steps import choices, told
from huiyin.supervision.views.tables import DUE, STATE, Cell, Column, list_answer
from huiyin.supervision.workflow import REVIEW
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen

COLUMNS = [
    Column(
        gettext_lazy("单位"),
        lambda row: Cell(row.unit.name, reverse("supervision:review", args=[row.pk])),
        "unit",
    ),
    Column(gettext_lazy("年份"), lambda row: row.year, "year", is_number=True),
    STATE,
    Column(gettext_lazy("结果"), lambda row: result_words(row)),
    DUE,
]
SORTS = {
    "year": ("-year", "unit__sort_key"),
    "unit": ("unit__sort_key", "-year"),
    "state": ("state", "-year"),
    "due": "clock__due_on",
}


@require_safe
def index(request):
    if not permissions.can_open_lists(request.user):
        raise Http404
    form = ReviewFilter(request.GET)
    rows = Review.objects.visible_to(request.user).matching(**chosen(form)).for_list()
    page = ListPage(request, rows, sorts=SORTS)
    congress = _choosing(request)
    return list_answer(
        request,
        "supervision/reviews.html",
        page,
        COLUMNS,
        file="reviews",
        form=form,
        may_choose=congress is not None,
        quota=_quota(congress) if congress else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request):
    """The director records which unit the council has chosen for this year."""
    congress = _choosing(request)
    if congress is None:
        raise Http404
    form = ChooseForm(request.POST or None, congress=congress)
    if form.is_valid():
        with refusals_on(form, "unit"):
            review = actions.choose_unit(
                congress, year=clock.today().year, **form.cleaned_data, by=request.user
            )
            messages.success(request, _("已选定，单位会收到通知。"))
            return redirect("supervision:review", review.pk)
    return render(request, "supervision/choose_unit.html", {"form": form}, status=status_of(form))


@require_safe
def detail(request, pk):
    rows = Review.objects.visible_to(request.user)
    review = get_object_or_404(rows.select_related("congress", "unit", "clock"), pk=pk)
    inside = permissions.can_vote(request.user, review) or permissions.can_open_ballot(
        request.user, review
    )
    voted = set(review.voters.filter(has_voted=True).values_list("user", flat=True))
    has_voted = request.user.pk in voted
    context = {
        "item": review,
        "choices": choices(REVIEW, request.user, review, without=["vote"] if has_voted else []),
        "n_voted": len(voted),
        "has_voted": has_voted,
        "open_votes": _open_votes(review) if inside else [],
        "card": Scorecard.objects.visible_to(request.user)
        .filter(appraisal__year=review.year, unit=review.unit)
        .first(),
        "result": result_words(review),
        "entries": told(review),
    }
    return render(request, "supervision/review.html", context)


def result_words(review):
    if review.is_passed is None:
        return "–"
    return _("通过") if review.is_passed else _("没有通过")


def _open_votes(review):
    """Each member's answer in an open ballot, after the count."""
    if review.is_secret or review.is_passed is None:
        return []
    return review.open_votes.select_related("user").order_by("user__name")


def _choosing(request):
    return Congress.objects.where(request.user, Role.DIRECTOR).order_by("pk").first()


def _quota(congress):
    today = clock.today()
    chosen_ones = Review.objects.filter(congress=congress, year=today.year)
    return {
        "counted": chosen_ones.counted().count(),
        "wanted": Rule.objects.value(Key.REVIEW_UNITS, congress.region, today),
    }
