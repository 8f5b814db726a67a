"""353 deputies of eight districts, sixty units, and a clock that goes through the year once."""

import datetime as dt
import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy, Unit
from huiyin.kernel import clock
from huiyin.suggestions import actions
from huiyin.suggestions.models import Suggestion
from tests.congress.factories import (
    DeputyFactory,
    ElectingBaseFactory,
    SessionFactory,
    UnitFactory,
    person_as,
    region,
)
from tests.suggestions.walk import City

N_DEPUTIES, N_UNITS = 353, 60
BEGINS, ENDS = dt.date(2025, 11, 17), dt.date(2026, 12, 31)
DISTRICTS = ("城关", "七里河", "西固", "安宁", "红古", "永登", "皋兰", "榆中")
DAY = dt.timedelta(days=1)

Story = Iterator[int]  # yields how many days to wait until it goes on


@dataclass
class World:
    """The city with everybody a year needs; `begin` sets a story going, `run` lets the days pass."""

    city: City = field(default_factory=City)
    deputies: list[Deputy] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    clerks: dict[int, User] = field(default_factory=dict)
    leaders: dict[int, User] = field(default_factory=dict)
    open_to_merging: list[Suggestion] = field(default_factory=list)
    _stories: list[tuple[dt.date, int, Story]] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        city = self.city
        last_year = {"starts_on": dt.date(2025, 1, 10), "ends_on": dt.date(2025, 1, 14)}
        SessionFactory(term=city.term, number=4, **last_year)
        bases = [self._base(place) for place in range(len(DISTRICTS))]
        self.deputies = [
            DeputyFactory(term=city.term, with_user=True, electing_base=bases[place % len(bases)])
            for place in range(N_DEPUTIES)
        ]
        self.units = [UnitFactory(congress=city.congress) for _place in range(N_UNITS)]
        for unit in self.units:
            self.clerks[unit.pk] = person_as(Role.UNIT_CLERK, unit=unit)
            self.leaders[unit.pk] = person_as(Role.UNIT_LEADER, unit=unit)

    def _base(self, place: int) -> Any:
        code = f"6201{place + 2:02d}"
        home = region(
            code=code,
            name=f"{DISTRICTS[place]}区",
            level="county",
            path=f"/000000/620000/620100/{code}/",
        )
        return ElectingBaseFactory(congress=self.city.congress, region=home, name=home.name)

    def begin(self, story: Story, on: dt.date) -> None:
        heapq.heappush(self._stories, (on, next(self._number), story))

    def run(self) -> None:
        """Every story goes on when its day has come; each morning begins with what the system does."""
        today = BEGINS
        while self._stories and self._stories[0][0] <= ENDS:
            on, number, story = heapq.heappop(self._stories)
            while today < on:
                today += DAY
                with clock.set_to(clock.at(today, 0, 10)):
                    actions.finish_silent_rounds()
            with clock.set_to(clock.at(on, 9, number % 60)):
                wait = next(story, None)
            if wait is not None:
                self.begin(story, on + DAY * wait)
