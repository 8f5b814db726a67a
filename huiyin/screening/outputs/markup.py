"""Pieces of the report: words in two languages, tables, and bar charts as drawings that need no program."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

BAR: Final = 26  # units of the drawing; one unit is a pixel at full width
STEP: Final = 44
WIDTH: Final = 360  # as wide as a phone, so that the words are as large there as the text
LONGEST_LABEL: Final = 24  # characters; the table has the whole
ROOM_FOR_NUMBER: Final = 80


def both(zh: str, en: str) -> str:
    return f'{escape(zh)} <span lang="en">{escape(en)}</span>'


def heading(level: int, zh: str, en: str, anchor: str = "") -> str:
    mark = f' id="{anchor}"' if anchor else ""
    return f"<h{level}{mark}>{both(zh, en)}</h{level}>"


def number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


@dataclass(frozen=True)
class Head:
    """A column's heading; numbers stand to the right."""

    zh: str
    en: str
    numeric: bool = False


def table(caption: tuple[str, str], heads: Sequence[Head], rows: Iterable[Sequence[str]]) -> str:
    """Cells are markup already; the first one heads its row. On a phone each row becomes a card."""
    top = "".join(f'<th scope="col"{_kind(head)}>{both(head.zh, head.en)}</th>' for head in heads)
    body = "".join(f"<tr>{_row(heads, row)}</tr>" for row in rows)
    label = escape(caption[0])
    return (
        f'<div class="table cards" role="region" tabindex="0" aria-label="{label}"><table><caption>{both(*caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(heads: Sequence[Head], row: Sequence[str]) -> str:
    first, *rest = zip(heads, row, strict=True)
    cells = "".join(
        f'<td{_kind(head)} data-label="{escape(head.zh)}">{cell}</td>' for head, cell in rest
    )
    return f'<th scope="row">{first[1]}</th>{cells}'


def _kind(head: Head) -> str:
    return ' class="number"' if head.numeric else ""


def folded(zh: str, en: str, content: str) -> str:
    return f"<details><summary>{both(zh, en)}</summary>{content}</details>"


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    shown: str
    colour: str


def bars(title: tuple[str, str], entries: Sequence[Bar], as_table: str) -> str:
    """Horizontal bars, each label above its bar so that it is read on a phone too; the table behind it."""
    most = max((entry.value for entry in entries), default=0) or 1
    drawn = "".join(_bar(entry, at * STEP, most) for at, entry in enumerate(entries))
    height = max(1, len(entries)) * STEP
    words = "；".join(f"{entry.label} {entry.shown}" for entry in entries)
    drawing = f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(f"{title[0]}：{words}")}">{drawn}</svg>'
    return f"<figure><figcaption>{both(*title)}</figcaption>{drawing}{folded('以表格查看', 'As a table', as_table)}</figure>"


def _bar(entry: Bar, top: int, most: float) -> str:
    length = max(2, round((WIDTH - ROOM_FOR_NUMBER) * entry.value / most))
    return (
        f'<text x="0" y="{top + 14}">{escape(_short(entry.label))}</text>'
        f'<rect x="0" y="{top + 19}" width="{length}" height="{BAR - 8}" fill="{entry.colour}"/>'
        f'<text x="{length + 6}" y="{top + 34}">{escape(entry.shown)}</text>'
    )


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
