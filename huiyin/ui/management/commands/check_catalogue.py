"""Says whether every string of pages and code stands in the English catalogue, translated."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
COULD_NOT_LOOK = (
    "!! 没有 xgettext：没有检查译文是否齐全。 "
    "No xgettext (gettext): whether the catalogue is complete was NOT CHECKED. !!"
)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not shutil.which("xgettext"):
            self.stderr.write(self.style.ERROR(COULD_NOT_LOOK))
            return
        stored = read(settings.BASE_DIR / CATALOGUE)
        with TemporaryDirectory() as folder:
            wanted = extract(Path(folder))
        problems = [*missing(wanted, stored), *unused(wanted, stored), *unfinished(stored)]
        if problems:
            raise CommandError("\n".join([f"{CATALOGUE}:", *problems]))


def extract(folder: Path) -> Catalog:
    """What the code says now, found in a copy: makemessages would write into the catalogue."""
    shutil.copytree(
        settings.BASE_DIR / "huiyin",
        folder / "huiyin",
        ignore=shutil.ignore_patterns("__pycache__", "static", "fonts", "vendoring"),
    )
    shutil.copy(settings.BASE_DIR / "manage.py", folder)
    (folder / CATALOGUE).parent.mkdir(parents=True)
    command = [sys.executable, "manage.py", "makemessages", "--locale=en", "--no-location"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603  our own words
    return read(folder / CATALOGUE)


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def missing(wanted: Catalog, stored: Catalog) -> list[str]:
    return [f"missing: {_name(message)}" for message in _only_in(wanted, stored)]


def unused(wanted: Catalog, stored: Catalog) -> list[str]:
    return [f"no longer used: {_name(message)}" for message in _only_in(stored, wanted)]


def unfinished(stored: Catalog) -> list[str]:
    return [
        f"not translated: {_name(message)}"
        for message in stored
        if message.id and (message.fuzzy or not _is_translated(message.string))
    ]


def _only_in(one: Catalog, other: Catalog) -> list[Any]:
    known = {_key(message) for message in other}
    return [message for message in one if message.id and _key(message) not in known]


def _key(message: Any) -> tuple[Any, Any]:
    return message.id, message.context


def _name(message: Any) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_translated(string: Any) -> bool:
    return bool(string) and all(string)
