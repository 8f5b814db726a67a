"""Turns a rule — where to look, when, and what to say — into rows of the table of findings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from huiyin.screening import kinds
from huiyin.screening.engines import Engine

CONTROLS: Final = "[\\x00-\\x1f]"  # characters that JSON does not hold as they are
DRAFT: Final = "wrong_drafts"
PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
SCHEMA: Final = pa.schema(
    [
        (name, pa.string())
        for name in (
            "list", "record_id", "code", "category", "severity", "group_key",
            "explanation_zh", "explanation_en", "evidence",
        )
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One way a row can be wrong, in SQL.

    `source` is a table or subquery in parentheses, `values` names what the two sentences and the
    evidence show: `{number}` in a sentence is the SQL of that name. `key` is the row's id, or NULL
    where a whole group is meant, which `group` then names.
    """

    code: str
    source: str
    where: str
    zh: str
    en: str
    values: Mapping[str, str] = field(default_factory=dict)
    listed: str = "registrations"
    key: str = "record_id"
    group: str = "NULL"
    severity: str = ""
    category: str = ""


def begin(engine: Engine) -> None:
    engine.register(DRAFT, SCHEMA.empty_table())


def add(engine: Engine, rule: Rule) -> None:
    engine.execute(f"INSERT INTO {DRAFT} {select(rule)}")


def finish(engine: Engine, into: str) -> None:
    """The drafts as findings, each kind once for a row."""
    columns = ", ".join(SCHEMA.names)
    once = (
        f"SELECT {columns} FROM (SELECT *, row_number() OVER (PARTITION BY list, record_id, code, group_key, category "
        f"ORDER BY severity, explanation_zh) AS place FROM {DRAFT}) AS drafts WHERE place = 1"
    )
    engine.create(into, once)
    engine.drop(DRAFT)


def select(rule: Rule) -> str:
    kind = kinds.BY_CODE[rule.code]
    values = {name: shown(sql) for name, sql in rule.values.items()}
    columns = (
        text(rule.listed),
        f"CAST({rule.key} AS VARCHAR)",
        text(rule.code),
        text(rule.category or kind.category),
        text(rule.severity or kind.severity),
        f"CAST({rule.group} AS VARCHAR)",
        sentence(rule.zh, values),
        sentence(rule.en, values),
        evidence(values),
    )
    return f"SELECT {', '.join(columns)} FROM {rule.source} WHERE {rule.where}"


# Pieces of SQL -----------------------------------------------------------------------------------


def text(constant: str) -> str:
    """A text as SQL writes it; what people typed never comes this way."""
    return "'" + constant.replace("'", "''") + "'"


def shown(sql: str) -> str:
    return f"coalesce(CAST({sql} AS VARCHAR), '')"


def sentence(template: str, values: Mapping[str, str]) -> str:
    """`第18位应为{expected}` as an expression that puts the pieces together."""
    pieces = PLACEHOLDER.split(template)
    parts = [text(piece) if at % 2 == 0 else values[piece] for at, piece in enumerate(pieces)]
    return " || ".join(part for part in parts if part != "''") or "''"


def evidence(values: Mapping[str, str]) -> str:
    """What was seen as JSON; pieces of the sentences (…zh, …en) are none, and blanks say nothing."""
    pairs = []
    for name, sql in values.items():
        if not name.endswith(("zh", "en")):
            key = text(f', "{name}": "')
            pairs.append(f"CASE WHEN {sql} = '' THEN '' ELSE {key} || {quoted(sql)} || '\"' END")
    return f"'{{' || substr({' || '.join(pairs) or text('')}, 3) || '}}'"


def quoted(sql: str) -> str:
    """As JSON writes a text between its quotes; a control character, which nobody typed, as a space."""
    plain = (
        f"CASE WHEN regexp_matches({sql}, '{CONTROLS}') "
        f"THEN regexp_replace({sql}, '{CONTROLS}', ' ', 'g') ELSE {sql} END"
    )
    return f"""replace(replace({plain}, '\\', '\\\\'), '"', '\\"')"""


def masked(number: str) -> str:
    """As kernel.identity.mask_number does it: four in front, two behind, at least four hidden."""
    return (
        f"CASE WHEN length({number}) >= 10 THEN substr({number}, 1, 4) || "
        f"repeat('*', length({number}) - 6) || substr({number}, length({number}) - 1, 2) "
        f"WHEN {number} IS NULL THEN '—' ELSE '****' END"
    )


def masked_phone(phone: str) -> str:
    return (
        f"CASE WHEN length({phone}) >= 11 THEN substr({phone}, 1, 3) || "
        f"repeat('*', length({phone}) - 7) || substr({phone}, length({phone}) - 3, 4) "
        f"ELSE '****' END"
    )


def day(sql: str) -> str:
    return f"CAST({sql} AS VARCHAR)"
