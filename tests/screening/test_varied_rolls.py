"""The goals of the screening on small rolls of other shares: numbers blank or nowhere, slips two at a time."""

from pathlib import Path

import pytest

from huiyin.screening.rolls import scoring
from tests.screening import running
from tests.screening.village_rolls import Shares, Villages

pytestmark = pytest.mark.slow
ROLLS = {
    "usual": (Shares(), 11),
    "two in five without numbers": (Shares(blank=0.4), 12),
    "a register without numbers": (Shares(register_numbers=False, slips=0.6), 13),
    "hardly anybody twice": (Shares(twice=0.02), 14),
}
# Mistakes that may happen among so few, where a share would allow less than one or hardly two.
ONE, TWO = 1, 2


@pytest.fixture(scope="module", params=ROLLS)
def screened(request, tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("rolls")
    lists = Villages(*ROLLS[request.param]).write(folder / "lists")
    assert running.screen(lists, folder / "out") == 0
    return lists, folder / "out"


def test_doubles(screened):
    lists, out = screened

    certain = scoring.pairs(lists, out / "duplicates.csv", suspects=False)
    found = scoring.pairs(lists, out / "duplicates.csv", suspects=True)

    assert certain.false <= max(ONE, 0.001 * certain.right)
    assert certain.recall >= 0.95
    assert found.overlooked <= max(TWO, 0.005 * found.right)
    assert found.precision >= 0.95


def test_wrong(screened):
    lists, out = screened

    scores = scoring.codes(lists, out / "wrong.csv")

    assert {
        code: score
        for code, score in scores.items()
        if score.false > max(ONE, 0.005 * score.right)
        or score.overlooked > max(ONE, 0.01 * score.right)
    } == {}


def test_missing(screened):
    lists, out = screened

    score = scoring.missing(lists, out / "missing.csv")

    assert score.false <= max(ONE, 0.005 * score.right)
    assert score.overlooked <= max(ONE, 0.005 * score.right)
