"""How clocks are shown: in a row, in full, and as the rows of their arithmetic."""

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin.kernel import clock as time
from huiyin.rulebook.calculations import Line, holiday_words, rows
from huiyin.rulebook.models import Clock
from huiyin.ui.templatetags.ui import share

register = template.Library()


@register.simple_tag
def clock_tag(clock: Clock | None, today: dt.date | None = None) -> SafeString | str:
    """A clock in a row: plain HTML without a component, so that a long list stays quick."""
    if clock is None:
        return ""
    today = today or time.today()
    tone = clock.tone(today)
    return format_html(
        '<span class="clock clock--{}"><span class="bar bar--{} {}"></span>{}</span>',
        tone,
        tone,
        share(clock.share(today)),
        clock.words(today),
    )


@register.inclusion_tag("rulebook/clock_detail.html")
def clock_detail(clock: Clock, today: dt.date | None = None) -> dict[str, object]:
    """A clock in full: how it stands, and on a click how its date came about."""
    today = today or time.today()
    return {
        "clock": clock,
        "words": clock.words(today),
        "share": clock.share(today),
        "tone": clock.tone(today),
        "rows": clock.explained(),
    }


@register.simple_tag
def arithmetic(clock: Clock) -> list[tuple[str, str]]:
    return clock.explained()


@register.simple_tag
def told(lines: list[Line]) -> list[tuple[str, str]]:
    """The rows of a due date that no clock holds."""
    return rows(lines)


@register.filter
def holiday(name: str) -> str:
    return holiday_words(name)
