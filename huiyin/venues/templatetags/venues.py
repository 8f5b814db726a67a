"""When a deputy can be met: shown on the deputy's card, one floor below."""

from typing import Any

from django import template

from huiyin.congress.models import Deputy
from huiyin.kernel import clock
from huiyin.venues.models import Duty, Placement

register = template.Library()
DAYS = 60


@register.inclusion_tag("venues/duties_of.html")
def duties_of(deputy: Deputy) -> dict[str, Any]:
    duties = Duty.objects.of_deputy(deputy).coming(clock.today(), DAYS)
    places = Placement.objects.filter(deputy=deputy, venue__is_open=True)
    return {
        "duties": duties.select_related("venue")[:20],
        "places": places.select_related("venue").order_by("-is_main", "pk"),
        "today": clock.today(),
    }
