"""A city with its rules on a Thursday between sessions."""

import pytest

from huiyin.kernel import clock
from tests.suggestions.conftest import load_national_rules
from tests.suggestions.walk import TODAY, City


@pytest.fixture
def city(db):
    with clock.set_to(clock.at(TODAY)):
        load_national_rules()
        yield City()
