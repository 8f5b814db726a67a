"""Which column of a stranger's file is which of our fields."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huiyin.kernel.spreadsheets.tables import Row


@dataclass(frozen=True)
class Columns:
    index: dict[str, int]  # field -> position
    missing: tuple[str, ...]  # fields without a column
    unknown: tuple[str, ...]  # headers nobody asked for

    def value(self, row: Row, field: str) -> str:
        at = self.index.get(field)
        return row.cells[at] if at is not None else ""


def map_columns(
    headers: Iterable[str],
    fields: Mapping[str, Iterable[str]],
    mapping: Mapping[str, str] | None = None,
) -> Columns:
    """By the choices of a person (field -> header, "" for none) first, by synonyms for the rest."""
    headers = tuple(headers)
    places = _places(headers)
    index: dict[str, int] = {}
    for field, synonyms in fields.items():
        names = [mapping[field]] if mapping and field in mapping else [field, *synonyms]
        at = next((places[plain(name)] for name in names if plain(name) in places), None)
        if at is not None and at not in index.values():
            index[field] = at
    return Columns(
        index,
        missing=tuple(field for field in fields if field not in index),
        unknown=tuple(name for at, name in enumerate(headers) if name and at not in index.values()),
    )


def _places(headers: tuple[str, ...]) -> dict[str, int]:
    """The first of two equal headers counts."""
    places: dict[str, int] = {}
    for at, name in enumerate(headers):
        if plain(name):
            places.setdefault(plain(name), at)
    return places


def plain(header: str) -> str:
    """*手机号码 (必填): and 手机 号码 are the same header."""
    text = unicodedata.normalize("NFKC", header).lower()
    return re.sub(r"\([^)]*\)|[\s*:_\-]", "", text)
