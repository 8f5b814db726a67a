"""What stands in the brand bar: the entrances of this person's roles, and nothing else."""

from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from huiyin.congress.choices import Role
from huiyin.congress.seats import OF_A_UNIT, STAFF, seats_of
from huiyin.kernel import compiled
from huiyin.kernel.compiled import Statement
from huiyin.notices.models import Message
from huiyin.ui.navigation import Entry

KEPT = 2_000  # people whose question for unread messages is kept


class Door(NamedTuple):
    """One entrance: its words, its address by name, its icon, and whose it is."""

    label: str | Promise
    address: str
    icon: str
    roles: frozenset[str] = frozenset()


PUBLIC = (
    Door(_("说件事"), "opinions:say", "voice"),
    Door(_("查进度"), "opinions:follow", "search"),
    Door(pgettext_lazy("导航", "建议"), "suggestions:public", "list"),
    Door(_("承诺"), "suggestions:promises", "check"),
    Door(pgettext_lazy("导航", "家站"), "venues:index", "map"),
    Door(pgettext_lazy("导航", "代表"), "congress:deputies", "people"),
)
DEPUTY = (
    Door(_("首页"), "dashboards:deputy", "home"),
    Door(_("民意"), "opinions:deputy_matters", "voice"),
    Door(pgettext_lazy("导航", "写建议"), "suggestions:write", "write"),
    Door(pgettext_lazy("导航", "我的建议"), "suggestions:mine", "list"),
)
CONGRESS_STAFF = STAFF | {Role.MEMBER}
DESK = (
    Door(_("待办"), "dashboards:desk", "home"),
    Door(pgettext_lazy("导航", "任务"), "suggestions:tasks", "list", OF_A_UNIT),
    Door(
        pgettext_lazy("导航", "建议"),
        "suggestions:desk",
        "list",
        CONGRESS_STAFF | {Role.COMMITTEE, Role.GOVERNMENT},
    ),
    Door(
        pgettext_lazy("导航", "议案"),
        "suggestions:motions",
        "list",
        CONGRESS_STAFF | {Role.COMMITTEE},
    ),
    Door(_("民意"), "opinions:desk", "voice", STAFF | {Role.LIAISON}),
    Door(_("转来的民意"), "opinions:unit_matters", "voice", OF_A_UNIT),
    Door(_("登记来访"), "opinions:walk_in", "write", frozenset({Role.LIAISON})),
    Door(pgettext_lazy("导航", "会上意见"), "suggestions:remarks", "voice", CONGRESS_STAFF),
    Door(_("承诺"), "suggestions:ledger", "check", CONGRESS_STAFF | OF_A_UNIT | {Role.GOVERNMENT}),
    Door(
        pgettext_lazy("导航", "督办"),
        "supervision:home",
        "check",
        CONGRESS_STAFF | OF_A_UNIT | {Role.GOVERNMENT, Role.COMMITTEE},
    ),
    Door(pgettext_lazy("导航", "家站"), "venues:desk", "map", STAFF | {Role.LIAISON}),
    Door(pgettext_lazy("导航", "代表"), "congress:desk_deputies", "people", STAFF),
    Door(_("任职"), "congress:appointments", "person", frozenset({Role.SYSTEM_ADMINISTRATOR})),
    Door(_("系统对接"), "notices:webhooks", "list", frozenset({Role.SYSTEM_ADMINISTRATOR})),
    Door(
        _("规则"),
        "rulebook:index",
        "list",
        frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}) | STAFF,
    ),
    Door(_("查看记录"), "congress:unmaskings", "search", frozenset({Role.AUDITOR})),
    Door(_("总览"), "dashboards:overview", "chart", CONGRESS_STAFF | {Role.GOVERNMENT}),
)
FACES = {"public": PUBLIC, "deputy": DEPUTY, "desk": DESK}
LOGIN = Door(_("登录"), "account_login", "person")
MESSAGES = Door(_("消息"), "notices:inbox", "bell")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a fragment or a file that shows no brand bar asks the database nothing."""
    return {
        "navigation": SimpleLazyObject(lambda: entries(request)),
        "congress_name": settings.CONGRESS_NAME,
    }


def entries(request: HttpRequest) -> list[Entry]:
    shown = _shown(request)
    return [replace(each, current=True) if each.url == request.path else each for each in shown]


def _shown(request: HttpRequest) -> list[Entry]:
    user, language = getattr(request, "user", None), get_language()
    if user is None or not user.is_authenticated:
        return [*_entrances("public", frozenset(), language), _entry(LOGIN)]
    seats = seats_of(user)
    is_deputys = request.path.startswith("/deputy/") or not seats.appointed
    face = "deputy" if seats.deputies and is_deputys else "desk"
    return [*_entrances(face, frozenset(seats.roles), language), _messages(user.pk)]


@lru_cache
def _entrances(face: str, roles: frozenset[str], language: str) -> list[Entry]:
    """The same for all who hold these roles and read this language."""
    doors = FACES[face]
    return [_entry(door) for door in doors if not door.roles or door.roles & roles]


def _messages(user_id: int) -> Entry:
    unread = compiled.number(_unread(user_id))
    return replace(_entry(MESSAGES), count=unread or None)


@lru_cache(maxsize=KEPT)
def _unread(user_id: int) -> Statement:
    return compiled.counting(Message.objects.inbox_of(user_id).unread().order_by())


def _entry(door: Door) -> Entry:
    return Entry(str(door.label), _url(door.address), door.icon)


@lru_cache
def _url(address: str) -> str:
    return reverse(address)
