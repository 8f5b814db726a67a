"""Lists as they really come: other encodings, other forms of dates, broken files, full disks, impatient people."""

import base64
import datetime as dt
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from huiyin.screening import dates
from tests.screening import running
from tests.screening.other_city import OtherCity, checked

BORN = "1990-03-05"
NUMBER = checked("62010219900305123")
ROW = {
    "编号": "A1",
    "姓名": "王建国",
    "性别": "男",
    "出生日期": BORN,
    "身份证号": NUMBER,
    "选区": "一",
}
TODAY = dt.date.fromisoformat(running.ELECTION_DAY)


def one_row(folder: Path, *, encoding: str = "utf-8", **cells: str) -> Path:
    running.write(folder / "registrations.csv", [ROW | cells], encoding)
    return folder


def complaint(capsys) -> str:
    return capsys.readouterr().err


def nothing_left(folder: Path) -> bool:
    return not (folder / "out").exists() and not list(folder.glob(".huiyin*"))


# Files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_usual_encodings_are_understood(tmp_path, encoding):
    one_row(tmp_path, encoding=encoding, 姓名="王2国")

    assert running.screen(tmp_path, tmp_path / "out") == 0

    row = running.rows(tmp_path / "out" / "wrong.csv")[0]
    assert (row["record_id"], row["code"], "王2国" in row["explanation"]) == ("A1", "E11", True)


def test_an_encoding_nobody_knows_is_named_with_its_row(tmp_path, capsys):
    good = "编号,姓名\n1,王建国\n".encode()
    (tmp_path / "registrations.csv").write_bytes(good + b"2,\xff\xfe\xff\x80\x81\n")

    assert running.screen(tmp_path, tmp_path / "out") == 2

    said = complaint(capsys)
    assert "registrations.csv" in said
    assert "row 3" in said
    assert nothing_left(tmp_path)


def test_a_ragged_row_is_named(tmp_path, capsys):
    (tmp_path / "registrations.csv").write_text(
        f"编号,姓名,身份证号\n1,王建国,{NUMBER}\n2,李,四,{NUMBER}\n", encoding="utf-8"
    )

    assert running.screen(tmp_path, tmp_path / "out") == 2

    said = complaint(capsys)
    assert "row 3" in said
    assert "第 3 行" in said
    assert nothing_left(tmp_path)


def test_no_rows_is_done_but_nothing(tmp_path):
    (tmp_path / "registrations.csv").write_text("编号,姓名,身份证号\n", encoding="utf-8")

    assert running.screen(tmp_path, tmp_path / "out") == 1

    assert running.rows(tmp_path / "out" / "wrong.csv") == []


def test_an_empty_file_is_no_list(tmp_path, capsys):
    (tmp_path / "registrations.csv").write_bytes(b"")

    assert running.screen(tmp_path, tmp_path / "out") == 2

    assert "registrations.csv" in complaint(capsys)


def test_a_repeated_id_is_named_with_both_rows(tmp_path, capsys):
    rows = [ROW, ROW | {"编号": "A2"}, ROW | {"姓名": "李四"}]
    running.write(tmp_path / "registrations.csv", rows)

    assert running.screen(tmp_path, tmp_path / "out") == 2

    said = complaint(capsys)
    assert "A1" in said
    assert "row 4" in said
    assert "row 2" in said


def test_columns_that_say_nothing_are_refused_by_name(tmp_path, capsys):
    running.write(tmp_path / "registrations.csv", [{"甲": "1", "乙": "2"}])

    assert running.screen(tmp_path, tmp_path / "out") == 2

    assert "甲" in complaint(capsys)


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    one_row(tmp_path)
    missing = str(tmp_path / "population.csv")

    assert running.screen(tmp_path, tmp_path / "out", "--population", missing) == 2

    assert "population.csv" in complaint(capsys)
    assert nothing_left(tmp_path)


def test_something_else_called_xlsx_is_refused(tmp_path, capsys):
    (tmp_path / "registrations.xlsx").write_bytes(b"PK\x03\x04 nothing more")

    assert running.screen(tmp_path, tmp_path / "out") == 2

    assert "registrations.xlsx" in complaint(capsys)


