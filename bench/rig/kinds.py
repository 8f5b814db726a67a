"""The kinds of pages that are measured, and what is asked of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import quote

from rig.clients import Request

WORDS = ("路灯", "电梯", "学校", "公交", "污水", "停车")
DESK = "/desk/suggestions/"
SHEET = 200  # papers of one hand-over meeting


@dataclass(frozen=True)
class Kind:
    """One kind of page: what is asked in each round, and whether its p95 has the goal."""

    name: str
    requests: Callable[[int], Sequence[Request]]
    is_measured_by_goal: bool = True
    by: str = "clerk"
    is_warmed: bool = True  # a step can be taken once only


def kinds(found: dict[str, Any], n: int) -> list[Kind]:
    """Every kind, asked n times a round; `found` tells of the keys there are (`filling.asked`)."""
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
        Kind("what waits", lambda _: [Request("/desk/")] * n),
        Kind("overview", lambda _: [Request("/overview/")] * n),
        Kind("rates", lambda _: [Request("/overview/rates/")] * n),
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
