"""Databases of the benchmarks' own beside the project's, made once and copied for each run."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from huiyin.config import postgres

PROJECT = Path(__file__).resolve().parents[2]
MADE, RUNNING = "bench_huiyin", "bench_huiyin_run"


def start() -> None:
    if "DATABASE_URL" not in os.environ:
        postgres.start()


def url(database: str, role: str = postgres.WEB) -> str:
    """The address of a database on the server that the project uses."""
    name = "DATABASE_OWNER_URL" if role == postgres.OWNER else "DATABASE_URL"
    given = os.environ.get(name) or os.environ.get("DATABASE_URL")
    place = urlsplit(given or postgres.url(role))
    return place._replace(path=f"/{database}").geturl()


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


def is_made(fingerprint: str) -> bool:
    """Whether the lasting database is there and was made by this very code."""
    with _server() as server:
        found = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [MADE],
        ).fetchone()
    return found == (fingerprint,)


def make_empty(database: str) -> None:
    drop(database)
    _obey("CREATE DATABASE {}", database)
    manage(database, "migrate", "--verbosity=0", "--skip-checks", as_owner=True)
    manage(database, "createcachetable", as_owner=True)


def note_made(fingerprint: str) -> None:
    words = sql.SQL("COMMENT ON DATABASE {} IS {}")
    with _server() as server:
        server.execute(words.format(sql.Identifier(MADE), sql.Literal(fingerprint)))


@contextmanager
def copied() -> Iterator[str]:
    """A copy of the lasting database, so that every run starts from the same rows."""
    drop(RUNNING)
    _obey("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", RUNNING, MADE)
    try:
        yield RUNNING
    finally:
        drop(RUNNING)


def drop(database: str) -> None:
    _obey("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)


def fingerprint(*sources: Path) -> str:
    """Changes with every migration and with the code that makes the rows."""
    migrations = sorted((PROJECT / "huiyin").glob("*/migrations/*.py"))
    read = [path.read_bytes() for path in (*migrations, *sources)]
    return hashlib.sha256(b"\0".join(read)).hexdigest()


def _obey(statement: str, *databases: str) -> None:
    with _server() as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, databases)))


def _server() -> psycopg.Connection:
    project = urlsplit(postgres.url()).path.removeprefix("/")
    if "DATABASE_URL" in os.environ:
        project = urlsplit(os.environ["DATABASE_URL"]).path.removeprefix("/")
    return psycopg.connect(url(project, postgres.OWNER), autocommit=True)
