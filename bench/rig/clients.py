"""Eight people at once: connections that stay open and send one request after another."""

import asyncio
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

CONNECTIONS = 8
TOKEN = "b" * 32  # the same in cookie and header is all that Django asks of a CSRF token


@dataclass(frozen=True)
class Request:
    path: str
    expected: int = 200
    method: str = "GET"
    leads_to: str = ""  # a redirect counts only when it leads here, and not to the login page
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Times:
    """What one kind of request took, in milliseconds, and how many went wrong."""

    seconds: float = 0.0
    taken: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return self._percentile(50)

    @property
    def p95(self) -> float:
        return self._percentile(95)

    def _percentile(self, n: int) -> float:
        return quantiles(self.taken, n=100)[n - 1] if len(self.taken) > 1 else self.taken[0]

    @property
    def per_second(self) -> float:
        return len(self.taken) / self.seconds


def ask(address: str, session: str, requests: Iterable[Request]) -> Times:
    """Send every request once, over eight connections, each person waiting for the answer."""
    return asyncio.run(_ask(address, session, iter(list(requests))))


async def _ask(address: str, session: str, requests: Iterator[Request]) -> Times:
    times, begun = Times(), time.perf_counter()
    people = [_person(address, session, requests, times) for _ in range(CONNECTIONS)]
    await asyncio.gather(*people)
    times.seconds = time.perf_counter() - begun
    return times


async def _person(address: str, session: str, requests: Iterator[Request], times: Times) -> None:
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    for request in requests:
        begun = time.perf_counter()
        writer.write(_written(request, place.netloc, session))
        status, location = await _answer(reader)
        times.taken.append(1000 * (time.perf_counter() - begun))
        if status != request.expected or request.leads_to not in location:
            times.errors.append(f"{request.method} {request.path}: {status} {location}")
    writer.close()


def _written(request: Request, host: str, session: str) -> bytes:
    lines = [
        f"{request.method} {request.path} HTTP/1.1",
        f"Host: {host}",
        "Accept-Language: zh-CN",
        f"Cookie: sessionid={session}; csrftoken={TOKEN}",
    ]
    body = urlencode(request.fields).encode()
    if request.method == "POST":
        lines += [
            f"X-CSRFToken: {TOKEN}",
            f"Content-Length: {len(body)}",
            "Content-Type: application/x-www-form-urlencoded",
        ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, str]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
    await reader.readexactly(int(headers["content-length"]))
    return int(head[0].split()[1]), headers.get("location", "")
