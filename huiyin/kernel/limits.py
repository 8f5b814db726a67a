"""How often one visitor may write or guess. Counts live in the shared cache, keyed and short-lived."""

import ipaddress
import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from huiyin.kernel import clock, crypto

View = Callable[..., HttpResponse]
HOUSEHOLD = 64  # bits of an IPv6 address: whoever has one address of such a network has them all


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
    key = _key(name, who, seconds)
    cache.add(key, 0, timeout=seconds)
    tries = _one_more(key)
    cache.touch(key, seconds)  # the cache in the database forgets the time when it counts
    if tries > times:
        raise TooMany(seconds)


def refuse_beyond(name: str, who: str, *, times: int, seconds: int) -> None:
    """Ask before answering: past the limit a lucky guess learns no more than a wrong one."""
    if settings.RATE_LIMITS and cache.get(_key(name, who, seconds), 0) >= times:
        raise TooMany(seconds)


def visitor(request: HttpRequest) -> str:
    """The address the request came from, as the trusted proxy or the socket tells it."""
    forwarded = request.headers.get("x-forwarded-for", "").split(",")
    told = ""
    if 0 < settings.TRUSTED_PROXIES <= len(forwarded):
        told = forwarded[-settings.TRUSTED_PROXIES].strip()
    return told or request.META.get("REMOTE_ADDR", "")


def _key(name: str, who: str, seconds: int) -> str:
    """With the number of the span of time in it: an unbroken stream of tries is let in again."""
    span = int(clock.now().timestamp()) // seconds
    return f"limit:{name}:{span}:{crypto.blind_index(_household(who), 'limit')[:32]}"


def _one_more(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # swept away since it was added
        return 1


def _household(who: str) -> str:
    try:
        address = ipaddress.ip_address(who)
    except ValueError:
        return who
    if isinstance(address, ipaddress.IPv4Address):
        return who
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, HOUSEHOLD), strict=False))
