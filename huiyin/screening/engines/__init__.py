"""Where the tables live and who computes on them: DuckDB on this machine, or a Spark cluster."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from huiyin.screening.mistakes import BadInput

Kernel = Callable[[pa.RecordBatch], pa.RecordBatch]

NO_SPARK = (
    "没有安装可选的 Spark 包。请先运行：pip install 'huiyin[spark]'，或改用 --engine duckdb。",
    "The optional package is not installed. Run: pip install 'huiyin[spark]', or use --engine duckdb.",
)
NO_JAVA = (
    "找不到 Java。Spark 需要 Java 17 或更新的版本；也可改用 --engine duckdb。",
    "Java was not found. Spark needs Java 17 or newer; or use --engine duckdb.",
)


class Engine(Protocol):
    """SQL in DuckDB's dialect over named tables, and numpy kernels over Arrow batches."""

    name: str

    def create(self, name: str, select: str) -> None:
        """Compute a query now and keep its rows as a table; a table of that name is replaced."""

    def view(self, name: str, select: str) -> None:
        """Give a query a name; it is computed whenever it is asked."""

    def execute(self, sql: str) -> None:
        """CREATE TABLE … AS, CREATE VIEW … AS, INSERT INTO … SELECT or DROP TABLE."""

    def query(self, sql: str) -> pa.Table:
        """The rows of a query; only for what fits into memory."""

    def batches(self, sql: str) -> Iterable[pa.RecordBatch]:
        """The rows of a query in its order, piece by piece."""

    def table(self, name: str) -> pa.Table:
        """All rows of a table; only for what fits into memory."""

    def count(self, name: str) -> int: ...

    def has(self, name: str) -> bool: ...

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known under a name."""

    def ingest(self, name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        """Keep a stream of batches as a table."""

    def map_batches(self, source: str, kernel: Kernel, schema: pa.Schema, into: str) -> None:
        """Run a kernel over the rows of a query; rows may come in any order and any grouping."""

    def drop(self, *names: str) -> None: ...

    def close(self) -> None: ...


def open_engine(name: str, folder: Path, *, threads: int, memory: int) -> Engine:
    """An engine that keeps what does not fit into memory (bytes) under the folder."""
    # Each is loaded only when asked for: Spark and its Java are an extra.
    if name == "spark":
        from huiyin.screening.engines.spark import open_spark  # noqa: PLC0415 -- see above

        return open_spark(folder, threads=threads, memory=memory)
    if name == "duckdb":
        from huiyin.screening.engines.duck import DuckEngine  # noqa: PLC0415 -- see above

        return DuckEngine(folder, threads=threads, memory=memory)
    raise BadInput(f"没有名为 {name} 的引擎。", f"There is no engine called {name}.")
