"""Spreadsheets come from anywhere and go to people who open them in Excel."""

# ruff: noqa: DTZ001  (what a spreadsheet holds has no zone)

import datetime as dt
import io
import zipfile
import zlib
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from huiyin.kernel import spreadsheets
from huiyin.kernel.spreadsheets import Row, SpreadsheetError, extent, reading
from huiyin.kernel.spreadsheets.cells import as_text

IDENTITY_NUMBER = "99010120000101001X"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "messages" / "merge_pool.csv"


def xlsx(rows, title=None):
    out = io.BytesIO()
    with Workbook(out) as workbook:
        dates = workbook.add_format({"num_format": "yyyy/m/d"})
        page = workbook.add_worksheet(title)
        for number, row in enumerate(rows):
            for at, value in enumerate(row):
                page.write(number, at, value, *([dates] if isinstance(value, dt.date) else []))
    return out.getvalue()


def lines(table):
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_read_tells_the_encoding_of_a_csv(encoding):
    content = "姓名,手机号\r\n王建国,19900001234\r\n".encode(encoding)

    table = spreadsheets.read(content, "名单.csv")

    assert (table.headers, lines(table)) == (("姓名", "手机号"), [("王建国", "19900001234")])


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_read_tells_the_delimiter(delimiter):
    content = f"姓名{delimiter}内容\n李娜{delimiter}“路灯，不亮”\n".encode()

    assert lines(spreadsheets.read(content, "a.csv")) == [("李娜", "“路灯，不亮”")]


def test_read_keeps_quotes_commas_and_line_breaks_inside_a_cell():
    content = '编号,内容\n1,"他说：""路,坏了""\n请修"\n\n2,好\n'.encode()

    table = spreadsheets.read(io.BytesIO(content), "a.csv")

    assert table.rows == [Row(2, ("1", '他说："路,坏了"\n请修')), Row(5, ("2", "好"))]


def test_read_finds_the_headers_below_a_title():
    content = "兰州市群众意见登记表,,\n,,\n姓名,手机号,\n王建国,19900001234,\n".encode()

    table = spreadsheets.read(content, "a.csv")

    assert (table.headers, table.rows) == (("姓名", "手机号"), [Row(4, ("王建国", "19900001234"))])


def test_read_takes_a_single_column():
    table = spreadsheets.read("内容\n路灯不亮\n".encode(), "a.csv")

    assert (table.headers, lines(table)) == (("内容",), [("路灯不亮",)])


def test_read_reports_rows_that_do_not_fit_and_loses_none():
    table = spreadsheets.read("甲,乙\n1\n1,2,,\n1,2,3\n".encode(), "a.csv")

    assert lines(table) == [("1", ""), ("1", "2"), ("1", "2")]
    assert [(problem.row, problem.column) for problem in table.problems] == [(4, "")]


def test_read_gives_numbers_of_xlsx_back_as_they_were_typed():
    content = xlsx(
        [
            ["手机号", "面积", "日期", "时刻", "是否", "证号"],
            [
                19900001234,
                12.5,
                dt.date(2026, 3, 5),
                dt.datetime(2026, 3, 5, 9, 30),
                True,
                IDENTITY_NUMBER,
            ],
        ]
    )

    assert lines(spreadsheets.read(content, "a.xlsx")) == [
        ("19900001234", "12.5", "2026-03-05", "2026-03-05 09:30:00", "是", IDENTITY_NUMBER)
    ]


def test_read_reports_an_identity_number_whose_last_digits_excel_threw_away():
    tables = [
        spreadsheets.read(xlsx([["姓名", "证号"], ["王", 990101200001010012]]), "a.xlsx"),
        spreadsheets.read("姓名,证号\n王,9.90101E+17\n".encode(), "a.csv"),
    ]

    assert [[(p.row, p.column) for p in table.problems] for table in tables] == [[(2, "证号")]] * 2


def test_read_counts_rows_as_excel_shows_them():
    content = xlsx([[], ["甲", "乙"], [], ["1", "2"]])

    assert spreadsheets.read(content, "a.xlsx").rows == [Row(4, ("1", "2"))]


