"""Doubles and missing people as numbered kinds of error (E10, E18–E26, E34, E37, E44, P02)."""

from collections.abc import Set
from typing import Final

from huiyin.screening.engines import Engine
from huiyin.screening.meeting import repeated
from huiyin.screening.wrong.findings import Rule, add, begin, finish, masked
from huiyin.screening.wrong.standing import is_true

FINDINGS: Final = "identity_findings"
HOME: Final = "户|家|household|home"
UNIT: Final = "单位|unit|work"
SCHOOL: Final = "学校|学生|校|school"
CERTIFICATE: Final = "证明|certificate"
WHO: Final = {"name": "name", "number": masked("number")}
MISSING: Final = {
    "restored": "E37",
    "moved_in": "E34",
    "newly_18": "E10",
    "never_registered": "P02",
}


def find(engine: Engine, given: Set[str]) -> None:
    """`identity_findings`, from `pairs`, `clusters` and, with a population register, `missing`."""
    begin(engine)
    _one_number(engine)
    _pairs(engine)
    _places(engine, given)
    _certificates(engine)
    if "population" in given:
        _missing(engine)
    finish(engine, FINDINGS)


def _one_number(engine: Engine) -> None:
    """E18, E19: the whole city by number, whatever the names."""
    engine.create(
        "one_number",
        "SELECT r.number, min(m.times) AS times, count(DISTINCT coalesce(r.constituency, '')) AS places, "
        "min(r.constituency) AS first_place, max(r.constituency) AS last_place "
        f"FROM {repeated(engine)} AS m JOIN records AS r ON r.number = m.number "
        "WHERE coalesce(r.number_problem, '') <> 'length' GROUP BY r.number",
    )
    engine.create(
        "rows_of_number",
        "SELECT r.record_id, r.name, r.number, r.constituency, g.times, g.places, g.first_place, g.last_place "
        "FROM one_number g JOIN records r ON r.number = g.number",
    )
    seen = {
        **WHO,
        "times": "times",
        "first": "coalesce(first_place, '—')",
        "last": "coalesce(last_place, '—')",
    }
    add(engine, Rule(
        "E18", "rows_of_number", "places > 1",
        "“{name}”的身份证号 {number} 登记了 {times} 次，涉及“{first}”“{last}”等选区",
        "The number {number} of “{name}” is registered {times} times, in “{first}”, “{last}” and so on",
        seen,
    ))  # fmt: skip
    add(engine, Rule(
        "E19", "rows_of_number", "places = 1",
        "“{name}”的身份证号 {number} 在选区“{first}”登记了 {times} 次",
        "The number {number} of “{name}” is registered {times} times in “{first}”",
        seen,
    ))  # fmt: skip


def _pairs(engine: Engine) -> None:
    """E20, E21: suspect pairs, told of both rows."""
    engine.create(
        "told_pairs",
        "SELECT p.rule, x.record_id, x.name, x.number, y.record_id AS other, y.name AS other_name, y.number AS other_number "
        "FROM (SELECT a, b, rule FROM pairs WHERE NOT certain UNION ALL SELECT b, a, rule FROM pairs WHERE NOT certain) AS p "
        "JOIN records x ON x.record_id = p.a JOIN records y ON y.record_id = p.b",
    )
    seen = {
        **WHO, "other": "other", "other_name": "coalesce(other_name, '—')",
        "other_number": masked("other_number"),
    }  # fmt: skip
    add(engine, Rule(
        "E20", "told_pairs", "rule IN ('two_numbers', 'namesakes')",
        "“{name}”（{number}）与登记 {other} “{other_name}”（{other_number}）疑为同一人的两个号码",
        "“{name}” ({number}) and registration {other} “{other_name}” ({other_number}) may be one person's two numbers",
        seen,
    ))  # fmt: skip
    add(engine, Rule(
        "E21", "told_pairs", "rule IN ('one_number_two_names', 'one_number_two_people')",
        "身份证号 {number} 登记为“{name}”，又在登记 {other} 登记为“{other_name}”：笔误、改名或重号，须公安核定",
        "The number {number} is registered as “{name}” and in {other} as “{other_name}”: typing error, renamed, or issued twice; the police decide",
        seen,
    ))  # fmt: skip


