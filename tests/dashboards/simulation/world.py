"""353 deputies of eight districts, sixty units, and a clock that goes through the year once."""

import datetime as dt
import heapq
import itertools
import multiprocessing
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, connections

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

N_DEPUTIES, N_UNITS, N_PROCESSES = 353, 60, 2
SEED = 2026
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

    def run(self, begin: Callable[["World", int], None]) -> None:
        """All the days of the year, in two processes that keep step: each has every second story."""
        connections.close_all()
        fork = multiprocessing.get_context("fork")
        in_step = fork.Barrier(N_PROCESSES)
        processes = [
            fork.Process(target=self._run_half, args=(begin, place, in_step))
            for place in range(N_PROCESSES)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        assert [process.exitcode for process in processes] == [0] * N_PROCESSES

    def _run_half(self, begin: Callable[["World", int], None], place: int, in_step: Any) -> None:
        try:
            self._do_not_wait_for_the_disk()
            begin(self, place)
            today = BEGINS
            while today <= ENDS:
                if place == 0:  # what the system does by itself each morning
                    with clock.set_to(clock.at(today, 0, 10)):
                        actions.finish_silent_rounds()
                in_step.wait()
                self._go_on(today)
                in_step.wait()
                today += DAY
        except BaseException:
            in_step.abort()
            raise

    def _go_on(self, today: dt.date) -> None:
        """Every story whose day has come."""
        while self._stories and self._stories[0][0] <= today:
            _on, number, story = heapq.heappop(self._stories)
            with clock.set_to(clock.at(today, 9, number % 60)):
                wait = next(story, None)
            if wait is not None:
                self.begin(story, today + DAY * wait)

    def _do_not_wait_for_the_disk(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")


def first_day(number: int, of: int) -> dt.date:
    """Half of them before the session, the rest through the year, some of the year before."""
    chance = random.Random(SEED + number)
    if number < of * 0.05:
        return dt.date(2025, 11, 17) + DAY * chance.randrange(10)
    if number < of * 0.5:
        return dt.date(2026, 1, 12) + DAY * chance.randrange(5)
    return dt.date(2026, 1, 19) + DAY * chance.randrange(270)
