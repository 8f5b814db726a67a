"""Homes and stations in from a spreadsheet: look first, then all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from huiyin.congress.models import Congress
from huiyin.kernel import codes, identity, spreadsheets
from huiyin.kernel.imports import Plan, RowReader
from huiyin.kernel.spreadsheets import Row
from huiyin.kernel.trail import HasActor
from huiyin.kernel.workflow import NotPossible
from huiyin.regions.models import Region
from huiyin.venues.choices import Kind
from huiyin.venues.models import Venue

FIELDS = {
    "name": {"名称", "家站名称", "家站"},
    "kind": {"类型", "类别"},
    "region": {"地区代码", "区划代码", "行政区划代码"},
    "home": {"属于哪个家", "所属代表之家", "代表之家", "上级"},
    "address": {"地址", "详细地址"},
    "longitude": {"经度"},
    "latitude": {"纬度"},
    "hours": {"开放时间"},
    "telephone": {"公开电话", "联系电话", "电话"},
}
LABELS = {
    "name": _lazy("名称"),
    "kind": _lazy("类型"),
    "region": _lazy("地区代码"),
    "home": _lazy("属于哪个家"),
    "address": _lazy("地址"),
    "longitude": _lazy("经度"),
    "latitude": _lazy("纬度"),
    "hours": _lazy("开放时间"),
    "telephone": _lazy("公开电话"),
}
REQUIRED = ("name", "kind", "region")
KINDS = {"代表之家": Kind.HOME, "家": Kind.HOME, "代表工作站": Kind.STATION, "站": Kind.STATION}


@dataclass(frozen=True)
class NewVenue:
    name: str
    kind: str
    region: Region | None
    home: str
    address: str
    longitude: Decimal | None
    latitude: Decimal | None
    hours: str
    telephone: str


def read_venues(
    content: bytes, filename: str, *, congress: Congress, mapping: Mapping[str, str] | None = None
) -> Plan[NewVenue]:
    """What the file says and what is wrong with it; a home may stand in the same file."""
    table = spreadsheets.read(content, filename)
    columns = spreadsheets.map_columns(table.headers, FIELDS, mapping)
    reader = RowReader(table, columns)
    regions = {region.code: region for region in Region.objects.inside(congress.region)}
    rows = [(row, _venue(reader, row, regions)) for row in table.rows]
    reader.twice(((row, new.name) for row, new in rows), "name")
    _check_names(reader, rows, congress)
    good = [new for row, new in rows if reader.is_good(row)]
    return Plan(table, columns, good, reader.problems)


@transaction.atomic
def open_all(plan: Plan[NewVenue], *, congress: Congress, by: HasActor) -> int:
    """Homes first, so that stations find them."""
    if not plan.is_clean:
        raise NotPossible(_("表里还有问题，一行也没有导入。"))
    homes = {venue.name: venue for venue in congress.venues.filter(kind=Kind.HOME)}
    new_homes = [_built(new, congress) for new in plan.items if new.kind == Kind.HOME]
    homes |= {venue.name: venue for venue in Venue.objects.bulk_create(new_homes)}
    stations = [
        _built(new, congress, homes.get(new.home)) for new in plan.items if new.kind != Kind.HOME
    ]
    Venue.objects.bulk_create(stations)
    return len(plan.items)


def _venue(reader: RowReader, row: Row, regions: Mapping[str, Region]) -> NewVenue:
    code = reader.text(row, "region", longest=12, required=True)
    if code and code not in regions:
        reader.wrong(row, "region", "本地没有这个代码", "is no code of this area")
    longitude = reader.number(row, "longitude", least=70, most=140)
    latitude = reader.number(row, "latitude", least=0, most=60)
    kind = reader.choice(row, "kind", KINDS)
    if not reader.columns.value(row, "kind").strip():
        reader.wrong(row, "kind", "没有填", "is missing")
    return NewVenue(
        name=reader.text(row, "name", longest=80, required=True),
        kind=kind,
        region=regions.get(code),
        home=reader.text(row, "home", longest=80),
        address=reader.text(row, "address", longest=160),
        longitude=_degrees(longitude),
        latitude=_degrees(latitude),
        hours=reader.text(row, "hours", longest=120),
        telephone=reader.text(row, "telephone", longest=30),
    )


def _check_names(reader: RowReader, rows: list[tuple[Row, NewVenue]], congress: Congress) -> None:
    """No name twice in a congress, and every home named is there or in the file."""
    known = dict(congress.venues.values_list("name", "kind"))
    homes = {name for name, kind in known.items() if kind == Kind.HOME}
    homes |= {new.name for _row, new in rows if new.kind == Kind.HOME}
    for row, new in rows:
        if new.name in known:
            reader.wrong(row, "name", "已经有了", "is already there")
        if new.home and new.kind == Kind.HOME:
            reader.wrong(row, "home", "只有工作站才属于一个家", "only a station has a home")
        elif new.home and new.home not in homes:
            reader.wrong(row, "home", "没有这个代表之家", "is no home here")


def _built(new: NewVenue, congress: Congress, home: Venue | None = None) -> Venue:
    return Venue(
        congress=congress,
        kind=new.kind,
        region=new.region,
        home=home,
        name=new.name,
        code=codes.new_code(),
        sort_key=identity.sort_key(new.name),
        address=new.address,
        longitude=new.longitude,
        latitude=new.latitude,
        hours=new.hours,
        telephone=new.telephone,
    )


def _degrees(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.6f}")
