"""What holds whatever the lists are: order means nothing, strangers change nothing, no text breaks anything."""

import csv
import random
import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.kernel import identity
from huiyin.screening import numbers
from huiyin.screening.doubles.finding import common_names
from tests.screening import other_city, running
from tests.screening.checking import opened, person
from tests.screening.other_city import OtherCity

TODAY = other_city.ELECTION_DAY
PEOPLE = 900


@pytest.fixture(scope="module")
def lists(tmp_path_factory) -> Path:
    """A village's lists, registrations in one csv."""
    folder = tmp_path_factory.mktemp("lists")
    village = OtherCity(PEOPLE, 11)
    village.write(folder)
    for path in folder.glob("registrations*"):
        path.unlink()
    running.write(folder / "registrations.csv", [row.cells for row in village.rows])
    return folder


@pytest.fixture(scope="module")
def screened(lists, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("screened") / "out"
    assert running.screen(lists, out) == 0
    return out


@pytest.mark.slow
def test_order_of_rows_and_files_never_changes_the_result(lists, screened, tmp_path):
    registrations = running.rows(lists / "registrations.csv")
    population = running.rows(lists / "population.csv")
    random.Random(3).shuffle(registrations)
    random.Random(4).shuffle(population)
    _copy_lists(lists, tmp_path / "lists")
    (tmp_path / "lists" / "registrations.csv").unlink()
    for number, start in enumerate((0, 100, 101)):
        piece = registrations[start : (100, 101, None)[number]]
        running.write(tmp_path / "lists" / f"registrations-{'cab'[number]}.csv", piece)
    running.write(tmp_path / "lists" / "population.csv", population)

    assert running.screen(tmp_path / "lists", tmp_path / "out") == 0

    for name in ("wrong.csv", "duplicates.csv", "missing.csv", "model.json"):
        assert _lines(tmp_path / "out" / name) == _lines(screened / name), name


def test_names_that_differ_in_a_stand_in_are_one_however_the_rows_stand():
    """Nobody could type the character: some wrote a box, some a question mark."""
    typed = [*["李□明"] * 3, *["李？明"] * 5, *["王建国"] * 40]
    rows = [person(f"R{n}", name=name) for n, name in enumerate(typed)]

    found = []
    for ordered in (rows, rows[::-1]):
        with opened(ordered) as (engine, _absent):
            found.append(common_names(engine, "records"))

    assert len(found[0].names) == 2
    assert [known.names.tolist() for known in found] == [found[0].names.tolist()] * 2
    assert [sorted(known.bands) for known in found] == [[-2, 0]] * 2  # 8 people and 40


@pytest.mark.slow
def test_one_thread_or_two_give_the_same(lists, screened, tmp_path):
    assert running.screen(lists, tmp_path / "out", "--threads", "1") == 0

    for name in ("wrong.csv", "duplicates.csv", "missing.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (screened / name).read_bytes(), name


@pytest.mark.slow
def test_a_stranger_changes_nobody_else_s_cluster_when_the_model_is_fixed(
    lists, screened, tmp_path
):
    _copy_lists(lists, tmp_path / "lists")
    rows = running.rows(lists / "registrations.csv")
    rows.append(rows[0] | _stranger())
    running.write(tmp_path / "lists" / "registrations.csv", rows)

    assert (
        running.screen(
            tmp_path / "lists", tmp_path / "out", "--model", str(screened / "model.json")
        )
        == 0
    )

    assert running.clusters(tmp_path / "out") == running.clusters(screened)
    assert _lines(tmp_path / "out" / "duplicates.csv") == _lines(screened / "duplicates.csv")


@pytest.mark.slow
def test_the_model_of_a_run_repeats_the_run(lists, screened, tmp_path):
    assert running.screen(lists, tmp_path / "out", "--model", str(screened / "model.json")) == 0

    assert (tmp_path / "out" / "duplicates.csv").read_bytes() == (
        screened / "duplicates.csv"
    ).read_bytes()


@pytest.mark.slow
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_text_in_any_field_breaks_the_screening(tmp_path, data):
    text = st.text(
        st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=30
    )
    rows = data.draw(st.lists(st.lists(text, min_size=9, max_size=9), min_size=1, max_size=25))
    headers = ("姓名", "性别", "民族", "出生日期", "身份证号", "住址", "电话", "选区", "户号")
    folder = tmp_path / "any"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("registrations", "population", "deceased"):
        running.write(
            folder / f"{name}.csv", [dict(zip(headers, row, strict=True)) for row in rows]
        )

    assert running.screen(folder, folder / "out") in (0, 1)

    written = {row["record_id"] for row in running.rows(folder / "out" / "wrong.csv")}
    assert written <= {str(number) for number in range(1, len(rows) + 1)}


def test_hostile_text_comes_out_as_it_went_in_and_harms_no_report(tmp_path):
    names = [
        "=cmd|'/c calc'!A0",
        "<script>alert(1)</script>",
        "'; DROP TABLE records; --",
        "张\u202e三",
        "a\tb",
        "𠮷\U0010ffff",
    ]
    rows = [{"编号": f"N{i}", "姓名": name, "身份证号": "=1+1"} for i, name in enumerate(names)]
    running.write(tmp_path / "registrations.csv", rows)

    assert running.screen(tmp_path, tmp_path / "out") == 0

    assert {row["record_id"] for row in running.rows(tmp_path / "out" / "wrong.csv")} == {
        row["编号"] for row in rows
    }
    assert "<script>alert" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "number", "problem"),
    [
        ("11010519491231002X", "11010519491231002X", None),
        ("440524188001010014", "440524188001010014", "birth_date"),  # right, but 146 years old
        ("11010519491231002x", "11010519491231002X", None),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", None),
        ("110105 19491231 002X", "11010519491231002X", None),
        ("110105194912310021", "110105194912310021", "checksum"),
        ("110105194902300028", "110105194902300028", "birth_date"),
        ("11010519491231002", "11010519491231002", "length"),
        ("110105491231002", "11010519491231002X", None),
        ("", None, None),
    ],
)
def test_numbers_are_read_by_the_standard(typed, number, problem):
    read = numbers.read_numbers(pa.array([typed or None], pa.string()), TODAY)

    assert read.number.to_pylist() == [number]
    assert read.problem.to_pylist() == [problem]


