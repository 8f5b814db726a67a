"""Wrong registrations (错): every kind that the lists given can decide, into the table `wrong_findings`."""

import datetime as dt
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Final, Protocol

from huiyin.screening import kinds
from huiyin.screening.engines import Engine
from huiyin.screening.wrong import (
    absent,
    findings,
    groups,
    matching,
    names,
    numbers,
    registry,
    standing,
)
from huiyin.screening.wrong.values import forget

FINDINGS: Final = "wrong_findings"
LEFT_OVER: Final = (
    "unknown_numbers", "register_numbers", "leavers", "special_staff", "listed_people",
    "unknown_areas", "unlisted_areas", "registered_people",
)  # fmt: skip


class Settings(Protocol):
    """What the checks ask of the settings of a screening."""

    @property
    def election_day(self) -> dt.date: ...

    @property
    def birthday_counts(self) -> bool:
        """Whether the eighteenth birthday on election day itself makes a voter."""


@dataclass(frozen=True)
class Given:
    """The lists of this screening, and the registrations' columns that some file has."""

    lists: Set[str]
    filled: Set[str]

    def __contains__(self, listed: str) -> bool:
        return listed in self.lists

    def checked(self, *codes: str) -> bool:
        return any(kinds.is_checked(code, self.lists, self.filled) for code in codes)


def check(
    engine: Engine, given: Set[str], settings: Settings, absent: Set[str] = frozenset()
) -> None:
    """All wrong registrations, and those missing that only these lists tell of.

    `absent` are the columns that no file of the registrations has: what needs them is not checked.
    Needs the table of every list given, and `missing` where there is a population register.
    """
    there = Given(given | {"registrations"}, kinds.COLUMNS.keys() - absent)
    findings.begin(engine)
    _numbers(engine, there, settings)
    _names(engine, there)
    _lists(engine, there, settings.election_day)
    _groups(engine, there)
    _absent(engine, there, settings)
    findings.finish(engine, FINDINGS)
    engine.drop(*(table for table in LEFT_OVER if engine.has(table)))
    forget(engine, "document_kind", "unit")


def _numbers(engine: Engine, given: Given, settings: Settings) -> None:
    if given.checked("E01"):
        numbers.check_form(engine)
        numbers.check_area(engine)
        numbers.check_birth_in_number(engine, settings.election_day)
    if given.checked("E07"):
        numbers.check_births(engine)
    if given.checked("E08"):
        numbers.check_sexes(engine)
    numbers.check_ages(engine, settings.election_day, birthday_counts=settings.birthday_counts)


def _names(engine: Engine, given: Given) -> None:
    if not given.checked("E11"):
        return
    registered = "population" in given
    names.check_spelling(engine)
    names.check_cuts(engine, has_population=registered)
    if given.checked("E14"):
        names.compare_registrations(engine, has_population=registered)
        if registered:
            names.compare_with_population(engine)
            registry.check(engine)
            names.compare_by_household(engine)


def _lists(engine: Engine, given: Given, election_day: dt.date) -> None:
    standing.find_again(engine, given.lists)
    by_list: dict[str, Callable[[Engine, dt.date], None]] = {
        "deceased": standing.check_deceased,
        "deprived": standing.check_deprived,
        "custody": standing.check_custody,
        "moved": standing.check_moved,
    }
    for listed, check_list in by_list.items():
        if listed in given:
            check_list(engine, election_day)
    if "population" in given:
        standing.check_population(engine, election_day, has_moves="moved" in given)
    if "staff" in given:
        standing.check_staff(engine, has_constituencies=given.checked("E28"))
    standing.check_documents(engine)


def _groups(engine: Engine, given: Given) -> None:
    checks = {
        "E51": groups.check_seats,
        "E53": groups.check_ratios,
        "E50": groups.check_limits,
        "E55": groups.check_phones,
        "E56": groups.check_birthdays,
        "E57": groups.check_copies,
    }
    for code, check_group in checks.items():
        if given.checked(code):
            check_group(engine)


def _absent(engine: Engine, given: Given, settings: Settings) -> None:
    if engine.has(matching.LISTED):
        absent.find_registered(engine)
    if "certificates" in given:
        absent.check_certificates(engine, settings.election_day)
    if "moved" in given:
        absent.check_moves(engine, settings.election_day)
    if "deprived" in given:
        absent.check_sentenced(
            engine, settings.election_day, birthday_counts=settings.birthday_counts
        )
    if "custody" in given:
        absent.check_custody(engine)
    if "permits" in given:
        absent.check_permits(engine, has_certificates="certificates" in given)
    if given.checked("E54") and engine.has("missing"):
        absent.check_children(engine)
