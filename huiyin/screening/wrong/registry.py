"""A registration whose number is not the one the population register has for that person (P01)."""

from typing import Final

from huiyin.screening.engines import Engine
from huiyin.screening.meeting import with_register
from huiyin.screening.wrong.findings import Rule, add, masked
from huiyin.screening.wrong.matching import BIRTH, MORE_IN_COMMON, REGISTER_NUMBERS, SAME_SEX

# Without anything else in common, a name that so few have and a birth date are still one person.
FEW: Final = 3
# A good number and a home of one's own are a namesake born the same day, not a slip.
DOUBTFUL: Final = (
    "(r.number_problem IS NOT NULL OR "
    "(r.address_key IS NULL AND r.phone_key IS NULL AND r.household_key IS NULL))"
)
# Old numbers hold no century; people born in this one were given some all the same.
SAME_WITHOUT_CENTURY: Final = (
    "number_is_old AND substr(number, 1, 6) = substr(registered, 1, 6) "
    "AND substr(number, 9, 9) = substr(registered, 9, 9)"
)


def check(engine: Engine) -> None:
    engine.create(
        "unknown_numbers",
        "SELECT record_id, name, name_key, sex_key, number, number_problem, number_is_old, number_born, number_sex, born, "
        "address_key, phone_key, household_key, unit FROM records AS r WHERE r.number IS NOT NULL AND r.name_key IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {with_register(engine)} AS s WHERE s.n = r.n)",
    )
    engine.create("register_matches", _candidates())
    engine.create(
        REGISTER_NUMBERS,
        "SELECT record_id, number, number_is_old, min(registered) AS registered, min(person_id) AS person_id "
        "FROM register_matches GROUP BY record_id, number, number_is_old HAVING min(registered) = max(registered)",
    )
    add(engine, Rule(
        "P01", REGISTER_NUMBERS, f"NOT ({SAME_WITHOUT_CENTURY})",
        "登记的身份证号 {number} 与人口登记信息中此人的 {registered} 不一致",
        "The number {number} differs from {registered}, which the population register has for this person",
        {"number": masked("number"), "registered": masked("registered"), "person_id": "person_id"},
    ))  # fmt: skip
    engine.drop("register_matches")


def _candidates() -> str:
    """People of the register with this name, born when the number or the clerk says; those with more
    in common, if there are any."""
    columns = (
        "r.record_id, r.number, r.number_is_old, l.number AS registered, l.person_id, l.name_key, "
        f"coalesce({MORE_IN_COMMON}, FALSE) AS more, {SAME_SEX} AS same_sex, {DOUBTFUL} AS doubtful"
    )
    of_name = f"FROM unknown_numbers AS r JOIN population AS l ON l.name_key = r.name_key AND {BIRTH.format('l')}"
    pairs = f"SELECT {columns} {of_name} = r.born UNION SELECT {columns} {of_name} = r.number_born"
    return (
        "SELECT record_id, number, number_is_old, registered, person_id FROM ("
        "SELECT p.*, f.people, max(CASE WHEN more THEN 1 ELSE 0 END) OVER (PARTITION BY record_id) AS any_more "
        f"FROM ({pairs}) AS p "
        "JOIN (SELECT name_key, count(*) AS people FROM population WHERE name_key IN "
        "(SELECT name_key FROM unknown_numbers) GROUP BY name_key) AS f ON f.name_key = p.name_key "
        "WHERE p.registered IS NOT NULL) AS candidates "
        f"WHERE more OR (any_more = 0 AND doubtful AND same_sex AND people <= {FEW})"
    )
