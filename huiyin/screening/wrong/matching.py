"""People of other lists found again among the registrations: by number, else by name, birth and something more."""

from collections.abc import Iterable
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
LISTED: Final = "listed_people"
FOUND: Final = "listed_matches"
ASKED: Final = "name_key, number, sex_key, number_sex, address_key, phone_key, household_key, unit"
SHOWN: Final = "r.record_id, r.name, r.number, r.constituency, r.place_kind"


def match(engine: Engine, sources: Iterable[tuple[str, str]]) -> None:
    """The views `<source>_matches(list_id, …)` of several tables at once, each with its column of ids;
    beside the list's row stands the registration as `SHOWN` has it.

    All lists go through the registrations together, since each time is a walk through a whole city.
    """
    known = dict(sources)
    if not known:
        return
    engine.create(LISTED, " UNION ALL ".join(_people(*source) for source in known.items()))
    ways = [BY_NUMBER, BY_PERSON, BY_TYPED_BIRTH]
    if engine.has(REGISTER_NUMBERS):
        ways.append(BY_REGISTER)
    engine.create(FOUND, " UNION ".join(ways))
    for source in known:
        engine.view(f"{source}_matches", f"SELECT * FROM {FOUND} WHERE listed = '{source}'")


def _people(source: str, key: str) -> str:
    return (
        f"SELECT '{source}' AS listed, l.{key} AS list_id, {ASKED}, {BIRTH.format('l')} AS birth "
        f"FROM {source} AS l"
    )


# Not where a registration carries somebody else's number: neither birth nor name agree then.
BY_NUMBER: Final = (
    f"SELECT l.listed, l.list_id, {SHOWN} FROM {LISTED} AS l JOIN records AS r ON l.number = r.number "
    "WHERE length(r.number) = 18 AND (l.name_key IS NULL OR r.name_key IS NULL "
    "OR substr(l.name_key, 1, 1) = substr(r.name_key, 1, 1) OR levenshtein(l.name_key, r.name_key) = 1 "
    "OR r.born IS NULL OR r.born = r.number_born)"
)
# By the number that the population register has for the person registered.
BY_REGISTER: Final = (
    f"SELECT l.listed, l.list_id, {SHOWN} FROM {LISTED} AS l "
    f"JOIN {REGISTER_NUMBERS} AS s ON s.registered = l.number JOIN records AS r ON r.record_id = s.record_id"
)
# Where a number is missing, name and birth are enough if nobody else has them.
BY_PERSON: Final = (
    "SELECT listed, list_id, record_id, name, number, constituency, place_kind FROM ("
    f"SELECT l.listed, l.list_id, {SHOWN}, l.number AS l_number, r.number AS r_number, r.number_problem AS r_problem, "
    f"{MORE_IN_COMMON} AS more, count(*) OVER (PARTITION BY l.listed, l.list_id) AS candidates "
    f"FROM {LISTED} AS l JOIN records AS r ON l.name_key = r.name_key AND l.birth = {BIRTH.format('r')} "
    f"WHERE {SAME_SEX} AND (l.number IS NULL OR r.number IS NULL OR l.number <> r.number)) AS people "
    "WHERE coalesce(more, FALSE) OR (candidates = 1 AND (l_number IS NULL OR r_number IS NULL OR r_problem IS NOT NULL))"
)
# Who carries the number of somebody of the household is known by the birth date that was typed.
BY_TYPED_BIRTH: Final = (
    f"SELECT l.listed, l.list_id, {SHOWN} FROM {LISTED} AS l "
    "JOIN records AS r ON l.name_key = r.name_key AND l.birth = r.born "
    f"WHERE r.born <> r.number_born AND {SAME_SEX} AND coalesce({MORE_IN_COMMON}, FALSE)"
)