def test_read_tells_the_kind_of_file_by_its_content():
    assert lines(spreadsheets.read(xlsx([["甲", "乙"], ["1", "2"]]), "a.csv")) == [("1", "2")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b" \r\n \n", "空的"),
        (xlsx([]), "空的"),
        ('甲,乙\n1,"没有关上\n2,3\n'.encode(), "第 2 行起的引号"),
        ("甲,乙\n1,2\n".encode() + b"\xff\xff\xff", "第 3 行的文字编码"),
        (b"PK\x03\x04 not really", "打不开"),
        (b"\xd0\xcf\x11\xe0 not really", "打不开"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "编码|打不开|表头"),
        (b"a,b\n1,\0", "打不开"),
        ("甲\n".encode() * 0 + b",,,\n,,\n", "表头"),
        (",".join(map(str, range(300))).encode(), "超过 200 列"),
    ],
)
def test_read_refuses_what_it_cannot_understand(content, words):
    with pytest.raises(SpreadsheetError, match=words) as error:
        spreadsheets.read(content, "a.xlsx")
    assert error.value.text("en").isascii() or "“" in error.value.text("en")


def test_read_refuses_a_damaged_workbook():
    content = xlsx([["甲", "乙"], ["1", "2"]])

    with pytest.raises(SpreadsheetError, match="打不开"):
        spreadsheets.read(content[: len(content) // 2], "a.xlsx")


def test_read_refuses_too_many_rows_and_says_where():
    with pytest.raises(SpreadsheetError, match="超过 2 行") as error:
        spreadsheets.read("甲,乙\n1,1\n2,2\n3,3\n".encode(), "a.csv", max_rows=2)
    assert error.value.row == 4


def test_read_refuses_too_many_bytes(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)

    with pytest.raises(SpreadsheetError, match=r"名单\.csv"):
        spreadsheets.read(io.BytesIO(b"x" * 11), "C:/名单.csv")


def test_read_refuses_a_zip_bomb_before_unpacking_it(monkeypatch):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 2_000_000)
    monkeypatch.setattr(reading, "MOST_UNPACKED_BYTES", 1_000_000)

    with pytest.raises(SpreadsheetError, match="展开"):
        spreadsheets.read(bomb.getvalue(), "a.xlsx")


CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SPACES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def element(name, inside, attributes=""):
    return f"<{f'{name} {attributes}'.strip()}>{inside}</{name}>"


WORKBOOK = element("workbook", '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>', SPACES)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>'
)
FIRST = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'


def hand_made(rows):
    """An xlsx with these rows after a first one with two cells."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("xl/workbook.xml", WORKBOOK)
        for name, kind, target in (
            ("_rels/.rels", "officeDocument", "xl/workbook.xml"),
            ("xl/_rels/workbook.xml.rels", "worksheet", "worksheets/sheet1.xml"),
        ):
            archive.writestr(name, RELATIONS.format(kind=f"{KIND}/{kind}", target=target))
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            element("worksheet", element("sheetData", f"{FIRST}{rows}")),
        )
    return out.getvalue()


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r=\"9\"><c r = 'xfd1048576'><v>1</v></c></row>",
        '<row r="9"><c s="0" r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
        '<x:row r="9" xmlns:x="x"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        f'<row r="99999">{"<c><v>1</v></c>" * 200}</row>',
        f'<row r="99999">{"<c/>" * 200}<c><v>1</v></c></row>',
        '<row r="2"><c r="AAAAAAAAAAAAAA100"><v>1</v></c></row>',
        '<row r="2"><c r="A4294967295"><v>1</v></c></row>',
    ],
)
def test_read_refuses_cells_far_out_for_which_the_reader_would_make_room(far):
    with pytest.raises(SpreadsheetError, match="范围太大") as error:
        spreadsheets.read(hand_made(far), "a.xlsx")

    assert "delete the rows and columns beyond the data" in error.value.text("en")


@pytest.mark.parametrize(
    "more",
    [
        '<row r="2"><c r="A2"><v>3</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>',
        "<row><c><v>3</v></c></row>",
        '<x:row r="2" xmlns:x="x"><x:c r="A2"><x:v>3</x:v></x:c></x:row>',
        '<row r="99998"><c r="A99998"><v>3</v></c></row><row r="1048576" ht="15"/>',
    ],
)
def test_read_takes_sheets_whose_far_cells_are_empty_or_that_are_written_otherwise(more):
    table = spreadsheets.read(hand_made(more), "a.xlsx")

    assert [row.cells for row in table.rows] == [("3", "")]


def test_read_refuses_an_archive_that_lies_about_its_size():
    content = bytearray(hand_made(FIRST))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (40).to_bytes(4, "little")
    content[entry + 16 : entry + 20] = zlib.crc32(
        b"<worksheet><sheetData>" + FIRST.encode()[:18]
    ).to_bytes(4, "little")

    with pytest.raises(extent.NotSound):
        extent.reaches_beyond(io.BytesIO(content), reading.MOST_CELLS)


@pytest.mark.parametrize("part", ["content.xml", "xl/workbook.bin"])
def test_read_refuses_kinds_of_workbooks_whose_reach_it_cannot_tell(part):
    out = io.BytesIO(hand_made(""))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(part, "")

    with pytest.raises(SpreadsheetError, match="打不开"):
        spreadsheets.read(out.getvalue(), "a.xlsx")


def test_read_reports_a_cell_that_is_too_long():
    table = spreadsheets.read(f"甲,乙\n1,{'长' * 40_000}\n".encode(), "a.csv")

    assert [(problem.row, problem.column) for problem in table.problems] == [(2, "乙")]


FIELDS = {"name": {"姓名", "名字"}, "phone": {"手机号", "联系电话"}, "text": {"内容"}}


def test_map_columns_knows_synonyms_whatever_stands_round_them():
    columns = spreadsheets.map_columns(["*名 字", "联系电话（必填）：", "备注"], FIELDS)

    assert columns == spreadsheets.Columns({"name": 0, "phone": 1}, ("text",), ("备注",))


def test_map_columns_lets_a_person_choose():
    columns = spreadsheets.map_columns(
        ["姓名", "手机号", "正文"], FIELDS, {"text": "正文", "phone": ""}
    )

    assert columns == spreadsheets.Columns({"name": 0, "text": 2}, ("phone",), ("手机号",))


def test_map_columns_gives_a_column_to_one_field_only_and_takes_the_first_of_twins():
    columns = spreadsheets.map_columns(["姓名", "姓名"], FIELDS, {"text": "姓名"})

    assert columns.index == {"name": 0}


def test_value_of_a_column_that_is_not_there_is_empty():
    columns = spreadsheets.map_columns(["姓名"], FIELDS)

    assert [columns.value(Row(2, ("王",)), field) for field in FIELDS] == ["王", "", ""]


def test_a_time_of_day_and_a_protected_number_are_read_as_text():
    content = '时刻,证号\n09:30,"=""99010120000101001X"""\n'.encode()

    assert lines(spreadsheets.read(content, "a.csv")) == [("09:30", IDENTITY_NUMBER)]
    assert as_text(dt.time(9, 30)) == "09:30:00"


