"""Opens a file by its content, whatever its name says: csv, xlsx, xls or parquet."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

import pyarrow as pa

from huiyin.screening.mistakes import BadInput, unreadable

ZIP: Final = b"PK\x03\x04"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
PARQUET: Final = b"PAR1"


class Source(Protocol):
    """A file with its headers; columns are asked for by their place."""

    path: Path
    headers: list[str]
    header_row: int  # counted from 1, as spreadsheet programs do

    def batches(self, wanted: Sequence[int]) -> Iterator[tuple[pa.Int64Array, pa.RecordBatch]]:
        """Row numbers and the wanted columns as text."""


def open_source(path: Path) -> Source:
    # Only the reader that is needed is loaded.
    from huiyin.screening.lists.delimited import Delimited  # noqa: PLC0415 -- see above
    from huiyin.screening.lists.parquet import Parquet  # noqa: PLC0415 -- see above
    from huiyin.screening.lists.sheets import Sheet  # noqa: PLC0415 -- see above

    start = _start(path)
    if not start.strip():
        raise BadInput(
            "文件是空的。请换成有表头的文件。",
            "The file is empty. Give one that has headers.",
            file=str(path),
        )
    if start.startswith(PARQUET):
        return Parquet(path)
    if start.startswith((ZIP, OLD_EXCEL)):
        return Sheet(path)
    return Delimited(path)


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError as error:
        raise unreadable(path, error) from error
