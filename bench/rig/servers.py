"""The real server: granian with two workers, started as the runner starts it."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rig import databases

BENCH = Path(__file__).resolve().parents[1]
VAR = databases.PROJECT / "var" / "bench"
PATIENCE = 60.0


@contextmanager
def served(database: str) -> Iterator[str]:
    """The address at which the product answers, with the bare page beside it."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = prepared(database, SITE_ADDRESS=address)
    web = "-m granian --interface wsgi --workers 2 --blocking-threads 4 --respawn-failed-workers"
    web += f" --host 127.0.0.1 --port {port}"
    command = [sys.executable, *web.split(), "huiyin.config.wsgi:application"]
    with (VAR / "web.log").open("wb") as log:
        process = subprocess.Popen(
            command, env=environment, cwd=databases.PROJECT, stdout=log, stderr=log
        )
        try:
            _wait(address)
            yield address
        finally:
            process.terminate()
            process.wait(10)


def log() -> str:
    return (VAR / "web.log").read_text(errors="replace")[-4000:]


def prepared(database: str, **more: str) -> dict[str, str]:
    """For a process that answers on that database; the static files are collected."""
    environment = databases.environment(
        database,
        DJANGO_SETTINGS_MODULE="rig.settings",
        HUIYIN_VAR=str(VAR),
        PYTHONPATH=str(BENCH),
        **more,
    )
    VAR.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, check=True, env=environment, cwd=databases.PROJECT)
    return environment


def _wait(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=10).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise RuntimeError(f"the server does not answer:\n{log()}") from None
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
