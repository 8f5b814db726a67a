"""`manage.py load_regions`: the divisions of the repository's files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from huiyin.regions import actions


class Command(BaseCommand):
    help = "Load the administrative divisions. Loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="other files than our own")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        self.stdout.write(f"{actions.load_divisions(*files)} divisions")
