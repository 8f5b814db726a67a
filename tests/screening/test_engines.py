"""DuckDB and Spark give the same findings: one SQL, one set of kernels."""

import datetime as dt
import importlib.util
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from huiyin.screening.engines import open_engine
from huiyin.screening.mistakes import BadInput
from huiyin.screening.rolls import city
from tests.screening import running

PEOPLE = 100_000
DEMANDED = bool(os.environ.get("HUIYIN_DEMAND_SPARK"))
MEMORY = 2 * 1024**3


def _needs_spark() -> None:
    there = shutil.which("java") and importlib.util.find_spec("pyspark")
    if not there and not DEMANDED:
        pytest.skip("NO JAVA OR NO PYSPARK: Spark was not tried (HUIYIN_DEMAND_SPARK=1 demands it)")


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::FutureWarning")
def test_duckdb_and_spark_find_the_same(tmp_path):
    _needs_spark()
    city.make(PEOPLE, 4, tmp_path / "lists", dt.date.fromisoformat(running.ELECTION_DAY))

    for engine in ("duckdb", "spark"):
        assert running.screen(tmp_path / "lists", tmp_path / engine, "--engine", engine) == 0

    for name in ("wrong.csv", "duplicates.csv", "missing.csv", "model.json"):
        assert _read(tmp_path / "duckdb" / name) == _read(tmp_path / "spark" / name), name


def _read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_an_unknown_engine_is_refused(tmp_path):
    with pytest.raises(BadInput, match="abacus"):
        open_engine("abacus", tmp_path, threads=1, memory=MEMORY)


def test_a_table_larger_than_the_memory_is_spilled(tmp_path):
    engine = open_engine("duckdb", tmp_path, threads=2, memory=500 * 1024**2)

    engine.create(
        "wide", "SELECT range AS n, repeat('回', 50) || range AS words FROM range(3000000)"
    )
    engine.create("ordered", "SELECT n, words FROM wide ORDER BY words")

    assert engine.count("ordered") == 3_000_000
    engine.close()


def test_a_kernel_that_fails_says_so_itself(tmp_path):
    engine = open_engine("duckdb", tmp_path, threads=2, memory=MEMORY)
    engine.create("rows", "SELECT range AS n FROM range(10)")

    def refuse(batch: pa.RecordBatch) -> pa.RecordBatch:
        raise BadInput("不行。", "No.", file="roll.csv", row=3)

    with pytest.raises(BadInput, match=r"roll\.csv 第 3 行：不行"):
        engine.map_batches("SELECT n FROM rows", refuse, pa.schema([("n", pa.int64())]), "out")
    engine.close()
