"""Draws every workflow table into docs/workflows/, or with --check says which page is out of date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from huiyin.congress.workflow import MANDATE
from huiyin.dashboards.workflow import YEAR_REPORT
from huiyin.kernel.workflow import Workflow
from huiyin.opinions.workflow import MATTER
from huiyin.suggestions import workflow as suggestions
from huiyin.supervision import workflow as supervision
from huiyin.venues.workflow import DUTY


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        stale = [path for path, page in pages() if not path.exists() or path.read_text() != page]
        if check and stale:
            raise CommandError(f"out of date: {', '.join(path.name for path in stale)}")
        for path, page in pages():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page)


def pages() -> list[tuple[Path, str]]:
    folder = Path(settings.BASE_DIR) / "docs" / "workflows"
    tables: list[Workflow[Any, Any]] = [
        *(MANDATE, DUTY, MATTER),
        *suggestions.ALL,
        *supervision.ALL,
        YEAR_REPORT,
    ]
    return [(folder / f"{table.name}.md", page_of(table)) for table in tables]


def page_of(table: Workflow[Any, Any]) -> str:
    """The diagram, and under it every step with its button and its source."""
    rows = [
        f"| {step.name} | {step.label} | {', '.join(step.sources)} | {step.target or '='} | {step.law} |"
        for step in table.steps.values()
    ]
    return "\n".join(
        [
            f"# {table.name}",
            "",
            "Drawn by `manage.py draw_workflows` from the table in the code; a test keeps it true.",
            "",
            "```mermaid",
            table.as_mermaid(),
            "```",
            "",
            "| step | button | from | to | source |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )
