"""Supervision's part of the table: who may go through which of its doors, and to which item."""

from collections.abc import Callable
from typing import Any

from tests.doors.door import STAFF, UNIT, UNITS, Door, form, read

INSIDE = f"{STAFF} member committee"
PUBLIC = {"supervision:public_key_items", "supervision:published_key_item"}


def _pk(name: str) -> Callable[[Any], list[Any]]:
    return lambda world: [getattr(world, name).pk]


# fmt: off
DOORS: dict[str, Door] = {
    "supervision:home": read(f"{INSIDE} government {UNITS}", own=True),
    # key items
    "supervision:key_items": read(f"{INSIDE} government {UNITS}", own=True),
    "supervision:key_candidates": read(f"{STAFF} committee", own=True),
    "supervision:propose_key_item": form(f"{STAFF} committee", own=True),
    "supervision:key_item": read(f"lead {INSIDE} government {UNIT}"),
    "supervision:deputy_key_item": read(f"lead {INSIDE} government {UNIT}"),
    "supervision:key_notice": read(f"lead {INSIDE} government {UNIT}"),
    "supervision:revise_key_item": form(f"{STAFF} committee", sees="member"),
    "supervision:give_key_opinion": form(INSIDE),
    "supervision:decide_key_item": form("director", sees="clerk member committee"),
    "supervision:drop_key_item": form("director", sees="clerk member committee"),
    "supervision:issue_notice": form("director", sees="clerk member committee government"),
    "supervision:log_act": form(f"{STAFF} committee", sees=f"lead member government {UNIT}"),
    "supervision:report_key_item": form(f"{STAFF} committee", sees=f"lead member government {UNIT}"),
    "supervision:send_back_key_report": form("director", sees=f"lead clerk member committee government {UNIT}"),
    "supervision:conclude_key_item": form("director", sees=f"lead clerk member committee government {UNIT}"),
    "supervision:publish_key_item": form("director", sees=f"lead clerk member committee government {UNIT}"),
    "supervision:take_back_key_item": form("director", sees=f"lead clerk member committee government {UNIT}"),
}

ARGUMENTS: dict[str, Callable[[Any], list[Any]]] = {
    "supervision:published_key_item": _pk("key_public"),
    "supervision:key_item": _pk("key_supervised"),
    "supervision:deputy_key_item": _pk("key_supervised"),
    "supervision:key_notice": lambda world: [world.key_supervised.pk, "docx"],
    "supervision:revise_key_item": _pk("key_candidate"),
    "supervision:give_key_opinion": _pk("key_candidate"),
    "supervision:decide_key_item": _pk("key_candidate"),
    "supervision:drop_key_item": _pk("key_candidate"),
    "supervision:issue_notice": _pk("key_decided"),
    "supervision:log_act": _pk("key_supervised"),
    "supervision:report_key_item": _pk("key_supervised"),
    "supervision:send_back_key_report": _pk("key_reported"),
    "supervision:conclude_key_item": _pk("key_reported"),
    "supervision:publish_key_item": _pk("key_supervised"),
    "supervision:take_back_key_item": _pk("key_public"),
}
# fmt: on
