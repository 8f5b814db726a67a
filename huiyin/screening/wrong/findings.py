"""Turns a rule — where to look, when, and what to say — into rows of the table of findings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from json.encoder import encode_basestring
from typing import Final

import pyarrow as pa

from huiyin.screening import kinds
from huiyin.screening.engines import Engine

SEPARATOR: Final = "\x1f"  # ASCII's own unit separator; cells are cleaned of it
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
DRAFT_SCHEMA: Final = pa.schema(
    [*list(SCHEMA)[:-1], pa.field("seen_names", pa.string()), pa.field("seen", pa.string())]
)


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
    engine.register(DRAFT, DRAFT_SCHEMA.empty_table())


def add(engine: Engine, rule: Rule) -> None:
    engine.execute(f"INSERT INTO {DRAFT} {select(rule)}")


def finish(engine: Engine, into: str) -> None:
    """The drafts as findings, each kind once for a row, what was seen as JSON beside it."""
    columns = ", ".join(DRAFT_SCHEMA.names)
    once = (
        f"SELECT {columns} FROM (SELECT *, row_number() OVER (PARTITION BY list, record_id, code, group_key, category "
        f"ORDER BY severity, explanation_zh) AS place FROM {DRAFT}) AS drafts WHERE place = 1"
    )
    engine.map_batches(once, _with_evidence, SCHEMA, into)
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
        text(SEPARATOR.join(values)),
        joined(list(values.values())),
    )
    return f"SELECT {', '.join(columns)} FROM {rule.source} WHERE {rule.where}"


# Pieces of SQL -----------------------------------------------------------------------------------


def text(constant: str) -> str:
    """A text as SQL writes it; what people typed never comes this way."""
    return "'" + constant.replace("'", "''") + "'"


def shown(sql: str) -> str:
    return f"replace(coalesce(CAST({sql} AS VARCHAR), ''), {text(SEPARATOR)}, ' ')"


def sentence(template: str, values: Mapping[str, str]) -> str:
    """`第18位应为{expected}` as an expression that puts the pieces together."""
    pieces = PLACEHOLDER.split(template)
    parts = [text(piece) if at % 2 == 0 else values[piece] for at, piece in enumerate(pieces)]
    return joined([part for part in parts if part != "''"], "")


def joined(parts: list[str], separator: str = SEPARATOR) -> str:
    between = f" || {text(separator)} || " if separator else " || "
    return between.join(parts) or "''"


def masked(number: str) -> str:
    """As kernel.identity.mask_number does it: four in front, two behind, at least four hidden."""
    return (
        f"CASE WHEN length({number}) >= 10 THEN substr({number}, 1, 4) || "
        f"repeat('*', length({number}) - 6) || substr({number}, length({number}) - 1, 2) "
        f"WHEN {number} IS NULL THEN '' ELSE '****' END"
    )


def masked_phone(phone: str) -> str:
    return (
        f"CASE WHEN length({phone}) >= 11 THEN substr({phone}, 1, 3) || "
        f"repeat('*', length({phone}) - 7) || substr({phone}, length({phone}) - 3, 4) "
        f"ELSE '****' END"
    )


def day(sql: str) -> str:
    return f"CAST({sql} AS VARCHAR)"


# Evidence ----------------------------------------------------------------------------------------


def _with_evidence(batch: pa.RecordBatch) -> pa.RecordBatch:
    names, values = batch["seen_names"].to_pylist(), batch["seen"].to_pylist()
    evidence = [_json(*pair) for pair in zip(names, values, strict=True)]
    return pa.RecordBatch.from_arrays(
        [*batch.columns[:-2], pa.array(evidence, pa.string())], schema=SCHEMA
    )


def _json(names: str, values: str) -> str:
    """An object of texts, put together by hand: a hundred thousand of them are written."""
    pairs = zip(_keys(names), values.split(SEPARATOR), strict=False)
    seen = ", ".join([key + encode_basestring(value) for key, value in pairs if key and value])
    return f"{{{seen}}}"


@cache
def _keys(names: str) -> list[str]:
    """`"name": ` of each; empty for pieces of the sentences, which are not what was seen."""
    shown_only = ("zh", "en")
    return ["" if name.endswith(shown_only) else f'"{name}": ' for name in names.split(SEPARATOR)]
