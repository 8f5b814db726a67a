"""Run on one database: what each kind of page costs in work, by the product's own WSGI application."""

import argparse
import io
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 -- Django first
from django.db import connection  # noqa: E402
from django.test import RequestFactory  # noqa: E402

from rig import filling  # noqa: E402
from rig.clients import TOKEN, Request  # noqa: E402
from rig.kinds import Kind, kinds  # noqa: E402

WARMING = 16  # until the statements are prepared and the templates compiled


class Work(NamedTuple):
    """Milliseconds of a processor for one page."""

    python: float
    postgresql: float


def main() -> None:
    options = _options()
    found = filling.asked()
    application = WSGIHandler()
    _answered(application, found["clerk"], [Request("/bare/")])  # loads every page there is
    for kind in kinds(found, options.requests):
        if kind.name in options.names or not options.names:
            _print(kind.name, _works(application, kind, found[kind.by], options.rounds))


def _print(name: str, works: Sequence[Work]) -> None:
    """Of each the least of the rounds: what disturbs a round only adds."""
    if not works:
        print(f"{name:22} nothing to ask in this city", flush=True)
        return
    python, postgresql = map(min, zip(*works, strict=True))
    print(f"{name:22} {python:7.1f} ms Python {postgresql:7.1f} ms PostgreSQL", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--requests", type=int)
    parser.add_argument("--rounds", type=int)
    return parser.parse_args()


def _works(application: Any, kind: Kind, session: str, rounds: int) -> list[Work]:
    if kind.is_warmed:
        _answered(application, session, kind.requests(0)[:WARMING])
    asked = [kind.requests(number) for number in range(rounds)]
    return [_work(application, session, requests) for requests in asked if requests]


def _work(application: Any, session: str, requests: Sequence[Request]) -> Work:
    begun, begun_there = time.thread_time(), _seconds_of_postgresql()
    _answered(application, session, requests)
    python, there = time.thread_time() - begun, _seconds_of_postgresql() - begun_there
    return Work(1000 * python / len(requests), 1000 * there / len(requests))


def _answered(application: Any, session: str, requests: Sequence[Request]) -> None:
    for request in requests:
        answer = application(_environ(request, session), lambda *_: None)
        b"".join(answer)
        answer.close()
        location = answer.headers.get("Location", "")
        if answer.status_code != request.expected or request.leads_to not in location:
            raise SystemExit(f"{request.method} {request.path}: {answer.status_code} {location}")


def _environ(request: Request, session: str) -> dict[str, Any]:
    path, _, query = request.path.partition("?")
    body = urlencode(request.fields).encode()
    return RequestFactory()._base_environ(  # noqa: SLF001 -- what the server makes of a request
        PATH_INFO=path,
        QUERY_STRING=query,
        REQUEST_METHOD=request.method,
        CONTENT_TYPE="application/x-www-form-urlencoded",
        CONTENT_LENGTH=str(len(body)),
        HTTP_ACCEPT_LANGUAGE="zh-CN",
        HTTP_COOKIE=f"sessionid={session}; csrftoken={TOKEN}",
        HTTP_X_CSRFTOKEN=TOKEN,
        **{"wsgi.input": io.BytesIO(body)},
    )


def _seconds_of_postgresql() -> float:
    """How long the server's process of this connection has worked so far, as Linux counts it."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


if __name__ == "__main__":
    main()
