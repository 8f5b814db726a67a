"""Two lists beside each other: which rows are the same people, also where no identity numbers are."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import csv

from huiyin.screening.directories import PREFIX, cannot_write
from huiyin.screening.doubles import candidates, features, finding
from huiyin.screening.doubles.explaining import shown
from huiyin.screening.engines import Engine, open_engine
from huiyin.screening.lists import read_list
from huiyin.screening.settings import Settings
from huiyin.screening.stages import Stages

COLUMNS: Final = ("record_a", "record_b", "certainty", "score", "explanation")
BOTH: Final = ", ".join(features.COLUMNS)


@dataclass(frozen=True)
class Linked:
    rows_a: int
    rows_b: int
    pairs: int


def link(a: Path, b: Path, out: Path, settings: Settings) -> Linked:
    """Write the pairs of rows that are one person; BadInput says what a person must put right."""
    stages = Stages(total=3)
    with _spill(out) as folder:
        engine = open_engine(
            settings.engine, folder, threads=settings.threads, memory=settings.memory
        )
        try:
            rows = _read(engine, a, b, settings, stages)
            with stages.stage("links", "比对", "comparing"):
                _link(engine)
            with stages.stage("outputs", "写结果", "files"):
                pairs = _write(engine, folder / "links.csv", out)
        finally:
            engine.close()
    stages.finish()
    return Linked(*rows, pairs)


@contextlib.contextmanager
def _spill(out: Path) -> Iterator[Path]:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=out.parent))
    except OSError as error:
        raise cannot_write(out, error) from error
    try:
        yield folder
    except OSError as error:
        raise cannot_write(out, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read(engine: Engine, a: Path, b: Path, settings: Settings, stages: Stages) -> tuple[int, int]:
    rows = []
    for path, table in ((a, "list_a"), (b, "list_b")):
        with stages.stage(table, f"读取 {path.name}", "reading"):
            found = read_list(
                engine,
                "registrations",
                [path],
                today=settings.election_day,
                mapping=settings.mapping.get("registrations"),
                table=table,
                threads=settings.threads,
            )
        rows.append(found.rows)
    return rows[0], rows[1]


def _link(engine: Engine) -> None:
    """`linked`: pairs in which one row is the other's best; certain if each is."""
    engine.view("all_rows", f"SELECT {BOTH} FROM list_a UNION ALL SELECT {BOTH} FROM list_b")
    common = finding.common_names(engine, "all_rows")
    for table, prefix in (("list_a", "a_"), ("list_b", "b_")):
        candidates.prepare(engine, table, candidates.shared(engine, table, common), prefix=prefix)
    candidates.between(engine, "a_", "b_", into="compared")
    patterns, counts = candidates.patterns(engine, "compared")
    finding.judged(engine, patterns, finding.learned(patterns, counts, common))
    found = engine.query(
        "SELECT c.a, c.b, c.pattern, v.score, v.certain FROM compared c "
        "JOIN verdicts v ON v.pattern = c.pattern WHERE v.joins ORDER BY c.a, c.b"
    )
    engine.register("linked", _best(found))


def _best(found: pa.Table) -> pa.Table:
    certain, score = found["certain"].to_numpy(), found["score"].to_numpy()
    order = np.lexsort((found["b"].to_numpy(), found["a"].to_numpy(), -score, ~certain))
    found, certain = found.take(pa.array(order)), certain[order]
    best = np.zeros((2, len(order)), dtype=bool)
    for place, side in enumerate(("a", "b")):
        best[place, np.unique(found[side].to_numpy(), return_index=True)[1]] = True
    sure = pa.array(certain & best.all(axis=0))
    kept = pa.array(best.any(axis=0))
    return found.set_column(found.column_names.index("certain"), "certain", sure).filter(kept)


def _write(engine: Engine, draft: Path, out: Path) -> int:
    rows = engine.query(
        f"""
        SELECT x.record_id AS record_a, y.record_id AS record_b,
            CASE WHEN l.certain THEN 'certain' ELSE 'suspect' END AS certainty, l.score,
            concat({shown("x")}, ' = ', {shown("y")}, '：', v.words_zh, ' / ', v.words_en) AS explanation
        FROM linked l JOIN verdicts v ON v.pattern = l.pattern
        JOIN list_a x ON x.n = l.a JOIN list_b y ON y.n = l.b
        ORDER BY record_a, record_b
        """
    )
    csv.write_csv(rows.select(COLUMNS), draft, csv.WriteOptions(quoting_style="needed"))
    os.replace(draft, out)
    return rows.num_rows
