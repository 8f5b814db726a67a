"""The cities that the benchmarks keep: large ones of any number of suggestions, and a small one."""

import json
import subprocess
import sys
from typing import Any

from rig import databases, servers

FILLING = servers.BENCH / "rig" / "filling.py"
SOURCES = (FILLING, FILLING.with_name("congress.py"))


def make_large(many: int) -> str:
    """The city with so many suggestions, and ten times as many entries of trail; its name."""
    name = f"{databases.LARGE}_{many}"
    _make(name, str(many))
    return name


def make_small() -> None:
    _make(databases.SMALL, "small")


def asked(database: str) -> dict[str, Any]:
    """A clerk's session, and the keys of what he will ask for."""
    return dict(json.loads(_filling(database, "asked")))


def _make(database: str, word: str) -> None:
    mark = databases.fingerprint(*SOURCES)
    databases.make_once(
        database, mark, lambda: print(_filling(database, word, as_owner=True), end="")
    )


def _filling(database: str, word: str, *, as_owner: bool = False) -> str:
    environment = databases.environment(
        database, as_owner=as_owner, HUIYIN_VAR=str(servers.VAR), PYTHONPATH=str(servers.BENCH)
    )
    command = [sys.executable, str(FILLING), word]
    done = subprocess.run(
        command, check=True, env=environment, cwd=databases.PROJECT, stdout=subprocess.PIPE
    )
    return done.stdout.decode()
