"""Handling units in from a spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from huiyin.congress.choices import UnitKind
from huiyin.congress.models import Congress, Unit
from huiyin.kernel import identity, spreadsheets
from huiyin.kernel.imports import Plan, RowReader
from huiyin.kernel.spreadsheets import Row
from huiyin.kernel.trail import HasActor
from huiyin.kernel.workflow import NotPossible

FIELDS = {
    "name": {"名称", "单位名称", "单位", "承办单位"},
    "short_name": {"简称", "单位简称"},
    "kind": {"性质", "单位性质", "类别", "类型"},
    "document_prefix": {"机关代字", "代字", "发文代字"},
}
LABELS = {
    "name": _lazy("名称"),
    "short_name": _lazy("简称"),
    "kind": _lazy("性质"),
    "document_prefix": _lazy("机关代字"),
}
REQUIRED = ("name",)


@dataclass(frozen=True)
class NewUnit:
    name: str
    short_name: str
    kind: str
    document_prefix: str


def read_units(
    content: bytes, filename: str, *, congress: Congress, mapping: Mapping[str, str] | None = None
) -> Plan[NewUnit]:
    """What the file says and what is wrong with it; nothing is written."""
    table = spreadsheets.read(content, filename)
    columns = spreadsheets.map_columns(table.headers, FIELDS, mapping)
    reader = RowReader(table, columns)
    known = set(congress.units.values_list("name", flat=True))
    kinds = {str(label): value for value, label in UnitKind.choices}
    units = [_unit(reader, row, kinds, known) for row in table.rows]
    reader.twice(((row, unit.name) for row, unit in zip(table.rows, units, strict=True)), "name")
    good = [u for row, u in zip(table.rows, units, strict=True) if reader.is_good(row)]
    return Plan(table, columns, good, reader.problems)


@transaction.atomic
def open_all(plan: Plan[NewUnit], *, congress: Congress, by: HasActor) -> int:
    if not plan.is_clean:
        raise NotPossible(_("表里还有问题，一行也没有导入。"))
    units = [
        Unit(
            congress=congress,
            name=unit.name,
            short_name=unit.short_name or unit.name[:20],
            kind=unit.kind,
            document_prefix=unit.document_prefix,
            sort_key=identity.sort_key(unit.name),
        )
        for unit in plan.items
    ]
    return len(Unit.objects.bulk_create(units))


def _unit(reader: RowReader, row: Row, kinds: Mapping[str, str], known: set[str]) -> NewUnit:
    unit = NewUnit(
        name=reader.text(row, "name", longest=60, required=True),
        short_name=reader.text(row, "short_name", longest=20),
        kind=reader.choice(row, "kind", kinds, UnitKind.DEPARTMENT),
        document_prefix=reader.text(row, "document_prefix", longest=12),
    )
    if unit.name in known:
        reader.wrong(row, "name", "已经有了", "is already there")
    return unit
