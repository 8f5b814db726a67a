"""The city of the suggestions, with its standing committee."""

import pytest

from huiyin.kernel import clock
from tests.suggestions.conftest import load_national_rules
from tests.suggestions.walk import TODAY
from tests.supervision.house import House


@pytest.fixture
def house(db):
    with clock.set_to(clock.at(TODAY)):
        load_national_rules()
        yield House()
