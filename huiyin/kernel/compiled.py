"""Queries whose SQL is written once and asked often.

Django writes the SQL of a queryset anew each time, which costs a page more than its rows do.
Keep a statement in a cache whose key holds everything the queryset was made from, above all
who asks: then it cannot answer one person with another's rows. Only what stands in a `Place`
may be another one each time.
"""

from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError
from psycopg.sql import quote

Row = TypeVar("Row", bound=Model)


class Statement(NamedTuple):
    """SQL and the values of its places; no SQL at all where the queryset cannot hold a row."""

    sql: str
    values: tuple[Any, ...]


def statement(queryset: QuerySet[Any, Any]) -> Statement:
    """What the queryset would ask. Take plain columns: the answer comes as the driver reads it."""
    return _written(queryset.query.get_compiler(using=DEFAULT_DB_ALIAS))


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


def _written(compiler: SQLCompiler) -> Statement:
    """What the compiler writes, with the words in it as they are and places for the other values.

    PostgreSQL plans a statement once only if it can do so without its values: which of the
    indexes over some states serves, it must know beforehand.
    """
    try:
        sql, values = compiler.as_sql()
    except EmptyResultSet:
        return Statement("", ())
    connection.ensure_connection()  # it knows how a word is quoted
    first, *pieces = sql.split("%s")
    pairs = list(zip(values, pieces, strict=True))
    written = [first, *(_place_of(value) + piece for value, piece in pairs)]
    return Statement("".join(written), tuple(v for v in values if not isinstance(v, str)))


def _place_of(value: Any) -> str:
    if not isinstance(value, str):
        return "%s"
    return quote(value, connection.connection).replace("%", "%%")


class Place(Expression):
    """Where a value stands that is named later: `filter(pk=Place("pk"))`, `question.row(pk=7)`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Question(Generic[Row]):
    """A queryset of whole rows, kept: its SQL, and how its columns become rows and their relations.

    Knows `select_related`, `defer`, annotations and `select_for_update`; for what hangs on a row
    there is `attach`.
    """

    def __init__(self, queryset: QuerySet[Row]) -> None:
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.asked = _written(compiler)
        self._is_holding = queryset.query.select_for_update
        if not self.asked.sql:
            return
        told, select = compiler.klass_info or {}, compiler.select or []
        own = told["select_fields"]
        self._model = told["model"]
        self._own = slice(own[0], own[-1] + 1)
        self._names = [column.target.attname for column, *_ in select[self._own]]
        self._relations = get_related_populators(told, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs know a later Django
        self._annotations = compiler.annotation_col_map or {}
        self._converters = compiler.get_converters([column for column, *_ in select])

    def rows(self, **values: Any) -> list[Row]:
        """The rows, with these values in the places."""
        if self._is_holding and not connection.in_atomic_block:
            raise TransactionManagementError(
                "rows are held until a transaction ends: there is none"
            )
        given = (values[v.name] if isinstance(v, Place) else v for v in self.asked.values)
        found = rows(Statement(self.asked.sql, tuple(given)))
        return [self._row(self._converted(columns)) for columns in found]

    def row(self, **values: Any) -> Row | None:
        """The first row, where there is one."""
        return next(iter(self.rows(**values)), None)

    def _converted(self, columns: tuple[Any, ...]) -> list[Any]:
        """The columns as their fields read them from the driver."""
        read = list(columns)
        for place, (converters, column) in self._converters.items():
            for convert in converters:
                read[place] = convert(read[place], column, connection)
        return read

    def _row(self, columns: list[Any]) -> Row:
        row: Row = self._model.from_db(DEFAULT_DB_ALIAS, self._names, columns[self._own])
        for relation in self._relations:
            relation.populate(columns, row)
        for name, place in self._annotations.items():
            setattr(row, name, columns[place])
        return row


def attach(item: Model, name: str, rows: list[Any]) -> None:
    """Lay the rows where `item.<name>.all()` finds them, as `prefetch_related` would have."""
    manager = getattr(item, name)
    found = manager.all()
    found._result_cache, found._prefetch_done = rows, True  # noqa: SLF001  as Django's own
    kept = vars(item).setdefault("_prefetched_objects_cache", {})
    kept[manager.field.remote_field.cache_name] = found
    for row in rows:
        manager.field.set_cached_value(row, item)
