"""Which two rows are one person: rules, vetoes, and groups that one bad pair does not chain."""

import numpy as np
import pytest

from huiyin.screening.doubles.clusters import Edges, cluster
from huiyin.screening.doubles.levels import FIELDS
from huiyin.screening.doubles.training import believed, train
from tests.screening import running

# Invented people under an area block that nobody has.
FATHER = {"id": "F", "name": "王建国", "sex": "男", "birth_date": "1960-03-04", "phone": "15400000001", "address": "东岗路1号2栋301室"}  # fmt: skip


def checked(first: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


ONE = checked("62017119600304121")
TWIN = checked("62017119600304123")
OTHER_AREA = checked("62012219600304121")
ELSEWHERE = checked("62012219600304557")


def found(tmp_path, *rows: dict[str, str]) -> set[tuple[frozenset[str], str]]:
    """Clusters of a small roll of strangers with these rows among them."""
    fields = [*FATHER, "identity_number", "household_number", "former_name"]
    strangers = [
        {
            "id": f"S{at}", "name": "赵钱孙李周吴郑冯陈褚"[at % 10] + "甲乙丙丁戊己庚辛壬癸"[at // 10],
            "sex": "男", "birth_date": f"19{40 + at % 50}-0{1 + at % 9}-1{at % 7}", "phone": f"1550000{at:04}",
            "address": f"西固路{at}号", "identity_number": "",
        }
        for at in range(60)
    ]  # fmt: skip
    table = [{name: row.get(name, "") for name in fields} for row in [*strangers, *rows]]
    running.write(tmp_path / "lists" / "registrations.csv", table)
    assert running.screen(tmp_path / "lists", tmp_path / "out") == 0
    return running.clusters(tmp_path / "out")


def row(identifier: str, **other: str) -> dict[str, str]:
    return {**FATHER, "id": identifier, **other}


@pytest.mark.parametrize(
    "second",
    [
        {"identity_number": ONE, "address": "兰州路9号", "phone": ""},  # moved
        {"identity_number": ONE, "name": "王健国"},  # sounds alike
        {"identity_number": ONE, "name": "王建囯"},  # a variant
        {"identity_number": ONE, "name": "王 建国"},
        {"identity_number": ONE, "name": "建国王"},
        {"identity_number": ONE, "name": "王建□"},  # nobody could type it
        {"identity_number": ONE[:6] + ONE[8:17], "phone": ""},  # fifteen digits
        {"identity_number": ONE[:9] + ONE[10] + ONE[9] + ONE[11:], "phone": ""},  # swapped
        {"identity_number": ONE[:4] + "9" + ONE[5:]},  # one wrong
        {"identity_number": ONE[:7] + ONE[8:]},  # one dropped
        {"identity_number": ""},
        {"identity_number": "", "birth_date": "1960-03-14"},  # the day mistyped, the home the same
        {"identity_number": "", "birth_date": "1960-02-08"},  # the lunar birthday
        {"identity_number": ONE, "name": "黄建国", "phone": ""},  # a family name misheard
    ],
)
def test_one_person_typed_twice_is_certain(tmp_path, second):
    pair = found(tmp_path, row("A", identity_number=ONE), row("B", **second))

    assert pair == {(frozenset("AB"), "certain")}


@pytest.mark.parametrize(
    "second",
    [
        {"identity_number": ELSEWHERE},  # two good numbers
        {"identity_number": OTHER_AREA, "address": "", "phone": ""},  # apart in the area code only
        {"identity_number": "", "birth_date": "1951-06-07"},  # a name and home, nine years apart
        {"identity_number": ONE, "name": "李秀英", "sex": "女"},  # one number, two names
        {"identity_number": "", "name": "王健国", "birth_date": "1960-04-03", "phone": ""},
    ],
)
def test_a_person_must_decide_of_these(tmp_path, second):
    pair = found(tmp_path, row("A", identity_number=ONE), row("B", **second))

    assert pair == {(frozenset("AB"), "suspect")}


@pytest.mark.parametrize(
    "second",
    [
        {"identity_number": TWIN, "name": "王建军"},
        {"identity_number": ONE, "name": "王晓东", "birth_date": "1988-03-05"},  # the father's number
        {"identity_number": ONE, "name": "李秀英", "sex": "女", "birth_date": "1962-07-19"},  # the husband's
        {"identity_number": TWIN, "name": "王健国"},  # twins whose names sound alike
        {"identity_number": "", "birth_date": "1988-03-05"},  # the son of one name
        {"identity_number": checked("62017119880305121"), "birth_date": "1988-03-05"},
        {"identity_number": checked("62017119610607124"), "name": "李秀英", "sex": "女", "birth_date": "1961-06-07"},
    ],
)  # fmt: skip
def test_two_people_of_one_household_stay_two(tmp_path, second):
    assert found(tmp_path, row("A", identity_number=ONE), row("B", **second)) == set()


def test_three_rows_of_one_person_are_one_group(tmp_path):
    rows = (
        row("A", identity_number=ONE),
        row("B", identity_number=ONE, phone=""),
        row("C", identity_number=""),
    )

    assert found(tmp_path, *rows) == {(frozenset("ABC"), "certain")}


# Groups ------------------------------------------------------------------------------------------


def edges(*pairs: tuple[int, int, float, bool], apart: tuple[tuple[int, int], ...] = ()) -> Edges:
    a, b, score, certain = (np.array(column) for column in zip(*pairs, strict=True))
    return Edges(a, b, score, certain, np.array([(x, y) in apart for x, y, _, _ in pairs]))


def groups(found: Edges) -> dict[int, list[tuple[int, bool]]]:
    together: dict[int, list[tuple[int, bool]]] = {}
    for member in cluster(found).to_pylist():
        together.setdefault(member["cluster"], []).append((member["n"], member["certain"]))
    return {key: sorted(members) for key, members in together.items()}


def test_one_bad_pair_does_not_chain_two_families():
    found = edges(
        (1, 2, 1.0, True), (1, 3, 1.0, True), (2, 3, 1.0, True),
        (7, 8, 1.0, True), (7, 9, 1.0, True), (8, 9, 1.0, True),
        (3, 7, 0.6, False),
    )  # fmt: skip

    assert groups(found) == {
        1: [(1, True), (2, True), (3, True)],
        7: [(7, True), (8, True), (9, True)],
    }


def test_certain_groups_never_hold_two_good_numbers():
    found = edges(
        (1, 2, 1.0, True), (2, 3, 1.0, True), (1, 3, 0.9, False), apart=((1, 3),)
    )  # fmt: skip

    assert groups(found) == {1: [(1, True), (2, True), (3, False)]}


def test_a_suspect_joins_a_certain_pair_as_a_suspect():
    found = edges((1, 2, 1.0, True), (2, 3, 0.8, False), (1, 3, 0.8, False))

    assert groups(found) == {1: [(1, True), (2, True), (3, False)]}


def test_no_pairs_make_no_groups():
    empty = np.zeros(0)
    nobody = Edges(
        empty.astype(int), empty.astype(int), empty, empty.astype(bool), empty.astype(bool)
    )

    assert cluster(nobody).num_rows == 0


# Training ----------------------------------------------------------------------------------------


def test_without_pairs_what_was_believed_stays():
    nothing = np.zeros(0, dtype=np.int64)

    weights = train(nothing, nothing)

    for learned, before in zip(weights.chances, believed().chances, strict=True):
        assert np.array_equal(learned, before)


def test_the_order_of_patterns_does_not_matter():
    random = np.random.default_rng(7)
    patterns = np.unique(random.integers(0, 15 * np.prod([field.size for field in FIELDS]), 500))
    counts = random.integers(1, 1000, len(patterns))
    shuffled = random.permutation(len(patterns))

    one, other = train(patterns, counts), train(patterns[shuffled], counts[shuffled])

    for a, b in zip(one.chances, other.chances, strict=True):
        assert np.array_equal(a, b)
