"""Parquet: columns that need no parsing."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from huiyin.screening.mistakes import broken, unreadable

ROWS: Final = 65_536


class Parquet:
    header_row = 1

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = pq.ParquetFile(path)
        except pa.ArrowInvalid as error:
            raise broken(path, "parquet") from error
        except OSError as error:
            raise unreadable(path, error) from error
        self.headers = list(self._file.schema_arrow.names)

    def batches(self, wanted: Sequence[int]) -> Iterator[tuple[pa.Int64Array, pa.RecordBatch]]:
        names = [self.headers[at] for at in wanted]
        line = self.header_row + 1
        try:
            for batch in self._file.iter_batches(ROWS, columns=names):
                lines = pa.array(np.arange(line, line + batch.num_rows))
                texts = [_as_text(batch[name]) for name in names]
                yield lines, pa.RecordBatch.from_arrays(texts, names=[str(at) for at in wanted])
                line += batch.num_rows
        except OSError as error:  # pyarrow reports a broken page as one, too
            raise unreadable(self.path, error) from error


def _as_text(array: pa.Array) -> pa.StringArray:
    if pa.types.is_floating(array.type):
        whole = pc.equal(pc.floor(array), array)
        exact = pc.less(pc.abs(array), 1e15)
        digits = pc.cast(pc.if_else(pc.and_(whole, exact), array, None), pa.int64())
        return pc.coalesce(digits.cast(pa.string()), array.cast(pa.string()))
    if pa.types.is_timestamp(array.type):
        return pc.strftime(array, format="%Y-%m-%d")
    if pa.types.is_dictionary(array.type):
        return _as_text(array.dictionary_decode())
    return array.cast(pa.string())
