"""Every test of this app needs rules to reckon clocks by."""

import pytest

from tests.opinions.factories import load_rules
from tests.undoing import until_undone


@pytest.fixture(scope="module")
def _rules_loaded(django_db_setup, django_db_blocker):
    with until_undone(django_db_blocker):
        load_rules()
        yield


@pytest.fixture
def rules(_rules_loaded, db) -> None:
    """The country's and the city's, loaded once a module."""
