"""Dated rules, the working-day calendar, and the clocks that run by them."""

from huiyin.rulebook.models.calendar import CalendarDay, CalendarDayQuerySet
from huiyin.rulebook.models.clocks import Clock, ClockQuerySet
from huiyin.rulebook.models.reckoning import Reckoning, due
from huiyin.rulebook.models.rules import Rule, RuleMissing, RuleQuerySet

__all__ = [
    "CalendarDay",
    "CalendarDayQuerySet",
    "Clock",
    "ClockQuerySet",
    "Reckoning",
    "Rule",
    "RuleMissing",
    "RuleQuerySet",
    "due",
]
