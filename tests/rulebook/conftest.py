"""The country's and Lanzhou's rules, loaded once a module."""

import pytest

from tests.rulebook.factories import load_rules
from tests.undoing import until_undone


@pytest.fixture(scope="module")
def _rules_loaded(django_db_setup, django_db_blocker):
    with until_undone(django_db_blocker):
        load_rules()
        yield


@pytest.fixture
def rules(_rules_loaded, db) -> None:
    """Needed wherever a clock is started by the action."""
