"""Every address, every role, and the same role of another congress: what is not allowed is not there."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver, reverse

from huiyin.ui.lists import Paged
from tests.doors.addresses import ARGUMENTS, QUERIES
from tests.doors.table import DOORS, PUBLIC, PUBLIC_ANSWERS, Door
from tests.doors.world import ELSEWHERE, HERE, MARK, World

pytestmark = pytest.mark.slow
ROLES = (*HERE, "nobody", *ELSEWHERE)
THROUGH = {200, 302}
# What is the same for everybody, and what moves between offices, stays out of "nothing changed".
BUSY = {"Session", "Message"}
# Logging in is for strangers; a trace tells each reader what is theirs.
OF_THE_READER = ("account_", "mfa_", "dashboards:trace")


@pytest.fixture
def knock(world):
    """A client of this role, who never breaks the test by a broken page."""

    def as_(role: str | None) -> Client:
        client = Client(raise_request_exception=False)
        if role:
            client.force_login(world.people[role])
        return client

    return as_


def test_every_address_is_in_the_table_once():
    assert (set(names()) - DOORS.keys() - PUBLIC, DOORS.keys() & PUBLIC) == (set(), set())
    assert (DOORS.keys() | PUBLIC) - set(names()) == set()


def test_every_role_is_known(world):
    assert set(world.people) == set(ROLES)


def test_public_addresses_are_those_that_say_so():
    assert {name for name, view in views() if not getattr(view, "login_required", True)} == PUBLIC


def test_strangers_enter_by_public_doors_only(world, knock):
    stranger = knock(None)

    expected, found = {}, {}
    for name in names():
        answer = stranger.get(address(world, name))
        found[name] = "login" if leads_to_login(answer) else answer.status_code
        expected[name] = PUBLIC_ANSWERS.get(name, 200) if name in PUBLIC else "login"

    assert differences(expected, found) == {}


@pytest.mark.parametrize("role", ["lead", "officer", "clerk", "unit_clerk", "auditor", "nobody"])
def test_public_doors_stay_open_to_who_is_logged_in(world, knock, role):
    client = knock(role)

    expected, found = {}, {}
    for name in sorted(name for name in PUBLIC if not name.startswith(OF_THE_READER)):
        found[name] = client.get(address(world, name)).status_code
        expected[name] = PUBLIC_ANSWERS.get(name, 200)

    assert differences(expected, found) == {}


@pytest.mark.parametrize("role", ROLES)
def test_doors_open_to_whom_the_table_says(world, knock, role):
    client = knock(role)

    expected, found = {}, {}
    for name, door in DOORS.items():
        status = client.get(address(world, name)).status_code
        found[name] = 200 if status in THROUGH else status
        expected[name] = 405 if door.kind == "post" else door.answer_to(role)

    assert differences(expected, found) == {}


def test_every_list_can_be_put_in_order_and_taken_along(world, knock):
    """In the spreadsheet stand all rows that the page counts."""
    lists, expected, found = set(), {}, {}
    for role in (None, *HERE):
        client = knock(role)
        for name in (set(PUBLIC) if role is None else doors_open_to(role)) - lists:
            answer = client.get(address(world, name))
            page = (answer.context or {}).get("page")
            if isinstance(page, Paged) and page:
                lists.add(name)
                sheet = client.get(address(world, name), {"format": "csv"})
                offers = [words in answer.content.decode() for words in ("sort=", "format=csv")]
                found[name] = (*offers, sheet["Content-Type"], in_sheet(sheet))
                expected[name] = (True, True, "text/csv; charset=utf-8", page.count)

    assert len(lists) > 20
    assert differences(expected, found) == {}


def in_sheet(answer) -> int:
    """The rows under the heads."""
    content = answer.getvalue().decode("utf-8-sig")
    return len(list(csv.reader(io.StringIO(content)))) - 1


@pytest.mark.parametrize("role", ROLES)
def test_steps_of_others_are_refused_and_change_nothing(world, knock, role):
    client, filled = knock(role), world.filled()
    before = rows()

    expected, found = {}, {}
    for name, door in doors_closed_to(role):
        found[name] = client.post(address(world, name), filled).status_code
        expected[name] = door.answer_to(role)

    assert differences(expected, found) == {}
    assert rows() == before


@pytest.mark.parametrize("role", ELSEWHERE)
def test_lists_of_another_congress_show_nothing_of_ours(world, knock, role):
    client = knock(role)

    leaking = [
        name
        for name, door in DOORS.items()
        if door.own
        and door.kind == "read"
        and MARK in client.get(address(world, name)).content.decode()
    ]

    assert leaking == []


def names(resolver=None, prefix: str = "") -> list[str]:
    return [name for name, _view in views(resolver, prefix)]


def views(resolver=None, prefix: str = "") -> Iterator[tuple[str, object]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from views(pattern, inner)
        elif not (prefix == "api:" and str(pattern.pattern).startswith("work/")):
            # what asks for a token is tried by doors/test_machines.py
            yield prefix + (pattern.name or str(pattern.pattern)), pattern.callback


def address(world: World, name: str) -> str:
    arguments = ARGUMENTS[name](world) if name in ARGUMENTS else []
    return reverse(name, args=arguments) + QUERIES.get(name, "")


def leads_to_login(answer) -> bool:
    return answer.status_code == 302 and answer.url.startswith("/account/login/?next=")


def doors_open_to(role: str) -> set[str]:
    return {n for n, door in DOORS.items() if door.kind != "post" and door.answer_to(role) == 200}


def doors_closed_to(role: str) -> list[tuple[str, Door]]:
    return [
        (name, door)
        for name, door in DOORS.items()
        if door.kind != "read" and door.answer_to(role) != 200
    ]


def differences(expected: dict, found: dict) -> dict:
    return {
        name: f"expected {expected[name]}, found {found[name]}"
        for name in expected
        if expected[name] != found[name]
    }


def rows() -> dict[str, int]:
    """How many rows each table of ours has: every step leaves at least one."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("huiyin.") and model.__name__ not in BUSY
    }
