"""A file's columns under our names, all as text, blanks as NULL, every row with its place."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening import columns
from huiyin.screening.lists.sources import Source
from huiyin.screening.mistakes import BadInput

# What spreadsheet programs make of 18 digits that nobody told them are text.
LOST: Final = r"^[0-9](?:\.[0-9]+)?[Ee]\+?1[4-9]$"


def schema(kind: str) -> pa.Schema:
    """Of what is read; `columns.kept` says what stays of it."""
    named = [pa.field(name, pa.string()) for name in columns.read(kind)]
    return pa.schema([*named, pa.field("file", pa.int32()), pa.field("line", pa.int64())])


class Arranged:
    """One file of a list."""

    def __init__(self, source: Source, kind: str, number: int, mapping: Mapping[str, str]) -> None:
        self.source, self.kind, self.number = source, kind, number
        self.rows = 0
        self._read = columns.read(kind)
        self.present = columns.matched(source.headers, kind, mapping)
        self.unknown = tuple(
            header
            for at, header in enumerate(source.headers)
            if header and at not in self.present.values()
        )
        self._lost = self._filled = 0
        self._first_lost: int | None = None
        _refuse_wrong_mapping(source, self.present, mapping)
        _refuse_without(source, kind, self.present)

    @property
    def has_ids(self) -> bool:
        return columns.identity_column(self.kind) in self.present

    def batches(self, rows_before: int) -> Iterator[pa.RecordBatch]:
        given = {name: at for name, at in self.present.items() if name in self._read}
        given = given or {"": 0}  # nothing of it is asked, but its rows are counted
        for lines, batch in self.source.batches(list(given.values())):
            arranged = self._arranged(
                dict(zip(given, batch.columns, strict=True)), lines, rows_before
            )
            self.rows += arranged.num_rows
            yield arranged
        if self._lost * 2 > self._filled:
            raise BadInput(
                "大部分身份证号已被表格软件变成科学计数，末几位丢失。请把这一列设为“文本”，从原始数据重新填入。",
                "Most identity numbers were turned into scientific notation and lost their last digits. "
                "Format the column as text and fill it again from the original.",
                file=str(self.source.path),
                row=self._first_lost,
                column=self.source.headers[self.present["identity_number"]],
            )

    def _arranged(
        self, given: Mapping[str, pa.Array], lines: pa.Int64Array, rows_before: int
    ) -> pa.RecordBatch:
        key = columns.identity_column(self.kind)
        arrays = {name: _cleaned(array) for name, array in given.items()}
        if not self.has_ids:
            first = rows_before + self.rows + 1
            arrays[key] = pa.array(np.arange(first, first + len(lines))).cast(pa.string())
        self._refuse_blank_ids(arrays[key], lines)
        self._count_lost(arrays.get("identity_number"), lines)
        absent = pa.nulls(len(lines), pa.string())
        laid_out = [arrays.get(name, absent) for name in self._read]
        file = pa.array(np.full(len(lines), self.number, dtype=np.int32))
        return pa.RecordBatch.from_arrays([*laid_out, file, lines], schema=schema(self.kind))

    def _refuse_blank_ids(self, identifiers: pa.Array, lines: pa.Int64Array) -> None:
        if not identifiers.null_count:
            return
        raise BadInput(
            "这一行没有编号。请补上，或删去整列编号。",
            "This row has no id. Fill it in, or remove the whole column.",
            file=str(self.source.path),
            row=lines.filter(identifiers.is_null())[0].as_py(),
            column=columns.identity_column(self.kind),
        )

    def _count_lost(self, numbers: pa.Array | None, lines: pa.Int64Array) -> None:
        if numbers is None:
            return
        lost = pc.fill_null(pc.match_substring_regex(numbers, LOST), False)
        self._filled += len(numbers) - numbers.null_count
        self._lost += pc.sum(lost).as_py() or 0
        if self._lost and self._first_lost is None:
            self._first_lost = lines.filter(lost)[0].as_py()


def _cleaned(array: pa.StringArray) -> pa.StringArray:
    """Trimmed, blank as NULL."""
    trimmed = pc.utf8_trim_whitespace(array)
    _, offsets, content = trimmed.buffers()
    bounds = np.frombuffer(offsets, np.int32)[trimmed.offset : trimmed.offset + len(trimmed) + 1]
    filled = np.diff(bounds) > 0
    if trimmed.null_count:
        filled &= trimmed.is_valid().to_numpy(zero_copy_only=False)
    valid = pa.py_buffer(np.packbits(filled, bitorder="little").tobytes())
    parts = [valid, pa.py_buffer(np.ascontiguousarray(bounds)), content]
    return pa.Array.from_buffers(pa.string(), len(trimmed), parts)


def _refuse_wrong_mapping(
    source: Source, present: Mapping[str, int], mapping: Mapping[str, str]
) -> None:
    for column, header in mapping.items():
        if header and column not in present:
            raise BadInput(
                f"文件里没有 --mapping 所说的列“{header}”（{column}）。现有的列：{'、'.join(filter(None, source.headers))}。",
                f"The column “{header}” named by --mapping for {column} is not in the file. It has: {', '.join(filter(None, source.headers))}.",
                file=str(source.path),
                row=source.header_row,
                column=header,
            )


def _refuse_without(source: Source, kind: str, present: Mapping[str, int]) -> None:
    if any(name in present for name in columns.needed(kind)):
        return
    zh = "、".join(columns.SYNONYMS[name][0] for name in columns.needed(kind))
    en = ", ".join(columns.needed(kind))
    raise BadInput(
        f"没有找到需要的列（{zh} 之一）。请改表头，或用 --mapping 指明哪一列是什么。现有的列：{'、'.join(filter(None, source.headers))}。",
        f"None of the columns needed was found ({en}). Rename a header or say with --mapping which column is what. It has: {', '.join(filter(None, source.headers))}.",
        file=str(source.path),
        row=source.header_row,
    )
