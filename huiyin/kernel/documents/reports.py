"""A report with tables and charts, in the look of an official letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.documents import printing
from huiyin.kernel.documents.letters import PlainLetter, lines_of

SENTENCE = 16  # characters: more are no label


@dataclass(frozen=True)
class Table:
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()

    def content(self) -> dict[str, Any]:
        """`wide` marks columns of sentences: they get more room and begin at the left."""
        columns = zip(*self.rows, strict=True) if self.rows else ([] for _head in self.columns)
        longest = [max(map(len, cells), default=0) for cells in columns]
        return {
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "wide": ["wide" if length > SENTENCE else "" for length in longest],
        }


@dataclass(frozen=True)
class Bars:
    """Bars that lie: a name, a length, and the words after it. None is drawn as a dash."""

    title: str = ""
    names: Sequence[str] = ()
    values: Sequence[float | None] = ()
    unit: str = ""

    def content(self) -> dict[str, Any]:
        labels = [_label(value, self.unit) for value in self.values]
        whole = self._whole()
        return {
            "title": self.title,
            "names": list(self.names),
            "shares": [f"{100 * (value or 0) / whole:.2f}" for value in self.values],
            "labels": labels,
            # What somebody hears who cannot see the picture.
            "words": "；".join(f"{n} {label}" for n, label in zip(self.names, labels, strict=True)),
        }

    def _whole(self) -> float:
        """A share is drawn against one hundred, a number against the largest."""
        largest = max((value or 0 for value in self.values), default=0)
        return 100 if self.unit == "%" else largest or 1


@dataclass(frozen=True)
class Section:
    heading: str
    paragraphs: Sequence[str] = ()
    table: Table = Table()
    chart: Bars = Bars()

    def content(self) -> dict[str, Any]:
        return {
            "heading": self.heading,
            "paragraphs": lines_of(self.paragraphs),
            "table": self.table.content(),
            "chart": self.chart.content(),
        }


@dataclass(frozen=True, kw_only=True)
class Report(PlainLetter):
    """A letter whose sections carry tables and charts."""

    sections: Sequence[Section] = ()
    closing: str = ""  # so that the signature never stands on a page of its own

    def content(self) -> dict[str, Any]:
        sections = [each.content() for each in self.sections]
        return super().content() | {"sections": sections, "closing": self.closing}

    def docx(self) -> bytes:
        # As in letters.py: most processes write none.
        from huiyin.kernel.documents import word  # noqa: PLC0415

        content = self.content()
        pictures = [_picture(section["chart"]) for section in content["sections"]]
        return word.docx("letter.docx", content, pictures=pictures)


def _picture(chart: dict[str, Any]) -> bytes | None:
    return printing.png("chart.typ", {"chart": chart}) if chart["names"] else None


def _label(value: float | None, unit: str) -> str:
    return "—" if value is None else f"{value:,.1f}".removesuffix(".0") + unit
