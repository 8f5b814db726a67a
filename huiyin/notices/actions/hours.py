"""When people are reminded: in the working hours of their congress."""

import datetime as dt

from huiyin.congress.models import Congress
from huiyin.kernel import clock
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import CalendarDay, Rule


def congresses_at_work(now: dt.datetime) -> list[int]:
    """Those whose region has a working day and an hour between the two of the rulebook."""
    return [
        congress.pk
        for congress in Congress.objects.select_related("region").order_by("pk")
        if _is_working_time(now, congress)
    ]


def _is_working_time(now: dt.datetime, congress: Congress) -> bool:
    local, region = now.astimezone(clock.ZONE), congress.region
    day = local.date()
    first = Rule.objects.value(Key.REMINDER_FROM, region, day)
    last = Rule.objects.value(Key.REMINDER_TO, region, day)
    return first <= local.hour < last and CalendarDay.objects.is_working(day, region)
