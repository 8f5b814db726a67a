"""A house of its own for one test: private database, real web server, residents who speak HTTP."""

import http.cookiejar
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huiyin.config import postgres

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0  # seconds


class House:
    """Database and web server under one directory; both are ended with it, neither is shared."""

    def __init__(self, folder: Path) -> None:
        self.database = postgres.server(folder)
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.database.url(postgres.WEB),
            "DATABASE_OWNER_URL": self.database.url(postgres.OWNER),
            "HUIYIN_VAR": str(folder / "var"),
            "HUIYIN_KEYS": str(folder / "keys.json"),
            "HUIYIN_CREATE_KEYS": "1",
            "HUIYIN_DEMO": "1",
            "RATE_LIMITS": "0",
            "SITE_ADDRESS": self.address,
        }
        self.web: subprocess.Popen[bytes] | None = None

    def open(self, inhabitants: str = "inhabitants", *, workers: int = 1) -> dict[str, Any]:
        """Start everything on an empty database; who lives there, by what cookie they are known.

        `inhabitants` is the module beside this one that moves them in and prints what they need.
        """
        self.database.start()
        for command in (["migrate"], ["createcachetable"], ["collectstatic", "--noinput"]):
            self.manage(*command, "--verbosity=0")
        told = self._run(sys.executable, "-m", f"tests.journeys.{inhabitants}")
        self.open_web(workers=workers)
        return json.loads(told.splitlines()[-1])

    def open_web(self, *, workers: int = 1) -> None:
        served = (
            f"-m granian --interface wsgi --workers {workers} --host 127.0.0.1 --port {self.port}"
        )
        self.web = subprocess.Popen(
            [sys.executable, *served.split(), "huiyin.config.wsgi:application"],
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(self.is_ready)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def close(self) -> None:
        if self.web is not None:
            self.web.terminate()
            self.web.wait(timeout=PATIENCE)
        self.database.stop()

    def manage(self, *arguments: str) -> str:
        return self._run(sys.executable, "manage.py", *arguments)

    def _run(self, *command: str) -> str:
        environment = self.environment | {"HUIYIN_AS_OWNER": "1"}
        done = subprocess.run(
            command, check=False, cwd=PROJECT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


class Visitor:
    """A browser without a window: cookies, forms, redirects."""

    def __init__(self, address: str, session: str = "", *, patience: float = 20) -> None:
        self.address, self.session, self.patience = address, session, patience
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self.address + path))

    def post(self, path: str, **fields: str) -> tuple[int, str, str]:
        """Status, the address one lands on, and the page."""
        token = next((c.value for c in self.jar if c.name == "csrftoken"), "")
        content = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(self.address + path, data=content)
        status, page = self._ask(request)
        return status, self.landed, page

    def say(self, text: str) -> str:
        """All three steps. The code, once the house has acknowledged it."""
        draft = draft_on(self.get("/say/")[1])
        draft = draft_on(self.post("/say/", draft=draft, text=text)[2])
        draft = draft_on(self.post("/say/where/", draft=draft, place="翠园小区")[2])
        landed = self.post("/say/send/", draft=draft)[1]
        found = re.fullmatch(r"/say/done/(\w+)/", landed)
        assert found, landed
        return found[1]

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        if self.session:
            request.add_header("Cookie", self._cookies())
        try:
            with self.opener.open(request, timeout=self.patience) as answer:
                self.landed = urllib.parse.urlsplit(answer.url).path
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            self.landed = urllib.parse.urlsplit(refused.url).path
            return refused.code, refused.read().decode()

    def _cookies(self) -> str:
        kept = {cookie.name: cookie.value for cookie in self.jar} | {"sessionid": self.session}
        return "; ".join(f"{name}={value}" for name, value in kept.items())


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def draft_on(page: str) -> str:
    found = re.search(r'name="draft" value="([^"]*)"', page)
    assert found, page[:500]
    return found[1]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
