"""The city of the suggestions, with its standing committee."""

import pytest

from tests.cities import founded, load_national_rules
from tests.supervision.house import House


def found_house() -> House:
    load_national_rules()
    return House()


@pytest.fixture(scope="module")
def _founded(django_db_setup, django_db_blocker):
    with founded(found_house, django_db_blocker) as there:
        yield there


@pytest.fixture
def house(city) -> House:
    return city
