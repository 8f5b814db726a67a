"""The files a screening leaves: harmless cells, a report for anybody, workbooks that are read back."""

import csv
import json

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from huiyin.config import command
from huiyin.screening.mistakes import BadInput
from huiyin.screening.outputs import decisions, handover, sheets, tables
from tests.screening.checking import number, person, write

EVIL = '=cmd|"/c calc"!A1'


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    """A small roll with something wrong, something double, and somebody missing."""
    folder = tmp_path_factory.mktemp("roll")
    twice = {
        "name": "冯德才",
        "identity_number": number("19800101"),
        "birth_date": "1980-01-01",
        "constituency": "甲/乙",
    }
    other = {
        "name": "赵六<b>&",
        "identity_number": number("19800101"),
        "birth_date": "1980-01-01",
        "constituency": "丙",
    }
    rows = [
        person("1", sex="女", note=EVIL),
        person("2", **twice),
        person("3", **other),
        person("=4", name=EVIL, identity_number=number("19900101"), birth_date="1990-01-01"),
    ]
    register = [
        person(
            "9",
            person_id="9",
            identity_number=number("19600101"),
            birth_date="1960-01-01",
            name="钱七",
        )
    ]
    write(folder / "registrations.csv", rows)
    write(folder / "population.csv", register)
    out = folder / "out"
    code = command.main(
        ["screen", "--registrations", str(folder / "registrations.csv"), "--population", str(folder / "population.csv"),
         "--election-day", "2026-12-15", "--out", str(out)]
    )  # fmt: skip
    assert code == 0
    return out


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_files_are_there(screened):
    names = {path.name for path in screened.iterdir()} - {
        "decisions.csv",
        "decided.csv",
        "conflicts.csv",
    }
    assert names == {
        "wrong.csv",
        "duplicates.csv",
        "missing.csv",
        "findings.parquet",
        "summary.json",
        "report.html",
        "handover",
        "model.json",
    }


def test_no_cell_runs_as_a_formula(screened):
    for name in ("wrong.csv", "duplicates.csv", "missing.csv"):
        cells = [cell for row in rows_of(screened / name) for cell in row.values()]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert "'=4" in [row["record_id"] for row in rows_of(screened / "wrong.csv")]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1", "'=1"),
        ("-5", "-5"),
        ("+8613900000000", "+8613900000000"),
        ("@a", "'@a"),
        ("王", "王"),
        (None, None),
    ],
)
def test_harmless_cells(cell, written):
    batch = pa.RecordBatch.from_pydict({"a": pa.array([cell], pa.string())})
    assert tables.harmless(batch)["a"].to_pylist() == [written]


def test_wrong_csv_names_the_values_in_both_languages(screened):
    row = next(row for row in rows_of(screened / "wrong.csv") if row["code"] == "E08")
    zh, en = row["explanation"].split(" / ")
    assert (row["record_id"], row["severity"], "“女”" in zh, "“女”" in en) == ("1", "B", True, True)


def test_the_summary_counts_what_the_files_hold(screened):
    summary = json.loads((screened / "summary.json").read_text(encoding="utf-8"))
    wrong = rows_of(screened / "wrong.csv")

    assert summary["registrations"] == 4
    assert summary["counts"]["E08"]["findings"] == sum(row["code"] == "E08" for row in wrong)
    assert {"E35", "E63"} <= {entry["code"] for entry in summary["not_checked"]}


def test_the_report_runs_nothing_and_asks_nobody(screened):
    report = (screened / "report.html").read_text(encoding="utf-8")
    for word in ("<script", "http://", "https://", "src=", "赵六<b>", number("19800101")):
        assert word not in report
    assert "没有给出死亡人员名单" in report


# Workbooks ---------------------------------------------------------------------------------------


def sheet(path, name):
    headings, *lines = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()
    return [dict(zip(headings, line, strict=True)) for line in lines]


def test_a_group_stands_in_the_workbook_of_each_of_its_constituencies(screened):
    assert sorted(path.name for path in (screened / "handover").iterdir()) == [
        "丙.xlsx",
        "甲.xlsx",
        "甲_乙.xlsx",
    ]
    for name in ("丙.xlsx", "甲_乙.xlsx"):
        rows = sheet(screened / "handover" / name, handover.SUSPECTS)
        assert [row[handover.RECORD] for row in rows] == ["2", "3"]


def test_workbooks_mask_numbers_and_keep_odd_characters(screened):
    rows = sheet(screened / "handover" / "丙.xlsx", handover.SUSPECTS)
    assert {row["身份证号 Identity number"] for row in rows} == {
        "6201" + "*" * 12 + number("19800101")[-2:]
    }
    assert "赵六<b>&" in [row["姓名 Name"] for row in rows]


def test_names_of_files_are_safe_and_never_alike():
    names = handover.file_names(["A/1", "a:1", "", "..", "选区" * 50])
    assert len({name.casefold() for name in names.values()}) == 5
    assert not [name for name in names.values() if set(name) & set('\\/:*?"<>|') or len(name) > 70]


def test_rows_hold_what_xml_cannot():
    column = (sheets.Column("a", 5),)
    rows = sheets.rows_of(pa.table({"a": ["\x01<&>", None, "𠮷"]}), column)
    assert b"&lt;&amp;&gt;" in sheets.cut_out(rows, 0, 1)
    assert sheets.cut_out(rows, 2, 3).decode().count("𠮷") == 1


# Decisions ---------------------------------------------------------------------------------------


