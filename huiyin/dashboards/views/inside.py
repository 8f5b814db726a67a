"""The first page of each person who logs in, and the overview."""

import datetime as dt

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from huiyin.congress.models import Congress, Term
from huiyin.congress.seats import STAFF, seats_of
from huiyin.dashboards import figures, waiting
from huiyin.dashboards.forms import ScopeForm
from huiyin.dashboards.views.keeping import forget, keeping
from huiyin.dashboards.views.scoping import form_of, motions_at
from huiyin.kernel import clock
from huiyin.opinions.models import Matter
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.permissions import can_open_lists
from huiyin.venues.models import Duty

FEW = 5
NEAR_THE_END = dt.timedelta(
    days=180
)  # of a term: what is unfinished is looked through and handed on


@require_safe
def landing(request):
    """To the entrance of the person's role; a deputy with a desk lands at the desk."""
    seats = seats_of(request.user)
    if seats.deputies and not seats.appointed:
        return redirect("dashboards:deputy")
    return redirect("dashboards:desk")


@require_safe
def deputy(request):
    seats = seats_of(request.user)
    if not seats.deputies:
        raise Http404
    near = Matter.objects.visible_to(request.user).open().for_list().order_by("-last_voice_at")
    duties = Duty.objects.coming(clock.today()).filter(deputies__in=seats.deputy_ids)
    context = {
        "lines": waiting.for_deputy(request.user),
        "near": near[:FEW],
        "duties": duties.select_related("venue")[:FEW],
        "suggestions": _under_way(request.user),
    }
    return render(request, "dashboards/deputy.html", context)


@require_safe
def desk(request):
    """What waits at the desk; a deputy without one is led to where it waits for deputies."""
    seats = seats_of(request.user)
    if seats.deputies and not seats.appointed:
        return redirect("dashboards:deputy")
    context = {
        "lines": waiting.for_desk(request.user),
        "seats": seats,
        "congresses": Congress.objects.filter(pk__in=seats.any_congress),
        "soonest": waiting.soonest(request.user),
        "ending": _ending(seats),
        "duties": Duty.objects.on(clock.today())
        .filter(venue__officers__user=request.user)
        .select_related("venue"),
    }
    return render(request, "dashboards/desk.html", context)


@require_safe
def overview(request):
    """Kept for some minutes; whoever wants the numbers of this moment asks with ?anew=1."""
    form = form_of(request, ScopeForm)
    scope, motions = form.scope(), motions_at(request.user)
    supervises = can_open_lists(request.user)
    differs = (motions, str(supervises))
    if "anew" in request.GET:
        forget("overview", scope, get_language(), *differs)
        return redirect(f"{request.path}?congress={scope.congress.pk}&year={scope.year}")
    context = {
        "form": form,
        "scope": scope,
        "overview": figures.Overview(scope, motions, supervises),
        "anew": f"?congress={scope.congress.pk}&year={scope.year}&anew=1",
        **keeping(scope, *differs),
    }
    return render(request, "dashboards/overview.html", context)


def _under_way(user):
    mine = Suggestion.objects.visible_to(user).unfinished().for_list()
    return mine.order_by("-updated_at")[:FEW]


def _ending(seats):
    """The terms that end soon or have just ended, for those who hand over what is unfinished."""
    today = clock.today()
    ends = (today - NEAR_THE_END, today + NEAR_THE_END)
    return Term.objects.filter(congress__in=seats.congresses(*STAFF), ends_on__range=ends)
