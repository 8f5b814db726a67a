"""Databases of the benchmarks' own beside the project's, made once and copied for each run."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from huiyin.config import postgres

PROJECT = Path(__file__).resolve().parents[2]
LARGE, SMALL = "bench_huiyin", "bench_huiyin_small"


def start() -> None:
    if "DATABASE_URL" not in os.environ:
        postgres.start()


def url(database: str, role: str = postgres.WEB) -> str:
    """The address of a database on the server that the project uses."""
    name = "DATABASE_OWNER_URL" if role == postgres.OWNER else "DATABASE_URL"
    given = os.environ.get(name) or os.environ.get("DATABASE_URL")
    place = urlsplit(given or postgres.url(role))
    return urlunsplit((place.scheme, place.netloc, f"/{database}", place.query, ""))


def environment(database: str, *, as_owner: bool = False, **more: str) -> dict[str, str]:
    """For a process that works on that database, as the web's role or as the owner."""
    return {
        **os.environ,
        "DATABASE_URL": url(database),
        "DATABASE_OWNER_URL": url(database, postgres.OWNER),
        "HUIYIN_AS_OWNER": "1" if as_owner else "0",
        "HUIYIN_DEMO": "1",
        "PYTHONUTF8": "1",
        **more,
    }


def manage(database: str, *arguments: str, as_owner: bool = False) -> None:
    command = [sys.executable, str(PROJECT / "manage.py"), *arguments]
    subprocess.run(command, check=True, env=environment(database, as_owner=as_owner), cwd=PROJECT)


def make_once(database: str, mark: str, fill: Callable[[], None]) -> None:
    """The lasting database with its rows; made anew where the code that makes them has changed."""
    if _is_made(database, mark):
        return
    begun = time.monotonic()
    make_empty(database)
    fill()
    with _server() as server:
        words = sql.SQL("COMMENT ON DATABASE {} IS {}")
        server.execute(words.format(sql.Identifier(database), sql.Literal(mark)))
    print(f"the database {database} made once, in {time.monotonic() - begun:.0f} s", flush=True)


def make_empty(database: str) -> None:
    drop(database)
    _obey("CREATE DATABASE {}", database)
    manage(database, "migrate", "--verbosity=0", "--skip-checks", as_owner=True)
    manage(database, "createcachetable", as_owner=True)


@contextmanager
def copied(database: str) -> Iterator[str]:
    """A copy of a lasting database, so that every run starts from the same rows."""
    copy = f"{database}_run"
    drop(copy)
    _obey("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", copy, database)
    try:
        yield copy
    finally:
        drop(copy)


def drop(database: str) -> None:
    _obey("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)


def fingerprint(*sources: Path) -> str:
    """Changes with every migration and with the code that makes the rows."""
    migrations = sorted((PROJECT / "huiyin").glob("*/migrations/*.py"))
    read = [path.read_bytes() for path in (*migrations, *sources)]
    return hashlib.sha256(b"\0".join(read)).hexdigest()


def _is_made(database: str, mark: str) -> bool:
    with _server() as server:
        found = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [database],
        ).fetchone()
    return found == (mark,)


def _obey(statement: str, *databases: str) -> None:
    with _server() as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, databases)))


def _server() -> psycopg.Connection:
    project = urlsplit(postgres.url()).path.removeprefix("/")
    if "DATABASE_URL" in os.environ:
        project = urlsplit(os.environ["DATABASE_URL"]).path.removeprefix("/")
    return psycopg.connect(url(project, postgres.OWNER), autocommit=True)
