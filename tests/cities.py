"""The city most tests walk in: a congress with its people and the country's rules, on a Thursday."""

import inspect
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from huiyin.kernel import clock, trail
from huiyin.rulebook import actions
from huiyin.rulebook.actions import packs
from huiyin.rulebook.models import Rule
from tests.regions.factories import RegionFactory
from tests.remembering import MEMORY, founded
from tests.suggestions.walk import TODAY, City


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


def found_city() -> City:
    load_national_rules()
    return City()


@pytest.fixture(autouse=True)
def _at_the_beginning(request) -> Iterator[None]:
    """Ways are remembered from here, unless the test changes the house's own rooms."""
    is_changing = "monkeypatch" in inspect.signature(request.function).parameters
    with MEMORY.beginning(is_known=not is_changing):
        yield


@pytest.fixture
def city(db) -> Iterator[City]:
    with clock.set_to(clock.at(TODAY)):
        yield founded(found_city)
