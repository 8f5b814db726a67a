"""A year of 1,000 suggestions by 353 deputies and 60 units, walked through actions: every rate is counted twice."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from huiyin.dashboards import figures
from huiyin.dashboards.figures import Scope
from huiyin.kernel import clock
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Suggestion
from tests.cities import load_national_rules
from tests.dashboards.simulation import count
from tests.dashboards.simulation.lives import Life
from tests.dashboards.simulation.world import ENDS, N_PROCESSES, World, first_day
from tests.suggestions.walk import TODAY

pytestmark = [pytest.mark.long, pytest.mark.django_db]

N_SUGGESTIONS = 1_000


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    """Walked once, by two processes, so that every step is committed; swept away at the end."""
    with django_db_blocker.unblock():
        try:
            with clock.set_to(clock.at(TODAY)):
                load_national_rules()
                world = World()
            world.run(_begin)
            with clock.set_to(clock.at(ENDS, 18)):
                yield _seen(world)
        finally:
            call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)


def _begin(world, place):
    for number in range(place, N_SUGGESTIONS, N_PROCESSES):
        world.begin(Life(number, world).live(), first_day(number, N_SUGGESTIONS))


def _seen(world):
    scope = Scope(world.city.congress, 2026)
    days = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    raw = count.RawYear(world.city.congress.pk, *days, ENDS)
    return SimpleNamespace(world=world, scope=scope, raw=raw, tally=figures.Tally(scope))


def test_the_year_has_everything_a_year_has(year):
    """Else the counts below would agree on nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT step, COUNT(*) FROM kernel_entry GROUP BY step")
        steps = dict(cursor.fetchall())

    seldom = {
        step: steps.get(step, 0)
        for step in (
            *("grant_return", "refuse_return", "grant_extension", "refuse_extension"),
            *("merge", "withdraw", "refer", "redo", "coordinate", "decide_redo", "decide_accept"),
            *("break_promise", "send_back_promise", "sign_part", "finish_round", "confide"),
            *("reopen_handling", "refuse", "treat_as_letter", "send_back", "follow_reply"),
        )
    }
    assert {step: n for step, n in seldom.items() if n < 3} == {}
    assert Suggestion.objects.count() == N_SUGGESTIONS
    assert len(year.world.deputies) == 353
    assert len(year.world.units) == 60
    assert {State.HANDLING, State.REDOING, State.TRACKING, State.CLOSED} <= set(
        Suggestion.objects.values_list("state", flat=True)
    )


def test_every_rate_equals_a_count_of_raw_rows(year):
    shown = {f.key: (f.count, f.of) for f in figures.rates(year.tally) if f.of is not None}

    counted = {key: (len(n), len(of)) for key, (n, of) in year.raw.rates().items()}
    counted["promise"] = (len(year.raw.promises_kept()), len(year.raw.promises_due()))
    assert shown == counted


def test_the_average_of_days_equals_a_count_of_raw_rows(year):
    (shown,) = (figure.count for figure in figures.rates(year.tally) if figure.key == "K11a")

    assert shown == year.raw.average_days()


def test_every_list_holds_the_very_rows_that_are_counted(year):
    behind = {}
    for rate in figures.RATES:
        if rate.of != "due" and not rate.is_average:
            behind[rate.key] = tuple(
                set(figures.items_behind(rate, year.tally, part=part).values_list("pk", flat=True))
                for part in ("count", "of")
            )

    assert behind == year.raw.rates()


def test_the_lists_of_promises_hold_the_very_rows_that_are_counted(year):
    kept, due = (
        set(figures.promises_behind(year.tally, part=part).values_list("pk", flat=True))
        for part in ("count", "of")
    )

    assert kept == {promise["id"] for promise in year.raw.promises_kept()}
    assert due == {promise["id"] for promise in year.raw.promises_due()}


@pytest.mark.parametrize(
    ("by", "column"), [("unit", "lead_unit_id"), ("subject", "subject"), ("district", "region_id")]
)
def test_groups_equal_a_count_of_raw_rows(year, by, column):
    comparison = figures.compare(figures.Tally(year.scope, by), "K10")
    items = {item["id"]: item for item in year.raw.handed_over}
    good, rated = (
        {
            key: len(rows)
            for key, rows in count.grouped([items[pk] for pk in part], _of(column)).items()
        }
        for part in year.raw.rates()["K10"]
    )

    shown = {row.group.key: row.of(comparison.rate) for row in comparison.rows if row.n}

    assert {key: f.of for key, f in shown.items() if f.of} == rated
    assert {key: f.count for key, f in shown.items() if f.count} == good
    assert {row.group.key: row.n for row in comparison.rows if row.n} == {
        key: len(rows) for key, rows in count.grouped(items.values(), _of(column)).items()
    }


def _of(column):
    return lambda row: row[column]


def test_promises_of_units_equal_a_count_of_raw_rows(year):
    comparison = figures.compare(figures.Tally(year.scope, "unit"), "promise")
    shown = {
        row.group.key: (row.of(comparison.rate).count, row.of(comparison.rate).of)
        for row in comparison.rows
        if row.of(comparison.rate).of
    }

    kept = count.grouped(year.raw.promises_kept(), _of("unit_id"))
    due = count.grouped(year.raw.promises_due(), _of("unit_id"))
    assert shown == {key: (len(kept.get(key, ())), len(rows)) for key, rows in due.items()}


@pytest.mark.parametrize(
    "days",
    [
        (dt.date(2025, 11, 1), dt.date(2025, 12, 31)),
        (dt.date(2026, 2, 3), dt.date(2026, 4, 17)),
        (dt.date(2026, 7, 1), dt.date(2026, 7, 1)),
    ],
)
def test_any_days_equal_a_count_of_raw_rows(year, days):
    scope = Scope(year.world.city.congress, 2026, days)
    raw = count.RawYear(scope.congress.pk, *days, ENDS)

    shown = {
        f.key: (f.count, f.of) for f in figures.rates(figures.Tally(scope)) if f.of is not None
    }

    counted = {key: (len(n), len(of)) for key, (n, of) in raw.rates().items()}
    counted["promise"] = (len(raw.promises_kept()), len(raw.promises_due()))
    assert shown == counted


def test_what_is_in_confidence_is_in_no_count_and_told_as_left_out(year):
    secret = [
        item
        for item in year.raw.items
        if item["is_secret"] and item["handed_over_at"] and item["state"] != State.WITHDRAWN
        if count.day(item["handed_over_at"]).year == 2026
    ]

    assert year.tally.left_out == len(secret) > 0
