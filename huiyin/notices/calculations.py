"""When a message may go out, and when to try again."""

import datetime as dt

from huiyin.kernel import clock

QUIET_FROM, QUIET_TO = 21, 8
MOST_TRIES = 5
BACK_OFF = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30))


def earliest(now: dt.datetime) -> dt.datetime:
    """Now, or the end of the quiet hours: nobody's phone rings at night."""
    local = now.astimezone(clock.ZONE)
    if QUIET_TO <= local.hour < QUIET_FROM:
        return now
    day = local.date() + dt.timedelta(days=local.hour >= QUIET_FROM)
    return clock.at(day, QUIET_TO)


def next_try(now: dt.datetime, tries: int) -> dt.datetime | None:
    """When to try again after so many tries; None when it is time to give up."""
    if tries >= MOST_TRIES:
        return None
    return now + BACK_OFF[min(tries, len(BACK_OFF)) - 1]
