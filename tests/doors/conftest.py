"""A city with its rules on a Thursday between sessions, and the world of doors."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from huiyin.kernel import clock
from tests.cities import load_national_rules
from tests.doors.machines import keys_for
from tests.doors.world import World
from tests.suggestions.walk import TODAY
from tests.undoing import until_undone


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Built once a module."""
    with until_undone(django_db_blocker):
        uploads = override_settings(MEDIA_ROOT=tmp_path_factory.getbasetemp() / "uploads")
        with clock.set_to(clock.at(TODAY)), uploads:
            load_national_rules()
            world = World()
        yield world


@pytest.fixture
def world(_world, db, settings) -> Iterator[World]:
    settings.RATE_LIMITS = False
    with clock.set_to(clock.at(TODAY)):
        yield _world


@pytest.fixture(scope="module")
def keyring(_world, django_db_blocker) -> dict[str, str]:
    """A token for everybody, made once; use it with `world`."""
    with django_db_blocker.unblock(), clock.set_to(clock.at(TODAY)):
        return keys_for(_world)
