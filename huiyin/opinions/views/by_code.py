"""Whoever has the code has the voice: looking it up, with guessing counted and ended."""

from django.http import HttpRequest

from huiyin.kernel import codes, limits
from huiyin.opinions.models import Voice

MISSES, MISSES_WITHIN = 20, 3600


def find_voice(request: HttpRequest, typed: str) -> Voice | None:
    """The voice, or None: unknown and malformed codes look the same. Raises TooMany."""
    code, who = codes.normalise(typed), limits.visitor(request)
    limits.refuse_beyond("code", who, times=MISSES, seconds=MISSES_WITHIN)
    voices = Voice.objects.select_related(
        "matter__clock__rule", "matter__deputy__person", "matter__unit", "venue", "region"
    ).defer("search", "matter__search")
    found = voices.filter(code=code).first() if codes.is_valid(code) else None
    if found is None:
        limits.count("code", who, times=MISSES, seconds=MISSES_WITHIN)
    return found
