"""Reads lists of people from files into the engine: one table for each list, normalised on the way."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa

from huiyin.screening import columns, names, records
from huiyin.screening.engines import Engine
from huiyin.screening.engines.duck import in_parallel
from huiyin.screening.lists.arranging import Arranged
from huiyin.screening.lists.sources import open_source
from huiyin.screening.mistakes import BadInput


@dataclass(frozen=True)
class ListRead:
    """One list as it came: its table is named like its kind."""

    kind: str
    files: tuple[str, ...]
    rows: int
    absent: tuple[str, ...]  # columns that no file has
    unknown: tuple[str, ...] = field(default=())  # headers that mean nothing to us
    own_ids: bool = True  # False: rows were numbered from 1


def read_list(
    engine: Engine,
    kind: str,
    paths: Sequence[Path],
    *,
    today: dt.date,
    mapping: Mapping[str, str] | None = None,
    table: str | None = None,
    threads: int = 2,
) -> ListRead:
    """Read all files of a list into one table; BadInput says which file, row and column is at fault."""
    table = table or kind
    arranged = [
        Arranged(open_source(path), kind, number, mapping or {})
        for number, path in enumerate(paths, start=1)
    ]
    own_ids = _same_kind_of_ids(arranged)
    key = columns.identity_column(kind)
    kernel = partial(records.normalised, kind=kind, today=today)
    names.load()
    raw = _numbered(arranged)
    engine.ingest(table, records.schema(kind), in_parallel(kernel, raw, threads))
    _refuse_repeated_ids(engine, table, key, paths)
    present = {name for one in arranged for name in one.present}
    return ListRead(
        kind=kind,
        files=tuple(str(path) for path in paths),
        rows=sum(one.rows for one in arranged),
        absent=tuple(name for name in columns.columns_of(kind) if name not in present),
        unknown=tuple(sorted({header for one in arranged for header in one.unknown})),
        own_ids=own_ids,
    )


def _numbered(arranged: Iterable[Arranged]) -> Iterator[pa.RecordBatch]:
    """File after file; where a list has no ids of its own its rows are counted on."""
    before = 0
    for one in arranged:
        yield from one.batches(before)
        before += one.rows


def _same_kind_of_ids(arranged: Sequence[Arranged]) -> bool:
    without = [one for one in arranged if not one.has_ids]
    if without and len(without) < len(arranged):
        raise BadInput(
            "这个文件没有编号列，而同一名单的其他文件有。请补上编号列，或去掉其他文件的编号列。",
            "This file has no column of ids, but others of the same list have. Add one, or take it from the others.",
            file=str(without[0].source.path),
        )
    return not without


def _refuse_repeated_ids(engine: Engine, table: str, key: str, paths: Sequence[Path]) -> None:
    repeated = engine.query(
        f"SELECT {key}, file, line FROM {table} WHERE n IN "
        f"(SELECT n FROM {table} GROUP BY n HAVING count(*) > 1) ORDER BY file, line LIMIT 2"
    ).to_pylist()
    if not repeated:
        return
    first, second = repeated
    raise BadInput(
        f"编号 {second[key]} 已在第 {first['line']} 行出现过（{paths[first['file'] - 1]}）。"
        "请为每行填不同的编号，或删去编号列。",
        f"The id {second[key]} is already in row {first['line']} of {paths[first['file'] - 1]}. "
        "Give each row an id of its own, or remove the column.",
        file=str(paths[second["file"] - 1]),
        row=second["line"],
        column=key,
    )
