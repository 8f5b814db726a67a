"""People of another list found again among the registrations: by number, else by name, birth and something more."""

from typing import Final

from huiyin.screening.engines import Engine

BIRTH: Final = (
    "CASE WHEN {0}.number_problem IS NULL AND {0}.number_born IS NOT NULL THEN {0}.number_born "
    "ELSE coalesce({0}.born, {0}.number_born) END"
)
# Beside name and birth date: a second thing in common, or a number that was mistyped.
MORE_IN_COMMON: Final = (
    "(l.address_key = r.address_key OR l.phone_key = r.phone_key OR l.household_key = r.household_key "
    "OR l.unit = r.unit OR levenshtein(l.number, r.number) <= 2)"
)
SAME_SEX: Final = "coalesce(l.sex_key, l.number_sex, r.sex_key, 'x') = coalesce(r.sex_key, r.number_sex, l.sex_key, 'x')"

# Registrations with another number than the population register's, and that number.
REGISTER_NUMBERS: Final = "register_numbers"


def match(engine: Engine, listed: str, *, key: str = "record_id") -> str:
    """The table `<listed>_matches(list_id, record_id)`; its name is given back."""
    into = f"{listed}_matches"
    ways = [_by_number(listed, key), _by_person(listed, key)]
    if engine.has(REGISTER_NUMBERS):
        ways.append(_by_register(listed, key))
    engine.create(into, " UNION ".join(ways))
    return into


def _by_number(listed: str, key: str) -> str:
    """Not where a registration carries somebody else's number: neither birth nor family name agree then."""
    return (
        f"SELECT l.{key} AS list_id, r.record_id FROM {listed} AS l JOIN records AS r ON l.number = r.number "
        "WHERE length(r.number) = 18 AND (l.name_key IS NULL OR r.name_key IS NULL "
        "OR substr(l.name_key, 1, 1) = substr(r.name_key, 1, 1) OR r.born IS NULL OR r.born = r.number_born)"
    )


def _by_register(listed: str, key: str) -> str:
    """By the number that the population register has for the person registered."""
    return (
        f"SELECT l.{key} AS list_id, s.record_id FROM {listed} AS l "
        f"JOIN {REGISTER_NUMBERS} AS s ON s.registered = l.number"
    )


def _by_person(listed: str, key: str) -> str:
    """Where a number is missing, name and birth are enough if nobody else has them."""
    birth_l, birth_r = BIRTH.format("l"), BIRTH.format("r")
    return (
        "SELECT list_id, record_id FROM ("
        f"SELECT l.{key} AS list_id, r.record_id, l.number AS l_number, r.number AS r_number, r.number_problem AS r_problem, "
        f"{MORE_IN_COMMON} AS more, count(*) OVER (PARTITION BY l.{key}) AS candidates "
        f"FROM {listed} AS l JOIN records AS r ON l.name_key = r.name_key AND {birth_l} = {birth_r} "
        f"WHERE {SAME_SEX} AND (l.number IS NULL OR r.number IS NULL OR l.number <> r.number)) AS people "
        "WHERE coalesce(more, FALSE) OR (candidates = 1 AND (l_number IS NULL OR r_number IS NULL OR r_problem IS NOT NULL))"
    )
