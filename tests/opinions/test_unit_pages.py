"""A unit's list of what was handed to it."""

import datetime as dt

import pytest

from huiyin.kernel import clock, spreadsheets
from tests.congress.factories import AppointmentFactory, UnitFactory, person_as
from tests.opinions.factories import MatterFactory, VoiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
LIST = "/desk/handed-matters/"


@pytest.fixture
def unit(client):
    unit = UnitFactory(name="兰州市住房和城乡建设局")
    client.force_login(person_as("unit_clerk", unit=unit))
    return unit


def handed(unit, days_ago=0, **given):
    with clock.set_to(clock.now() - dt.timedelta(days=days_ago)):
        return MatterFactory(with_department=True, unit=unit, timed=True, **given)


def titles(client, query=""):
    return [matter.title for matter in client.get(f"{LIST}{query}").context["page"]]


def test_a_unit_finds_what_was_handed_to_it_late_ones_first(client, unit):
    handed(unit, title="新的")
    handed(unit, title="逾期的", days_ago=60)

    assert titles(client) == ["逾期的", "新的"]
    assert titles(client, "?tab=late") == ["逾期的"]
    assert titles(client, "?sort=newest") == ["新的", "逾期的"]


def test_a_unit_finds_nothing_of_others_and_nothing_handed_to_nobody(client, unit):
    handed(UnitFactory())
    MatterFactory(congress=unit.congress)

    assert titles(client, "?tab=all") == []


def test_what_has_its_result_leaves_the_open_ones(client, unit):
    handed(unit, title="待居民确认的", state="answered")
    handed(unit, title="没解决的", state="reopened")

    assert titles(client) == []
    assert titles(client, "?tab=answered") == ["待居民确认的"]
    assert titles(client, "?tab=reopened") == ["没解决的"]


def test_the_list_is_searched_by_title_and_brief_and_not_by_the_residents_words(client, unit):
    matter = handed(unit, title="加装电梯", brief="请答复资金安排。", subject="housing")
    VoiceFactory(matter=matter, text="我是王阿姨")
    handed(unit, title="路灯不亮", subject="safety")

    assert titles(client, "?q=资金") == titles(client, "?q=电梯") == ["加装电梯"]
    assert titles(client, "?subject=safety") == ["路灯不亮"]
    assert titles(client, "?q=王阿姨") == []


def test_the_list_exports_the_rows_it_shows(client, unit):
    handed(unit, title="加装电梯", brief="请答复资金安排。")

    answer = client.get(f"{LIST}?format=xlsx")

    table = spreadsheets.read(b"".join(answer.streaming_content), "a.xlsx")
    assert [row.cells[:2] for row in table.rows] == [("加装电梯", "请答复资金安排。")]


def test_the_list_is_not_there_for_who_acts_for_no_unit(client):
    client.force_login(AppointmentFactory(clerk=True).user)

    assert client.get(LIST).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries(client, unit, django_assert_num_queries, rows):
    for _each in range(rows):
        handed(unit)
    client.get(LIST)

    with django_assert_num_queries(QUERIES):
        client.get(LIST)


QUERIES = 6
