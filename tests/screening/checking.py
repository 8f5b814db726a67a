"""Small rolls written by hand, checked by the real engine."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from huiyin.kernel.identity import check_character
from huiyin.screening import lists, wrong
from huiyin.screening.engines import Engine, open_engine

ELECTION_DAY = dt.date(2026, 12, 15)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    election_day: dt.date = ELECTION_DAY
    birthday_counts: bool = True


def number(born: str, order: str = "123", area: str = "620102") -> str:
    """A sound identity number; an odd order is a man's."""
    first = f"{area}{born}{order}"
    return first + check_character(first)


def person(record_id: str, **cells: str) -> dict[str, str]:
    """A faultless registration, but for the cells given."""
    faultless = {
        "record_id": record_id,
        "name": "王建国",
        "sex": "男",
        "birth_date": "1970-05-06",
        "identity_number": number("19700506"),
        "constituency": "甲",
    }
    return faultless | cells


@contextmanager
def opened(
    registrations: Iterable[Row], **others: Iterable[Row]
) -> Iterator[tuple[Engine, frozenset[str]]]:
    """An engine with the lists read, as a screening has them, and the registrations' absent columns."""
    with TemporaryDirectory() as folder:
        engine = open_engine("duckdb", Path(folder) / "engine", threads=1, memory=10**9)
        for kind, rows in {"registrations": registrations, **others}.items():
            path = Path(folder) / f"{kind}.csv"
            write(path, list(rows))
            table = "records" if kind == "registrations" else None
            read = lists.read_list(engine, kind, [path], today=ELECTION_DAY, table=table)
            if table:
                absent = frozenset(read.absent)
        yield engine, absent
        engine.close()


def write(path: Path, rows: list[Row]) -> None:
    headings = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)


def findings(
    registrations: Iterable[Row], told: Told | None = None, **others: Iterable[Row]
) -> list[dict[str, Any]]:
    with opened(registrations, **others) as (engine, absent):
        wrong.check(engine, set(others), told or Told(), absent)
        return engine.query(
            "SELECT * FROM wrong_findings ORDER BY code, record_id, group_key"
        ).to_pylist()


def codes(*registrations: Row, told: Told | None = None, **others: Iterable[Row]) -> list[str]:
    """What is wrong with these rows, as `record_id code`."""
    found = findings(registrations, told, **others)
    return [f"{f['record_id']} {f['code']}" for f in found if f["record_id"] is not None]
