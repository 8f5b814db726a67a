"""The committee's queue as questions with their SQL kept: the page that is opened most often."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Value, When

from huiyin.congress.seats import Seats
from huiyin.kernel import compiled
from huiyin.kernel.compiled import Statement
from huiyin.rulebook.models import Clock
from huiyin.suggestions.models.queries import SuggestionQuerySet, desk_tabs, most_urgent_first
from huiyin.suggestions.models.suggestion import Suggestion
from huiyin.ui.lists import Sorts, order

KEPT = 512  # statements of each kind; what people typed into the search box counts as another one
EVERYTHING = "everything"  # no tab at all
SORTS: Sorts = {
    "due": most_urgent_first(),
    "number": "number",
    "unit": ("lead_unit__sort_key", "number"),
    "state": "state",
    "newest": "-submitted_at",
}
# The date of the clock that runs: by the join an index answers alone, and by that of a row.
IN_INDEX = F("running__due_on").asc(nulls_last=True)
IN_ROW = Case(When(clock__stopped_on=None, then="clock__due_on")).asc(nulls_last=True)
# In the order of the table, as `from_db` takes them.
CLOCK = ("started_on", "due_on", "yellow_on", "orange_on", "stopped_on", "is_void")


@dataclass(frozen=True)
class Listing:
    """Everything that decides which rows a list has and in which order. Whose seats comes first."""

    seats: Seats
    today: dt.date
    wanted: tuple[tuple[str, Any], ...] = ()
    tab: str = ""
    sort: str = "due"
    descending: bool = False


class Row(NamedTuple):
    """What one line of the list shows."""

    pk: int
    number: str
    title: str
    state: str
    round: int
    n_cosigners: int
    n_cohandlers: int
    n_opinions: int
    lead: str
    unit: str | None
    proposed_unit: str | None
    clock: Clock | None


COLUMNS = (
    *("pk", "number", "title", "state", "round", "n_cosigners", "n_cohandlers", "n_opinions"),
    *("lead__person__name", "lead_unit__name", "proposed_unit"),
    *(f"clock__{name}" for name in CLOCK),
)
N_OWN = len(COLUMNS) - len(CLOCK)


def found(listing: Listing) -> SuggestionQuerySet:
    """The rows in their order, as a queryset: what a spreadsheet is made from."""
    rows = _matching(listing.seats, listing.wanted)
    if listing.tab != EVERYTHING:
        rows = rows.in_tab(listing.tab, listing.today)
    if _is_urgent_first(listing):
        rows = rows.with_running_clock()
    return rows.order_by(*_order(listing, IN_INDEX))


def page(listing: Listing, start: int, length: int) -> list[Row]:
    """One page of the rows."""
    return [_row(values) for values in compiled.rows(_page(listing, start, length))]


def count(listing: Listing, most: int) -> int:
    """How many rows there are, counting no further than `most`."""
    return compiled.number(_count(listing, most))


def count_by_tab(listing: Listing) -> dict[str, int]:
    """How many rows each tab has, "all" those under way; in one query over these alone."""
    names = ("all", *desk_tabs(listing.today))
    found = compiled.rows(_count_by_tab(listing.seats, listing.wanted, listing.today))
    return dict(zip(names, found[0][1:] if found else [0] * len(names), strict=True))


@lru_cache(maxsize=KEPT)
def _page(listing: Listing, start: int, length: int) -> Statement:
    # First which rows, from narrow columns an index has, then what they show.
    picked = found(listing).values("pk")[start : start + length]
    rows = Suggestion.objects.filter(pk__in=picked).with_proposed_unit()
    order_of_page = _order(listing, IN_ROW)
    return compiled.statement(rows.order_by(*order_of_page).values_list(*COLUMNS))


@lru_cache(maxsize=KEPT)
def _count(listing: Listing, most: int) -> Statement:
    return compiled.counting(found(listing).order_by()[:most])


@lru_cache(maxsize=KEPT)
def _count_by_tab(seats: Seats, wanted: tuple[tuple[str, Any], ...], today: dt.date) -> Statement:
    counts = {f"n_{tab}": Count("pk", filter=q) for tab, q in desk_tabs(today).items()}
    rows = _matching(seats, wanted).unfinished().with_running_clock().order_by()
    # Grouped by a constant: one line for the whole.
    whole = rows.annotate(whole=Value(1)).values("whole").annotate(n_all=Count("pk"), **counts)
    return compiled.statement(whole.values_list("whole", "n_all", *counts))


def _matching(seats: Seats, wanted: tuple[tuple[str, Any], ...]) -> SuggestionQuerySet:
    return Suggestion.objects.visible_from(seats).matching(**dict(wanted))


def _order(listing: Listing, due: Any) -> list[Any]:
    columns = due if _is_urgent_first(listing) else SORTS[listing.sort]
    return [*order(columns, listing.descending), "pk"]


def _is_urgent_first(listing: Listing) -> bool:
    """Of what is finished no clock runs: there the date is that of the clock that was stopped."""
    return listing.sort == "due" and listing.tab not in {"done", EVERYTHING}


def _row(values: tuple[Any, ...]) -> Row:
    times = values[N_OWN:]
    has_clock = times[CLOCK.index("due_on")] is not None
    # As if read: a new one would be given the default of each other field.
    shown = (*values[:N_OWN], Clock.from_db(None, CLOCK, times) if has_clock else None)
    return Row(*shown)
