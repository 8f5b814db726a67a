"""The doors of figures: rates, comparisons, the reports of a year."""

from collections.abc import Callable
from typing import Any

from tests.doors.door import STAFF, Door, post, read

READERS = f"{STAFF} government member auditor"

# fmt: off
DOORS: dict[str, Door] = {
    "dashboards:rates": read(READERS, own=True),
    "dashboards:rate": read(READERS, own=True),
    "dashboards:matters": read(READERS, own=True),
    "dashboards:comparisons": read(READERS, own=True),
    "dashboards:reports": read(READERS, own=True),
    "dashboards:begin_report": post(STAFF, own=True),
    "dashboards:report": read(STAFF),
    "dashboards:report_file": read(READERS),
    "dashboards:revise_report": post(STAFF),
    "dashboards:give_up_report": post(STAFF),
}

ARGUMENTS: dict[str, Callable[[Any], list[Any]]] = {
    "dashboards:rate": lambda world: ["K10"],
    "dashboards:matters": lambda world: ["K36b"],
    "dashboards:report": lambda world: [world.report_draft.pk],
    "dashboards:report_file": lambda world: [world.report_made.pk, "docx"],
    "dashboards:revise_report": lambda world: [world.report_draft.pk],
    "dashboards:give_up_report": lambda world: [world.report_waiting.pk],
}
# fmt: on