def _places(engine: Engine, given: Set[str]) -> None:
    """E22–E24, E44: one person registered at two kinds of places."""
    kinds = ", ".join(
        f"max(CASE WHEN regexp_matches(lower(coalesce(r.place_kind, '')), '{words}') THEN 1 ELSE 0 END) AS {name}"
        for name, words in (
            ("at_school", SCHOOL), ("at_unit", UNIT), ("by_certificate", CERTIFICATE),
            ("at_home", f"^[^证明]*({HOME})[^证明]*$"),
        )
    )  # fmt: skip
    engine.create(
        "two_places",
        f"SELECT c.cluster_id, {kinds} FROM clusters c JOIN records r ON r.record_id = c.record_id GROUP BY c.cluster_id",
    )
    retired = "FALSE"
    if "staff" in given:
        retired = (
            f"EXISTS (SELECT 1 FROM staff s WHERE s.number = r.number AND {is_true('s.retired')})"
        )
    engine.create(
        "placed",
        "SELECT r.record_id, r.name, r.number, coalesce(r.place_kind, '—') AS place, c.cluster_id, "
        f"p.at_home, p.at_unit, p.at_school, p.by_certificate, {retired} AS is_retired FROM two_places p "
        "JOIN clusters c ON c.cluster_id = p.cluster_id JOIN records r ON r.record_id = c.record_id "
        "WHERE p.at_home = 1",
    )
    for code, where, zh, en in (
        ("E22", "at_unit = 1 AND NOT is_retired", "户籍地和单位", "at home and at the unit"),
        ("E23", "at_school = 1", "学校和家庭", "at school and at home"),
        ("E24", "by_certificate = 1", "凭证明的居住地和户籍地", "by certificate where they live and at home"),
        ("E44", "at_unit = 1 AND is_retired", "原单位和社区（已退休）", "at the old unit and in the community, being retired"),
    ):  # fmt: skip
        add(engine, Rule(
            code, "placed", where,
            f"“{{name}}”（{{number}}）在{zh}重复登记，本条登记地为“{{place}}”，疑点 {{cluster}}",
            f"“{{name}}” ({{number}}) is registered {en}; this row: “{{place}}”, case {{cluster}}",
            {**WHO, "place": "place", "cluster": "cluster_id"},
        ))  # fmt: skip


def _certificates(engine: Engine) -> None:
    add(engine, Rule(
        "E26",
        "(SELECT r.record_id, r.name, r.number, r.certificate_number, g.times FROM records r JOIN "
        "(SELECT certificate_number, count(*) AS times FROM records WHERE certificate_number IS NOT NULL "
        "GROUP BY certificate_number HAVING count(*) > 1) AS g ON g.certificate_number = r.certificate_number)",
        "TRUE",
        "资格证明 {certificate} 登记了 {times} 次，本条为“{name}”（{number}）",
        "The certificate {certificate} is used {times} times; this row is “{name}” ({number})",
        {**WHO, "certificate": "certificate_number", "times": "times"},
    ))  # fmt: skip


def _missing(engine: Engine) -> None:
    engine.create(
        "told_missing",
        "SELECT m.reason, p.person_id, p.name, p.number, coalesce(CAST(p.born AS VARCHAR), p.birth_date, '—') AS birth "
        "FROM missing m JOIN population p ON p.person_id = m.person_id",
    )
    for reason, code in MISSING.items():
        add(engine, Rule(
            code, "told_missing", f"reason = '{reason}'",
            "“{name}”（{number}，{birth}）应登记而不在名册",
            "“{name}” ({number}, {birth}) should be registered and is not",
            {**WHO, "birth": "birth"}, "population", "person_id",
        ))  # fmt: skip
