"""The city most tests walk in: a congress with its people and the country's rules, on a Thursday."""

import inspect
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from huiyin.kernel import clock, trail
from huiyin.rulebook import actions
from huiyin.rulebook.actions import packs
from huiyin.rulebook.models import Rule
from tests.regions.factories import RegionFactory
from tests.remembering import MEMORY, from_empty
from tests.suggestions.walk import TODAY, City
from tests.undoing import until_undone


@cache
def _pack():
    return tomllib.loads((actions.PACKS / "national.toml").read_text(encoding="utf-8"))


def load_national_rules():
    """The country's rules in four statements instead of a hundred."""
    country = RegionFactory(country=True)
    rules = Rule.objects.bulk_create(
        [packs._rule(table, _pack(), country) for table in _pack()["rules"]]
    )
    trail.record_many(rules, "create", by=trail.SYSTEM)


@contextmanager
def founded(make: Callable[[], Any], blocker: Any) -> Iterator[tuple[Any, int | None]]:
    """Founded for a whole module, and the place where its ways begin."""
    with until_undone(blocker):
        with clock.set_to(clock.at(TODAY)):
            there = from_empty(make)
        yield there


def found_city() -> City:
    load_national_rules()
    return City()


@pytest.fixture(scope="module")
def _founded(django_db_setup, django_db_blocker) -> Iterator[tuple[City, int | None]]:
    with founded(found_city, django_db_blocker) as there:
        yield there


@pytest.fixture(autouse=True)
def _at_the_beginning(request) -> Iterator[None]:
    """Ways are remembered from here, unless the test changes the house's own rooms."""
    asked = inspect.signature(request.function).parameters
    if "_founded" in request.fixturenames and "monkeypatch" not in asked:
        _city, MEMORY.place = request.getfixturevalue("_founded")
    yield
    MEMORY.place = None


@pytest.fixture
def city(_founded, db) -> Iterator[City]:
    """Every test has people and rooms of its own, so that none meets what another remembers."""
    with clock.set_to(clock.at(TODAY)):
        yield deepcopy(_founded[0])
