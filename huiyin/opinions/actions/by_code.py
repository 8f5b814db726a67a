"""Whoever has the code has the voice: looking it up, with guessing counted and ended."""

from huiyin.kernel import codes, limits
from huiyin.opinions.models import Voice

MISSES, MISSES_WITHIN = 20, 3600


def find_voice(typed: str, *, who: str) -> Voice | None:
    """The voice, or None: unknown and malformed codes look the same. Raises TooMany.

    `who` is the visitor's address, by which guesses are counted.
    """
    code = codes.normalise(typed)
    limits.refuse_beyond("code", who, times=MISSES, seconds=MISSES_WITHIN)
    voices = Voice.objects.select_related(
        "matter__clock__rule", "matter__deputy__person", "matter__unit", "venue", "region"
    ).defer("search", "matter__search")
    found = voices.filter(code=code).first() if codes.is_valid(code) else None
    if found is None:
        limits.count("code", who, times=MISSES, seconds=MISSES_WITHIN)
    return found
