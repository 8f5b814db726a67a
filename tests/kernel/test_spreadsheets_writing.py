"""Spreadsheets go to people who open them in Excel, and come back."""

# ruff: noqa: DTZ001  (what a spreadsheet holds has no zone)

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from huiyin.kernel import spreadsheets
from huiyin.kernel.spreadsheets import Problem

IDENTITY_NUMBER = "99010120000101001X"


def written(headers, rows):
    out = io.BytesIO()
    spreadsheets.write_xlsx(out, headers, rows)
    return out.getvalue()


def lines(table):
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-5.2", "-5.2"),
        ("+8619900001234", "+8619900001234"),
        ("--", "--"),
        ("路灯=坏", "路灯=坏"),
        ("", ""),
    ],
)
def test_neutralised_lets_no_formula_through(text, safe):
    assert spreadsheets.neutralised(text) == safe


def test_write_xlsx_keeps_every_kind_of_value():
    content = written(
        ["姓名", "证号", "长数", "金额", "日期", "时刻", "是否", "无"],
        [
            [
                "=1+1",
                IDENTITY_NUMBER,
                990101200001010012,
                Decimal("12.5"),
                dt.date(2026, 3, 5),
                dt.datetime(2026, 3, 5, 9, 30, tzinfo=dt.UTC),
                True,
                None,
            ]
        ],
    )

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()

    assert rows[1] == [
        "'=1+1",
        IDENTITY_NUMBER,
        "990101200001010012",
        12.5,
        dt.date(2026, 3, 5),
        dt.datetime(2026, 3, 5, 9, 30),
        "是",
        "",
    ]


def test_write_xlsx_has_neither_formula_nor_link():
    content = written(["=甲"], [["=cmd()"], ["http://example.org"], ["mailto:a@b.c"]])

    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")

    assert (b"<f>" in sheet, b"hyperlink" in sheet) == (False, False)


def test_write_xlsx_goes_on_to_a_second_sheet(monkeypatch):
    monkeypatch.setattr("huiyin.kernel.spreadsheets.writing.SHEET_ROWS", 2)

    book = CalamineWorkbook.from_filelike(io.BytesIO(written(["甲"], [["1"], ["2"], ["3"]])))

    assert [book.get_sheet_by_name(name).to_python() for name in book.sheet_names] == [
        [["甲"], ["1"], ["2"]],
        [["甲"], ["3"]],
    ]


def test_write_csv_opens_in_excel_as_chinese():
    out = io.BytesIO()

    spreadsheets.write_csv(out, ["姓名", "内容"], [["王", '他说"好",\n=1'], [None, "=1"]])

    assert out.getvalue() == '\ufeff姓名,内容\r\n王,"他说""好"",\n=1"\r\n,\'=1\r\n'.encode()


def test_csv_chunks_come_one_by_one():
    rows = ([number] for number in range(1200))

    assert [chunk.count(b"\n") for chunk in spreadsheets.csv_chunks(["编号"], rows)] == [
        1,
        500,
        500,
        200,
    ]


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["C", "Z"])), st.text("=+-@'\t0a", max_size=5)
        ),
        max_size=5,
    )
)
def test_what_we_write_we_read_back(rows):
    rows = [("x" + left, right) for left, right in rows]
    out = io.BytesIO()
    spreadsheets.write_csv(out, ["甲", "乙"], rows)

    table = spreadsheets.read(out.getvalue(), "a.csv")

    stripped = [(left, right.strip()) for left, right in rows]
    assert [(left, right.lstrip("'\t")) for left, right in lines(table)] == [
        (left, right.lstrip("'\t")) for left, right in stripped
    ]


def test_errors_workbook_hands_back_the_rows_in_error_with_words():
    table = spreadsheets.read("姓名,手机号\n王,1\n李,2\n张,3\n".encode(), "a.csv")
    problems = [
        Problem(2, "手机号", "不是手机号", "not a phone"),
        Problem(4, "手机号", "不是手机号", "not a phone"),
        Problem(4, "", "重复", "twice"),
    ]

    back = spreadsheets.read(spreadsheets.errors_workbook(table, problems), "a.xlsx")
    english = spreadsheets.read(spreadsheets.errors_workbook(table, problems, language="en"), "a")

    assert back.headers == ("姓名", "手机号", "问题")
    assert lines(back) == [
        ("王", "1", "手机号：不是手机号"),
        ("张", "3", "手机号：不是手机号；重复"),
    ]
    assert (english.headers[-1], lines(english)[1][-1]) == ("Problem", "手机号：not a phone；twice")


def test_write_csv_writes_the_same_words_as_xlsx():
    out = io.BytesIO()
    moment = dt.datetime(2026, 3, 5, 9, 30)

    spreadsheets.write_csv(out, ["甲", "乙", "丙", "丁"], [[True, moment, moment.date(), 12.5]])

    assert out.getvalue().decode().splitlines()[1] == "是,2026-03-05 09:30,2026-03-05,12.5"
