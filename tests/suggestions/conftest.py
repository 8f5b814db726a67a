"""A city with its rules, on a Thursday between sessions."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from functools import cache

import pytest
from django.db import transaction

from huiyin.kernel import clock, trail
from huiyin.rulebook import actions
from huiyin.rulebook.actions import packs
from huiyin.rulebook.models import Rule
from tests.regions.factories import RegionFactory
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


@pytest.fixture(scope="module")
def _founded(django_db_setup, django_db_blocker) -> Iterator[City]:
    """Founded once a module; what a test changes is undone by `db`, which nests inside."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.set_to(clock.at(TODAY)):
            load_national_rules()
            founded = City()
        yield founded
        transaction.set_rollback(True)


@pytest.fixture
def city(_founded, db) -> Iterator[City]:
    """Every test has people and rooms of its own, so that none meets what another remembers."""
    with clock.set_to(clock.at(TODAY)):
        yield deepcopy(_founded)
