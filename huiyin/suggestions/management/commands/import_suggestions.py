"""Take old items from a spreadsheet into the database: the same code as the screen."""

import hashlib
import sys
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.congress.models import Congress
from huiyin.kernel import spreadsheets
from huiyin.kernel.spreadsheets import SpreadsheetError, Table
from huiyin.kernel.trail import SYSTEM
from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.imports import old_items
from huiyin.suggestions.imports.names import DEPUTIES, FORMER, UNITS
from huiyin.suggestions.imports.old_items import Checked
from huiyin.suggestions.models import OldItemFile

SHOWN = 20


class Command(BaseCommand):
    help = "导入以前系统里办结的建议（xlsx、csv）。Import finished items of another system."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="xlsx, csv")
        parser.add_argument("--mapping", default="", help='toml: title = "案由"')
        parser.add_argument("--names", default="", help='toml: [units] "旧名" = "现名"')
        parser.add_argument("--congress", default="", help="人大所在区划代码")
        parser.add_argument(
            "--former-units", action="store_true", help="认不出的单位保留为已撤销的"
        )
        parser.add_argument(
            "--former-deputies", action="store_true", help="认不出的往届代表只凭姓名建立"
        )
        parser.add_argument("--errors", default="", help="有问题的行写到这个 xlsx")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path, congress = Path(options["file"]), _congress(options["congress"])
        table, digest = _table(path)
        mapping = _toml(options["mapping"])
        answers = _answers(congress, options)
        checked = old_items.check(table, congress=congress, mapping=mapping, answers=answers)
        self._report(checked)
        if options["errors"] and checked.problems:
            found = spreadsheets.errors_workbook(table, checked.problems)
            Path(options["errors"]).write_bytes(found)
        if checked.problems or not table.rows:
            raise CommandError("文件有问题，没有导入。The file has problems; nothing was imported.")
        if options["dry_run"]:
            return
        old_file = OldItemFile(
            congress=congress, name=path.name[:200], sha256=digest, n_rows=len(table.rows)
        )
        old_file.mapping, old_file.answers = mapping or {}, answers
        self._take_in(table, old_file)

    def _report(self, checked: Checked) -> None:
        for problem in checked.problems[:SHOWN]:
            self.stderr.write(f"{problem.row} {problem.column} {problem.message_zh}")
        unknown = [question.shown for question in checked.questions if not question.chosen]
        if unknown:
            self.stderr.write(f"认不出 unknown: {'、'.join(unknown[:SHOWN])}")
        self.stdout.write(
            f"{len(checked.table.rows)} 行，{checked.n_good} 件可以导入，"
            f"{len(checked.problems)} 个问题，{checked.n_open_promises} 项没完成的承诺。\n"
            f"{len(checked.table.rows)} rows, {checked.n_good} to import,"
            f" {len(checked.problems)} problems, {checked.n_open_promises} open promises."
        )

    def _take_in(self, table: Table, old_file: OldItemFile) -> None:
        """The file's own row comes in with its items, or not at all."""
        try:
            done = actions.old_items.with_file(
                old_file,
                lambda: old_items.take_in(table, old_file=old_file, progress=self._show, by=SYSTEM),
            )
        except NotPossible as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"导入 {done} 件。\n{done} imported.")

    def _show(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done}/{total}", ending="\n" if done == total else "")


def _congress(code: str) -> Congress:
    """The one named, else the only one there is."""
    rows = Congress.objects.select_related("region")
    found = list(rows.filter(region__code=code) if code else rows.order_by("pk")[:2])
    if len(found) != 1:
        raise CommandError(
            "请用 --congress 写明导入到哪个人大（区划代码）。\n"
            "Say with --congress into which congress (code of its region)."
        )
    return found[0]


def _table(path: Path) -> tuple[Table, str]:
    try:
        content = path.read_bytes()
        return spreadsheets.read(content, path.name), hashlib.sha256(content).hexdigest()
    except FileNotFoundError as error:
        raise CommandError(f"没有这个文件：{path}。There is no such file.") from error
    except SpreadsheetError as error:
        raise CommandError(f"{error.message_zh}\n{error.message_en}") from error


def _toml(path: str) -> dict[str, Any] | None:
    return tomllib.loads(Path(path).read_text("utf-8")) if path else None


def _answers(congress: Congress, options: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Units by their names of today; "former" keeps one as it was called."""
    told = (_toml(options["names"]) or {}).get(UNITS, {})
    known = dict(congress.units.values_list("name", "pk"))
    if unknown := [name for name in told.values() if name != FORMER and name not in known]:
        raise CommandError(f"没有这些单位：{'、'.join(unknown)}。There are no such units.")
    return {
        UNITS: {old: str(known.get(new, new)) for old, new in told.items()},
        "rest": {
            UNITS: FORMER if options["former_units"] else "",
            DEPUTIES: FORMER if options["former_deputies"] else "",
        },
    }
