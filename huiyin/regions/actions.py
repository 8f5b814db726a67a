"""Loading the divisions: the files in the repository are the truth, loading twice changes nothing."""

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from django.db import transaction

from huiyin.kernel import identity
from huiyin.regions.choices import Level
from huiyin.regions.models import Region

DIVISIONS = Path(__file__).parent / "divisions"
FILES = ("upper.csv", "lanzhou_2023.csv")

LEVELS = {level.value: level for level in Level} | {"village": Level.COMMUNITY}
# Codes that only statistics use: such a place has no congress of its own.
STATISTICAL = {"620171": "统计用代码，不是行政区划；镇的代表和选民归哪个县，由当地确认。"}
KEPT = ["name", "level", "parent", "path", "sort_key", "is_statistical", "note"]


@transaction.atomic
def load_divisions(*paths: Path) -> int:
    """Insert or renew every division of the files, from the top level down; how many there are.

    Raises ValueError when a division's parent is in no file and not in the database.
    """
    rows = [row for path in paths or default_paths() for row in _rows(path)]
    order = list(Level)
    rows.sort(key=lambda row: order.index(LEVELS[row["level"]]))
    known = {region.code: region for region in Region.objects.all()}
    for _level, group in groupby(rows, key=lambda row: row["level"]):
        loaded = Region.objects.bulk_create(
            [_region(row, known) for row in group],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=KEPT,
            batch_size=1_000,
        )
        known |= {region.code: region for region in loaded}
    return len(rows)


def default_paths() -> list[Path]:
    return [DIVISIONS / name for name in FILES]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _region(row: dict[str, str], known: dict[str, Region]) -> Region:
    code, parent_code = row["code"], row["parent_code"]
    if parent_code and parent_code not in known:
        raise ValueError(f"{code} {row['name']}: no division {parent_code} above it")
    parent = known.get(parent_code)
    return Region(
        code=code,
        name=row["name"],
        level=LEVELS[row["level"]],
        parent=parent,
        path=f"{parent.path if parent else '/'}{code}/",
        sort_key=identity.sort_key(row["name"]),
        is_statistical=code in STATISTICAL,
        note=STATISTICAL.get(code, ""),
    )