def decided(folder, name, kind, lines):
    """A workbook as a clerk gives it back, written by another program."""
    about = handover.CLUSTER if kind == handover.SUSPECTS else handover.CODE
    folder.mkdir(exist_ok=True)
    with Workbook(folder / name) as workbook:
        page = workbook.add_worksheet(kind)
        for at, heading in enumerate((about, handover.RECORD, handover.DECISION, handover.NOTE)):
            page.write(0, at, heading)
        for at, line in enumerate(lines, start=1):
            for place, cell in enumerate(line):
                page.write_string(at, place, cell)


@pytest.fixture
def group(screened, tmp_path):
    """The screening's folder without old decisions, and its group of doubles."""
    for name in (decisions.LEDGER, decisions.DECIDED, decisions.CONFLICTS):
        (screened / name).unlink(missing_ok=True)
    return next(
        row["cluster_id"] for row in rows_of(screened / "duplicates.csv") if row["record_id"] == "2"
    )


def test_decisions_are_applied_once(screened, tmp_path, group):
    books = tmp_path / "books"
    decided(
        books,
        "甲.xlsx",
        handover.SUSPECTS,
        [(group, "2", handover.KEEP, ""), (group, "3", handover.STRIKE, "写错")],
    )
    decided(
        books,
        "乙.xlsx",
        handover.WRONG,
        [("E08", "1", handover.CORRECTED, "女改男"), ("E11", "=4", "", "")],
    )

    first = decisions.apply(screened, books)
    files = {name: (screened / name).read_bytes() for name in (decisions.LEDGER, decisions.DECIDED)}
    again = decisions.apply(screened, books)

    assert (first.new, first.known, first.open_, first.decided, first.conflicts) == (3, 0, 1, 3, ())
    assert (again.new, again.known, again.changed) == (0, 3, 0)
    assert {name: (screened / name).read_bytes() for name in files} == files
    assert [(row["record_id"], row["action"]) for row in rows_of(screened / decisions.DECIDED)] == [
        ("1", "correct"),
        ("2", "keep"),
        ("3", "strike"),
    ]


def test_contradictions_are_shown_and_not_applied(screened, tmp_path, group):
    books = tmp_path / "books"
    decided(
        books,
        "甲.xlsx",
        handover.SUSPECTS,
        [(group, "2", handover.KEEP, ""), (group, "3", handover.STRIKE, "")],
    )
    decided(books, "丙.xlsx", handover.SUSPECTS, [(group, "3", handover.KEEP, "")])

    outcome = decisions.apply(screened, books)

    assert {(c.record_id, c.files) for c in outcome.conflicts} == {("3", "丙.xlsx、甲.xlsx")}
    assert [row["record_id"] for row in rows_of(screened / decisions.DECIDED)] == ["2"]


def test_a_whole_group_is_never_struck(screened, tmp_path, group):
    books = tmp_path / "books"
    decided(
        books,
        "甲.xlsx",
        handover.SUSPECTS,
        [(group, "2", handover.STRIKE, ""), (group, "3", handover.STRIKE, "")],
    )

    outcome = decisions.apply(screened, books)

    assert outcome.decided == 0
    assert {c.zh for c in outcome.conflicts} == {"整组都被除名，没有保留一条"}


def test_a_changed_mind_counts_as_changed(screened, tmp_path, group):
    books = tmp_path / "books"
    decided(books, "甲.xlsx", handover.WRONG, [("E08", "1", handover.RIGHT, "")])
    decisions.apply(screened, books)
    decided(books, "甲.xlsx", handover.WRONG, [("E08", "1", handover.CORRECTED, "")])

    outcome = decisions.apply(screened, books)

    assert (outcome.new, outcome.changed, outcome.decided) == (0, 1, 1)


@pytest.mark.parametrize("line", [("E08", "77", handover.RIGHT, ""), ("E08", "1", "也许", "")])
def test_what_was_not_asked_or_offered_is_shown(screened, tmp_path, group, line):
    books = tmp_path / "books"
    decided(books, "甲.xlsx", handover.WRONG, [line])

    outcome = decisions.apply(screened, books)

    assert (outcome.decided, len(outcome.conflicts)) == (0, 1)


def test_broken_workbooks_and_other_folders_are_told_of(screened, tmp_path, group):
    (tmp_path / "甲.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(BadInput, match=r"甲\.xlsx"):
        decisions.apply(screened, tmp_path)
    with pytest.raises(BadInput, match=r"wrong\.csv"):
        decisions.apply(tmp_path)


def test_a_number_on_the_forms_of_two_people_is_asked_about(tmp_path):
    rows = [person("1"), person("2", name="李秀英", sex="女", birth_date="1999-03-02")]
    write(tmp_path / "registrations.csv", rows)
    out = tmp_path / "out"
    command.main(["screen", "--registrations", str(tmp_path / "registrations.csv"), "--out", str(out)])  # fmt: skip

    page = CalamineWorkbook.from_path(out / "handover" / "甲.xlsx").get_sheet_by_name(
        handover.WRONG
    )
    asked = {(row[0], row[1]) for row in page.to_python() if handover.ONE_NUMBER in row}
    decided(
        tmp_path / "books",
        "甲.xlsx",
        handover.WRONG,
        [("E21", "2", handover.CORRECTED, "父亲的号码")],
    )
    outcome = decisions.apply(out, tmp_path / "books")

    assert rows_of(out / "duplicates.csv") == []
    assert len(asked) == 2
    assert (outcome.decided, outcome.conflicts) == (1, ())


def test_the_command_says_what_it_did(screened, group, capsys):
    assert command.main(["screen-decisions", str(screened)]) == 0
    assert "未决定" in capsys.readouterr().out
