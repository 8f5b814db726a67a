"""A holiday moved later: every open clock follows, and exactly those that moved are reported."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from huiyin.kernel import trail
from huiyin.rulebook import actions
from huiyin.rulebook.models import CalendarDay, Clock, due
from tests.regions.factories import RegionFactory
from tests.rulebook.factories import reply_clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("rules")]
KEEPER = trail.Actor("user", "周明", 7)
SPRING = dt.date(2026, 3, 2)
RULES = ("return.window", "contact.window", "reply.normal", "cohandler.window", "rating.window")

starts = some.lists(
    some.tuples(some.sampled_from(RULES), some.integers(0, 60), some.booleans()),
    min_size=1,
    max_size=6,
)
changes = some.lists(some.tuples(some.integers(0, 120), some.booleans()), min_size=1, max_size=4)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(starts=starts, changes=changes)
def test_change_day_moves_open_clocks_and_reports_exactly_those(starts, changes):
    with transaction.atomic():
        city = RegionFactory()
        open_clocks, closed = _started(starts)
        for after, is_working in changes:
            day = SPRING + dt.timedelta(days=after)
            before = {clock.pk: clock.due_on for clock in Clock.objects.running()}
            foreseen = actions.preview_day(day, is_working=is_working, name="调整", by=KEEPER)

            _day, moves = actions.change_day(day, is_working=is_working, name="调整", by=KEEPER)

            now = {clock.pk: clock for clock in Clock.objects.running()}
            moved = {pk for pk, clock in now.items() if clock.due_on != before[pk]}
            assert {move.clock.pk for move in moves} == moved
            assert all(
                (m.before, m.after) == (before[m.clock.pk], now[m.clock.pk].due_on) for m in moves
            )
            assert _told(foreseen) == _told(moves)
            assert set(now) == open_clocks
            for clock in now.values():
                assert clock.due_on == due(clock.started_on, clock.rule_key, city).on
        assert dict(Clock.objects.filter(pk__in=closed).values_list("pk", "due_on")) == closed
        assert list(actions.verify_clocks()) == []
        transaction.set_rollback(True)
    assert not CalendarDay.objects.exists()


def test_a_holiday_put_later_moves_its_clocks_by_its_days():
    """The notice of the year comes after the hand-over: three days of rest in April."""
    running = reply_clock(rule="return.window", start=dt.date(2026, 4, 1))
    months = reply_clock(rule="reply.normal", start=dt.date(2026, 4, 1))

    moved = [
        [(move.clock.pk, move.after) for move in _rest(dt.date(2026, 4, day))] for day in (6, 7, 8)
    ]

    assert moved == [
        [(running.pk, dt.date(2026, 4, 9))],
        [(running.pk, dt.date(2026, 4, 10))],
        [(running.pk, dt.date(2026, 4, 13))],
    ]
    months.refresh_from_db()
    assert months.due_on == dt.date(2026, 7, 1)


def _started(starts) -> tuple[set[int], dict[int, dt.date]]:
    open_clocks, closed = set(), {}
    for rule, after, is_open in starts:
        clock = reply_clock(rule=rule, start=SPRING + dt.timedelta(days=after))
        if is_open:
            open_clocks.add(clock.pk)
        else:
            closed[actions.stop_clock(clock, on=clock.started_on).pk] = clock.due_on
    return open_clocks, closed


def _rest(day: dt.date) -> list[actions.Move]:
    return actions.change_day(day, is_working=False, name="清明节", by=KEEPER)[1]


def _told(moves) -> list[tuple[int, dt.date, dt.date]]:
    return sorted((move.clock.pk, move.before, move.after) for move in moves)
