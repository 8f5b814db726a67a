"""Desk pages among a hundred thousand suggestions and a million entries of trail.

p50 and p95 at 8 connections, 2 workers; then how single pages grow from a thousand suggestions on.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from statistics import median
from typing import Any

from rig import cities, databases, servers
from rig.clients import Times, ask
from rig.kinds import Kind, kinds

GOAL = 100  # milliseconds, p95
SHARE, SHARE_WISHED = 0.35, 0.50
MANY, FEW = 100_000, 1_000
GROWING = ("list", "list of the finished", "detail", "search", "overview")

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
        asked = [kind for kind in kinds(found, options.requests) if kind.name in names or not names]
        taken = {kind.name: _rounds(kind, options.rounds, address, found) for kind in asked}
    for kind in asked:
        _print(kind, taken[kind.name])
    return taken


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200, help="of a kind in each round")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


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
