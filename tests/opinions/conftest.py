"""Every test of this app needs rules to reckon clocks by."""

import pytest

from tests.opinions.factories import load_rules


@pytest.fixture
def rules(db) -> None:
    load_rules()
