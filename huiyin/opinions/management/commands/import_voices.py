"""Take voices from a spreadsheet into the database: the same code as the screen."""

import sys
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.congress.models import Congress
from huiyin.kernel import spreadsheets
from huiyin.kernel.spreadsheets import SpreadsheetError
from huiyin.kernel.trail import SYSTEM
from huiyin.opinions import actions, imports
from huiyin.opinions.choices import Channel
from huiyin.opinions.imports import Checked
from huiyin.opinions.models import destination
from huiyin.texts import semantic

SHOWN = 20
LONGEST_SOURCE = 40


class Command(BaseCommand):
    help = "导入其他平台的留言（csv、xlsx）。Import voices of another platform."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="csv, xlsx")
        parser.add_argument("--mapping", default="", help='toml: text = "留言详情"')
        parser.add_argument("--source", default="", help="来源名称")
        parser.add_argument("--congress", default="", help="人大所在区划代码")
        parser.add_argument("--semantic", choices=["on", "off"], default="off")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if options["semantic"] == "on" and not semantic.available():
            raise CommandError(
                "没有安装可选的语义包：pip install 'huiyin[semantic]'。\n"
                "The optional package is not installed: pip install 'huiyin[semantic]'."
            )
        congress = _congress(options["congress"])
        source = (options["source"] or path.stem)[:LONGEST_SOURCE]
        checked = _checked(path, congress, source, options["mapping"])
        self._report(checked)
        if checked.problems:
            raise CommandError("文件有问题，没有导入。The file has problems; nothing was imported.")
        if not options["dry_run"]:
            self._take_in(checked, congress, source, is_semantic=options["semantic"] == "on")

    def _report(self, checked: Checked) -> None:
        for problem in checked.problems[:SHOWN]:
            self.stderr.write(f"{problem.row} {problem.column} {problem.message_zh}")
        self.stdout.write(
            f"{checked.n_rows} 行，{len(checked.voices)} 条要导入，{checked.n_repeated} 条以前导过，"
            f"{len(checked.problems)} 个问题，{checked.n_personal} 条像是写了手机号或身份证号。\n"
            f"{checked.n_rows} rows, {len(checked.voices)} to import, {checked.n_repeated} known,"
            f" {len(checked.problems)} problems, {checked.n_personal} seem to hold personal numbers."
        )
        for label, n, words, samples in checked.notes():
            self.stdout.write(f"{label}：{n} 行，{words}。{'、'.join(samples)}")

    def _take_in(
        self, checked: Checked, congress: Congress, source: str, *, is_semantic: bool
    ) -> None:
        matters = imports.take_in(
            checked,
            congress=congress,
            source=source,
            channel=Channel.PLATFORM,
            progress=self._show,
            by=SYSTEM,
        )
        new = [matter.pk for matter in matters]
        groups = actions.propose_among(
            congress, new=new, is_semantic=is_semantic, progress=self._show
        )
        self.stdout.write(
            f"导入 {len(matters)} 条，{groups} 组像是同一件事。\n"
            f"{len(matters)} imported, {groups} groups that look the same."
        )

    def _show(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done}/{total}", ending="\n" if done == total else "")


def _congress(code: str) -> Congress:
    """The one named, else the one that receives what names no place."""
    if not code:
        found, _venue = destination()
        if found is None:
            raise CommandError("数据库里还没有人大。There is no congress in the database yet.")
        return found
    found = Congress.objects.select_related("region").filter(region__code=code).first()
    if found is None:
        raise CommandError(f"没有代码为 {code} 的人大。There is no congress with the code {code}.")
    return found


def _checked(path: Path, congress: Congress, source: str, mapping: str) -> Checked:
    columns = tomllib.loads(Path(mapping).read_text("utf-8")) if mapping else None
    try:
        table = spreadsheets.read(path.read_bytes(), path.name)
    except FileNotFoundError as error:
        raise CommandError(f"没有这个文件：{path}。There is no such file.") from error
    except SpreadsheetError as error:
        raise CommandError(f"{error.message_zh}\n{error.message_en}") from error
    return imports.check(table, congress=congress, source=source, mapping=columns)
