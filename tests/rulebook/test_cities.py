"""One item walked through the rules of eight places: other texts, other dates, each told.

Every party takes all the time it has. The dates and their arithmetic stand in `cities/`, one file
for each place; working days are counted a second time here, by the calendar package itself.
"""

import datetime as dt
import tomllib
from pathlib import Path

import chinese_calendar
import pytest
from django.utils import translation

from huiyin.regions.actions import DIVISIONS, load_divisions
from huiyin.regions.models import Region
from huiyin.rulebook import actions
from huiyin.rulebook.models import Clock
from tests.regions.factories import RegionFactory

CITIES = Path(__file__).parent / "cities"
PLACES = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(CITIES.glob("*.toml"))
}
RECEIVED = dt.date(2025, 9, 16)  # before National Day: holidays and days worked for them lie ahead
# What each step counts from: the end of an earlier step, when everybody uses the last day.
STEPS = {
    "hand_over": ("handover.between_session", None, "收到建议"),
    "return": ("return.window", "hand_over", "交办"),
    "hand_over_again": ("rehandover.window", "return", "收到退办申请"),
    "contact": ("contact.window", "hand_over", "交办"),
    "opinion": ("cohandler.window", "hand_over", "交办"),
    "reply": ("reply.normal", "hand_over", "交办"),
    "extended_reply": ("reply.normal", "hand_over", "交办"),
    "rating": ("rating.window", "reply", "答复"),
    "second_reply": ("redo.window", "rating", "评价"),
}


@pytest.mark.slow
@pytest.mark.django_db
def test_one_item_has_the_dates_of_each_place_with_their_arithmetic():
    load_every_pack()

    walks = {place: walk(file["region"]) for place, file in PLACES.items()}

    for place, file in PLACES.items():
        assert told(walks[place]) == file["steps"], place
        assert counted_again(walks[place]) == {}, place


def test_no_two_places_have_the_same_dates():
    dates = {
        tuple(step["due"] for step in file["steps"].values()): place
        for place, file in PLACES.items()
    }

    assert len(dates) == len(PLACES) == 8


def test_only_what_a_text_does_not_say_is_told_as_the_default():
    silent = {
        place: [
            step for step, found in file["steps"].items() if "当地文本没有规定" in found["told"][1]
        ]
        for place, file in PLACES.items()
    }

    assert silent == {
        "beijing": ["hand_over", "return", "hand_over_again", "contact", "opinion"],
        "chongqing": [],
        "henan": ["hand_over", "contact"],
        "lanzhou": [],
        "national": [step for step in STEPS if step not in {"reply", "extended_reply"}],
        "qingdao": ["hand_over_again", "contact", "rating", "second_reply"],
        "shanghai": ["hand_over_again", "contact", "rating"],
        "zhejiang": ["hand_over", "hand_over_again", "contact", "rating"],
    }


def load_every_pack() -> None:
    RegionFactory()
    load_divisions(DIVISIONS / "upper.csv")
    actions.load_calendar()
    for path in actions.our_packs():
        actions.load_pack(path)


def walk(code: str) -> dict[str, Clock]:
    region = Region.objects.get(code=code)
    clocks: dict[str, Clock] = {}
    for step, (rule, after, words) in STEPS.items():
        start = clocks[after].due_on if after else RECEIVED
        clock = actions.start_clock(rule=rule, region=region, start=start, start_words=words)
        if step == "extended_reply":
            clock = actions.extend_clock(clock, to=clock.latest, reason="涉及面广")
        clocks[step] = clock
    return clocks


def told(clocks: dict[str, Clock]) -> dict[str, dict[str, object]]:
    with translation.override("zh-hans"):
        return {
            step: {
                "due": clock.due_on,
                "told": [f"{label}：{words}" for label, words in clock.explained()],
            }
            for step, clock in clocks.items()
        }


def counted_again(clocks: dict[str, Clock]) -> dict[str, dt.date]:
    """The working-day terms for which the calendar package comes to another day."""
    return {
        step: clock.due_on
        for step, clock in clocks.items()
        if "working_days" in clock.rule.value
        and clock.due_on != working_days_after(clock.started_on, clock.rule.value["working_days"])
    }


def working_days_after(start: dt.date, count: int) -> dt.date:
    day = start
    while count:
        day += dt.timedelta(days=1)
        count -= chinese_calendar.is_workday(day)
    return day
