"""How the state of a matter is shown: its colour, and its words for residents."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.opinions.choices import State

register = template.Library()

TONES = {
    State.RECEIVED: "calm",
    State.ELSEWHERE: "neutral",
    State.REOPENED: "late",
    State.CLOSED: "go",
    State.MERGED: "neutral",
}
PUBLIC = {
    State.RECEIVED: _("收到了"),
    State.ELSEWHERE: _("已指明去处"),
    State.WITH_DEPUTY: _("代表在跟进"),
    State.WITH_DEPARTMENT: _("部门在办"),
    State.IN_SUGGESTION: _("已写成代表建议"),
    State.ANSWERED: _("有结果了"),
    State.REOPENED: _("重新跟进"),
    State.CLOSED: _("已了结"),
    State.MERGED: _("已并入同一件事"),
}


@register.filter
def tone(state: str) -> str:
    return TONES.get(State(state), "wait")


@register.filter
def public_state(state: str) -> Promise:
    """Where it stands, in a resident's words."""
    return PUBLIC[State(state)]


@register.filter
def where(matter: Any) -> str | Promise:
    """The division and the words for the place, of a matter read `with_first_place`."""
    region = matter.whereabouts
    known = filter(None, (region.name if region else "", matter.first_place))
    return " ".join(known) or _("地点不明")
