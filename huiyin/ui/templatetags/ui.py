"""Template tags and filters of every page: days, moments, shares, traces, sorting, marking."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from django import template
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.ui.lists import narrowing, turn

register = template.Library()

SHARE_STEP = 5
MOST_MARKED_WORDS = 50
INSIDE = ("/desk/", "/deputy/")


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """A moment as the clock on the wall shows it; a day as it is."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(clock.ZONE)
    return value


@register.filter
def day(value: dt.date | dt.datetime | None, style: str = "") -> str:
    """2026-11-23, with "short" 11-23, with "words" 2026年11月23日."""
    if not value:
        return ""
    local = _local(value)
    if style == "short":
        return f"{local:%m-%d}"
    if style == "words":
        parts = {"year": local.year, "month": local.month, "day": local.day}
        return _("%(year)s年%(month)s月%(day)s日") % parts
    return f"{local:%Y-%m-%d}"


@register.filter
def moment(value: dt.datetime | None, style: str = "") -> str:
    """11-23 15:04 within this year, 2025-11-23 15:04 otherwise or with "full"."""
    if not value:
        return ""
    local = _local(value)
    if style == "full" or local.year != clock.today().year:
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local:%m-%d %H:%M}"


@register.filter
def grouped(value: float | None) -> str:
    """1,204 as people read it; a dash for a number that is not there."""
    return "—" if value is None else f"{value:,}"


@register.filter
def share(value: float | str | None) -> str:
    """The class that draws 0..100 on a bar, in steps of five: a style attribute is not allowed."""
    number = max(0.0, min(100.0, float(value or 0)))
    return f"share-{round(number / SHARE_STEP) * SHARE_STEP}"


@register.filter
def mark_shared(text: str, words: Iterable[str]) -> SafeString:
    """The text with the shared words marked, everything else escaped."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)[:MOST_MARKED_WORDS]
    if not wanted:
        return mark_safe(escape(text))  # noqa: S308  escaped on this line
    pattern = re.compile("(" + "|".join(map(re.escape, wanted)) + ")", re.IGNORECASE)
    pieces = enumerate(pattern.split(str(text)))
    return format_html_join(
        "", "{}", ((_marked(piece, number % 2 == 1),) for number, piece in pieces)
    )


def _marked(piece: str, shared: bool) -> str:
    return format_html("<mark>{}</mark>", piece) if shared else piece


@register.simple_tag
def trace_link(kind: str, pk: int, label: str) -> str:
    """A link to the whole story of an item; the bare label where no trace page is installed."""
    try:
        url = reverse("dashboards:trace", args=[kind, pk])
    except NoReverseMatch:
        return conditional_escape(label)
    return format_html('<a href="{}">{}</a>', url, label)


@register.simple_tag
def sort_header(page: Any, name: str, label: str, *, is_number: bool = False) -> SafeString:
    """A table head that sorts by name, keeps the filters, and says how the list is sorted."""
    address, arrow = turn(page, name)
    order = {"↓": "descending", "↑": "ascending", "": ""}[arrow]
    return format_html(
        '<th scope="col"{}{}><a href="{}">{}{}</a></th>',
        mark_safe(' class="number"') if is_number else "",
        format_html(' aria-sort="{}"', order) if order else "",
        address,
        label,
        format_html('<span aria-hidden="true">{}</span>', arrow) if arrow else "",
    )


@register.simple_tag(takes_context=True)
def kept_filters(context: Context) -> dict[str, Any] | None:
    """The reader's own names for searches of this list; None outside the desk's and deputies' lists."""
    request = context["request"]
    if not request.user.is_authenticated or not request.path.startswith(INSIDE):
        return None
    query = narrowing(request.META["QUERY_STRING"])
    own = [kept for kept in request.user.kept_filters if kept["path"] == request.path]
    return {
        "path": request.path,
        "query": query if _narrows(query) else "",
        "entries": [(kept["name"], f"?{kept['query']}", kept["query"] == query) for kept in own],
        "name": next((kept["name"] for kept in own if kept["query"] == query), ""),
    }


@register.simple_tag(takes_context=True)
def is_narrowed(context: Context) -> bool:
    """Whether the address asks for anything that can be cleared."""
    return _narrows(narrowing(context["request"].META["QUERY_STRING"]))


def _narrows(query: str) -> bool:
    """A tab or an order alone needs no name: both are one click away."""
    return any(name not in {"tab", "sort", "more"} for name, _value in parse_qsl(query))


@register.simple_tag
def passed(attrs: Any) -> SafeString:
    """A component's remaining attributes, escaped (cotton's own output of them is not)."""
    pairs = attrs.attrs_dict().items() if hasattr(attrs, "attrs_dict") else attrs.items()
    return format_html_join(
        "", " {}", ((_attribute(name, value),) for name, value in pairs if value is not False)
    )


def _attribute(name: str, value: Any) -> str:
    return format_html("{}", name) if value is True else format_html('{}="{}"', name, value)


@register.simple_tag
def same_for_all(name: str, **given: Any) -> SafeString:
    """A fragment that sees nothing but what it is given: drawn once for that, in each language.

    It may be given words, numbers and lists of them.
    """
    seen = (
        (key, value if isinstance(value, str) else tuple(value)) for key, value in given.items()
    )
    return _drawn_once(name, get_language(), tuple(seen))


@lru_cache(maxsize=512)
def _drawn_once(name: str, language: str, given: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(name, dict(given))


@register.simple_tag
def step_states(step: int | str, of: int | str) -> list[str]:
    """done, now or next for each step of a step bar."""
    now = int(step)
    return [
        "done" if number < now else "now" if number == now else "next"
        for number in range(1, int(of) + 1)
    ]


@register.filter
def first_control(field: BoundField) -> str:
    """The id an error links to: of the control, or of the first of several."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def chart_rows(chart: Mapping[str, Any]) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """A chart's data turned from columns to table rows: the category, and each series' name and value."""
    names = [series["name"] for series in chart["series"]]
    columns = [series["values"] for series in chart["series"]]
    for category, *values in zip(chart["categories"], *columns, strict=True):
        yield category, list(zip(names, values, strict=True))
