"""How much of the truth the screening finds, on two made cities that have nothing in common."""

import datetime as dt
from pathlib import Path

import pytest

from huiyin.screening.rolls import city, scoring
from tests.screening import running
from tests.screening.other_city import OtherCity

pytestmark = pytest.mark.slow
PEOPLE = 12_000


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("made")
    city.make(PEOPLE, 20261215, folder / "lists", dt.date.fromisoformat(running.ELECTION_DAY))
    assert running.screen(folder / "lists", folder / "out") == 0
    return folder / "lists", folder / "out"


@pytest.fixture(scope="module")
def other(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("other")
    OtherCity(PEOPLE, 77).write(folder / "lists")
    assert running.screen(folder / "lists", folder / "out") == 0
    return folder / "lists", folder / "out"


@pytest.fixture(params=["made", "other"])
def screened(request) -> tuple[Path, Path]:
    return request.getfixturevalue(request.param)


def test_certain_doubles_may_be_struck_after_a_glance(screened):
    lists, out = screened

    score = scoring.pairs(lists, out / "duplicates.csv", suspects=False)

    assert score.precision >= 0.999
    assert score.recall_within_reach >= 0.95


def test_hardly_any_double_escapes(screened):
    lists, out = screened

    score = scoring.pairs(lists, out / "duplicates.csv", suspects=True)

    assert score.recall >= 0.995
    assert score.precision >= 0.95


def test_wrong_rows_are_found_and_right_ones_left_alone(screened):
    lists, out = screened

    scores = scoring.codes(lists, out / "wrong.csv")

    assert _weak(scores) == {}


def test_what_is_wrong_with_lists_and_constituencies_is_found(made):
    lists, out = made

    scores = scoring.others(lists, out / "findings.parquet")

    assert scores.keys() == {"E26", "E38", "E51", "E52", "E53", "E56"}
    assert _weak(scores) == {}


def test_whoever_is_on_no_roll_is_missed_and_nobody_else(screened):
    lists, out = screened

    score = scoring.missing(lists, out / "missing.csv")

    assert score.precision >= 0.995
    assert score.recall >= 0.995


def _weak(scores: dict[str, scoring.Score]) -> dict[str, scoring.Score]:
    """The kinds below their goal; of rare kinds one row may be lost or too many."""
    return {
        code: score
        for code, score in scores.items()
        if score.overlooked > max(1, 0.01 * (score.right + score.overlooked))
        or score.false > max(1, 0.005 * (score.right + score.false))
    }
