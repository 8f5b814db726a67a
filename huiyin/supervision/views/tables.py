"""One definition of a list's columns for the screen and for the spreadsheet."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.shortcuts import render
from django.utils.translation import gettext_lazy

from huiyin.supervision.templatetags.supervision import TONES
from huiyin.ui.downloads import public_spreadsheet, spreadsheet
from huiyin.ui.lists import ListPage


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. `clock` draws a clock, `tone` a coloured label."""

    text: Any
    href: str = ""
    sub: Any = ""
    tone: str = ""
    clock: Any = None


@dataclass(frozen=True)
class Column:
    """A head, how its cell is made of a row, and the name it sorts by."""

    label: Any
    cell: Callable[[Any], Any]
    sort: str = ""
    is_number: bool = False


def state_cell(row: Any) -> Cell:
    return Cell(row.get_state_display(), tone=TONES.get(row.state, "neutral"))


def due_cell(row: Any) -> Cell:
    """When the row's clock runs out, with the clock; a dash where none runs."""
    return Cell(row.clock.due_on if row.clock else "–", clock=row.clock)


STATE: Final = Column(gettext_lazy("状态"), state_cell, "state")
DUE: Final = Column(gettext_lazy("期限"), due_cell, "due")


def cells(columns: Sequence[Column], row: Any) -> list[tuple[Column, Cell]]:
    made = []
    for column in columns:
        found = column.cell(row)
        made.append((column, found if isinstance(found, Cell) else Cell(found)))
    return made


def exported(columns: Sequence[Column], rows: Iterable[Any]) -> Iterable[list[Any]]:
    for row in rows:
        yield [_plain(cell) for _column, cell in cells(columns, row)]


def list_answer(
    request: Any,
    template: str,
    page: ListPage,
    columns: Sequence[Column],
    *,
    status: int = 200,
    **context: Any,
) -> Any:
    """The list as a page, or as the file that was asked for."""
    if page.format:
        headers = [str(column.label) for column in columns]
        sheet = context["file"], headers, exported(columns, page.queryset), page.format
        is_known = request.user.is_authenticated
        return spreadsheet(*sheet) if is_known else public_spreadsheet(request, *sheet)
    table = [(row, cells(columns, row)) for row in page]
    return render(request, template, {"page": page, "columns": columns, "table": table} | context)


def _plain(cell: Cell) -> Any:
    value = cell.text
    return value if isinstance(value, (int, float)) or value is None else _typed(value)


def _typed(value: Any) -> Any:
    """Days stay days; labels become words in the reader's language."""
    return value if hasattr(value, "isoformat") else str(value)
