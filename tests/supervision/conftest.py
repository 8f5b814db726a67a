"""The city of the suggestions, with its standing committee."""

from collections.abc import Iterator

import pytest

from huiyin.kernel import clock
from tests.cities import load_national_rules
from tests.remembering import founded
from tests.suggestions.walk import TODAY
from tests.supervision.house import House


def found_house() -> House:
    load_national_rules()
    return House()


@pytest.fixture
def house(db) -> Iterator[House]:
    with clock.set_to(clock.at(TODAY)):
        yield founded(found_house)
