"""One message a working day for whoever has something waiting: a deputy, a unit, the committee."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from huiyin.accounts.models import User
from huiyin.congress import actions as congress_actions
from huiyin.congress.choices import MandateState, Role
from huiyin.congress.models import Congress, Deputy
from huiyin.kernel import clock
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.notices import actions as notices
from huiyin.opinions.choices import State as MatterState
from huiyin.opinions.models import HANDED_TABS, TABS, Matter
from huiyin.opinions.visibility import called_back
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import CalendarDay, Rule
from huiyin.suggestions.choices import SignatureState
from huiyin.suggestions.models import Assignment, Confidant, Signature, Suggestion

# What a digest counts: the tabs of each one's own list, in the order of the message.
DESK = {
    "overdue": gettext_lazy("逾期%(n)d件"),
    "week": gettext_lazy("本周到期%(n)d件"),
    "examining": gettext_lazy("待审查%(n)d件"),
    "assigning": gettext_lazy("待交办%(n)d件"),
    "returns": gettext_lazy("退办待裁%(n)d件"),
    "rated": gettext_lazy("待办结%(n)d件"),
}
UNIT = {
    "overdue": gettext_lazy("逾期%(n)d件"),
    "unsigned": gettext_lazy("待签收%(n)d件"),
    "opinions": gettext_lazy("待送会办意见%(n)d件"),
    "replies": gettext_lazy("待答复%(n)d件"),
    "reviewing": gettext_lazy("待审核签发%(n)d件"),
}
DEPUTY = {
    "sign": gettext_lazy("请您联名%(n)d件"),
    "rate": gettext_lazy("请您评价%(n)d件"),
    "returned": gettext_lazy("退回您修改%(n)d件"),
}
# The same of residents' matters.
DESK_MATTERS = {
    "late": gettext_lazy("居民的话逾期%(n)d件"),
    "todo": gettext_lazy("居民的话待分类%(n)d件"),
}
UNIT_MATTERS = {
    "late": gettext_lazy("转来的民意逾期%(n)d件"),
    "open": gettext_lazy("转来的民意在办%(n)d件"),
}
DEPUTY_MATTERS = {
    "reopened": gettext_lazy("居民说没解决%(n)d件"),
    "followed": gettext_lazy("您跟进的民意%(n)d件"),
}
FOLLOWED = (MatterState.WITH_DEPUTY, MatterState.REOPENED)


class Part(NamedTuple):
    """What is said of one list, and where that list is."""

    words: str
    page: str


def send_digests() -> int:
    """Where it is the hour of the rulebook on a working day; how many people had something."""
    now = clock.now().astimezone(clock.ZONE)
    told = 0
    for congress in Congress.objects.select_related("region").order_by("pk"):
        if _is_the_hour(now, congress):
            told += _digest(congress, now.date())
    return told


def _is_the_hour(now: dt.datetime, congress: Congress) -> bool:
    hour = Rule.objects.value(Key.DIGEST_AT, congress.region, now.date())
    return now.hour == hour and CalendarDay.objects.is_working(now.date(), congress.region)


def _digest(congress: Congress, today: dt.date) -> int:
    return _to_desk(congress, today) + _to_units(congress, today) + _to_deputies(congress, today)


def _to_desk(congress: Congress, today: dt.date) -> int:
    rows = Suggestion.objects.filter(congress=congress).numbered_or_handed_in()
    open_to_all = _words(rows.filter(is_secret=False).counted_by_tab(today), DESK)
    matters = Matter.objects.filter(congress=congress)
    said = _words(matters.counted(_tabs(TABS, DESK_MATTERS, today)), DESK_MATTERS)
    users = congress_actions.users_with(congress, Role.CLERK, Role.DIRECTOR)
    named, told = _named(congress), 0
    for user in users:
        words = open_to_all
        if user.pk in named:
            words = _words(rows.visible_to(user).counted_by_tab(today), DESK)
        parts = (Part(words, "suggestions:desk"), Part(said, "opinions:desk"))
        told += _send(user, congress, today, *parts)
    return told


def _to_units(congress: Congress, today: dt.date) -> int:
    named, told = _named(congress), 0
    for unit in congress.units.active().order_by("pk"):
        tasks = Assignment.objects.handed_to(unit)
        open_to_all = _words(tasks.filter(suggestion__is_secret=False).counted_by_tab(today), UNIT)
        matters = Matter.objects.handed_to([unit.pk])
        said = _words(matters.counted(_tabs(HANDED_TABS, UNIT_MATTERS, today)), UNIT_MATTERS)
        users = congress_actions.users_of(unit, Role.UNIT_CLERK, Role.UNIT_LEADER)
        for user in users:
            words = open_to_all
            if user.pk in named:
                words = _words(tasks.visible_to(user).counted_by_tab(today), UNIT)
            parts = (Part(words, "suggestions:tasks"), Part(said, "opinions:unit_matters"))
            told += _send(user, congress, today, *parts)
    return told


def _named(congress: Congress) -> set[int]:
    """Who knows of something handled in confidence: only their numbers may tell of it."""
    rows = Confidant.objects.filter(suggestion__congress=congress)
    return set(rows.values_list("user", flat=True))


def _to_deputies(congress: Congress, today: dt.date) -> int:
    """Only who has put a name to something or follows something, and has an account to read it with."""
    names = (SignatureState.SIGNED, SignatureState.INVITED, SignatureState.STALE)
    signed = Signature.objects.filter(state__in=names)
    followed = Matter.objects.filter(state__in=FOLLOWED, deputy__isnull=False)
    deputies = Deputy.objects.filter(
        Q(pk__in=signed.values("deputy")) | Q(pk__in=followed.values("deputy")),
        congress=congress,
        state=MandateState.ACTIVE,
        person__user__is_active=True,
    )
    told = 0
    for deputy in deputies.select_related("person__user").order_by("pk"):
        user = deputy.person.user
        if user is not None:
            counts = Suggestion.objects.of_deputy(user).counted_by_deputy_tab(user)
            signing = Part(_words(counts, DEPUTY), "suggestions:mine")
            told += _send(user, congress, today, signing, _followed_by(deputy))
    return told


def _followed_by(deputy: Deputy) -> Part:
    """What came back and what is followed, as the deputy's own list counts it."""
    ids = {deputy.pk}
    conditions = {
        "reopened": Q(state=MatterState.REOPENED) & called_back(ids),
        "followed": Q(state=MatterState.WITH_DEPUTY, deputy=deputy),
    }
    counts = Matter.objects.near(ids).counted(conditions)
    return Part(_words(counts, DEPUTY_MATTERS), "opinions:deputy_matters")


def _tabs(
    tabs: dict[str, Callable[[dt.date], Q]], wanted: Iterable[str], today: dt.date
) -> dict[str, Q]:
    return {name: tabs[name](today) for name in wanted}


def _words(counts: dict[str, int], kinds: dict[str, Any]) -> str:
    """Only what there is; nothing at all is no message."""
    said = [kept(words) % {"n": counts[kind]} for kind, words in kinds.items() if counts[kind]]
    return "，".join(said)


def _send(user: User, congress: Congress, today: dt.date, *parts: Part) -> int:
    """One message of all parts; it leads to the list of the first that has something."""
    said = [part for part in parts if part.words]
    if not said:
        return 0
    notices.send(
        to=user,
        key=f"suggestions.digest:{today}:{reverse(parts[0].page)}:{congress.pk}",
        subject=_("今日待办"),
        words=f"{'，'.join(part.words for part in said)}。",
        path=reverse(said[0].page),
        congress=congress,
        is_calm=True,
    )
    return 1
