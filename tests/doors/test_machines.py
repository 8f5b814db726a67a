"""Every address that asks for a token, every role: what its pages refuse, it refuses alike.

Then the API is asked everything its own document allows and what it does not: no 500, no leak.
Schemathesis makes the questions from the document and checks each answer against it. What is read
is asked by every role and by nobody; a step by a few of them, others at each step, so that each
of them asks some forty times. Half of the questions are about an item that is there.
"""

import json
from itertools import cycle, islice

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from huiyin.suggestions.pages import PAGES, REMARKS
from huiyin.supervision.pages import PAGES as SUPERVISED
from tests.doors.addresses import ARGUMENTS
from tests.doors.machines import START, ask, body_for, document, keys_for, operations
from tests.doors.table import DOORS
from tests.doors.test_doors import ROLES, differences, rows
from tests.doors.world import ELSEWHERE, MARK

pytestmark = pytest.mark.slow
# Which page's door an address of the API has; steps are matched by their table.
PAGE_OF = {
    "POST /work/suggestions": "suggestions:write",
    "POST /work/motions": "suggestions:write_motion",
    "PUT /work/suggestions/{pk}": "suggestions:revise",
    "GET /work/suggestions/{pk}": "suggestions:detail",
    "GET /work/attachments/{pk}": "suggestions:attachment_file",
    "POST /work/suggestions/{pk}/invite": "suggestions:invite",
    "POST /work/signatures/{pk}/sign": "suggestions:cosign",
    "POST /work/suggestions/{pk}/draft-reply": "suggestions:draft_reply",
    "POST /work/tasks/{pk}/draft-part": "suggestions:draft_part",
    "POST /work/voices": "opinions:walk_in",
    "GET /work/matters/{pk}": "opinions:matter",
    "POST /work/matters/{pk}/set-subject": "opinions:set_subject",
    "POST /work/matters/{pk}/publish": "opinions:publish",
    "POST /work/matters/{pk}/hide": "opinions:hide",
    "GET /work/key-items/{pk}": "supervision:key_item",
    "GET /work/figures": "dashboards:overview",
}
# Lists and one's own person are there for everybody who has a token: they hold what he may see.
OPEN = {
    f"GET /work/{name}"
    for name in (
        "me", "matters", "suggestions", "tasks", "promises", "key-items", "reviews", "scorecards",
    )
}  # fmt: skip


def test_every_address_has_a_page_whose_door_it_shares():
    assert {name for name, *_ in asking()} - OPEN == set(page_of())


def test_without_a_token_nothing_opens(world):
    found = {
        name: ask(method, START + path.replace("{pk}", "1")).status_code
        for name, method, path, _operation in asking()
    }

    assert found == dict.fromkeys(found, 401)


@pytest.mark.parametrize("role", ROLES)
def test_a_token_opens_what_the_page_opens(world, keyring, role):
    filled = world.filled() | {"venue": world.venue.pk, "promises": [], "deputies": []}
    before = rows()

    expected, found = {}, {}
    for name, method, path, operation in asking():
        door = DOORS[page_of()[name]] if name in page_of() else None
        wanted = door.answer_to(role) if door else 200
        if wanted == 200 and method != "get":
            continue  # that a step is taken the chain's own tests tell
        answer = ask(method, address(world, name, path), keyring[role], body_for(operation, filled))
        found[name], expected[name] = answer.status_code, wanted

    assert differences(expected, found) == {}
    assert rows() == before


@pytest.mark.parametrize("role", ELSEWHERE)
def test_lists_of_another_congress_hold_nothing_of_ours(world, keyring, role):
    leaking = [
        name
        for name in OPEN
        if MARK in ask("get", START + name.removeprefix("GET "), keyring[role]).content.decode()
    ]

    assert leaking == []


def test_a_reading_token_changes_nothing(world):
    keys, before = keys_for(world, can_write=False), rows()

    found = {
        name: ask(method, address(world, name, path), keys["clerk"], {}).status_code
        for name, method, path, _operation in asking()
        if method != "get"
    }

    assert found == dict.fromkeys(found, 403)
    assert rows() == before


