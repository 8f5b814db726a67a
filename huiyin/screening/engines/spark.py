"""Apache Spark: the same SQL, put into its dialect, and the same kernels, on a cluster or on this machine.

Tables are parquet files in the working folder, which must be one that all executors reach
(`HUIYIN_SPARK_FOLDER`, for instance hdfs://…); on one machine it is the run's own.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from huiyin.screening.engines import NO_JAVA, NO_SPARK, Kernel
from huiyin.screening.mistakes import BadInput

ROWS_A_BATCH: Final = 65_536
STATEMENT: Final = re.compile(
    r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?(TABLE|VIEW)\s+(\w+)\s+AS\s+(.*)", re.IGNORECASE | re.DOTALL
)
INSERT: Final = re.compile(r"\s*INSERT\s+INTO\s+(\w+)\s+(.*)", re.IGNORECASE | re.DOTALL)
DROP: Final = re.compile(r"\s*DROP\s+(?:TABLE|VIEW)\s+(?:IF\s+EXISTS\s+)?(\w+)\s*", re.IGNORECASE)
FOLDER: Final = "HUIYIN_SPARK_FOLDER"
MASTER: Final = "HUIYIN_SPARK_MASTER"


def open_spark(folder: Path, *, threads: int, memory: int) -> "SparkEngine":
    """A session on the cluster that the environment names, else on this machine."""
    try:
        import sqlglot  # noqa: F401, PLC0415 -- an extra
        from pyspark.sql import SparkSession  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise BadInput(*NO_SPARK) from error
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        raise BadInput(*NO_JAVA)
    # Workers would take whatever `python3` comes first on the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("huiyin screen")
    for name, value in _settings(folder, threads, memory).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return SparkEngine(session, os.environ.get(FOLDER) or folder.resolve().as_uri(), threads)


def _settings(folder: Path, threads: int, memory: int) -> dict[str, str]:
    """What is the same everywhere; on one machine also how much of it may be used."""
    settings = {
        "spark.sql.ansi.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS_A_BATCH),
        "spark.ui.showConsoleProgress": "false",
    }
    master = os.environ.get(MASTER)
    if master or "SPARK_SUBMIT_MODE" in os.environ:
        return settings | ({"spark.master": master} if master else {})
    return settings | {
        "spark.master": f"local[{threads}]",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": f"{max(memory // 2**20, 1024)}m",
        "spark.local.dir": str(folder / "spark"),
        "spark.sql.shuffle.partitions": str(threads * 2),
        "spark.sql.warehouse.dir": (folder / "warehouse").resolve().as_uri(),
        "spark.ui.enabled": "false",
    }


class SparkEngine:
    name = "spark"

    def __init__(self, session: Any, folder: str, threads: int) -> None:
        self.threads = threads
        self._session = session
        self._folder = folder.rstrip("/")
        self._written = 0
        self._parts: dict[str, list[str]] = {}  # the files of each table

    def create(self, name: str, select: str) -> None:
        self._keep(name, self._session.sql(_in_its_dialect(select)))

    def view(self, name: str, select: str) -> None:
        self._session.sql(_in_its_dialect(select)).createOrReplaceTempView(name)

    def execute(self, sql: str) -> None:
        if found := STATEMENT.fullmatch(sql):
            kind, name, select = found.groups()
            (self.create if kind.upper() == "TABLE" else self.view)(name, select)
        elif found := INSERT.fullmatch(sql):
            self._append(found[1], found[2])
        elif found := DROP.fullmatch(sql):
            self.drop(found[1])
        else:
            raise ValueError(f"not a statement of the screening: {sql}")

    def query(self, sql: str) -> pa.Table:
        return _as_duckdb_gives_it(self._session.sql(_in_its_dialect(sql)).toArrow())

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        yield from self.query(sql).to_batches(ROWS_A_BATCH)

    def table(self, name: str) -> pa.Table:
        return self._session.table(name).toArrow()

    def count(self, name: str) -> int:
        return int(self._session.table(name).count())

    def has(self, name: str) -> bool:
        return bool(self._session.catalog.tableExists(name))

    def register(self, name: str, table: pa.Table) -> None:
        self.ingest(name, table.schema, table.to_batches())

    def ingest(self, name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        """Written here and read there: what the driver reads must fit where all reach."""
        path = self._next(name)
        filesystem, place = pa.fs.FileSystem.from_uri(path)
        filesystem.create_dir(place)
        with pq.ParquetWriter(f"{place}/part.parquet", schema, filesystem=filesystem) as writer:
            for batch in batches:
                writer.write_batch(batch)
        self._read(name, [path])

    def map_batches(self, source: str, kernel: Kernel, schema: pa.Schema, into: str) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 -- an extra

        rows = self._session.sql(_in_its_dialect(source))
        mapped = rows.mapInArrow(_over(kernel), from_arrow_schema(schema))
        self._keep(into, mapped)

    def drop(self, *names: str) -> None:
        for name in names:
            self._session.catalog.dropTempView(name)

    def close(self) -> None:
        self._session.stop()

    def _append(self, name: str, select: str) -> None:
        """The new rows in a folder of their own beside the old ones."""
        path = self._next(name)
        known = self._session.table(name).schema
        rows = self._session.sql(_in_its_dialect(select)).toDF(*known.names).to(known)
        rows.write.parquet(path)
        self._read(name, [*self._parts[name], path])

    def _keep(self, name: str, rows: Any) -> None:
        path = self._next(name)
        rows.write.parquet(path)
        self._read(name, [path])

    def _next(self, name: str) -> str:
        self._written += 1
        return f"{self._folder}/tables/{self._written:04d}-{name}"

    def _read(self, name: str, paths: list[str]) -> None:
        self._parts[name] = paths
        self._session.read.parquet(*paths).createOrReplaceTempView(name)


def _as_duckdb_gives_it(table: pa.Table) -> pa.Table:
    """Spark takes 1.0 for a decimal, DuckDB for a floating number."""
    for place, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type):
            kind = pa.float64() if column.type.scale else pa.int64()
            table = table.set_column(place, column.name, table[column.name].cast(kind))
    return table


def _over(kernel: Kernel) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def mapped(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield kernel(batch)

    return mapped


def _in_its_dialect(sql: str) -> str:
    from sqlglot import transpile  # noqa: PLC0415 -- an extra

    return transpile(sql, read="duckdb", write="spark")[0]
