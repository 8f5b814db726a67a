"""Who of the population register is on no registration, and why."""

import pyarrow.parquet as pq
import pytest

from tests.screening import running
from tests.screening.test_doubles import ELSEWHERE, ONE, TWIN, checked

HOME = {"address": "东岗路1号2栋301室", "household_number": "620171000001", "sex": "男"}
GROWN = {**HOME, "name": "王建国", "birth_date": "1960-03-04", "identity_number": ONE}
YOUNG = {**HOME, "name": "王小宝", "birth_date": "2007-05-06", "identity_number": checked("62017120070506141")}  # fmt: skip
CHILD = {**HOME, "name": "王小贝", "birth_date": "2012-05-06", "identity_number": checked("62017120120506141")}  # fmt: skip
BROTHER = {**GROWN, "name": "王建军", "identity_number": TWIN}


def missing(
    tmp_path, people: list[dict], registered: list[dict], **lists: list[dict]
) -> dict[str, str]:
    stranger = {**HOME, "name": "赵一", "birth_date": "1950-01-02", "identity_number": ELSEWHERE}
    tables = {
        "population": [{"person_id": f"P{at}", **person} for at, person in enumerate(people)],
        "registrations": [{"record_id": f"R{at}", **row} for at, row in enumerate([*registered, stranger])],
        **lists,
    }  # fmt: skip
    for name, rows in tables.items():
        running.write(tmp_path / "lists" / f"{name}.csv", rows)
    assert running.screen(tmp_path / "lists", tmp_path / "out") == 0
    return {
        row["record_id"]: row["reason"] for row in running.rows(tmp_path / "out" / "missing.csv")
    }


def test_the_reasons_are_told_apart(tmp_path):
    moved = {**GROWN, "moved_in_on": "2025-04-05"}
    people = [{"moved_in_on": "", **person} for person in (GROWN, YOUNG, CHILD)]

    assert missing(tmp_path / "1", people, []) == {"P0": "never_registered", "P1": "newly_18"}
    assert missing(tmp_path / "2", [moved], []) == {"P0": "moved_in"}


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"identity_number": ONE[:9] + "7" + ONE[10:]},
        {"identity_number": "", "name": "王健国"},
        {"identity_number": "", "name": "□□□"},
    ],
)
def test_a_mistyped_registration_is_not_called_missing(tmp_path, typed):
    assert missing(tmp_path, [GROWN], [{**GROWN, **typed}]) == {}


@pytest.mark.parametrize(
    ("listed", "row"),
    [
        ("deprived", {"kind": "未剥夺政治权利"}),
        ("custody", {"decision": "否"}),
        ("permits", {"permit_number": "7"}),
    ],
)
@pytest.mark.parametrize("number", [ONE, ""])
def test_nor_is_who_stands_on_a_list_without_a_number(tmp_path, listed, row, number):
    """The register knows whom the list means, and whose registration the mistyped one is."""
    known = [{**GROWN, **row, "identity_number": number, "record_id": "L1"}]
    typed = {**GROWN, "name": "王5建国", "identity_number": ONE[:9] + "7" + ONE[10:]}

    missing(tmp_path / "1", [GROWN], [typed], **{listed: known})
    missing(tmp_path / "2", [GROWN], [], **{listed: known})

    assert absent_of(tmp_path / "1") == []
    assert absent_of(tmp_path / "2") == ["L1"]


def absent_of(folder) -> list[str]:
    """Rows of other lists than the register whose people are told to be missing."""
    found = pq.read_table(folder / "out" / "findings.parquet").to_pylist()
    return [
        row["record_id"]
        for row in found
        if row["category"] == "missing" and row["list"] != "population"
    ]


def test_a_twin_s_registration_answers_for_the_twin_alone(tmp_path):
    assert missing(tmp_path, [GROWN, BROTHER], [GROWN]) == {"P1": "never_registered"}


def test_the_dead_and_the_deprived_are_not_missing(tmp_path):
    dead = [{**GROWN, "identity_number": "", "died_on": "2026-01-02"}]
    deprived = [{**BROTHER, "from_on": "2024-01-01", "until_on": "2028-01-01"}]

    assert missing(tmp_path / "1", [GROWN, BROTHER], [], deceased=dead, deprived=deprived) == {}


def test_rights_that_came_back_are_a_reason(tmp_path):
    over = [{**GROWN, "from_on": "2020-01-01", "until_on": "2025-01-01"}]

    assert missing(tmp_path, [GROWN], [], deprived=over) == {"P0": "restored"}
