"""What every row of a file of old items is read with, and how a cell is asked."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils import translation

from huiyin.congress.models import Congress
from huiyin.kernel import clock
from huiyin.kernel.imports import RowReader
from huiyin.kernel.spreadsheets import Row
from huiyin.kernel.wording import kept
from huiyin.suggestions.choices import Subject
from huiyin.suggestions.imports import cells
from huiyin.suggestions.imports.cells import Misread
from huiyin.suggestions.imports.columns import COLUMNS
from huiyin.suggestions.imports.names import Names

Found = TypeVar("Found")


@dataclass
class RowContext:
    """What every row of a file is read with."""

    reader: RowReader
    names: Names
    congress: Congress
    classes: Mapping[str, str]
    today: dt.date = field(default_factory=clock.today)
    english: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with translation.override("en"):
            self.english = {name: str(column.label) for name, column in COLUMNS.items()}
        subjects = {kept(label): value for value, label in Subject.choices}
        with translation.override("en"):
            subjects |= {str(label).lower(): value for value, label in Subject.choices}
        self.subjects = subjects

    def value(self, row: Row, name: str) -> str:
        return self.reader.columns.value(row, name).replace("\0", "").strip()

    def wrong(self, row: Row, name: str, chinese: str, english: str) -> None:
        self.reader.wrong(row, name, chinese, english)

    def each(self, row: Row, name: str, read: Callable[[str], Found | None]) -> list[Found]:
        """What every line of a cell says; a line that says nothing is left out."""
        found = (self.one(row, name, read, line) for line in cells.lines(self.value(row, name)))
        return [each for each in found if each is not None]

    def one(
        self, row: Row, name: str, read: Callable[[str], Found | None], text: str
    ) -> Found | None:
        try:
            return read(text)
        except Misread as error:
            self.wrong(row, name, error.message_zh, error.message_en)
            return None

    def choice(self, row: Row, name: str, words: Mapping[str, Any], default: Any) -> Any:
        told = cells.plain(self.value(row, name)).lower()
        if told and told not in words:
            known = "、".join(word for word in words if not word.isascii())
            english = ", ".join(word for word in words if word.isascii())
            self.wrong(row, name, f"只能填：{known}", f"must be one of: {english}")
        return words.get(told, default)
