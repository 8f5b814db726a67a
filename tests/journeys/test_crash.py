"""kill -9 of the database in the middle of everything loses nothing that was acknowledged."""

import os
import signal
import threading

import pytest

from tests.journeys.private_house import House, Visitor, wait_until

pytestmark = pytest.mark.slow
N_RESIDENTS = 3
BEFORE, AFTER = 6, 6  # voices acknowledged before the blow, and after it


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
