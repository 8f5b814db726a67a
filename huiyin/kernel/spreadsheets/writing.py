"""Writes xlsx and csv of any length, where no cell can run as a formula and no digit is lost."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO, Final

from xlsxwriter import Workbook

from huiyin.kernel.spreadsheets.cells import EXACT_BELOW, FORMULA_STARTS, LONGEST
from huiyin.kernel.spreadsheets.tables import Problem, Table

HARMLESS: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?|-+")
SHEET_ROWS: Final = 1_000_000
CHUNK_ROWS: Final = 500
OPTIONS: Final = {
    "constant_memory": True,
    "default_date_format": "yyyy-mm-dd",
    "remove_timezone": True,
}
BYTE_ORDER_MARK: Final = "\ufeff".encode()


def neutralised(text: str) -> str:
    """A text that a spreadsheet program would run as a formula gets an apostrophe; mere numbers stay."""
    if text.startswith(FORMULA_STARTS) and not HARMLESS.fullmatch(text):
        return f"'{text}"
    return text


def write_xlsx(
    out: BinaryIO, headers: Sequence[str], rows: Iterable[Sequence[Any]], *, sheet: str = "Sheet1"
) -> None:
    """Row by row through a temporary file: a list of any length takes little memory."""
    with Workbook(out, OPTIONS) as workbook:
        bold, moment = _formats(workbook)
        remaining, number = iter(rows), 1
        while True:
            page = workbook.add_worksheet(sheet if number == 1 else f"{sheet} {number}"[:31])
            _write_headers(page, headers, bold)
            count = 0
            for count, row in enumerate(islice(remaining, SHEET_ROWS), start=1):
                _write_row(page, count, row, moment)
            if count < SHEET_ROWS:
                return
            number += 1


def write_sheets(
    out: BinaryIO, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]
) -> None:
    """Several short sheets in one workbook, each with its name, headers and rows."""
    with Workbook(out, OPTIONS) as workbook:
        bold, moment = _formats(workbook)
        for name, headers, rows in sheets:
            page = workbook.add_worksheet(name)
            _write_headers(page, headers, bold)
            for number, row in enumerate(rows, start=1):
                _write_row(page, number, row, moment)


def _formats(workbook: Any) -> tuple[Any, Any]:
    bold = workbook.add_format({"bold": True, "bg_color": "#EEEEEE", "border": 1})
    return bold, workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})


def _write_headers(page: Any, headers: Sequence[str], bold: Any) -> None:
    page.freeze_panes(1, 0)
    for at, header in enumerate(headers):
        page.set_column(at, at, min(max(2 * len(header) + 4, 12), 40))
        page.write_string(0, at, neutralised(header), bold)


def _write_row(page: Any, number: int, row: Sequence[Any], moment: Any) -> None:
    for at, value in enumerate(row):
        if isinstance(value, dt.datetime):
            page.write_datetime(number, at, value, moment)
        elif isinstance(value, dt.date):
            page.write_datetime(number, at, value)
        elif _is_number(value):
            page.write_number(number, at, value)
        elif text := _as_cell(value):
            page.write_string(number, at, text[:LONGEST])


def _is_number(value: Any) -> bool:
    """Numbers longer than Excel keeps them are written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return bool(-EXACT_BELOW < value < EXACT_BELOW)


def _as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return neutralised(str(value))


def write_csv(out: BinaryIO, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    out.writelines(csv_chunks(headers, rows))


def csv_chunks(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with its mark, without which Excel shows Chinese as gibberish."""
    remaining = iter(rows)
    yield BYTE_ORDER_MARK + _csv_text([headers])
    while chunk := list(islice(remaining, CHUNK_ROWS)):
        yield _csv_text(chunk)


def _csv_text(rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_as_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def errors_workbook(table: Table, problems: Iterable[Problem], *, language: str = "zh") -> bytes:
    """The rows in error as they came, with what is wrong in a last column, ready to be mended."""
    wrong: dict[int, list[str]] = {}
    for problem in problems:
        where = f"{problem.column}：" if problem.column else ""
        wrong.setdefault(problem.row, []).append(where + problem.text(language))
    last = "Problem" if language.startswith("en") else "问题"
    rows = ((*row.cells, "；".join(wrong[row.number])) for row in table.rows if row.number in wrong)
    out = io.BytesIO()
    write_xlsx(out, (*table.headers, last), rows)
    return out.getvalue()
