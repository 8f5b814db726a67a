"""xlsx and xls: the first sheet that holds anything, numbers as people wrote them."""

import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from huiyin.kernel.spreadsheets import cells, extent
from huiyin.screening.mistakes import BadInput, broken, unreadable

ROWS: Final = 20_000
HEADER_WITHIN: Final = 20  # rows of titles and notes above the headers
MOST_CELLS: Final = 50_000_000  # every row an xlsx can have, in 47 columns


class Sheet:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._rows = enumerate(_first_sheet(path), start=1)
        self.header_row, self.headers = self._find_headers()

    def _find_headers(self) -> tuple[int, list[str]]:
        for row, values in islice(self._rows, HEADER_WITHIN):
            texts = [cells.as_text(value) for value in values]
            if sum(map(bool, texts)) > 1:
                return row, texts
        raise BadInput(
            "没有找到表头。请把列名放在前二十行里。",
            "No row of headers was found. Put the names of the columns into the first twenty rows.",
            file=str(self.path),
        )

    def batches(self, wanted: Sequence[int]) -> Iterator[tuple[pa.Int64Array, pa.RecordBatch]]:
        while rows := list(islice(self._rows, ROWS)):
            filled = [(row, values) for row, values in rows if any(map(cells.as_text, values))]
            columns = [
                pa.array([_text(values, at) for _, values in filled], pa.string()) for at in wanted
            ]
            lines = pa.array([row for row, _ in filled], pa.int64())
            yield lines, pa.RecordBatch.from_arrays(columns, names=[str(at) for at in wanted])


def _text(values: Sequence[object], at: int) -> str:
    value = values[at] if at < len(values) else ""
    if cells.lost_digits(value) and isinstance(value, float):
        return f"{value:E}"  # shows that the last digits are gone
    return cells.as_text(value)


def _first_sheet(path: Path) -> Iterator[Sequence[object]]:
    refuse_far_cells(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            page = workbook.get_sheet_by_name(name)
            if page.height:
                return iter(page.iter_rows())
    except PasswordError as error:
        raise BadInput(
            "文件有密码。请去掉密码。", "The file has a password. Remove it.", file=str(path)
        ) from error
    except OSError as error:
        raise unreadable(path, error) from error
    except (CalamineError, ValueError) as error:
        raise broken(path, "xlsx") from error
    raise BadInput(
        "文件是空的。请换成有表头的文件。",
        "The file is empty. Give one that has headers.",
        file=str(path),
    )


def refuse_far_cells(path: Path) -> None:
    """The reader makes room for every cell between the first and the last that hold something."""
    try:
        if not (zipfile.is_zipfile(path) and extent.reaches_beyond(path, MOST_CELLS)):
            return
    except extent.NotSound as error:
        raise broken(path, "xlsx") from error
    except OSError as error:
        raise unreadable(path, error) from error
    raise BadInput(
        "表格占的范围太大：可能在很远的行或列里有零星内容。请删掉数据以外的行和列，或分成几个文件。",
        "The sheet spans too many cells: something may stand in a row or column far out. Delete the rows and"
        " columns beyond the data, or split the file.",
        file=str(path),
    )
