"""Visitors at the counter: writing down, the slip to take home, and who must be told in person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.congress.models import Deputy
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import clock, codes
from huiyin.opinions import actions, exports, permissions
from huiyin.opinions.forms import AnswerForm, WalkInForm
from huiyin.opinions.models import Asked, Matter, Voice, same_matter_within, similar_matters
from huiyin.opinions.views.saying import follow_address
from huiyin.regions.models import Region
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import status_of
from huiyin.ui.lists import ListPage, number_of
from huiyin.venues.models import Duty, Venue

MOST_SIMILAR = 3
LONGEST_ASKED = 2000


def walk_in(request):
    """The form, and beside it what was received today. Whoever keeps several venues says which first."""
    if not permissions.can_receive_visitors(request.user):
        raise PermissionDenied
    venue = _venue(request)
    if venue is None:
        return render(request, "opinions/which_venue.html", {"venues": _venues(request.user)})
    form = WalkInForm(
        request.POST or None,
        request.FILES or None,
        deputies=_deputies(venue),
        within=venue.congress.region,
    )
    if form.is_valid():
        voice = actions.receive_visitor(venue=venue, **form.cleaned_data, by=request.user)
        messages.success(request, _("登记好了。请把查询码交给来访人。"))
        return redirect("opinions:slip", pk=voice.pk)
    context = {"form": form, "venue": venue, **_today(request, venue)}
    return render(request, "opinions/walk_in.html", context, status=status_of(form))


@require_POST
def walk_in_similar(request):
    """While an officer writes: standing matters near by that look the same, and how they stand."""
    if not permissions.can_receive_visitors(request.user):
        raise PermissionDenied
    venue = _venue(request)
    similar = _similar(request, venue) if venue else []
    return render(request, "opinions/walk_in.html#similar", {"similar": similar})


@require_safe
def slip(request, pk):
    """A page to print: the code, what was said, and a line to sign on.

    Whoever has the code answers as the resident: who wrote it down hands it out, on the day itself.
    """
    mine = Voice.objects.unmaskable_by(request.user).written_down_by(request.user, clock.today())
    voice = _met(mine, pk)
    address = follow_address(voice)
    context = {
        "voice": voice,
        "code": codes.grouped(voice.code),
        "address": address,
        "qr": codes.qr_svg(address, label=_("查询码的二维码")),
        "deputies": voice.received_by.named().order_by("sort_key"),
    }
    response = render(request, "opinions/slip.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def by_hand(request):
    """People with news whom no text message reached and somebody has to tell."""
    if not permissions.can_receive_visitors(request.user):
        raise PermissionDenied
    rows = Voice.objects.visible_to(request.user).by_hand()
    rows = rows.with_news().select_related("matter", "venue").defer("search", "matter__search")
    sorts = {"oldest": "received_at", "newest": "-received_at"}
    page = ListPage(request, rows, sorts=sorts, default="oldest")
    if page.format:
        table = exports.voices(page.queryset)
        return spreadsheet("by-hand", table.headers, table.rows, page.format)
    return render(request, "opinions/by_hand.html", {"page": page, "form": AnswerForm()})


@require_POST
def tell_by_hand(request, pk):
    """Told in person; and when the visitor was asked and answered, the answer."""
    voice = _met(Voice.objects.visible_to(request.user), pk)
    actions.tell_by_hand(voice, by=request.user)
    form = AnswerForm(request.POST)
    if voice.is_asked and form.is_valid():
        actions.resident_answers(voice, **form.cleaned_data, by=request.user)
    messages.success(request, _("记下来了。"))
    return redirect("opinions:by_hand")


def _met(queryset, pk):
    queryset = queryset.select_related("matter", "venue__congress")
    return get_object_or_404(queryset.defer("search", "matter__search"), pk=pk)


def _similar(request, venue):
    """Those the officer may see: of the venue, or for staff of the whole congress."""
    standing = Matter.objects.visible_to(request.user).standing().filter(congress=venue.congress)
    chosen = number_of(request.POST.get("region", ""))
    inside = Region.objects.inside(venue.congress.region)
    region = inside.filter(pk=chosen).first() if chosen else None
    return similar_matters(
        standing.with_first_place().for_list(),
        Asked(
            request.POST.get("text", "")[:LONGEST_ASKED],
            place=request.POST.get("place", "")[:LONGEST_ASKED],
            region=region or venue.region,
            within=same_matter_within(venue.congress.region),
        ),
        words=lambda matter: matter.title,
        placed=lambda matter: matter.first_place or "",
        most=MOST_SIMILAR,
    )


def _venue(request):
    """The one asked for, or the only one there is."""
    venues = _venues(request.user)
    wanted = number_of(request.POST.get("venue") or request.GET.get("venue", ""))
    if wanted is not None:
        return get_object_or_404(venues, pk=wanted)
    first = list(venues[:2])
    return first[0] if len(first) == 1 else None


def _venues(user):
    """What the officer keeps; staff may write down for every venue of their congress."""
    kept = Venue.objects.open().filter(pk__in=permissions.kept_venues(user))
    staffed = Venue.objects.open().filter(congress__in=seats_of(user).congresses(*STAFF))
    return (kept | staffed).select_related("congress__region", "region").order_by("sort_key")


def _deputies(venue):
    placed = Deputy.objects.sitting().named().filter(placements__venue=venue)
    return placed.order_by("sort_key")


def _today(request, venue):
    """What was received here today, and the receptions planned."""
    today = clock.today()
    received = Voice.objects.visible_to(request.user).filter(venue=venue, received_at__date=today)
    return {
        "received": received.select_related("matter")
        .defer("search", "matter__search")
        .order_by("-received_at")[:50],
        "duties": Duty.objects.on(today).filter(venue=venue).order_by("starts_at"),
    }
