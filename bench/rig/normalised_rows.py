"""The registrations of a roll as the screening compares them: `python normalised_rows.py OUT.parquet FILE…`."""

import datetime as dt
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet

from huiyin.screening import engines, lists, names

ELECTION_DAY = dt.date(2026, 12, 15)
COLUMNS = (
    "record_id, name_key, number, born, sex_key, phone_key, "
    "coalesce(home_key, address_key) AS home_key, household_key"
)


def main() -> None:
    out, *files = map(Path, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        engine = engines.open_engine("duckdb", Path(folder), threads=2, memory=2 * 10**9)
        lists.read_list(engine, "registrations", files, today=ELECTION_DAY, table="records")
        rows = engine.query(f"SELECT {COLUMNS} FROM records")
        pinyin = names.pinyin(rows["name_key"].combine_chunks())
        pyarrow.parquet.write_table(rows.append_column("name_pinyin", pinyin), out)
        engine.close()


if __name__ == "__main__":
    main()
