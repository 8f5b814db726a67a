"""Queries whose SQL is written once and asked often.

Django writes the SQL of a queryset anew each time, which costs a page more than its rows do.
Keep a statement in a cache whose key holds everything the queryset was made from, above all
who asks: then it cannot answer one person with another's rows.
"""

from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


class Statement(NamedTuple):
    """SQL and the values of its places; no SQL at all where the queryset cannot hold a row."""

    sql: str
    values: tuple[Any, ...]


def statement(queryset: QuerySet[Any, Any]) -> Statement:
    """What the queryset would ask. Take plain columns: the answer comes as the driver reads it."""
    try:
        return Statement(*queryset.query.sql_with_params())
    except EmptyResultSet:
        return Statement("", ())


def counting(queryset: QuerySet[Any, Any]) -> Statement:
    """How many rows the queryset has; give it unordered, sliced where a limit is wanted."""
    asked = statement(queryset.values("pk"))
    if not asked.sql:
        return asked
    counted = f"SELECT COUNT(*) FROM ({asked.sql}) AS counted"  # noqa: S608  Django's own SQL
    return Statement(counted, asked.values)


def rows(asked: Statement) -> list[tuple[Any, ...]]:
    if not asked.sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.values)
        return list(cursor.fetchall())


def number(asked: Statement) -> int:
    """The one number that a counting statement answers."""
    return int(rows(asked)[0][0]) if asked.sql else 0
