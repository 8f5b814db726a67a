"""Our doubles alone, on the same rows Splink is given: `python doubles_alone.py FOLDER OUT.csv THREADS MEMORY FILE…`.

Prints the seconds of reading and normalising, and those of the doubles; a fresh process, like Splink's.
"""

import datetime as dt
import json
import sys
import time
from pathlib import Path

import pyarrow.csv

from huiyin.screening import lists
from huiyin.screening.doubles import finding
from huiyin.screening.engines import open_engine
from huiyin.screening.settings import memory_of

ELECTION_DAY = dt.date(2026, 12, 15)


def main() -> None:
    folder, out, threads, memory, *files = sys.argv[1:]
    engine = open_engine("duckdb", Path(folder), threads=int(threads), memory=memory_of(memory))
    begun = time.perf_counter()
    paths = [Path(file) for file in files]
    lists.read_list(
        engine, "registrations", paths, today=ELECTION_DAY, table="records", threads=int(threads)
    )
    read = time.perf_counter()
    finding.find(engine, None)
    found = time.perf_counter()
    clusters = engine.query("SELECT cluster_id, record_id, certainty FROM clusters")
    pyarrow.csv.write_csv(clusters, out)
    engine.close()
    print(json.dumps({"reading": read - begun, "doubles": found - read}))


if __name__ == "__main__":
    main()
