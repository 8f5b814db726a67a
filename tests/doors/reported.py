"""Reports of a year for the world of doors: one being written, one waited for, one made."""

import datetime as dt
from typing import Any

from huiyin.dashboards import actions
from huiyin.dashboards.models import YearReport


def fill(world: Any) -> None:
    world.report_draft = _begun(world)
    world.report_waiting = actions.order_report(_begun(world), by=world.city.clerk)
    ordered = actions.order_report(_begun(world), by=world.city.clerk)
    files = {"docx": b"PK", "pdf": b"%PDF-"}
    world.report_made = actions.finish_report(
        actions.start_report(ordered), files=files, counted=[]
    )


def _begun(world: Any) -> YearReport:
    return actions.begin_report(
        world.city.congress,
        year=2026,
        days=(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        title="2026年办理情况的报告",
        preface="",
        by=world.city.clerk,
    )
