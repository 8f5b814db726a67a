"""Starting and stopping the clocks of suggestions and tasks."""

import datetime as dt

from huiyin.kernel import clock
from huiyin.kernel.wording import written as _
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock
from huiyin.suggestions.models import Suggestion


def start(rule: Key, suggestion: Suggestion, start_words: str) -> Clock:
    """A clock from today, by the rules of the suggestion's congress."""
    return rulebook.start_clock(
        rule=rule,
        region=suggestion.congress.region,
        start=clock.today(),
        start_words=start_words,
    )


def start_reply(suggestion: Suggestion, *, handed_over_at: dt.datetime | None = None) -> Clock:
    """Three months from this hand-over, never past six from the first (代表法 art. 51).

    A unit's own three months count from the day it was given the task, not from its receipt.
    """
    return rulebook.start_clock(
        rule=Key.REPLY_NORMAL,
        region=suggestion.congress.region,
        start=(handed_over_at or clock.now()).astimezone(clock.ZONE).date(),
        start_words=_("交办"),
        maximum=(Key.REPLY_MAX, first_hand_over(suggestion)),
    )


def stop(*clocks: Clock | None) -> None:
    """What they measured is done. One row may be named twice: as the one that runs and the reply's."""
    rulebook.stop_clocks({each.pk for each in clocks if each}, on=clock.today())


def void(*clocks: Clock | None) -> None:
    """What they measured is gone."""
    rulebook.void_clocks({each.pk for each in clocks if each}, on=clock.today())


def first_hand_over(suggestion: Suggestion) -> dt.date:
    handed_over_at = suggestion.handed_over_at or clock.now()
    return handed_over_at.astimezone(clock.ZONE).date()