def asking():
    """Name, method, path and description of what asks for a token."""
    for method, path, operation in operations():
        short = path.removeprefix(START)
        if short.startswith("/work/"):
            yield f"{method.upper()} {short}", method, short, operation


def page_of() -> dict[str, str]:
    steps = {}
    for page in [*PAGES, *REMARKS]:
        place = page.address.split("/")[1]
        steps[f"POST /work/{place}/{{pk}}/{page.step.replace('_', '-')}"] = (
            f"suggestions:{page.name}"
        )
    for page in SUPERVISED:
        place = page.place.address.split("/")[1]
        steps[f"POST /work/{place}/{{pk}}/{page.step.replace('_', '-')}"] = (
            f"supervision:{page.step}"
        )
    for name in DOORS:
        step = name.removeprefix("opinions:")
        if step in MATTER_STEPS:
            steps[f"POST /work/matters/{{pk}}/{step.replace('_', '-')}"] = name
    return PAGE_OF | steps


MATTER_STEPS = {
    "point_elsewhere", "answer_on_the_spot", "give_to_deputy", "hand_to_department",
    "hand_to_hotline", "take_up", "deputy_answers", "give_back", "report_back",
}  # fmt: skip


PAGED = {name for name in page_of() if "{pk}" in name}


def address_of(world, name: str):
    """The number of the item with which the page's door is tried."""
    return ARGUMENTS[page_of()[name]](world)[0]


def address(world, name: str, path: str) -> str:
    return START + path.replace("{pk}", str(address_of(world, name) if name in PAGED else ""))


# Questions nobody thought of ---------------------------------------------------------------------

PEOPLE = [*ROLES, None]
SEED, STEP_EXAMPLES = 20261126, 5
SECRET = "关于食堂的建议"  # of what is handled in confidence
KNOWING = {"lead", "director"}
# What the form knows beyond the document (a day in the future, a unit of this congress) may be refused.
NOT_ASKED = {"positive_data_acceptance"}


QUESTIONS = [
    f"{method.upper()} {path.removeprefix(START)}" for method, path, _operation in operations()
]


@pytest.fixture(scope="module")
def documented():
    """Each operation as schemathesis reads it from the document."""
    made = schemathesis.openapi.from_dict(document())
    made.app = get_wsgi_application()
    found = (each.ok() for each in made.get_all_operations())
    return {f"{one.method.upper()} {one.path.removeprefix(START)}": one for one in found}


@pytest.fixture(scope="module")
def checks():
    load_all_checks()
    return [check for check in CHECKS.get_all() if check.__name__ not in NOT_ASKED]


@pytest.fixture
def one_connection():
    """A real server gives its connection back after each request; here one transaction holds all."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("name", QUESTIONS)
def test_nothing_breaks_and_nothing_leaks(name, world, keyring, documented, checks):
    operation, people = documented[name], askers(name)

    @seed(SEED)
    @settings(
        max_examples=len(PEOPLE) if name.startswith("GET ") else STEP_EXAMPLES,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), is_real=st.booleans())
    def ask(case, is_real):
        role = next(people)
        if is_real and name in PAGED:
            case.path_parameters["pk"] = address_of(world, name)
        headers = {"Authorization": f"Bearer {keyring[role]}"} if role else {}
        with transaction.atomic():
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=checks, headers=headers)
            transaction.set_rollback(True)
        assert leaks(name, role, answer.text) == []

    ask()


def askers(name: str):
    """Everybody in turn, beginning with another one at each operation."""
    first = QUESTIONS.index(name) * STEP_EXAMPLES % len(PEOPLE)
    return islice(cycle(PEOPLE), first, None)


def leaks(name: str, role: str | None, text: str) -> list[str]:
    is_inside = " /work/" in name
    stranger = role is None or role in ELSEWHERE
    return [
        words
        for words, is_hidden in (
            (MARK, is_inside and stranger),
            (SECRET, role not in KNOWING),
        )
        if is_hidden and (words in text or json.dumps(words)[1:-1] in text)
    ]
