"""The plumbing of every list: one page of rows, a sort from a whitelist, a bounded count."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count, F, QuerySet, Window
from django.db.models.expressions import Expression, OrderBy
from django.forms import BaseForm
from django.http import HttpRequest  # noqa: TID251  a list is read from its address

MOST_COUNTED = 10_000
FORMATS = ("xlsx", "csv")
LONGEST_NUMBER = 18  # digits: what fits into the database's keys, whatever they are

Order = str | F | Expression
Sorts = Mapping[str, Order | Sequence[Order]]


class Paged:
    """One page of a list: where it stands, how it is sorted. Whoever makes it knows count and rows.

    `sorts` names what a reader may sort by; the first one is the default unless `default` says
    another; `?sort=-due` turns it round.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        sorts: Collection[str],
        default: str = "",
        per_page: int = 25,
        most_counted: int = MOST_COUNTED,
    ) -> None:
        self.request = request
        self.per_page = per_page
        self.most_counted = most_counted
        self.sort, self.descending = _wanted_sort(request, sorts, default)
        falls = isinstance(sorts, Mapping) and _falls(sorts[self.sort])
        self.is_falling = falls != self.descending  # the largest or newest on top

    @cached_property
    def counted(self) -> int:
        """How many rows there are, counting no further than one past the limit."""
        raise NotImplementedError

    @cached_property
    def rows(self) -> Sequence[Any]:
        raise NotImplementedError

    @property
    def start(self) -> int:
        """How many rows stand on the pages before."""
        return (self.number - 1) * self.per_page

    @cached_property
    def kept_query(self) -> str:
        """The address's other questions, ready to have a sort added."""
        query = self.request.GET.copy()
        for name in ("page", "sort"):
            query.pop(name, None)
        return f"{query.urlencode()}&" if query else ""

    @property
    def is_capped(self) -> bool:
        return self.counted > self.most_counted

    @property
    def count(self) -> int:
        return min(self.counted, self.most_counted)

    @property
    def count_label(self) -> str:
        return f"{self.count:,}+" if self.is_capped else f"{self.count:,}"

    @property
    def last(self) -> int:
        return max(1, -(-self.count // self.per_page))

    @property
    def asked(self) -> int:
        """The page the address asks for, whether there is one or not."""
        return max(1, number_of(self.request.GET.get("page", "")) or 1)

    @cached_property
    def number(self) -> int:
        """The page asked for, or the nearest one there is."""
        return min(self.asked, self.last)

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def numbers(self) -> list[int | None]:
        """Page numbers for the pager: the ends, the neighbours, None for a gap."""
        near = {1, self.last, *range(self.number - 1, self.number + 2)}
        shown = sorted(number for number in near if 1 <= number <= self.last)
        numbers: list[int | None] = []
        for number in shown:
            if numbers and number - (numbers[-1] or 0) > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers

    @property
    def format(self) -> str:
        """The spreadsheet asked for instead of the page: "xlsx", "csv" or ""."""
        wanted = self.request.GET.get("format", "")
        return wanted if wanted in FORMATS else ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return self.counted > 0


class ListPage(Paged):
    """A page of a queryset: costs one query for its rows and one capped count.

    `sorts` maps names to orders: `{"due": "clock__due_on", "number": ("session", "number")}`.
    """

    def __init__(
        self, request: HttpRequest, queryset: QuerySet[Any], *, sorts: Sorts, **more: Any
    ) -> None:
        super().__init__(request, sorts=sorts, **more)
        self.queryset = queryset.order_by(*order(sorts[self.sort], self.descending), "pk")

    @cached_property
    def counted(self) -> int:
        """How many rows there are, counting no further than one past the limit."""
        return self.queryset.order_by().values("pk")[: self.most_counted + 1].count()

    @cached_property
    def rows(self) -> Sequence[Any]:
        if not self.counted:
            return []
        # First which rows, from narrow columns an index has, then the rows: sorting whole rows
        # of a table with long texts costs a hundred times as much.
        picked = self.queryset.values("pk")[self.start : self.start + self.per_page]
        return list(self.queryset.filter(pk__in=picked))


class ShortListPage(ListPage):
    """A page of a list short enough to be counted whole: one query for rows and count."""

    @cached_property
    def counted(self) -> int:
        if self._asked_rows or self.asked == 1:
            return self._asked_rows[0].n_all if self._asked_rows else 0
        return super().counted

    @cached_property
    def rows(self) -> Sequence[Any]:
        return self._asked_rows or super().rows

    @cached_property
    def _asked_rows(self) -> list[Any]:
        start = (self.asked - 1) * self.per_page
        counted = self.queryset.annotate(n_all=Window(Count("*")))
        return list(counted[start : start + self.per_page])


def turn(page: Paged, name: str) -> tuple[str, str]:
    """The address that sorts by this, turned round if it sorts already, and the arrow it shows."""
    current = page.sort == name
    turned = f"-{name}" if current and not page.descending else name
    arrow = ("↓" if page.is_falling else "↑") if current else ""
    return f"?{page.kept_query}sort={turned}", arrow


def number_of(text: str) -> int | None:
    """The number an address or a form names, of a page, a year or a row; None where it is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None


def ticked(keys: Sequence[str], *, most: int) -> list[int]:
    """The keys of the rows that were ticked, `most` of them at the most."""
    return [key for key in map(number_of, keys[:most]) if key is not None]


def narrowing(query: str) -> str:
    """What of an address narrows and orders a list: no empty fields, no page, no file."""
    pairs = parse_qsl(query.removeprefix("?"))
    return urlencode([(name, value) for name, value in pairs if name not in {"page", "format"}])


def chosen(form: BaseForm) -> dict[str, Any]:
    """What a filter form was filled in with; a field with an error counts as empty."""
    form.is_valid()
    given = form.cleaned_data.items()
    return {name: value for name, value in given if value or (value == 0 and value is not False)}


def _wanted_sort(request: HttpRequest, sorts: Collection[str], default: str) -> tuple[str, bool]:
    wanted = request.GET.get("sort", "")
    if wanted.removeprefix("-") not in sorts:
        wanted = default or next(iter(sorts))
    return wanted.removeprefix("-"), wanted.startswith("-")


def _falls(columns: Order | Sequence[Order]) -> bool:
    """Whether the first column is sorted from the top down."""
    first = columns if isinstance(columns, (str, F, Expression)) else columns[0]
    if isinstance(first, str):
        return first.startswith("-")
    return isinstance(first, OrderBy) and first.descending


def order(columns: Order | Sequence[Order], descending: bool) -> list[OrderBy]:
    """The columns of a sort as `order_by` takes them."""
    if isinstance(columns, (str, F, Expression)):
        columns = [columns]
    return [_turned(column, descending) for column in columns]


def _turned(column: Order, descending: bool) -> OrderBy:
    """The column in its own direction, turned round when the reader asked for it."""
    if isinstance(column, str):
        column = F(column[1:]).desc() if column.startswith("-") else F(column)
    order = column.copy() if isinstance(column, OrderBy) else OrderBy(column)
    if descending:
        order.reverse_ordering()
    return order