def test_headers_may_be_empty_in_the_middle():
    columns = spreadsheets.map_columns(["姓名", "", "手机号"], FIELDS)

    assert (columns.index, columns.unknown) == ({"name": 0, "phone": 2}, ())


def test_a_mostly_empty_top_is_no_header():
    with pytest.raises(SpreadsheetError, match="表头"):
        spreadsheets.read(",标题,\n,说明,\n".encode() * 30, "a.csv")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-03-05", dt.date(2026, 3, 5)),
        ("2026/3/5", dt.date(2026, 3, 5)),
        ("2026.3.5", dt.date(2026, 3, 5)),
        ("2026年3月5日", dt.date(2026, 3, 5)),
        ("20260305", dt.date(2026, 3, 5)),
        ("2026/3/5 11:25:05", dt.date(2026, 3, 5)),
        ("2026-02-30", None),
        ("三月", None),
        ("", None),
    ],
)
def test_to_date_reads_the_ways_people_write_a_day(cell, day):
    assert spreadsheets.to_date(cell) == day


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2019/2/28 11:25:05", dt.datetime(2019, 2, 28, 11, 25, 5)),
        ("2019-02-28T11:25", dt.datetime(2019, 2, 28, 11, 25)),
        ("2019年2月28日 9时5分", dt.datetime(2019, 2, 28, 9, 5)),
        ("2019-02-28", dt.datetime(2019, 2, 28)),
        ("2019-02-28 25:00", None),
        ("昨天", None),
    ],
)
def test_to_datetime_reads_the_ways_people_write_a_moment(cell, moment):
    assert spreadsheets.to_datetime(cell) == moment


@pytest.mark.skipif(
    not SHARED.exists(), reason="!! ../shared/data is not there: not run on real messages !!"
)
def test_read_takes_the_real_messages_as_they_are():
    table = spreadsheets.read(SHARED.read_bytes(), SHARED.name)

    assert table.headers == ("id", "user", "title", "time", "text", "down", "up")
    assert (len(table.rows), table.problems) == (4131, [])
    assert all(spreadsheets.to_datetime(row.cells[3]) for row in table.rows)
