"""What was read: headers, rows of text with their line numbers, and what is wrong with them."""

from dataclasses import dataclass, field

from huiyin.kernel.errors import BilingualError


class SpreadsheetError(BilingualError):
    """The file as a whole cannot be used; row and column say where, when that is known."""

    def __init__(
        self, message_zh: str, message_en: str, row: int | None = None, column: str | None = None
    ) -> None:
        super().__init__(message_zh, message_en)
        self.row = row
        self.column = column


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one row; an empty column means the row as a whole."""

    row: int
    column: str
    message_zh: str
    message_en: str

    def text(self, language: str) -> str:
        return self.message_en if language.startswith("en") else self.message_zh


@dataclass(frozen=True)
class Row:
    number: int  # as the spreadsheet program shows it, the header counted
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    headers: tuple[str, ...]
    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)
