"""A city for all tests of a module: what one of them changes is undone."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from shutil import rmtree

import pytest

from huiyin.kernel import clock
from huiyin.suggestions.actions import routing
from tests.cities import found_city
from tests.remembering import MEMORY, founded
from tests.suggestions.walk import TODAY, City
from tests.undoing import until_undone


@pytest.fixture(scope="module")
def _founded(django_db_setup, django_db_blocker) -> Iterator[City]:
    with until_undone(django_db_blocker):
        with clock.set_to(clock.at(TODAY)):
            there, place = founded(found_city), MEMORY.place
        with MEMORY.standing_on(place):
            yield there


@pytest.fixture
def city(_founded, db) -> Iterator[City]:
    """Every test has people and rooms of its own, so that none meets what another remembers."""
    with clock.set_to(clock.at(TODAY)):
        yield deepcopy(_founded)


@pytest.fixture(autouse=True)
def _nothing_learned(settings) -> Iterator[None]:
    """Modules may have the same congress at the same time: none finds what another learned for it."""
    yield
    rmtree(Path(settings.MEDIA_ROOT) / routing.FOLDER, ignore_errors=True)
    routing._described.cache_clear()
    routing._router.cache_clear()
