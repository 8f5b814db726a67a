"""Two lists without identity numbers: the last roll beside the present one."""

import csv

from huiyin.config import command
from tests.screening import running

SURNAMES, GIVEN = "赵钱孙李周吴郑冯陈褚", "甲乙丙丁戊己庚辛壬癸"


def person(at: int, **other: str) -> dict[str, str]:
    return {
        "姓名": SURNAMES[at % 10] + GIVEN[at // 10 % 10] + GIVEN[at % 7],
        "性别": "男" if at % 2 else "女",
        "出生日期": f"{1940 + at % 60}-{1 + at % 12:02}-{1 + at % 28:02}",
        "住址": f"兰州市城关区西固路{at}号1单元101室",
        **other,
    }


def linked(
    tmp_path, a: list[dict[str, str]], b: list[dict[str, str]]
) -> dict[tuple[str, str], str]:
    files = [running.write(tmp_path / f"{name}.csv", rows) for name, rows in (("a", a), ("b", b))]
    out = tmp_path / "links.csv"
    assert command.main(["link", *map(str, files), "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return {
            (row["record_a"], row["record_b"]): row["certainty"] for row in csv.DictReader(file)
        }


def test_rows_are_named_by_their_ids_or_counted_from_one(tmp_path):
    a = [person(at, 编号=f"L{at}") for at in range(20)]
    b = [person(at) for at in range(20)]

    found = linked(tmp_path, a, b)

    assert found == {(f"L{at}", str(at + 1)): "certain" for at in range(20)}


def test_typing_errors_do_not_part_a_person(tmp_path):
    a = [person(at) for at in range(40)]
    b = [person(at) for at in range(40)]
    b[3]["姓名"] = b[3]["姓名"][0] + b[3]["姓名"][2] + b[3]["姓名"][1]
    b[5]["出生日期"] = "1945-06-07"  # of 1945-06-06
    b[7]["姓名"] = b[7]["姓名"][:2]
    b[9]["住址"] = "西固路9号1-101"

    found = linked(tmp_path, a, b)

    assert set(found) == {(str(at), str(at)) for at in range(1, 41)}


def test_father_and_son_of_one_name_are_not_linked(tmp_path):
    a = [*(person(at) for at in range(20)), person(50, 姓名="马国强", 出生日期="1950-02-03")]
    b = [*(person(at) for at in range(20)), person(50, 姓名="马国强", 出生日期="1979-11-12")]

    found = linked(tmp_path, a, b)

    assert ("21", "21") not in found


def test_a_list_without_rows_is_done_but_nothing(tmp_path):
    a = running.write(tmp_path / "a.csv", [person(1)])
    b = tmp_path / "b.csv"
    b.write_text("姓名,性别,出生日期,住址\n", encoding="utf-8")

    assert command.main(["link", str(a), str(b), "--out", str(tmp_path / "links.csv")]) == 1


def test_a_missing_list_is_named_and_nothing_written(tmp_path, capsys):
    a = running.write(tmp_path / "a.csv", [person(1)])

    code = command.main(
        ["link", str(a), str(tmp_path / "no.csv"), "--out", str(tmp_path / "l.csv")]
    )

    assert code == 2
    assert "no.csv" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv"]
