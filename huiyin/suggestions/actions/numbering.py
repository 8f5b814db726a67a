"""The next number of a series, given under its row lock and never given twice."""

from typing import Any, TypeVar

from django.db.models import Model

from huiyin.congress.models import Unit
from huiyin.kernel import clock, documents
from huiyin.suggestions.calculations import motion_pattern, suggestion_number
from huiyin.suggestions.models import DocumentSeries, NumberSeries, Suggestion

Series = TypeVar("Series", NumberSeries, DocumentSeries)


def next_number(suggestion: Suggestion) -> str:
    return _numbered(suggestion, suggestion.congress.number_format, is_motion=False)


def next_motion_number(suggestion: Suggestion) -> str:
    """Motions count by themselves, and their numbers say so."""
    pattern = motion_pattern(suggestion.congress.number_format)
    return _numbered(suggestion, pattern, is_motion=True)


def _numbered(suggestion: Suggestion, pattern: str, *, is_motion: bool) -> str:
    serial = _next(
        NumberSeries,
        congress=suggestion.congress,
        term=suggestion.term,
        session=suggestion.session,
        is_between=suggestion.is_between,
        is_motion=is_motion,
    )
    return suggestion_number(
        pattern,
        term=suggestion.term.number,
        session=suggestion.session.number if suggestion.session else 0,
        serial=serial,
        is_between=suggestion.is_between,
    )


def next_document_number(unit: Unit) -> str:
    year = clock.today().year
    serial = _next(DocumentSeries, unit=unit, year=year)
    return documents.document_number(unit.document_prefix or unit.short_name, year, serial)


def _next(series: type[Series], **place: Model | int | bool | None) -> int:
    found: Any = series.objects
    row = found.select_for_update().filter(**place).first()
    if row is None:  # the first number; where two ask at once, one of them waits here
        row = found.select_for_update().get_or_create(**place)[0]
    row.last += 1
    row.save(update_fields=["last"])
    return int(row.last)
