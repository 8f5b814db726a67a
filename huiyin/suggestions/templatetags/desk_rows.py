"""The desk's list, line by line as plain strings: a template's loop costs ten times as much."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.rulebook.templatetags.clocks import clock_tag
from huiyin.suggestions.choices import State
from huiyin.suggestions.models.desk import Row
from huiyin.suggestions.templatetags.suggestions import TONES

register = template.Library()

LINE = (
    '<tr{late}>{tick}<td class="number" data-label="{number_label}">{number}</td>'
    '<td><a href="{address}">{title}</a><span class="sub">{who}</span></td>'
    '<td data-label="{unit_label}"><span>{unit}</span></td>'
    '<td data-label="{state_label}"><span class="tag tag--{tone}">{state}</span></td>'
    '<td data-label="{due_label}">{clock}</td></tr>'
)
TICK = (
    '<td><label class="check-cell"><input class="check" type="checkbox" name="picked" form="batch"'
    ' value="{pk}"><span class="govuk-visually-hidden">{words} {number}</span></label></td>'
)
NO_CLOCK = '<span class="soft">–</span>'


@register.simple_tag
def desk_rows(rows: Iterable[Row], today: dt.date, hands_over: bool) -> SafeString:
    """The table's lines. Every word of a row is escaped where it is put in."""
    words = _words(get_language())
    lines = [_line(row, today, words, ticked=hands_over) for row in rows]
    return SafeString("\n".join(lines))


@lru_cache
def _words(language: str) -> dict[str, str]:
    """What every line says again: looked up and escaped once in each language."""
    before, after = reverse("suggestions:detail", args=[0]).rsplit("0", 1)
    words = {
        "number_label": _("编号"),
        "unit_label": _("主办单位"),
        "state_label": _("状态"),
        "due_label": _("期限"),
        "pick": _("选中"),
        "cohandling": _("会办"),
        "proposed": _("拟交办"),
        "undecided": _("未定"),
        "who": _("领衔 %(name)s · 附议 %(count)s · 第 %(round)s 轮"),
        **{f"state {value}": str(label) for value, label in State.choices},
    }
    return {name: escape(word) for name, word in words.items()} | {"before": before, "after": after}


def _line(row: Row, today: dt.date, words: dict[str, str], *, ticked: bool) -> str:
    people = {"name": escape(row.lead), "count": row.n_cosigners, "round": row.round}
    return LINE.format_map(
        words
        | {
            "late": ' class="is-late"' if _is_late(row, today) else "",
            "tick": _tick(row, words) if ticked else "",
            "number": escape(row.number) or "–",
            "address": f"{words['before']}{row.pk}{words['after']}",
            "title": escape(row.title),
            "who": words["who"] % people,
            "unit": _unit(row, words),
            "tone": TONES.get(row.state, "neutral"),
            "state": words[f"state {row.state}"],
            "clock": clock_tag(row.clock, today) or NO_CLOCK,
        }
    )


def _is_late(row: Row, today: dt.date) -> bool:
    return bool(row.clock and row.clock.is_running and row.clock.due_on < today)


def _tick(row: Row, words: dict[str, str]) -> str:
    if row.state != State.ASSIGNING:
        return "<td></td>"
    return TICK.format(pk=row.pk, words=words["pick"], number=escape(row.number))


def _unit(row: Row, words: dict[str, str]) -> str:
    if row.unit:
        beside = f"{words['cohandling']} {row.n_opinions} / {row.n_cohandlers}"
        return escape(row.unit) + (_sub(beside) if row.n_cohandlers else "")
    if row.proposed_unit:
        return escape(row.proposed_unit) + _sub(words["proposed"])
    return f'<span class="soft">{words["undecided"]}</span>'


def _sub(words: str) -> str:
    return f'<span class="sub">{words}</span>'
