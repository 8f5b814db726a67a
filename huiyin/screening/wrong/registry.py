"""A registration whose number is not the one the population register has for that person (P01)."""

from typing import Final

from huiyin.screening.engines import Engine
from huiyin.screening.wrong.findings import Rule, add, masked
from huiyin.screening.wrong.matching import BIRTH, MORE_IN_COMMON, SAME_SEX

# Without anything else in common, a name that so few have and a birth date are still one person.
FEW: Final = 3


def check(engine: Engine) -> None:
    engine.create(
        "unknown_numbers",
        "SELECT * FROM records AS r WHERE r.number IS NOT NULL AND r.name_key IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM population AS p WHERE p.number = r.number)",
    )
    engine.create("register_matches", _candidates())
    add(engine, Rule(
        "P01",
        "(SELECT record_id, number, min(registered) AS registered, min(person_id) AS person_id "
        "FROM register_matches GROUP BY record_id, number HAVING min(registered) = max(registered))",
        "TRUE",
        "登记的身份证号 {number} 与人口登记信息中此人的 {registered} 不一致",
        "The number {number} differs from {registered}, which the population register has for this person",
        {"number": masked("number"), "registered": masked("registered"), "person_id": "person_id"},
    ))  # fmt: skip
    engine.drop("unknown_numbers", "register_matches")


def _candidates() -> str:
    """People of the register with this name and birth; those with more in common, if there are any."""
    birth_l, birth_r = BIRTH.format("l"), BIRTH.format("r")
    typed = f"coalesce(r.born, {birth_r})"
    return (
        "SELECT record_id, number, registered, person_id FROM ("
        "SELECT r.record_id, r.number, l.number AS registered, l.person_id, "
        f"coalesce({MORE_IN_COMMON}, FALSE) AS more, f.people, "
        f"max(CASE WHEN {MORE_IN_COMMON} THEN 1 ELSE 0 END) OVER (PARTITION BY r.record_id) AS any_more "
        f"FROM unknown_numbers AS r JOIN population AS l ON l.name_key = r.name_key AND {birth_l} = {typed} "
        "JOIN (SELECT name_key, count(*) AS people FROM population GROUP BY name_key) AS f ON f.name_key = l.name_key "
        f"WHERE l.number IS NOT NULL AND {SAME_SEX}) AS candidates "
        f"WHERE more OR (any_more = 0 AND people <= {FEW})"
    )
