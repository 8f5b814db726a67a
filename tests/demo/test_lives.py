"""The lives of the demonstration: whatever chance says, what is left for a login is there."""

import datetime as dt
import random

import pytest

from huiyin.demo.lives import Life
from huiyin.demo.office import Office
from huiyin.demo.stories import tell, templates
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Suggestion
from tests.suggestions.walk import TODAY


class AlwaysHappens(random.Random):
    """The worst day: every rare thing happens."""

    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize("state", [State.EXAMINING, State.REGISTERED, State.ASSIGNING])
def test_a_life_left_at_a_state_gets_there(city, state):
    life = Life(
        story=tell(templates()[0], "翠园小区"),
        lead=city.lead,
        cosigners=[],
        lead_unit=city.unit,
        cohandlers=[],
        office=Office(
            city.clerk,
            city.director,
            {
                city.unit.pk: (city.unit_clerk, city.leader),
                city.finance.pk: (city.finance_clerk, city.finance_leader),
            },
        ),
        chance=AlwaysHappens(17),
        day=TODAY - dt.timedelta(days=40),
        today=TODAY,
        stops_at=state,
    )

    life.live()

    assert Suggestion.objects.get().state == state
