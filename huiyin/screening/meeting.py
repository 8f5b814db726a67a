"""Rows that meet under one identity number: found once, asked by many checks."""

from typing import Final

from huiyin.screening.engines import Engine

REPEATED: Final = "repeated_numbers"
WITH_REGISTER: Final = "same_numbers"


def repeated(engine: Engine) -> str:
    """The table `repeated_numbers(number, times)`: what several registrations carry, whatever its fault."""
    if not engine.has(REPEATED):
        engine.create(
            REPEATED,
            "SELECT number, count(*) AS times FROM records WHERE number IS NOT NULL "
            "GROUP BY number HAVING count(*) > 1",
        )
    return REPEATED


def with_register(engine: Engine) -> str:
    """The table `same_numbers(n, person_n, sound, same_name, same_spelling)` of registrations and people
    of the register; `same_spelling` is NULL where one of them has no name."""
    if not engine.has(WITH_REGISTER):
        engine.create(
            WITH_REGISTER,
            "SELECT r.n, p.n AS person_n, r.number_problem IS NULL AS sound, "
            "coalesce(r.name_key = p.name_key, FALSE) AS same_name, r.name = p.name AS same_spelling "
            "FROM records AS r JOIN population AS p ON p.number = r.number",
        )
    return WITH_REGISTER
