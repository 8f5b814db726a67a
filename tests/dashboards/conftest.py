"""The city whose chain the tests of suggestions walk, seen from above."""

from types import SimpleNamespace

import pytest

from huiyin.kernel import clock
from huiyin.suggestions import actions
from tests.cities import found_city
from tests.dashboards.year import told
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.remembering import founded
from tests.suggestions.walk import TODAY, later, promised, rate
from tests.undoing import until_undone

SECRET = "马大爷家的私事"


@pytest.fixture(scope="module")
def _story(django_db_setup, django_db_blocker):
    """Walked once, and written again for every other module."""
    with until_undone(django_db_blocker):
        with clock.set_to(clock.at(TODAY)):
            told_story = founded(_tell)
        yield told_story


@pytest.fixture
def story(_story, db):
    """From a resident's words to the kept promise."""
    with clock.set_to(clock.at(TODAY)):
        yield _story


def _tell():
    city = found_city()
    matter = MatterFactory(congress=city.congress, title=SECRET)
    voice = VoiceFactory(matter=matter, text=f"{SECRET}，请保密", visitor_name="马秀兰")
    cited = actions.Cited("opinions.matter", matter.pk, matter.title)
    promises = [promised("三号楼加装电梯并投入使用")]
    suggestion = told(city, origins=[cited], result_class="B", promises=promises)
    rate(suggestion, by=city.deputy_user)
    promise = city.promise(suggestion)
    with later(120):
        actions.claim_done(promise, evidence="电梯已投入使用。", by=city.unit_clerk)
        actions.confirm(promise, words="已到现场看过", by=city.clerk)
        actions.rate_promise(promise, score="satisfied", by=city.deputy_user)
    return SimpleNamespace(
        city=city, suggestion=suggestion, matter=matter, voice=voice, promise=promise
    )
