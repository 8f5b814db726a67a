"""A browser, a town to walk in, and a calendar to turn."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from huiyin.kernel import clock
from tests.conftest import PATIENCE
from tests.journeys.town import Town
from tests.journeys.windows import Window


@pytest.fixture
def turn_to() -> Iterator[Callable[..., None]]:
    """Turns the calendar of the whole house, the server's threads included."""
    with ExitStack() as moments:

        def turn(month: int, day: int, hour: int = 10) -> None:
            moments.enter_context(clock.set_to(clock.at(dt.date(2026, month, day), hour)))

        turn(3, 5)
        yield turn


@pytest.fixture
def town(transactional_db, turn_to) -> Town:
    return Town()


@pytest.fixture
def windows(browser, live_server, request) -> Iterator[Callable[..., Window]]:
    """Opens a fresh window for a person; whatever any of them complains of fails the test."""
    opened: list[Window] = []
    folder = os.environ.get("HUIYIN_SHOTS")  # a folder for pictures of every page, to be looked at

    def open_window(person=None, *, width: int = 1280, **options) -> Window:
        shots = Path(folder) / request.node.name if folder else None
        window = Window(browser, live_server.url, person, width=width, shots=shots, **options)
        window.context.set_default_timeout(PATIENCE)
        opened.append(window)
        return window

    yield open_window
    complaints = [complaint for window in opened for complaint in window.complaints]
    for window in opened:
        window.context.close()
    assert complaints == []
