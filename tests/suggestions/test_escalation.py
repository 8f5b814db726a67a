"""T28: yellow fifteen days before, orange five days before, red when the day has passed."""

import datetime as dt

import pytest

from huiyin.kernel import clock
from huiyin.rulebook.choices import Urgency
from huiyin.suggestions import actions
from tests.suggestions import ways
from tests.suggestions.walk import fresh, later, news_to

CALM, YELLOW, ORANGE, RED = Urgency
DUE = dt.date(2026, 6, 5)


@pytest.mark.parametrize(
    ("left", "urgency"),
    [(16, CALM), (15, YELLOW), (6, YELLOW), (5, ORANGE), (0, ORANGE), (-1, RED)],
)
def test_the_colour_follows_from_the_clock_and_is_never_stored(city, left, urgency):
    running = city.handling().reply_clock

    assert running.urgency(DUE - dt.timedelta(days=left)) == urgency


@pytest.mark.parametrize(("left", "words"), [(15, "即将到期"), (4, "快到期了"), (-3, "已经逾期")])
def test_each_colour_is_told_once_on_a_working_day(city, left, words):
    city.handling()

    for _morning in range(2):
        with clock.set_to(clock.at(DUE - dt.timedelta(days=left), 10)):
            actions.remind()

    told = [subject for subject in news_to(city.unit_clerk) if subject == f"答复代表{words}"]
    assert len(told) == 1


def test_red_reaches_the_committee_and_its_director(city):
    city.handling()

    with clock.set_to(clock.at(DUE + dt.timedelta(days=3), 10)):
        actions.remind()

    for person in (city.clerk, city.director):
        assert "答复代表已经逾期" in news_to(person)


def test_a_task_nobody_signs_for_reaches_whoever_handed_it_over(city):
    city.handed_over()

    with later(4):  # three working days from Thursday: Tuesday
        actions.remind()
    assert "兰州市住房和城乡建设局 · 承办单位签收已经逾期" not in news_to(city.clerk)
    with later(6):
        actions.remind()

    for person in (city.clerk, city.government):
        assert "兰州市住房和城乡建设局 · 承办单位签收已经逾期" in news_to(person)


def test_a_late_joint_lead_is_told_of_as_well(city):
    suggestion = ways.joint_drafted(city)
    actions.ask_agreement(suggestion, by=city.unit_clerk)
    task = ways.joint_task(suggestion)

    with clock.set_to(clock.at(fresh(task).clock.due_on + dt.timedelta(days=7), 10)):
        actions.remind()

    assert "兰州市财政局 · 共同主办单位会签已经逾期" in news_to(city.clerk)
