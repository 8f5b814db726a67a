"""Reads csv, xlsx and xls of unknown origin, within limits, as rows of text."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from huiyin.kernel.spreadsheets import cells, extent
from huiyin.kernel.spreadsheets.tables import Problem, Row, SpreadsheetError, Table

MOST_BYTES: Final = 50 * 1024**2
MOST_UNPACKED_BYTES: Final = 600 * 1024**2
MOST_CELLS: Final = 10_000_000  # of the rectangle a sheet spans; some 300 MB
MOST_COLUMNS: Final = 200
MOST_ROWS: Final = 200_000
MOST_PROBLEMS: Final = 1_000
HEADER_WITHIN: Final = 20  # rows of titles and notes above the headers
DELIMITERS: Final = ",\t;"
ZIP: Final = b"PK\x03\x04"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
MEGABYTE: Final = 1024**2


def read(file: BinaryIO | bytes, name: str, *, max_rows: int = MOST_ROWS) -> Table:
    """The first sheet that holds anything. The kind of file is told by its content, not its name."""
    content = file if isinstance(file, bytes) else file.read(MOST_BYTES + 1)
    _check_size(content, name)
    lines = _workbook(content) if content.startswith((ZIP, OLD_EXCEL)) else _csv(content)
    return _table(lines, max_rows)


def _check_size(content: bytes, name: str) -> None:
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // MEGABYTE
        raise SpreadsheetError(
            f"文件“{Path(name).name}”超过 {limit} MB，请分成几个文件。",
            f"The file “{Path(name).name}” is larger than {limit} MB; please split it.",
        )
    if not content.strip():
        raise SpreadsheetError("文件是空的。", "The file is empty.")


def _table(lines: Iterator[tuple[int, Sequence[object]]], max_rows: int) -> Table:
    headers, width = _headers(lines)
    table = Table(headers, [])
    for number, values in lines:
        if not any(_filled(value) for value in values):
            continue
        if len(table.rows) == max_rows:
            raise SpreadsheetError(
                f"超过 {max_rows} 行，请分成几个文件。",
                f"More than {max_rows} rows; please split the file.",
                row=number,
            )
        if len(table.problems) < MOST_PROBLEMS:
            table.problems.extend(_problems(number, values, headers))
        table.rows.append(Row(number, _fitted(values, width)))
    return table


def _filled(value: object) -> bool:
    return value is not None and value != "" and not (isinstance(value, str) and value.isspace())


def _headers(lines: Iterable[tuple[int, Sequence[object]]]) -> tuple[tuple[str, ...], int]:
    """The first row with two filled cells, or the very first one of a single-column file."""
    only: tuple[str, ...] | None = None
    for number, values in lines:
        texts = tuple(cells.as_text(value) for value in values)
        if sum(map(bool, texts)) > 1:
            return _trimmed(texts, number), len(_trimmed(texts, number))
        if only is None and any(texts):
            only = _trimmed(texts, number)
            if len(values) == 1:
                return only, len(only)
        if number >= HEADER_WITHIN:
            break
    raise SpreadsheetError("没有找到表头。", "No row of headers was found.")


def _trimmed(texts: tuple[str, ...], number: int) -> tuple[str, ...]:
    last = max(at for at, text in enumerate(texts) if text)
    if last >= MOST_COLUMNS:
        raise SpreadsheetError(
            f"超过 {MOST_COLUMNS} 列。", f"More than {MOST_COLUMNS} columns.", row=number
        )
    return tuple(" ".join(text.split()) for text in texts[: last + 1])


def _fitted(values: Sequence[object], width: int) -> tuple[str, ...]:
    texts = tuple(cells.as_text(value) for value in values[:width])
    return texts + ("",) * (width - len(texts))


def _problems(number: int, values: Sequence[object], headers: tuple[str, ...]) -> Iterator[Problem]:
    if any(_filled(value) for value in values[len(headers) :]):
        yield Problem(
            number,
            "",
            "这一行比表头多出几格，可能有没加引号的逗号。",
            "This row has more cells than there are headers; a comma may lack its quotes.",
        )
    for value, header in zip(values, headers, strict=False):
        if cells.lost_digits(value):
            yield Problem(
                number,
                header,
                "数字太长，表格软件已丢掉末几位；请把这一列设为“文本”后重新填写。",
                "Too many digits: the last ones were lost. Format the column as text and enter it again.",
            )
        if isinstance(value, str) and len(value) > cells.LONGEST:
            yield Problem(
                number,
                header,
                f"这一格超过 {cells.LONGEST} 个字。",
                f"This cell is longer than {cells.LONGEST} characters.",
            )


# xlsx and xls ------------------------------------------------------------------------------------


def _workbook(content: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    _refuse_bombs(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in workbook.sheet_names:
            page = workbook.get_sheet_by_name(sheet)
            if page.height:
                return enumerate(page.iter_rows(), start=1)
    except PasswordError as error:
        raise SpreadsheetError(
            "文件有密码，请去掉密码再上传。", "The file has a password; please remove it."
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _broken() from error
    raise SpreadsheetError("文件是空的。", "The file is empty.")


def _refuse_bombs(content: bytes) -> None:
    if not content.startswith(ZIP):
        return
    try:
        unpacked = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise _broken() from error
    if unpacked > MOST_UNPACKED_BYTES:
        limit = MOST_UNPACKED_BYTES // MEGABYTE
        raise SpreadsheetError(
            f"文件展开后超过 {limit} MB，请分成几个文件。",
            f"Unpacked, the file is larger than {limit} MB; please split it.",
        )
    _refuse_far_cells(content)


def _refuse_far_cells(content: bytes) -> None:
    """The reader makes room for every cell between the first and the last that hold something."""
    try:
        if not extent.reaches_beyond(io.BytesIO(content), MOST_CELLS):
            return
    except extent.NotSound as error:
        raise _broken() from error
    raise SpreadsheetError(
        f"表格占的范围太大（超过 {MOST_CELLS // 10_000} 万格）：可能在很远的行或列里有零星内容。"
        "请删掉数据以外的行和列再上传，或分成几个文件。",
        f"The sheet spans more than {MOST_CELLS // 1_000_000} million cells: something may stand in a row or"
        " column far out. Please delete the rows and columns beyond the data, or split the file.",
    )


def _broken() -> SpreadsheetError:
    return SpreadsheetError(
        "打不开这个文件：它不是完好的 xlsx、xls 或 csv。",
        "This file does not open: it is not a sound xlsx, xls or csv.",
    )


# csv ---------------------------------------------------------------------------------------------


def _csv(content: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    text = _decoded(content)
    if "\0" in text:
        raise _broken()
    # A cell longer than allowed is named with its row later; a runaway quote stops here.
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    start = 1
    try:
        for values in reader:
            yield start, values
            start = reader.line_num + 1
    except csv.Error as error:
        raise SpreadsheetError(
            f"第 {start} 行起的引号没有配对。",
            f"The quotes do not match from line {start} on.",
            row=start,
        ) from error


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else GB18030, the whole of it without a slip."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    failures = []
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            failures.append(error)
    # The encoding that came furthest was the right one.
    failed = max(failures, key=lambda error: error.start)
    line = content.count(b"\n", 0, failed.start) + 1
    raise SpreadsheetError(
        f"第 {line} 行的文字编码认不出；请另存为 UTF-8 的 csv 或 xlsx。",
        f"The encoding of line {line} is unknown; please save as csv in UTF-8 or as xlsx.",
        row=line,
    ) from failed


def _delimiter(text: str) -> str:
    """Whichever stands most often, outside of quotes, in the first line that has any."""
    for line in islice(io.StringIO(text), HEADER_WITHIN):
        unquoted = "".join(line.split('"')[::2])
        found = max(DELIMITERS, key=unquoted.count)
        if found in unquoted:
            return found
    return DELIMITERS[0]
