"""How often one visitor may write or guess. Counts live in the shared cache, keyed and short-lived."""

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from huiyin.kernel import crypto

View = Callable[..., HttpResponse]


class TooMany(Exception):
    """Too many tries from one place. Answered with 429."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.minutes = max(1, math.ceil(seconds / 60))


def limited(name: str, *, times: int, seconds: int) -> Callable[[View], View]:
    """At most `times` POSTs of this view in `seconds` from one address."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                count(name, visitor(request), times=times, seconds=seconds)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def count(name: str, who: str, *, times: int, seconds: int) -> None:
    """Count one try. Raises TooMany past the limit."""
    if not settings.RATE_LIMITS:
        return
    key = f"limit:{name}:{crypto.blind_index(who, 'limit')[:32]}"
    cache.add(key, 0, timeout=seconds)
    if cache.incr(key) > times:
        raise TooMany(seconds)


def visitor(request: HttpRequest) -> str:
    """The address the request came from, as the trusted proxy or the socket tells it."""
    forwarded = request.headers.get("x-forwarded-for", "")
    if settings.TRUSTED_PROXIES and forwarded:
        return forwarded.split(",")[-settings.TRUSTED_PROXIES].strip()
    return request.META.get("REMOTE_ADDR", "")
