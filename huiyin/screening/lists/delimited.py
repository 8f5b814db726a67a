"""csv in UTF-8, UTF-16 or GB18030, with commas, tabs, semicolons or bars, of any size."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from huiyin.kernel.spreadsheets import cells
from huiyin.screening.lists import encodings
from huiyin.screening.mistakes import BadInput, broken, unreadable

DELIMITERS: Final = ",\t;|"
HEADER_WITHIN: Final = 20  # lines of titles and notes above the headers
CHUNK: Final = 8 * 1024**2
PIECE: Final = 64 * 1024  # fits into the processor's cache
BLOCK: Final = 4 * 1024**2  # of text that is parsed at a time
HEAD: Final = 256 * 1024
UTF_8: Final = "utf8"  # spelled so, Arrow does not decode and encode it once more
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


class Delimited:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding, self._quoted = _scan(path)
        lines = _head(path, self.encoding)
        self.delimiter = _delimiter(lines)
        self._skipped, self.header_row, self.headers = _headers(path, lines, self.delimiter)

    def batches(self, wanted: Sequence[int]) -> Iterator[tuple[pa.Int64Array, pa.RecordBatch]]:
        names = [str(at) for at in range(len(self.headers))]
        line = self.header_row + 1
        try:
            for batch in self._reader(names, [str(at) for at in wanted]):
                yield pa.array(np.arange(line, line + batch.num_rows)), batch
                line += batch.num_rows
        except pa.ArrowInvalid as error:
            raise self._ragged() from error
        except OSError as error:
            raise unreadable(self.path, error) from error

    def _reader(self, names: list[str], wanted: list[str]) -> Iterator[pa.RecordBatch]:
        if self._rows_end():
            return iter(())
        return arrow_csv.open_csv(
            self.path if self.encoding == UTF_8 else encodings.in_utf8(self.path, self.encoding),
            arrow_csv.ReadOptions(
                block_size=BLOCK,
                skip_rows=self._skipped,
                column_names=names,
                encoding=UTF_8,
            ),
            arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=self._quoted),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                include_columns=wanted,
                check_utf8=False,  # the whole file was decoded once already
            ),
        )

    def _rows_end(self) -> bool:
        """Whether nothing follows the headers; Arrow takes that for an error."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            return not any(line.strip() for line in islice(file, self._skipped, None))

    def _ragged(self) -> BadInput:
        """Arrow does not say where it stumbled; only now is the file read row by row."""
        width, line = len(self.headers), 0
        csv.field_size_limit(2**31 - 1)
        with self.path.open(encoding=self.encoding, newline="") as file:
            for _ in range(self._skipped):
                next(file)
            for line, row in enumerate(csv.reader(file, delimiter=self.delimiter), start=1):
                if row and len(row) != width:
                    return self._wrong_width(self.header_row + line, len(row), width)
        return BadInput(
            "引号没有配对。请重新导出为 csv 或 xlsx。",
            "The quotes do not match. Export the file again as csv or xlsx.",
            file=str(self.path),
            row=self.header_row + line,
        )

    def _wrong_width(self, row: int, found: int, width: int) -> BadInput:
        return BadInput(
            f"这一行有 {found} 格，表头有 {width} 格，可能有没加引号的逗号或漏掉的逗号。请改正这一行，或重新导出。",
            f"This row has {found} cells, the header has {width}; a comma may lack its quotes or be missing. "
            "Correct the row or export the file again.",
            file=str(self.path),
            row=row,
            column=self.headers[min(found, width) - 1],
        )


def _scan(path: Path) -> tuple[str, bool]:
    """The encoding that the whole file agrees with, and whether it has quotes."""
    quoted = _quotes_of_utf8(path)
    if quoted is not None:
        return UTF_8, quoted
    failures = []
    for encoding in _candidates(path):
        try:
            return encoding, _decodes(path, encoding)
        except UnicodeDecodeError as error:
            failures.append(error)
    furthest = max(failures, key=lambda error: error.start)
    raise BadInput(
        "这一行的文字编码认不出。请另存为 UTF-8 的 csv 或 xlsx。",
        "The encoding of this line is unknown. Save the file as csv in UTF-8 or as xlsx.",
        file=str(path),
        row=_line_of(path, furthest.start),
    ) from furthest


def _quotes_of_utf8(path: Path) -> bool | None:
    """Whether a file in UTF-8 has quotes; None where it is in something else."""
    quoted, rest = False, b""
    try:
        with path.open("rb", buffering=0) as file:
            while chunk := file.read(PIECE):
                lines = rest + chunk
                end = lines.rfind(b"\n") + 1
                if not encodings.is_utf8(lines[:end]) or b"\0" in lines:
                    return None
                quoted = quoted or b'"' in lines
                rest = lines[end:]
    except OSError as error:
        raise unreadable(path, error) from error
    return quoted if encodings.is_utf8(rest) else None


def _candidates(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        return ("utf-16",) if file.read(2) in UTF_16 else (UTF_8, "gb18030")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    quoted, at = False, 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoded = decoder.decode(chunk)
                if "\0" in decoded:
                    raise broken(path, "csv")
                quoted = quoted or '"' in decoded
                at += len(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        error.start += at  # of the file, not of the chunk
        raise
    except OSError as error:
        raise unreadable(path, error) from error
    return quoted


def _line_of(path: Path, place: int) -> int:
    with path.open("rb") as file:
        return file.read(place).count(b"\n") + 1


def _head(path: Path, encoding: str) -> list[str]:
    with path.open("rb") as file:
        decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == UTF_8 else encoding)()
        start = decoder.decode(file.read(HEAD))
    return list(islice(io.StringIO(start, newline=""), HEADER_WITHIN))


def _delimiter(lines: Sequence[str]) -> str:
    """Whichever stands most often, outside of quotes, in the first line that has any."""
    for line in lines:
        unquoted = "".join(line.split('"')[::2])
        found = max(DELIMITERS, key=unquoted.count)
        if found in unquoted:
            return found
    return DELIMITERS[0]


def _headers(path: Path, lines: Sequence[str], delimiter: str) -> tuple[int, int, list[str]]:
    """How many lines end with the headers, their row number, and the headers."""
    reader = csv.reader(lines, delimiter=delimiter)
    single: tuple[int, int, list[str]] | None = None
    for row, values in enumerate(reader, start=1):
        texts = [" ".join(cells.as_text(value).split()) for value in values]
        if sum(map(bool, texts)) > 1:
            return reader.line_num, row, texts
        if single is None and any(texts):
            single = (reader.line_num, row, texts)
    if single:
        return single
    raise BadInput(
        "没有找到表头。请把列名放在前二十行里。",
        "No row of headers was found. Put the names of the columns into the first twenty lines.",
        file=str(path),
    )
