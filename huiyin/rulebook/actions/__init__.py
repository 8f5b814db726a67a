"""Everything that changes rules, calendar and clocks."""

from huiyin.rulebook.actions.clocks import (
    Move,
    Past,
    Start,
    extend_clock,
    keep_past_clocks,
    resume_clock,
    start_clock,
    start_clocks,
    stop_clock,
    stop_clocks,
    verify_clocks,
    void_clocks,
)
from huiyin.rulebook.actions.packs import (
    PACKS,
    failing_examples,
    load_calendar,
    load_pack,
    load_packs_of,
    our_packs,
)
from huiyin.rulebook.actions.rules import change_day, change_rule, preview_day, preview_rule

__all__ = [
    "PACKS",
    "Move",
    "Past",
    "Start",
    "change_day",
    "change_rule",
    "extend_clock",
    "failing_examples",
    "keep_past_clocks",
    "load_calendar",
    "load_pack",
    "load_packs_of",
    "our_packs",
    "preview_day",
    "preview_rule",
    "resume_clock",
    "start_clock",
    "start_clocks",
    "stop_clock",
    "stop_clocks",
    "verify_clocks",
    "void_clocks",
]
