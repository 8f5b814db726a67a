"""Every page behind every door, seen by the first who may open it: axe, width, console, requests."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.cities import load_national_rules
from tests.doors.table import PUBLIC
from tests.doors.test_doors import address, doors_open_to
from tests.doors.world import HERE, World


@pytest.fixture
def world(transactional_db, turn_to, settings) -> World:
    settings.RATE_LIMITS = False
    load_national_rules()
    return World()


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_stands_what_every_page_has_to_stand(world, windows, width):
    opened = 0
    for role, pages in pages_by_role(world):
        window = windows(world.people[role] if role else None, width=width)
        for page in pages:
            window.open(page)
            opened += 1

    assert opened > 100


def pages_by_role(world: World) -> Iterator[tuple[str | None, list[str]]]:
    """What is public to a stranger, and every other page to the first role of the table."""
    seen: set[str] = set()
    for role in (None, *HERE):
        client = Client()
        if role:
            client.force_login(world.people[role])
        names = (PUBLIC if role is None else doors_open_to(role)) - seen
        pages = {name: address(world, name) for name in sorted(names)}
        shown = {name: page for name, page in pages.items() if is_page(client, page)}
        seen |= shown.keys()
        yield role, list(shown.values())


def is_page(client: Client, page: str) -> bool:
    """Not a file, not a piece of a page, not a way to somewhere else."""
    answer = client.get(page)
    return answer.status_code == 200 and b"<main" in getattr(answer, "content", b"")
