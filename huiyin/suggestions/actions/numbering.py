"""The next number of a series, given under its row lock and never given twice."""

from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import QuerySet

from huiyin.congress.models import Unit
from huiyin.kernel import clock, documents
from huiyin.kernel.compiled import Question
from huiyin.suggestions.calculations import motion_pattern, suggestion_number
from huiyin.suggestions.models import DocumentSeries, NumberSeries, Suggestion

KEPT = 512  # series whose question is kept
Series = TypeVar("Series", NumberSeries, DocumentSeries)


def next_number(suggestion: Suggestion) -> str:
    return _numbered(suggestion, suggestion.congress.number_format, is_motion=False)


def next_motion_number(suggestion: Suggestion) -> str:
    """Motions count by themselves, and their numbers say so."""
    pattern = motion_pattern(suggestion.congress.number_format)
    return _numbered(suggestion, pattern, is_motion=True)


def _numbered(suggestion: Suggestion, pattern: str, *, is_motion: bool) -> str:
    series = _next(
        NumberSeries,
        congress_id=suggestion.congress_id,
        term_id=suggestion.term_id,
        session_id=suggestion.session_id,
        is_between=suggestion.is_between,
        is_motion=is_motion,
    )
    return suggestion_number(
        pattern,
        term=series.term.number,
        session=series.session.number if series.session else 0,
        serial=series.last,
        is_between=suggestion.is_between,
    )


def next_document_number(unit: Unit) -> str:
    year = clock.today().year
    series = _next(DocumentSeries, unit_id=unit.pk, year=year)
    return documents.document_number(unit.document_prefix or unit.short_name, year, series.last)


def _next(kind: type[Series], **place: Any) -> Series:
    """The series with its next number, held."""
    row = _series(kind, tuple(place.items())).row()
    if row is None:  # the first number; where two ask at once, one of them waits here
        row = _held(kind).get_or_create(**place)[0]
    row.last += 1
    row.save(update_fields=["last"])
    return row


@lru_cache(maxsize=KEPT)
def _series(kind: type[Series], place: tuple[tuple[str, Any], ...]) -> Question[Series]:
    return Question(_held(kind).filter(**dict(place)))


def _held(kind: type[Series]) -> QuerySet[Series]:
    rows: Any = kind._default_manager.select_for_update(of=("self",))
    return rows.select_related("term", "session") if kind is NumberSeries else rows
