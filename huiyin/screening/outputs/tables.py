"""The findings as csv and parquet, column by column, no cell of which a spreadsheet program would run."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from huiyin.screening.engines import Engine
from huiyin.screening.wrong.findings import SCHEMA

# Read by programs as well as people, hence without the mark that Excel likes.
FILES: Final = {
    "wrong.csv": (
        "SELECT record_id, code, severity, explanation_zh || ' / ' || explanation_en AS explanation FROM findings "
        "WHERE category = 'wrong' AND list = 'registrations' AND record_id IS NOT NULL ORDER BY record_id, code, explanation"
    ),
    "duplicates.csv": (
        "SELECT cluster_id, record_id, certainty, score, rule, explanation FROM clusters ORDER BY cluster_id, record_id"
    ),
    "missing.csv": (
        "SELECT person_id AS record_id, reason, explanation FROM missing ORDER BY person_id"
    ),
}
NO_MISSING: Final = pa.schema(
    [(name, pa.string()) for name in ("record_id", "reason", "explanation")]
)
# As huiyin.kernel.spreadsheets writes it: what starts so is a formula, unless it is a mere number.
FORMULA: Final = r"^[=+\-@\t\r]"
HARMLESS: Final = r"^(?:[+-]?[0-9]+(?:\.[0-9]+)?|-+)$"


def write(engine: Engine, directory: Path) -> None:
    for name, sql in FILES.items():
        if name == "missing.csv" and not engine.has("missing"):
            write_csv(directory / name, [NO_MISSING.empty_table().to_batches(1)], NO_MISSING)
        else:
            empty = engine.query(f"SELECT * FROM ({sql}) AS rows LIMIT 0")
            write_csv(directory / name, [engine.batches(sql)], empty.schema)
    write_parquet(directory / "findings.parquet", engine)


def write_csv(path: Path, parts: Iterable[Iterable[pa.RecordBatch]], schema: pa.Schema) -> None:
    options = pa_csv.WriteOptions(quoting_style="needed")
    with pa_csv.CSVWriter(path, schema, write_options=options) as writer:
        for part in parts:
            for batch in part:
                writer.write_batch(harmless(batch))


def harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A text that a spreadsheet program would run gets an apostrophe in front."""
    columns = [
        _neutralised(column) if pa.types.is_string(column.type) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _neutralised(column: pa.Array) -> pa.Array:
    suspicious = pc.match_substring_regex(column, FORMULA)
    if not pc.any(suspicious).as_py():
        return column
    runs = pc.and_not(suspicious, pc.match_substring_regex(column, HARMLESS))
    return pc.if_else(runs, pc.binary_join_element_wise("'", column, ""), column)


def write_parquet(path: Path, engine: Engine) -> None:
    """Every finding with what was seen, in an order of its own, so that equal runs give equal files."""
    names = ", ".join(SCHEMA.names)
    sql = f"SELECT {names} FROM findings ORDER BY list, record_id, group_key, code, category, explanation_zh"
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for batch in engine.batches(sql):
            writer.write_batch(batch)
