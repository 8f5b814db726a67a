"""The days on which something ends, for the calendar in one's own phone or desk."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.accounts.models import User
from huiyin.congress.seats import seats_of
from huiyin.kernel import clock, crypto
from huiyin.suggestions import exports

TOKEN_CHARACTERS = 40
ICAL = "text/calendar; charset=utf-8"


@require_safe
def calendar(request):
    """One's own address. Whoever has it reads the dates, so it is shown to its owner only."""
    path = reverse("suggestions:calendar_feed", args=[request.user.pk, token_of(request.user)])
    address = f"{settings.SITE_ADDRESS}{path}"
    is_desk = bool(seats_of(request.user).appointed)
    context = {
        "address": address,
        "base": "base_desk.html" if is_desk else "base_deputy.html",
    }
    return render(request, "suggestions/calendar.html", context)


@login_not_required
@require_safe
def calendar_feed(request, pk: int, token: str):
    """Calendar programs cannot log in: the address itself is the key. A wrong one finds nothing."""
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or not hmac.compare_digest(token_of(user).encode(), token.encode()):
        raise Http404
    response = HttpResponse(exports.calendar_of(user, clock.now()), content_type=ICAL)
    response["Cache-Control"] = "private, no-store"
    return response


def token_of(user: User) -> str:
    """Follows from a key outside the database and the password: a new password, a new address."""
    return crypto.blind_index(f"{user.pk}:{user.password}", "calendar")[:TOKEN_CHARACTERS]
