"""Awards: the list, one selection for its readers, and what jurors see while they judge."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.congress.models import Congress
from huiyin.congress.seats import STAFF, frame_of, seats_of
from huiyin.kernel import clock
from huiyin.supervision import actions, permissions
from huiyin.supervision.choices import AwardState, CandidateState
from huiyin.supervision.forms.awards import AwardFilter, OpenAwardForm
from huiyin.supervision.models import Award, AwardObjection
from huiyin.supervision.templatetags.supervision import TONES
from huiyin.supervision.views.steps import choices, told
from huiyin.supervision.views.tables import STATE, Cell, Column, due_cell, list_answer
from huiyin.supervision.workflow import AWARD, AWARD_OBJECTION, CANDIDATE
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen

COLUMNS = [
    Column(
        gettext_lazy("奖项"),
        lambda row: Cell(row.get_kind_display(), reverse("supervision:award", args=[row.pk])),
        "kind",
    ),
    Column(gettext_lazy("年份"), lambda row: row.year, "year", is_number=True),
    STATE,
    Column(gettext_lazy("名额"), lambda row: row.n_places, is_number=True),
    Column(pgettext_lazy("导航", "候选"), lambda row: row.n_candidates, is_number=True),
    Column(gettext_lazy("公示期"), due_cell, "due"),
]
SORTS = {
    "year": ("-year", "kind"),
    "kind": ("kind", "-year"),
    "state": ("state", "-year"),
    "due": "clock__due_on",
}
# While jurors judge they read no names and no other points, whoever they are.
BLIND = (AwardState.NOMINATING, AwardState.JUDGING)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """Every selection one may see; staff begin the next one here."""
    if not seats_of(request.user).any_congress:
        raise Http404
    congress = Congress.objects.where(request.user, *STAFF).order_by("pk").first()
    form = OpenAwardForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST":
        return _open(request, congress, form)
    return _list(request, congress, form)


def _open(request, congress, form):
    if congress is None:
        raise Http404
    if form.is_valid():
        with refusals_on(form):
            award = actions.open_award(congress, **form.cleaned_data, by=request.user)
            messages.success(request, _("已按规则列出候选，每个都写着入选的依据。"))
            return redirect("supervision:award", award.pk)
    return _list(request, congress, form)


def _list(request, congress, form):
    wanted = AwardFilter(request.GET)
    rows = Award.objects.visible_to(request.user).matching(**chosen(wanted)).for_list()
    page = ListPage(request, rows, sorts=SORTS)
    return list_answer(
        request,
        "supervision/awards.html",
        page,
        COLUMNS,
        file="awards",
        form=wanted,
        open_form=form,
        may_open=congress is not None,
        base=base_of(request.user),
        reads=permissions.can_open_lists(request.user),
        status=status_of(form),
    )


@require_safe
def detail(request, pk):
    rows = Award.objects.visible_to(request.user)
    award = get_object_or_404(rows.select_related("congress", "clock"), pk=pk)
    is_staff = permissions.can_nominate(request.user, award)
    is_juror = request.user.pk in award.juror_ids
    is_blind = award.state in BLIND and (is_juror or not is_staff)
    context = {
        "item": award,
        "base": base_of(request.user),
        "choices": choices(AWARD, request.user, award),
        "candidates": _candidates(request.user, award, is_staff, is_blind=is_blind),
        "is_blind": is_blind,
        "is_staff": is_staff,
        "shows_points": award.state not in BLIND,
        "jurors": _jurors(award) if is_staff else [],
        "objections": _objections(request.user, award),
        "entries": told(award) if is_staff else [],
    }
    return render(request, "supervision/award.html", context)


def base_of(user):
    return frame_of(user)


def _candidates(user, award, is_staff, *, is_blind):
    """The rows this reader may see, each with his own steps and, of a juror, his own points."""
    rows = award.candidates.select_related("suggestion__lead__person", "unit")
    if not (is_staff or user.pk in award.juror_ids):
        rows = rows.chosen()
    own = dict(award.jurors.filter(user=user.pk).values_list("scores__candidate", "scores__points"))
    recused = dict(
        award.jurors.filter(user=user.pk).values_list("recusals__candidate", "recusals__reason")
    )
    order = ("pk",) if award.state in BLIND else ("-average", "pk")
    return [
        {
            "item": row,
            "label": row.quoted if is_blind else str(row),
            "choices": [] if row.pk in recused else choices(CANDIDATE, user, row),
            "points": own.get(row.pk),
            "recused": recused.get(row.pk, ""),
            "tone": TONES.get(row.state, "neutral"),
            "has_certificate": row.state == CandidateState.AWARDED,
        }
        for row in rows.order_by(*order)
    ]


def _jurors(award):
    """How many each has scored and does not judge: progress without points."""
    rows = award.jurors.select_related("user").annotate(
        n_scored=Count("scores", distinct=True), n_recused=Count("recusals", distinct=True)
    )
    return rows.order_by("user__name")


def _objections(user, award):
    rows = AwardObjection.objects.visible_to(user).filter(candidate__award=award)
    rows = rows.select_related("candidate__suggestion", "candidate__unit", "clock", "by")
    return [
        (row, choices(AWARD_OBJECTION, user, row), TONES.get(row.state))
        for row in rows.order_by("-pk")
    ]
