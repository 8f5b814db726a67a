"""One message a working day for whoever has something waiting: a deputy, a unit, the committee."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

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
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import CalendarDay, Rule
from huiyin.suggestions.choices import SignatureState
from huiyin.suggestions.models import Assignment, Confidant, Suggestion

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
    users = congress_actions.users_with(congress, Role.CLERK, Role.DIRECTOR)
    path, named, told = reverse("suggestions:desk"), _named(congress), 0
    for user in users:
        words = open_to_all
        if user.pk in named:
            words = _words(rows.visible_to(user).counted_by_tab(today), DESK)
        told += _send([user], congress, today, words, path)
    return told


def _to_units(congress: Congress, today: dt.date) -> int:
    path, named, told = reverse("suggestions:tasks"), _named(congress), 0
    for unit in congress.units.active().order_by("pk"):
        tasks = Assignment.objects.handed_to(unit)
        open_to_all = _words(tasks.filter(suggestion__is_secret=False).counted_by_tab(today), UNIT)
        users = congress_actions.users_of(unit, Role.UNIT_CLERK, Role.UNIT_LEADER)
        for user in users:
            words = open_to_all
            if user.pk in named:
                words = _words(tasks.visible_to(user).counted_by_tab(today), UNIT)
            told += _send([user], congress, today, words, path)
    return told


def _named(congress: Congress) -> set[int]:
    """Who knows of something handled in confidence: only their numbers may tell of it."""
    rows = Confidant.objects.filter(suggestion__congress=congress)
    return set(rows.values_list("user", flat=True))


def _to_deputies(congress: Congress, today: dt.date) -> int:
    """Only who has put a name to something, and has an account to read it with."""
    names = (SignatureState.SIGNED, SignatureState.INVITED, SignatureState.STALE)
    deputies = Deputy.objects.filter(
        congress=congress,
        state=MandateState.ACTIVE,
        person__user__is_active=True,
        signatures__state__in=names,
    )
    told = 0
    for deputy in deputies.select_related("person__user").distinct().order_by("pk"):
        user = deputy.person.user
        counts = Suggestion.objects.of_deputy(user).counted_by_deputy_tab(user)
        told += _send([user], congress, today, _words(counts, DEPUTY), reverse("suggestions:mine"))
    return told


def _words(counts: dict[str, int], kinds: dict[str, Any]) -> str:
    """Only what there is; nothing at all is no message."""
    said = [kept(words) % {"n": counts[kind]} for kind, words in kinds.items() if counts[kind]]
    return "，".join(said)


def _send(
    users: Iterable[User | None], congress: Congress, today: dt.date, words: str, path: str
) -> int:
    if not words:
        return 0
    told = [user for user in users if user is not None]
    for user in told:
        notices.send(
            to=user,
            key=f"suggestions.digest:{today}:{path}:{congress.pk}",
            subject=_("今日待办"),
            words=f"{words}。",
            path=path,
            congress=congress,
            is_calm=True,
        )
    return len(told)
