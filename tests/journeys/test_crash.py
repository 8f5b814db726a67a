"""kill -9 of the database in the middle of everything loses nothing that was acknowledged."""

import os
import signal
import threading
from collections import Counter

import pytest

from tests.journeys.private_house import House, Visitor, wait_until
from tests.journeys.test_fifty_at_once import press_all, trail_of

pytestmark = pytest.mark.slow
N_RESIDENTS = 3
BEFORE, AFTER = 6, 6  # voices acknowledged before the blow, and after it
MIDDLE = 150  # presses before the blow, of a thousand


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    try:
        yield house
    finally:
        house.close()


def test_nothing_acknowledged_is_lost_when_the_database_is_killed(house):
    sessions = house.open()
    told, published, stop = [], [], threading.Event()
    clerk = Visitor(house.address, sessions["clerk"])
    people = [
        threading.Thread(target=keep_saying, args=(house, number, told, stop))
        for number in range(N_RESIDENTS)
    ]
    for person in people:
        person.start()

    wait_until(lambda: len(told) >= BEFORE)
    publish_newest(clerk, told[0], published)
    os.kill(house.database.pid(), signal.SIGKILL)
    house.database.start()
    n_before = len(told)
    wait_until(lambda: len(told) >= n_before + AFTER)
    publish_newest(clerk, told[-1], published)
    stop.set()
    for person in people:
        person.join()

    reader = Visitor(house.address)
    lost = [code for code, _text in told if reader.get(f"/follow/{code}/")[0] != 200]
    page = reader.get("/matters/")[1]
    assert lost == []
    assert [title for title in published if title not in page] == []
    assert house.manage("verify_trail")


def test_no_acknowledged_step_of_handling_is_lost_either(house):
    """Signing for, returning, extending, replying and rating, and the blow in the middle of it."""
    told = house.open("crowd", workers=2)
    before, pressed = trail_of(house), []
    blow = threading.Thread(target=strike, args=(house, pressed))
    blow.start()

    press_all(house, told, pressed)
    blow.join()

    taken = trail_of(house)
    taken.subtract(before)
    acknowledged = Counter(act for act, _status, is_done in pressed if is_done)
    broken = [status for _act, status, _is_done in pressed if status >= 500]
    assert acknowledged - taken == Counter()
    assert len({step for _kind, _item, step in acknowledged}) >= 4
    assert broken != []  # else it did not strike in the middle
    assert house.manage("verify_trail")


def strike(house, pressed) -> None:
    wait_until(lambda: len(pressed) >= MIDDLE)
    os.kill(house.database.pid(), signal.SIGKILL)
    house.database.start()


def keep_saying(house, number, told, stop) -> None:
    """Says one thing after another; what fails was not acknowledged and is said anew."""
    said = 0
    while not stop.is_set():
        said += 1
        text = f"第{number}位居民说的第{said}件事：翠园小区{said}号楼没有电梯。"
        try:
            told.append((Visitor(house.address).say(text), text))
        except (OSError, AssertionError):
            stop.wait(0.2)


def publish_newest(clerk, voice, published) -> None:
    """A clerk's acknowledged step, on the matter of an acknowledged voice."""
    _code, text = voice
    number = next(pk for pk in range(1, 500) if text in clerk.get(f"/desk/matters/{pk}/")[1])
    title = f"公开的第{number}件事"
    status, _landed, page = clerk.post(f"/desk/matters/{number}/publish/", title=title)
    assert (status, title in page) == (200, True)
    published.append(title)
