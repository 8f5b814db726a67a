"""xlsx sheets put together column by column: a thousand work lists in the time a library writes ten.

Every row of every list becomes one text in Arrow; the rows of one workbook lie side by side there
and are cut out as they are, without a loop over cells.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.compute as pc

LONGEST: Final = 32_000  # characters a cell may hold, and a little less
FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # the oldest a zip knows: equal contents, equal files
# What XML 1.0 cannot hold at all; typed by nobody, but found in files.
UNWRITABLE: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
PLAIN, WRAPPED, HEADING, TO_FILL, TITLE = range(
    1, 6
)  # the styles below; the first is of empty cells
STYLES: Final = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="3"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font>'
    '<font><b/><sz val="16"/><name val="等线"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF4CC"/></patternFill></fill></fills>'
    '<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/>'
    '<xf numFmtId="49" borderId="1" applyBorder="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>'
    '<xf numFmtId="49" borderId="1" applyBorder="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="49" fillId="3" borderId="1" applyFill="1" applyBorder="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="2" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Column:
    """One column of a sheet; choices make a drop-down list of at most 255 characters in all."""

    title: str
    width: int  # characters
    style: int = PLAIN
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    rows: bytes  # as `rows_of` makes them
    count: int
    titles: tuple[str, ...] = field(default=())  # lines above the headings


def rows_of(table: pa.Table, columns: Sequence[Column]) -> pa.LargeStringArray:
    """Each row of a table of texts as the XML of a sheet's row, in the same order."""
    pieces: list[pa.Array | str] = ["<row>"]
    for name, column in zip(table.column_names, columns, strict=True):
        pieces += [
            f'<c s="{column.style}" t="inlineStr"><is><t xml:space="preserve">',
            _escaped(table[name]),
            "</t></is></c>",
        ]
    pieces.append("</row>")
    large = [piece if isinstance(piece, str) else piece.cast(pa.large_string()) for piece in pieces]
    joined = pc.binary_join_element_wise(*_scalars(large), pa.scalar("", pa.large_string()))
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined


def _scalars(pieces: Sequence[object]) -> list[object]:
    return [pa.scalar(p, pa.large_string()) if isinstance(p, str) else p for p in pieces]


def _escaped(column: pa.ChunkedArray) -> pa.ChunkedArray:
    cells = pc.utf8_slice_codeunits(pc.fill_null(column.cast(pa.string()), ""), 0, LONGEST)
    cells = pc.replace_substring_regex(cells, UNWRITABLE, " ")
    for character, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        cells = pc.replace_substring(cells, character, written)
    return cells


def cut_out(rows: pa.LargeStringArray, start: int, stop: int) -> bytes:
    """The rows from start to stop, as the bytes they already are."""
    if start == stop:
        return b""
    offsets = pa.Array.from_buffers(
        pa.int64(), len(rows) + 1, [None, rows.buffers()[1]], offset=rows.offset
    )
    first, last = offsets[start].as_py(), offsets[stop].as_py()
    return rows.buffers()[2][first:last].to_pybytes()


# Workbooks ---------------------------------------------------------------------------------------


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            {
                f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml")
                for n in range(1, len(sheets) + 1)
            }
            | {"rId0": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": (HEAD + STYLES).encode(),
    }
    for number, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, FIRST_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def _content_types(sheets: int) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    parts |= {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in range(1, sheets + 1)}
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}.{what}+xml"/>'
        for name, what in parts.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'.encode()
    )


def _workbook(sheets: Sequence[Sheet]) -> bytes:
    """The headings are repeated on every printed page."""
    entries = "".join(
        f'<sheet name="{_attribute(sheet.name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, start=1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">'
        f"'{escape(sheet.name)}'!$1:${len(sheet.titles) + 1}</definedName>"
        for n, sheet in enumerate(sheets)
        if sheet.columns[0].title
    )
    names = f"<definedNames>{titles}</definedNames>" if titles else ""
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{entries}</sheets>{names}</workbook>'.encode()


def _sheet(sheet: Sheet) -> bytes:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"/>'
        for n, column in enumerate(sheet.columns, start=1)
    )
    top = len(sheet.titles) + 1
    frozen = (
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{top}" topLeftCell="A{top + 1}" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        if sheet.columns[0].title
        else ""
    )
    start = (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>{frozen}'
        f"<cols>{widths}</cols><sheetData>{_headings(sheet)}"
    )
    end = (
        f"</sheetData>{_drop_downs(sheet, top)}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    return start.encode() + sheet.rows + end.encode()


def _headings(sheet: Sheet) -> str:
    titles = "".join(f"<row>{_cell(title, TITLE)}</row>" for title in sheet.titles)
    if not sheet.columns[0].title:
        return titles
    return f"{titles}<row>{''.join(_cell(column.title, HEADING) for column in sheet.columns)}</row>"


def _cell(text: str, style: int) -> str:
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _drop_downs(sheet: Sheet, top: int) -> str:
    lists = [
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="请从列表中选择" '
        f'error="请从下拉列表中选择。Please choose from the list." sqref="{_letter(at)}{top + 1}:{_letter(at)}{top + sheet.count}">'
        f'<formula1>"{escape(",".join(column.choices))}"</formula1></dataValidation>'
        for at, column in enumerate(sheet.columns)
        if column.choices and sheet.count
    ]
    return (
        f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations>' if lists else ""
    )


def _letter(at: int) -> str:
    return chr(ord("A") + at)


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})
