"""Starting and stopping the clocks of suggestions and tasks."""

import datetime as dt
from collections.abc import Sequence

from huiyin.kernel import clock
from huiyin.kernel.wording import written as _
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock
from huiyin.suggestions.models import Suggestion


def start(rule: Key, suggestion: Suggestion, start_words: str) -> Clock:
    """A clock from today, by the rules of the suggestion's congress."""
    return start_all(suggestion, [from_today(rule, start_words)])[0]


def start_reply(suggestion: Suggestion, *, handed_over_at: dt.datetime | None = None) -> Clock:
    return start_all(suggestion, [reply_limit(suggestion, handed_over_at=handed_over_at)])[0]


def start_all(suggestion: Suggestion, starts: Sequence[rulebook.Start]) -> list[Clock]:
    """Several clocks at once: rules and calendar are read once for all of them."""
    return rulebook.start_clocks(suggestion.congress.region, starts)


def from_today(rule: Key, start_words: str) -> rulebook.Start:
    return rulebook.Start(rule, clock.today(), start_words)


def reply_limit(
    suggestion: Suggestion, *, handed_over_at: dt.datetime | None = None
) -> rulebook.Start:
    """Three months from this hand-over, never past six from the first (代表法 art. 51).

    A unit's own three months count from the day it was given the task, not from its receipt.
    """
    return rulebook.Start(
        Key.REPLY_NORMAL,
        (handed_over_at or clock.now()).astimezone(clock.ZONE).date(),
        _("交办"),
        maximum=(Key.REPLY_MAX, first_hand_over(suggestion)),
    )


def stop(*clock_ids: int | None) -> None:
    """What they measured is done. One may be named twice: as the one that runs and the reply's."""
    rulebook.stop_clocks(filter(None, clock_ids), on=clock.today())


def void(*clock_ids: int | None) -> None:
    """What they measured is gone."""
    rulebook.void_clocks(filter(None, clock_ids), on=clock.today())


def first_hand_over(suggestion: Suggestion) -> dt.date:
    handed_over_at = suggestion.handed_over_at or clock.now()
    return handed_over_at.astimezone(clock.ZONE).date()
