"""What one calculation needs of rules and calendar, read in two queries however many clocks."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from huiyin.kernel.compiled import Question
from huiyin.regions.models import Region
from huiyin.rulebook import calculations
from huiyin.rulebook.calculations import Due, Extension, Term, WorkingCalendar
from huiyin.rulebook.choices import MAXIMUM_OF, Key
from huiyin.rulebook.models.calendar import Fact, facts_in, working_calendar
from huiyin.rulebook.models.rules import Rule, nearest

ALWAYS = (Key.ROLL_TO_WORKING_DAY, Key.WARNING_YELLOW, Key.WARNING_ORANGE)

KEPT = 500  # questions, each for the rules of some places

Maximum = tuple[str, dt.date]


@dataclass
class Reckoning:
    """Rules and special days held in memory, nearest place and newest version chosen in Python."""

    rules: list[Rule]
    days: list[Fact]
    _calendars: dict[str, WorkingCalendar] = field(default_factory=dict)

    @classmethod
    def over(
        cls, regions: Iterable[Region], keys: Iterable[str], days: Sequence[dt.date]
    ) -> "Reckoning":
        """Everything that can matter for these rules from these days on."""
        codes = {code for region in regions for code in region.lineage()}
        rules = _rules(tuple(sorted(codes)), tuple(sorted({*keys, *ALWAYS}))).rows()
        first, last = min(days), max(days) + dt.timedelta(days=_longest(rules))
        return cls(rules, facts_in(codes, first.year, last.year))

    def rule(self, key: str, region: Region, day: dt.date) -> Rule:
        line = set(region.lineage())
        fitting = [
            rule
            for rule in self.rules
            if rule.key == key and rule.valid_from <= day and rule.region.code in line
        ]
        return nearest(fitting, key, region)

    def calendar(self, region: Region) -> WorkingCalendar:
        if region.code not in self._calendars:
            self._calendars[region.code] = working_calendar(self.days, region)
        return self._calendars[region.code]

    def due(
        self,
        start: dt.date,
        rule: Rule,
        region: Region,
        *,
        start_words: str = "",
        maximum: Maximum | None = None,
        extension: Extension | None = None,
    ) -> Due:
        return calculations.due(
            start,
            rule.term(),
            self.calendar(region),
            start_words=start_words,
            roll=self.rule(Key.ROLL_TO_WORKING_DAY, region, start).value,
            extension=extension,
            maximum=self._maximum(maximum, region),
        )

    def warnings(self, region: Region, start: dt.date, due_on: dt.date) -> tuple[dt.date, dt.date]:
        """The days a clock turns yellow and orange.

        A short term would be yellow from its first day, so it warns in its last third and sixth.
        """
        length = max((due_on - start).days, 0)
        yellow = min(self.rule(Key.WARNING_YELLOW, region, start).value["days"], length // 3)
        orange = min(self.rule(Key.WARNING_ORANGE, region, start).value["days"], length // 6)
        return due_on - dt.timedelta(days=yellow), due_on - dt.timedelta(days=orange)

    def _maximum(self, maximum: Maximum | None, region: Region) -> tuple[Term, dt.date] | None:
        if maximum is None:
            return None
        key, since = maximum
        return self.rule(key, region, since).term(), since


@lru_cache(maxsize=KEPT)
def _rules(codes: tuple[str, ...], keys: tuple[str, ...]) -> Question[Rule]:
    in_place = Rule.objects.filter(region__code__in=codes, key__in=keys)
    return Question(in_place.select_related("region"))


def _longest(rules: Iterable[Rule]) -> int:
    """How far ahead the calendar is needed, with some days for a long holiday at the end."""
    terms = (rule.term() for rule in rules if isinstance(rule.value, dict))
    return 14 + max((term.duration.longest_days() for term in terms), default=0)


def maximum_for(rule: str, start: dt.date, given: Maximum | None) -> Maximum | None:
    """The hard end that was named, else the one the term has by itself."""
    if given is None and rule in MAXIMUM_OF:
        return MAXIMUM_OF[rule], start
    return given


def due(
    start: dt.date,
    rule: str,
    region: Region,
    *,
    start_words: str = "",
    maximum: Maximum | None = None,
) -> Due:
    """When a term that starts on this day ends in this region, with its arithmetic."""
    limit = maximum_for(rule, start, maximum)
    keys, days = [rule], [start]
    if limit:
        keys, days = [rule, limit[0]], [start, limit[1]]
    reckoning = Reckoning.over([region], keys, days)
    found = reckoning.rule(rule, region, start)
    return reckoning.due(start, found, region, start_words=start_words, maximum=limit)