@given(
    st.dates(min_value=TODAY.replace(year=1907), max_value=TODAY.replace(year=1999)),
    st.integers(0, 999),
)
def test_a_number_of_fifteen_digits_becomes_the_one_of_eighteen(born, order):
    long = other_city.checked(f"450102{born:%Y%m%d}{order:03d}")
    short = long[:6] + long[8:17]

    read = numbers.read_numbers(pa.array([short, long], pa.string()), TODAY)

    assert read.number.to_pylist() == [long, long]
    assert read.problem.to_pylist() == [None, None]
    assert read.is_old.to_pylist() == [True, False]
    assert identity.upgrade_number(short) == long


@given(
    st.dates(min_value=TODAY.replace(year=1930), max_value=TODAY),
    st.integers(0, 999),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_no_single_wrong_digit_goes_unnoticed(born, order, place, by):
    number = other_city.checked(f"620102{born:%Y%m%d}{order:03d}")
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    problem = numbers.read_numbers(pa.array([wrong], pa.string()), TODAY).problem.to_pylist()[0]

    assert problem is not None


@given(
    st.dates(min_value=TODAY.replace(year=1930), max_value=TODAY),
    st.integers(0, 999),
    st.integers(0, 15),
)
def test_no_swap_of_neighbours_goes_unnoticed(born, order, place):
    number = other_city.checked(f"620102{born:%Y%m%d}{order:03d}")
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    problem = numbers.read_numbers(pa.array([swapped], pa.string()), TODAY).problem.to_pylist()[0]

    assert (problem is None) == (swapped == number)


def _stranger() -> dict[str, str]:
    return {
        "record_id": "V-STRANGER",
        "name": "阿尔斯兰·别克",
        "sex": "男",
        "ethnic_group": "塔塔尔族",
        "birth_date": "1931/02/27",
        "identity_number": other_city.checked("65010219310227933"),
        "address": "别处一条谁也不住的路1号",
        "household_number": "HX999999",
        "phone": "15400000000",
        "constituency": "61号选区",
    }


def _copy_lists(source: Path, target: Path) -> None:
    target.mkdir()
    for path in source.glob("*.csv"):
        shutil.copy(path, target)


def _lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted(csv.reader(file))