def test_an_xlsx_with_a_cell_far_out_is_refused(tmp_path, capsys):
    with xlsxwriter.Workbook(tmp_path / "registrations.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(ROW))
        sheet.write(1_048_575, 16_383, "x")

    assert running.screen(tmp_path, tmp_path / "out") == 2

    assert ("registrations.xlsx" in (said := complaint(capsys)), "范围太大" in said) == (True, True)


def test_a_torn_parquet_is_refused(tmp_path, capsys):
    whole = tmp_path / "whole"
    pq.write_table(pa.table({"name": ["王建国"] * 500}), whole)
    (tmp_path / "registrations.parquet").write_bytes(whole.read_bytes()[:300])

    assert running.screen(tmp_path, tmp_path / "out") == 2

    assert "registrations.parquet" in complaint(capsys)


def test_csv_xlsx_and_parquet_say_the_same(tmp_path):
    table = [ROW, ROW | {"编号": "A2", "姓名": "王健国"}, ROW | {"编号": "A3", "身份证号": "6201"}]
    running.write(tmp_path / "csv" / "registrations.csv", table)
    for kind, save in (("xlsx", _xlsx), ("parquet", _parquet)):
        (tmp_path / kind).mkdir()
        save(tmp_path / kind / f"registrations.{kind}", table)

    for kind in ("csv", "xlsx", "parquet"):
        assert running.screen(tmp_path / kind, tmp_path / kind / "out") == 0

    wrong = [
        (tmp_path / kind / "out" / "wrong.csv").read_bytes() for kind in ("csv", "xlsx", "parquet")
    ]
    assert wrong[0] == wrong[1] == wrong[2]
    assert (
        running.clusters(tmp_path / "xlsx" / "out")
        == running.clusters(tmp_path / "csv" / "out")
        != set()
    )


# Cells ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "1990-03-05", "19900305", "1990/3/5", "1990.3.5", "1990年3月5日", "32937", "1990-03-05 00:00:00",
        "１９９０-０３-０５", "1990年03月05日", "一九九〇年三月五日", "1990-3-5T00:00:00", "32937.0",
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_usual_form(typed):
    read, problem = dates.read_dates(pa.array([typed]), TODAY)

    assert (read.to_pylist(), problem.to_pylist()) == ([dt.date(1990, 3, 5)], [None])


def test_full_width_digits_are_digits(tmp_path):
    one_row(
        tmp_path,
        身份证号=NUMBER.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
        出生日期="１９９０/３/５",
    )

    assert running.screen(tmp_path, tmp_path / "out") == 0

    assert running.codes(tmp_path / "out") == {"A1": {"E04"}}


@pytest.mark.parametrize("typed", [f"{NUMBER[:15]}000.0", "6.20102E+17", "6.201021990030512e+17"])
def test_numbers_that_a_spreadsheet_rounded_are_wrong_not_lost(tmp_path, typed):
    others = [
        ROW | {"编号": f"B{i}", "身份证号": checked(f"62010219900305{i:03d}")}
        for i in range(1, 40, 2)
    ]
    running.write(tmp_path / "registrations.csv", [ROW | {"身份证号": typed}, *others])

    assert running.screen(tmp_path, tmp_path / "out") == 0

    assert running.codes(tmp_path / "out")["A1"] & {"E01", "E03"}


def test_fifteen_digits_from_a_number_cell_are_read(tmp_path):
    short = NUMBER[:6] + NUMBER[8:17]
    one_row(tmp_path, 身份证号=f"{short}.0")

    assert running.screen(tmp_path, tmp_path / "out") == 0

    assert running.codes(tmp_path / "out") == {"A1": {"E02"}}


def test_blank_cells_of_every_kind_are_blank(tmp_path):
    blanks = ["", " ", "\u3000", "\u00a0", "\t"]
    rows = [ROW | {"编号": f"N{i}", "身份证号": blank} for i, blank in enumerate(blanks)]
    running.write(tmp_path / "registrations.csv", [*rows, ROW])

    assert running.screen(tmp_path, tmp_path / "out") == 0

    found = running.codes(tmp_path / "out")
    assert all("E01" in found[f"N{i}"] for i in range(len(blanks)))


# The machine ---------------------------------------------------------------------------------------


def command(folder: Path, *more: str) -> list[str]:
    files = [str(path) for path in sorted(folder.glob("registrations*"))]
    return [
        *(
            sys.executable,
            "-m",
            "huiyin.config.command",
            "screen",
            "--election-day",
            running.ELECTION_DAY,
        ),
        *("--out", str(folder / "out"), *more, "--registrations", *files),
    ]


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    OtherCity(6000, 4).write(folder)
    return folder


@pytest.fixture
def lists(town, tmp_path) -> Path:
    for path in town.glob("registrations*"):
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


@pytest.mark.slow
def test_a_full_disk_is_said_and_nothing_is_left(lists):
    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    done = subprocess.run(
        command(lists), preexec_fn=little_room, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2, done.stderr
    assert "space" in done.stderr or "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert nothing_left(lists)


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", [0.3, 1.5, 3.0])
def test_an_interruption_leaves_nothing_half_written(lists, stop, after):
    process = subprocess.Popen(
        command(lists), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(after)
    process.send_signal(stop)
    _, said = process.communicate(timeout=60)

    whole = (lists / "out" / "summary.json").exists() and (lists / "out" / "report.html").exists()
    assert whole or nothing_left(lists), said
    assert not list(lists.glob(".huiyin*"))
    assert "Traceback" not in said or after < 1  # Python itself may still be starting


@pytest.mark.slow
def test_an_earlier_result_stays_when_a_later_run_fails(lists):
    assert running.screen(lists, lists / "out") == 0
    before = {path.name: path.stat().st_mtime_ns for path in (lists / "out").iterdir()}
    (lists / "registrations-3.csv").write_bytes(b"record_id,name\n1,\xff\xff\xff\n")

    assert running.screen(lists, lists / "out") == 2

    assert {path.name: path.stat().st_mtime_ns for path in (lists / "out").iterdir()} == before


@pytest.mark.slow
def test_a_file_that_vanishes_is_said_and_nothing_is_left(lists):
    gone = lists / "registrations-9.csv"
    header = (lists / "registrations-2.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    with gone.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        file.writelines(f"X{i}" + "," * header.count(",") + "\n" for i in range(600_000))
    process = subprocess.Popen(
        command(lists), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(0.2)
    gone.unlink()
    _, said = process.communicate(timeout=120)

    assert process.returncode in (0, 2), said  # an open file may be read to its end
    assert "Traceback" not in said
    assert (lists / "out").exists() or nothing_left(lists)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "size", "memory"), [(30_000, 600e6, "500MB"), (100_000, 2e9, "1GB")]
)
def test_a_file_larger_than_the_memory_allowed_is_screened(tmp_path, rows, size, memory):
    """Megabytes of a column that is kept beside the rows: the table is larger than its memory, too."""
    if shutil.disk_usage(tmp_path).free < 4 * size:
        pytest.skip(
            f"LESS THAN {4 * size / 1e9:.0f} GB OF DISK ARE FREE: a large file was not tried"
        )
    clerks = [base64.b64encode(random.Random(seed).randbytes(15_000)).decode() for seed in range(8)]
    with (tmp_path / "registrations.csv").open("w", encoding="utf-8") as file:
        file.write("编号,姓名,身份证号,登记人\n")
        file.writelines(f"N{i},王建国,62010{i},{i}{clerks[i % 8]}\n" for i in range(rows))
    assert (tmp_path / "registrations.csv").stat().st_size > size

    done = subprocess.run(
        command(tmp_path, "--memory", memory), capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert len(running.codes(tmp_path / "out")) == rows


def test_somebody_s_own_files_are_never_replaced(tmp_path, capsys):
    one_row(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.docx").write_text("dear")

    assert running.screen(tmp_path, tmp_path / "out") == 2

    assert "out" in complaint(capsys)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.docx"]


def _xlsx(path: Path, table: list[dict[str, str]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([list(table[0]), *(list(row.values()) for row in table)]):
            sheet.write_row(number, 0, row)


def _parquet(path: Path, table: list[dict[str, str]]) -> None:
    pq.write_table(pa.Table.from_pylist(table), path)
