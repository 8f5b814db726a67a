"""The one place where the house asks what time it is."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

# A module-wide moment, not a context variable: a browser test sets the clock
# for the server that answers in other threads.
_moment: dt.datetime | None = None


def now() -> dt.datetime:
    """This moment, aware, in China's one time zone."""
    return _moment or dt.datetime.now(ZONE)


def today() -> dt.date:
    return now().astimezone(ZONE).date()


def at(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A moment of a day in the house's time zone."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZONE)


@contextmanager
def set_to(moment: dt.datetime) -> Iterator[None]:
    """Hold the clock at a moment. For the demonstration city and for tests only."""
    global _moment
    before, _moment = _moment, moment
    try:
        yield
    finally:
        _moment = before
