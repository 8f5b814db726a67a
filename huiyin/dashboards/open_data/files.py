"""The files themselves, with a description any program can check them by.

Each run writes a folder of its own and the description last, so that a reader never finds half
a package. Where something was taken back since, the package is withheld until it is made anew.
"""

import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation

from huiyin.dashboards.open_data.tables import DATASETS, Dataset, Row
from huiyin.kernel import clock, spreadsheets
from huiyin.suggestions.models import Publication

FOLDER, DESCRIPTION, KEPT = "open-data", "datapackage.json", 2
TYPES = {"csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True)
class Package:
    """A finished set of files and its description (Frictionless Data Package)."""

    folder: str
    description: dict[str, Any]

    @property
    def made_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.description["created"])

    @property
    def is_withdrawn(self) -> bool:
        """Whether a copy in it was taken back or corrected after it was made."""
        changed = Publication.objects.filter(
            published_at__lte=self.made_at, updated_at__gt=self.made_at
        )
        return changed.exists()

    def resource(self, path: str) -> dict[str, Any] | None:
        return next((r for r in self.description["resources"] if r["path"] == path), None)

    def open(self, path: str) -> Any:
        return default_storage.open(f"{self.folder}/{path}", "rb")


def latest() -> Package | None:
    for name in _folders():
        path = f"{FOLDER}/{name}/{DESCRIPTION}"
        if default_storage.exists(path):
            with default_storage.open(path, "rb") as file:
                return Package(f"{FOLDER}/{name}", json.load(file))
    return None


def make() -> Package:
    """Write every table as csv and as JSON, then the description with sizes and checksums."""
    now = clock.now()
    folder = f"{FOLDER}/{now.astimezone(dt.UTC):%Y%m%dT%H%M%S%f}"
    with translation.override(settings.LANGUAGE_CODE):
        resources = [part for dataset in DATASETS for part in _write(folder, dataset)]
        description = _describe(now, resources)
    _save(f"{folder}/{DESCRIPTION}", json.dumps(description, ensure_ascii=False).encode())
    _drop_old()
    return Package(folder, description)


def make_if_needed() -> Package | None:
    """The first one, or anew where something in the last one may no longer be shown."""
    package = latest()
    return make() if package is None or package.is_withdrawn else None


def _write(folder: str, dataset: Dataset) -> list[dict[str, Any]]:
    rows = list(dataset.rows())
    contents = {"csv": _as_csv(dataset, rows), "json": _as_json(dataset, rows)}
    found = []
    for form, content in contents.items():
        path = f"{dataset.name}.{form}"
        _save(f"{folder}/{path}", content)
        found.append(_resource(dataset, path, form, content, len(rows)))
    return found


def _resource(
    dataset: Dataset, path: str, form: str, content: bytes, n_rows: int
) -> dict[str, Any]:
    fields = [
        {"name": column.name, "type": column.kind, "description": str(column.words)}
        for column in dataset.columns
    ]
    return {
        "name": path.replace(".", "-"),
        "path": path,
        "title": str(dataset.title),
        "format": form,
        "mediatype": TYPES[form],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rowcount": n_rows,
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _describe(now: dt.datetime, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "huiyin-open-data",
        "title": settings.CONGRESS_NAME,
        "homepage": f"{settings.SITE_ADDRESS.rstrip('/')}/open-data/",
        "created": now.isoformat(),
        "licenses": [
            {"name": settings.OPEN_DATA_LICENCE, "path": settings.OPEN_DATA_LICENCE_ADDRESS}
        ],
        "resources": resources,
    }


def _as_csv(dataset: Dataset, rows: Iterable[Row]) -> bytes:
    out = io.BytesIO()
    spreadsheets.write_csv(out, [column.name for column in dataset.columns], rows)
    return out.getvalue()


def _as_json(dataset: Dataset, rows: Iterable[Row]) -> bytes:
    names = [column.name for column in dataset.columns]
    facts = [dict(zip(names, row, strict=True)) for row in rows]
    return json.dumps(facts, ensure_ascii=False, default=str).encode()


def _save(path: str, content: bytes) -> None:
    default_storage.save(path, ContentFile(content))


def _folders() -> list[str]:
    """The newest first; names are moments."""
    if not default_storage.exists(FOLDER):
        return []
    return sorted(default_storage.listdir(FOLDER)[0], reverse=True)


def _drop_old() -> None:
    """A reader who began a minute ago still finds his files."""
    for name in _folders()[KEPT:]:
        for path in default_storage.listdir(f"{FOLDER}/{name}")[1]:
            default_storage.delete(f"{FOLDER}/{name}/{path}")
        default_storage.delete(f"{FOLDER}/{name}")
