"""A list's filter form, read and drawn once for each thing that is asked in each language."""

import datetime as dt
from functools import lru_cache
from typing import Any, NamedTuple

from django.forms import Form
from django.http import QueryDict  # noqa: TID251  a list is narrowed by its address
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from huiyin.kernel import clock
from huiyin.ui.lists import chosen

KEPT = 512
LONGEST_KEPT = 200  # characters; what is longer is not worth the room

Asked = tuple[tuple[str, tuple[str, ...]], ...]


class Filled(NamedTuple):
    """What a form chose, and its fields as HTML."""

    wanted: tuple[tuple[str, Any], ...]
    fields: SafeString


def filled(form: type[Form], query: QueryDict) -> Filled:
    """The form filled in from an address.

    Only for forms that show the same to everybody: what they offer may depend on the language
    and the day and on nothing else, since the HTML is kept under these and what was asked.
    """
    asked = tuple((name, tuple(query.getlist(name))) for name in form.base_fields if name in query)
    draw = _fill if _length(asked) <= LONGEST_KEPT else _fill.__wrapped__
    return draw(form, get_language(), clock.today(), asked)


@lru_cache(maxsize=KEPT)
def _fill(form: type[Form], language: str, today: dt.date, asked: Asked) -> Filled:
    query = QueryDict(mutable=True)
    for name, values in asked:
        query.setlist(name, list(values))
    drawn = form(query)
    wanted = tuple((name, _hashable(value)) for name, value in chosen(drawn).items())
    return Filled(wanted, SafeString(render_to_string("ui/filter_fields.html", {"form": drawn})))


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _length(asked: Asked) -> int:
    return sum(len(value) for _, values in asked for value in values)
