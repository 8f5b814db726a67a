"""`manage.py load_rules`: the official calendar and the rule packs, each proved by its examples."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook import actions

OURS = actions.our_packs()


class Command(BaseCommand):
    help = "Load working-day calendar and rule packs. Loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("packs", nargs="*", type=Path, help="other packs than our own")

    @transaction.atomic
    def handle(self, *args: Any, packs: list[Path], **options: Any) -> None:
        self.stdout.write(f"calendar: {actions.load_calendar()} new days")
        for path in packs or OURS:
            self.stdout.write(f"{path.name}: {self._load(path)} rules")

    def _load(self, path: Path) -> int:
        try:
            rules = actions.load_pack(path)
        except NotPossible as error:
            raise CommandError(f"{path.name}: {error}") from error
        if failing := list(actions.failing_examples(path)):
            raise CommandError("\n".join(failing))
        return len(rules)
