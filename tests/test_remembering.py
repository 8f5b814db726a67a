"""What is remembered is what was walked: every row of every table, every counter, every waiting call."""

import pytest
from django.db import connection, transaction

from huiyin.kernel.verify import faults
from huiyin.suggestions.models import Suggestion
from tests import remembering
from tests.remembering import MEMORY
from tests.suggestions import cases, moved, ways
from tests.suggestions.walk import City, promised

WAYS = {
    "promised": City.promised,
    "tracking": lambda city: city.tracking(joint=True, cohandled=True),
    "twice": lambda city: (city.submitted(), city.registered())[1],
    "merged": ways.merged,
    "jointly": ways.joint_drafted,
    "quarrelled": cases._convened_with_promise,
    "moved": moved.handed_over,
    "concluded": moved.of_delegation,
}


def everything() -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        return {name: rows(cursor, name) for name in sorted(connection.introspection.table_names())}


def rows(cursor, table: str) -> list[tuple]:
    cursor.execute(f'SELECT item::text FROM "{table}" AS item ORDER BY 1')
    return cursor.fetchall()


def left_by(way, city):
    """What the way answers, writes and lets wait; then it is as if nobody had gone it."""
    place, waiting = MEMORY.place, len(connection.run_on_commit)
    with transaction.atomic():
        answer = way(city)
        left = everything(), remembering._counters(), len(connection.run_on_commit) - waiting
        wrong = list(faults())
        transaction.set_rollback(True)
    MEMORY.place = place
    return answer.pk, answer.version, left, wrong


@pytest.fixture
def forgetful(monkeypatch):
    monkeypatch.setattr(MEMORY, "walks", {})


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_remembered_is_what_was_walked(city, forgetful, way):
    walked = left_by(way, city)
    n_walks = len(MEMORY.walks)
    again = left_by(way, city)

    assert again == walked
    assert walked[-1] == []
    assert len(MEMORY.walks) == n_walks


def test_what_a_test_wrote_before_makes_ways_be_walked(city, forgetful):
    city.written()
    n_walks = len(MEMORY.walks)
    Suggestion.objects.update(title="改过的标题")

    city.written()

    assert len(MEMORY.walks) == n_walks


def test_other_words_another_day_and_other_settings_are_other_ways(city, forgetful, settings):
    place = MEMORY.place
    others = ({}, {"joint": True}, {"promises": [promised("装电梯")]})
    keys = [remembering._key(City.replied, (), more) for more in others]
    settings.CHAT_ROBOTS = {"620100": "https://robot.example"}
    keys.append(remembering._key(City.replied, (), {}))

    assert len(set(keys)) == 4
    with pytest.raises(remembering.NotKnown):
        remembering._key(City.replied, (), {"into": Suggestion()})
    assert MEMORY.place == place


def test_each_asks_for_a_copy_of_its_own(city):
    first = city.written()
    first.title = "改过的标题"

    assert city.written().title != first.title
