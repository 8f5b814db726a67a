"""Fifty people act on the same twenty suggestions at once, through two web workers: a thousand presses."""

import datetime as dt
import random
import threading
from collections import Counter

import psycopg
import pytest
from django.urls import reverse

from huiyin.config import postgres
from tests.journeys.private_house import PATIENCE, House, Visitor

pytestmark = pytest.mark.slow
N_CLIENTS, WORKERS, SEED = 50, 2, 50
UNTIL = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=120)).isoformat()
RULING = {"ruling": "经研究"}
# By role: the step, whether it is the task's or the suggestion's, and what its form is filled in with.
ACTS = {
    "unit_clerk": [
        ("assignment_sign_for", {}),
        ("assignment_ask_return", {"reason": "不属于我局职责"}),
        ("assignment_ask_extension", {"reason": "涉及面广", "until": UNTIL}),
    ],
    "leader": [("sign_reply", {})],
    "deputy": [
        ("rate", {"attitude": "satisfied", "result": "satisfied", "contact_kind": "visit"}),
    ],
    "staff": [
        ("assignment_grant_return", RULING),
        ("assignment_refuse_return", RULING),
        ("assignment_grant_extension", RULING | {"until": UNTIL}),
        ("assignment_refuse_extension", RULING),
    ],
}
ANSWERS = {200, 403, 404, 409, 422}
COUNTED = """SELECT item_kind, item_id, step, COUNT(*) FROM kernel_entry GROUP BY 1, 2, 3"""


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    try:
        yield house
    finally:
        house.close()


def test_no_step_is_lost_and_none_is_taken_twice(house):
    told = house.open("crowd", workers=WORKERS)
    before = trail_of(house)
    pressed = press_all(house, told)

    taken = trail_of(house)
    taken.subtract(before)
    succeeded = Counter(act for act, _status, is_done in pressed if is_done)

    assert {status for _act, status, _is_done in pressed} <= ANSWERS
    assert len(pressed) == N_CLIENTS * len(told["items"])
    steps = {step for _kind, _item, step in succeeded}
    assert len(steps) >= 6, steps  # else nothing was at stake
    assert succeeded == Counter(
        {key: n for key, n in taken.items() if n and key[2] in steps and counts(key)}
    )
    assert (
        rows(
            house,
            "SELECT suggestion_id, round FROM suggestions_reply WHERE state = 'signed' "
            "GROUP BY 1, 2 HAVING COUNT(*) > 1",
        )
        == []
    )
    assert (
        rows(
            house,
            "SELECT document_number FROM suggestions_reply WHERE document_number <> '' "
            "GROUP BY 1 HAVING COUNT(*) > 1",
        )
        == []
    )
    assert (
        rows(
            house,
            "SELECT reply_id, signature_id FROM suggestions_rating "
            "GROUP BY 1, 2 HAVING COUNT(*) > 1",
        )
        == []
    )
    assert house.manage("verify_trail")


def counts(key):
    """A step on the row whose button was pressed; the same step also leaves a line on rows beside it."""
    kind, _item, step = key
    return kind == (
        "suggestions.suggestion" if step in {"sign_reply", "rate"} else "suggestions.assignment"
    )


def press_all(house, told, pressed=None):
    """Every client comes to every item once, in an order of its own; all start together."""
    start, pressed = threading.Barrier(N_CLIENTS), [] if pressed is None else pressed
    clients = [
        threading.Thread(target=press, args=(house, told, number, start, pressed))
        for number in range(N_CLIENTS)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return pressed


def press(house, told, number, start, pressed):
    chance = random.Random(SEED * 1_000 + number)
    role = chance.choice(list(ACTS))
    session = chance.choice(told["sessions"][role])
    client = Visitor(house.address, session, patience=PATIENCE)
    client.get("/account/")  # the form's token comes with any page
    start.wait()
    for suggestion, task in chance.sample(told["items"], len(told["items"])):
        name, fields = chance.choice(ACTS[role])
        of_task = name.startswith("assignment_")
        item = task if of_task else suggestion
        path = reverse(f"suggestions:{name}", args=[item])
        try:
            status, landed, _page = client.post(path, **fields)
        except OSError:
            continue  # nobody answered, so nothing was acknowledged
        kind = "suggestions.assignment" if of_task else "suggestions.suggestion"
        act = (kind, item, name.removeprefix("assignment_"))
        # Only a step that was taken leads elsewhere. What it leads to may be gone by then: a
        # return granted in between hides the page from who asked for it.
        pressed.append((act, status, landed != path))


def trail_of(house):
    return Counter({row[:3]: row[3] for row in rows(house, COUNTED)})


def rows(house, sql):
    with psycopg.connect(house.database.url(postgres.OWNER)) as connection:
        return connection.execute(sql).fetchall()
