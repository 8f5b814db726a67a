"""DuckDB inside this process: parallel, and out of core when a roll is larger than the memory."""

import queue
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from huiyin.screening.engines import Kernel

ROWS_A_BATCH: Final = 122_880  # DuckDB's own row group
SHARE_OF_DATABASE: Final = 0.42  # the rest of the memory is for numpy, Arrow and the interpreter
LEAST_MEMORY: Final = 200_000_000  # bytes; below it DuckDB cannot sort what it reads
WAITING: Final = 1  # batches a thread may be ahead of the writer


class DuckEngine:
    name = "duckdb"

    def __init__(self, folder: Path, *, threads: int, memory: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.threads = threads
        self._database = duckdb.connect(
            ":memory:",  # what does not fit is spilled; a file of its own made each step four times slower
            config={
                "threads": threads,
                "memory_limit": f"{max(LEAST_MEMORY, int(memory * SHARE_OF_DATABASE))}B",
                "temp_directory": str(folder / "spill"),
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )

    def create(self, name: str, select: str) -> None:
        self.execute(f"CREATE OR REPLACE TABLE {name} AS {select}")

    def view(self, name: str, select: str) -> None:
        self.execute(f"CREATE OR REPLACE VIEW {name} AS {select}")

    def execute(self, sql: str) -> None:
        with self._database.cursor() as cursor:  # an unread answer would block the next question
            cursor.execute(sql)

    def query(self, sql: str) -> pa.Table:
        with self._database.cursor() as cursor:
            return cursor.sql(sql).to_arrow_table()

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        with self._database.cursor() as cursor:
            yield from cursor.sql(sql).to_arrow_reader(ROWS_A_BATCH)

    def table(self, name: str) -> pa.Table:
        return self.query(f"SELECT * FROM {name}")

    def count(self, name: str) -> int:
        return self.query(f"SELECT count(*) AS rows FROM {name}")["rows"][0].as_py()

    def has(self, name: str) -> bool:
        try:  # a look into the catalogue takes ten times as long
            self.execute(f"SELECT 1 FROM {name} LIMIT 0")
        except duckdb.CatalogException:
            return False
        return True

    def register(self, name: str, table: pa.Table) -> None:
        self.ingest(name, table.schema, table.to_batches())

    def ingest(self, name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        stream = Remembering(batches)
        reader = pa.RecordBatchReader.from_batches(schema, stream)
        with self._database.cursor() as writer:
            writer.register("incoming", reader)
            try:
                writer.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming")
            except duckdb.Error as error:
                raise stream.failure or error from error
            finally:
                writer.unregister("incoming")
                pa.default_memory_pool().release_unused()  # else it is kept for a next time

    def map_batches(self, source: str, kernel: Kernel, schema: pa.Schema, into: str) -> None:
        self.ingest(into, schema, in_parallel(kernel, self.batches(source), self.threads))

    def drop(self, *names: str) -> None:
        for name in names:
            self.execute(f"DROP TABLE IF EXISTS {name}")

    def close(self) -> None:
        self._database.close()


def in_parallel(
    kernel: Kernel, batches: Iterable[pa.RecordBatch], threads: int
) -> Iterator[pa.RecordBatch]:
    """numpy lets go of the interpreter, so threads are enough; order is kept."""
    waiting: queue.SimpleQueue[Future[pa.RecordBatch]] = queue.SimpleQueue()
    with ThreadPoolExecutor(threads) as pool:
        for batch in batches:
            waiting.put(pool.submit(kernel, batch))
            if waiting.qsize() >= WAITING * threads:
                yield waiting.get().result()
        while not waiting.empty():
            yield waiting.get().result()


class Remembering:
    """A stream that keeps its own failure: DuckDB would hand it back as a mere text."""

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        self._batches = batches
        self.failure: BaseException | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches
        except BaseException as error:
            self.failure = error
            raise
