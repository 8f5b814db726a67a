"""Desk pages among a hundred thousand suggestions and a million entries of trail.

p50 and p95 at 8 connections, 2 workers; then how single pages grow from a thousand suggestions on.
"""

import argparse
import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any
from urllib.parse import quote

from rig import cities, databases, servers
from rig.clients import Request, Times, ask

GOAL = 100  # milliseconds, p95
SHARE, SHARE_WISHED = 0.35, 0.50
WORDS = ("路灯", "电梯", "学校", "公交", "污水", "停车")
DESK = "/desk/suggestions/"
MANY, FEW = 100_000, 1_000
SHEET = 200  # papers of one hand-over meeting
GROWING = ("list", "list of the finished", "detail", "search", "overview")


@dataclass(frozen=True)
class Kind:
    """One kind of page: what is asked in each round, and whether its p95 has the goal."""

    name: str
    requests: Callable[[int], Sequence[Request]]
    is_measured_by_goal: bool = True
    by: str = "clerk"
    is_warmed: bool = True  # a step can be taken once only


Taken = dict[str, list[Times]]


def main() -> int:
    options = _options()
    databases.start()
    taken = _measured(MANY, options)
    _print_share(taken["list"], taken["bare"])
    few = _measured(FEW, options, GROWING)
    for name in GROWING:
        _print_growth(name, few[name], taken[name])
    return 0


def _measured(many: int, options: argparse.Namespace, names: Sequence[str] = ()) -> Taken:
    """Every kind of page, or those named, on a fresh copy of the city of that size."""
    city = cities.make_large(many)
    with databases.copied(city) as database, servers.served(database) as address:
        found = cities.asked(database)
        print(
            f"{found['many']:,} suggestions, {found['under_way']:,} under way, {found['entries']:,} entries"
        )
        kinds = [
            kind for kind in _kinds(found, options.requests) if kind.name in names or not names
        ]
        taken = {kind.name: _rounds(kind, options.rounds, address, found) for kind in kinds}
    for kind in kinds:
        _print(kind, taken[kind.name])
    return taken


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200, help="of a kind in each round")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def _kinds(found: dict[str, Any], n: int) -> list[Kind]:
    details = [Request(f"{DESK}{pk}/") for pk in found["details"]]
    steps, sheets = iter(found["examining"]), iter(range(len(found["assigning"]) // SHEET))
    searches = [Request(f"{DESK}?q={quote(word)}") for word in WORDS]
    return [
        Kind("list", lambda _: [Request(DESK)] * n),
        Kind("bare", lambda _: [Request("/bare/")] * n, is_measured_by_goal=False),
        Kind("list of the finished", lambda _: [Request(f"{DESK}?tab=done")] * n),
        Kind("detail", lambda number: (details * 2)[number * n : (number + 1) * n]),
        Kind("search", lambda _: (searches * n)[:n]),
        Kind("search, finished", lambda _: _finished(searches, n)),
        Kind("overview", lambda _: [Request("/overview/")] * (n // 4)),
        Kind("rates", lambda _: [Request("/overview/rates/")] * (n // 8)),
        # Before the steps: what they register would lie on the first sheet, with no unit chosen.
        Kind(
            f"hand-over of {SHEET}",
            lambda _: [_hand_over(found["assigning"]) for _number in islice(sheets, 1)],
            is_measured_by_goal=False,
            by="director",
            is_warmed=False,
        ),
        Kind(
            "step (register)",
            lambda _: [_register(pk) for pk in islice(steps, n)],
            is_warmed=False,
        ),
    ]


def _finished(searches: Sequence[Request], n: int) -> list[Request]:
    return [Request(f"{search.path}&tab=done") for search in (list(searches) * n)[:n]]


def _register(pk: int) -> Request:
    return Request(f"{DESK}{pk}/register/", 302, "POST", leads_to=f"{DESK}{pk}/")


def _hand_over(assigning: Sequence[tuple[int, int]]) -> Request:
    """The whole sheet in one press: what lies on its first page is handed over."""
    fields = {f"line{pk}-lead": str(unit) for pk, unit in assigning}
    path, receipts = f"{DESK}meeting/", f"{DESK}receipts/"
    return Request(path, 302, "POST", leads_to=receipts, fields={"act": "hand_over", **fields})


def _rounds(kind: Kind, rounds: int, address: str, found: dict[str, Any]) -> list[Times]:
    session = found[kind.by]
    if kind.is_warmed:
        ask(address, session, kind.requests(0)[:32])
    asked = (kind.requests(number) for number in range(rounds))
    return [ask(address, session, requests) for requests in asked if requests]


def _print(kind: Kind, taken: list[Times]) -> None:
    p50, p95 = median(times.p50 for times in taken), median(times.p95 for times in taken)
    errors = [error for times in taken for error in times.errors]
    goal = f"goal {GOAL}" if kind.is_measured_by_goal else "no goal"
    speed = median(times.per_second for times in taken)
    print(
        f"{kind.name:22} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms ({goal})  {speed:6.1f}/s  errors {len(errors)}"
    )
    for error in errors[:3]:
        print(f"  {error}")


def _print_growth(name: str, few: list[Times], many: list[Times]) -> None:
    """A page may take longer among more rows as the logarithm of their number grows."""
    grown = median(times.p50 for times in many) / median(times.p50 for times in few)
    allowed = math.log(MANY) / math.log(FEW)
    print(f"{name}: {grown:.2f} × the time among {FEW:,} (goal at most {allowed:.2f})")


def _print_share(listed: list[Times], bare: list[Times]) -> None:
    shares = [a.per_second / b.per_second for a, b in zip(listed, bare, strict=True)]
    print(
        f"list against the bare view: {median(shares):.0%} of its speed (goal {SHARE:.0%}, wished {SHARE_WISHED:.0%})"
    )


if __name__ == "__main__":
    sys.exit(main())
