"""The search column of a table: how an action writes it and how a list asks it."""

from collections.abc import Sequence
from typing import Any, Literal, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, Lookup, Model, Q, QuerySet, TextField, Value
from django.db.models.sql.compiler import SQLCompiler

from huiyin.kernel import search

Row = TypeVar("Row", bound=Model)


class TokenVector(Func):
    """Built past PostgreSQL's own parser, whose idea of a letter depends on the server's locale."""

    function = "array_to_tsvector"
    output_field = SearchVectorField()


class TokenQuery(Func):
    """Cast, not parsed, for the same reason."""

    template = "%(expressions)s::tsquery"
    output_field = TextField()


@SearchVectorField.register_lookup
class MatchesTokens(Lookup):
    """search__matches=TokenQuery(Value("'路灯' & '福利'"))"""

    lookup_name = "matches"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} @@ {right}", (*left_values, *right_values)


def vector(*texts: str) -> TokenVector:
    """item.search = vector(item.title, item.text); item.save(update_fields=["search", …])"""
    words = search.tokens(*texts)
    return TokenVector(Value(words, output_field=ArrayField(TextField())))


def matching(
    queryset: QuerySet[Row],
    typed: str,
    *,
    vector_field: str = "search",
    recheck_fields: Sequence[str] = (),
    empty: Literal["all", "none"] = "all",
) -> QuerySet[Row]:
    """The rows that hold all words typed; long runs of characters are looked for again as they stand."""
    asked = search.query(typed)
    if not asked:
        return queryset if empty == "all" else queryset.none()
    found = queryset.filter(**{f"{vector_field}__matches": TokenQuery(Value(asked))})
    for phrase in search.phrases(typed) if recheck_fields else ():
        found = found.filter(_in_any(recheck_fields, phrase))
    return found


def _in_any(fields: Sequence[str], phrase: str) -> Q:
    condition: Any = Q()
    for name in fields:
        condition |= Q(**{f"{name}__icontains": phrase})
    return condition
