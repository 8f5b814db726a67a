"""Columns that hold a few values again and again: each value is looked at once."""

from typing import Final

from huiyin.screening.engines import Engine

SEEN: Final = "seen_{column}"


def among(engine: Engine, column: str, where: str) -> str:
    """SQL that holds where the registration's column is one of the values with this property.

    `where` is asked of each different `value`, never NULL.
    """
    seen = SEEN.format(column=column)
    if not engine.has(seen):
        engine.create(
            seen, f"SELECT DISTINCT {column} AS value FROM records WHERE {column} IS NOT NULL"
        )
    return f"coalesce({column} IN (SELECT value FROM {seen} WHERE {where}), FALSE)"


def forget(engine: Engine, *columns: str) -> None:
    engine.drop(*(SEEN.format(column=column) for column in columns))
