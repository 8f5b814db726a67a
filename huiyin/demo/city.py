"""The city's standing order: congresses of three levels and the province's groups, terms, units."""

import datetime as dt
from dataclasses import dataclass, field

from huiyin.congress import actions as congress
from huiyin.congress.choices import Level, UnitKind
from huiyin.congress.models import Congress, DeputyGroup, Session, Term, Unit
from huiyin.kernel.trail import SYSTEM
from huiyin.regions.choices import Level as RegionLevel
from huiyin.regions.models import Region

CITY, PROVINCE = "620100", "620000"
TERM = 17
COUNTY_TERM, TOWNSHIP_TERM = 19, 20
ELECTED = dt.date(2021, 12, 28)
LAST_TERM, LAST_TERM_SESSION = 16, 3  # of the old items in docs/samples

# short name: full name after the city's, letters of the document number
UNITS = {
    "政府办公厅": ("人民政府办公厅", "兰政办"),
    "发改委": ("发展和改革委员会", "兰发改"),
    "教育局": ("教育局", "兰教"),
    "科技局": ("科学技术局", "兰科"),
    "工信局": ("工业和信息化局", "兰工信"),
    "民宗委": ("民族宗教事务委员会", "兰民宗"),
    "公安局": ("公安局", "兰公"),
    "公安局交警支队": ("公安局交通警察支队", "兰公交"),
    "民政局": ("民政局", "兰民"),
    "司法局": ("司法局", "兰司"),
    "财政局": ("财政局", "兰财"),
    "人社局": ("人力资源和社会保障局", "兰人社"),
    "自然资源局": ("自然资源局", "兰自然资"),
    "生态环境局": ("生态环境局", "兰环"),
    "住建局": ("住房和城乡建设局", "兰建"),
    "交通局": ("交通运输委员会", "兰交"),
    "水务局": ("水务局", "兰水"),
    "农业农村局": ("农业农村局", "兰农"),
    "商务局": ("商务局", "兰商"),
    "文旅局": ("文化和旅游局", "兰文旅"),
    "卫健委": ("卫生健康委员会", "兰卫"),
    "退役军人局": ("退役军人事务局", "兰退役"),
    "应急局": ("应急管理局", "兰应急"),
    "审计局": ("审计局", "兰审"),
    "国资委": ("国有资产监督管理委员会", "兰国资"),
    "林业局": ("林业局", "兰林"),
    "市场监管局": ("市场监督管理局", "兰市监"),
    "体育局": ("体育局", "兰体"),
    "统计局": ("统计局", "兰统"),
    "医保局": ("医疗保障局", "兰医保"),
    "城管局": ("城市管理委员会", "兰城管"),
    "大数据局": ("大数据管理局", "兰数"),
    "金融办": ("金融工作办公室", "兰金"),
    "信访局": ("信访局", "兰信"),
    "政务服务中心": ("政务服务中心", "兰政务"),
    "公积金中心": ("住房公积金管理中心", "兰公积"),
    "供销社": ("供销合作社联合社", "兰供"),
    "残联": ("残疾人联合会", "兰残"),
    "工会": ("总工会", "兰工"),
    "妇联": ("妇女联合会", "兰妇"),
    "公交集团": ("公共交通集团有限公司", "兰公集"),
    "轨道公司": ("轨道交通有限公司", "兰轨"),
    "消防支队": ("消防救援支队", "兰消"),
    "气象局": ("气象局", "兰气"),
    "地震局": ("地震局", "兰震"),
    "档案馆": ("档案馆", "兰档"),
    "园区办": ("高新技术开发区管理委员会", "兰高新"),
    "生态公园": ("生态公园管理中心", "兰园"),
    "监委": ("监察委员会", "兰监"),
    "中级法院": ("中级人民法院", "兰中法"),
    "检察院": ("人民检察院", "兰检"),
}
KINDS = {
    "政府办公厅": UnitKind.OFFICE,
    "监委": UnitKind.SUPERVISION,
    "中级法院": UnitKind.COURT,
    "检察院": UnitKind.PROCURATORATE,
}
COUNTY_UNITS = (
    "政府办公厅",
    "住建局",
    "教育局",
    "卫健委",
    "农业农村局",
    "水务局",
    "城管局",
    "民政局",
)
CITY_GROUPS = (
    "法制",
    "财政经济",
    "农业农村",
    "教科文卫",
    "城建环保",
    "社会建设",
    "民族宗教",
    "工业科技",
)


@dataclass
class City:
    """What everything else stands on."""

    region: Region
    congress: Congress
    term: Term
    sessions: list[Session]
    units: dict[str, Unit]
    counties: list[Congress] = field(default_factory=list)
    townships: list[Congress] = field(default_factory=list)
    groups: list[DeputyGroup] = field(default_factory=list)


def found(today: dt.date) -> City:
    """Congresses, terms, the sessions of the last two years, units and groups."""
    region = Region.objects.get(code=CITY)
    main = _congress(region, Level.CITY, "兰州人大", "兰人办")
    term = congress.open_term(main, number=TERM, starts_on=dt.date(2022, 1, 5), by=SYSTEM)
    _open_last_term(main)
    city = City(
        region=region,
        congress=main,
        term=term,
        sessions=_sessions(term, today),
        units=_units(main, UNITS, "兰州市"),
        groups=[_group(main, field) for field in CITY_GROUPS],
    )
    city.counties = [_county(one) for one in _below(region, RegionLevel.COUNTY)]
    for county in city.counties:
        city.units |= _district(main, county)
        city.townships += [_township(one) for one in _with_a_congress(county.region)]
    _province()
    return city


def _congress(region: Region, level: str, short: str, letters: str = "") -> Congress:
    return Congress.objects.create(
        region=region,
        level=level,
        name=f"{region.name}人民代表大会",
        short_name=short,
        document_prefix=letters,
    )


def _below(region: Region, level: str) -> list[Region]:
    inside = Region.objects.inside(region).filter(level=level, is_statistical=False)
    return list(inside.order_by("code"))


def _with_a_congress(county: Region) -> list[Region]:
    """Towns and townships have a congress; sub-districts (街道) have none."""
    return [
        region
        for region in _below(county, RegionLevel.TOWNSHIP)
        if not region.name.endswith("街道")
    ]


def _sessions(term: Term, today: dt.date) -> list[Session]:
    """One session each January, numbered from the term's first."""
    return [
        congress.convene_session(
            term,
            number=year - 2021,
            starts_on=dt.date(year, 1, 12),
            ends_on=dt.date(year, 1, 16),
            by=SYSTEM,
        )
        for year in range(today.year - 1, today.year + 1)
    ]


def _open_last_term(main: Congress) -> None:
    """The term before, with one session: old items come in under their own."""
    term = congress.open_term(main, number=LAST_TERM, starts_on=dt.date(2017, 1, 5), by=SYSTEM)
    congress.convene_session(
        term,
        number=LAST_TERM_SESSION,
        starts_on=dt.date(2019, 1, 8),
        ends_on=dt.date(2019, 1, 12),
        by=SYSTEM,
    )


def _units(owner: Congress, units: dict[str, tuple[str, str]], area: str) -> dict[str, Unit]:
    return {
        short: congress.open_unit(
            owner,
            kind=KINDS.get(short, UnitKind.DEPARTMENT),
            name=f"{area}{name}",
            short_name=short,
            document_prefix=letters,
            by=SYSTEM,
        )
        for short, (name, letters) in units.items()
    }


def _district(main: Congress, county: Congress) -> dict[str, Unit]:
    """A county's government handles suggestions of the city's congress too."""
    name = county.region.name
    government = congress.open_unit(
        main,
        kind=UnitKind.DISTRICT,
        name=f"{name}人民政府",
        short_name=f"{name}政府",
        document_prefix=f"{name[:2]}政",
        by=SYSTEM,
    )
    return {government.short_name: government}


def _county(region: Region) -> Congress:
    county = _congress(region, Level.COUNTY, f"{region.name}人大")
    congress.open_term(county, number=COUNTY_TERM, starts_on=dt.date(2021, 12, 1), by=SYSTEM)
    own = {short: UNITS[short] for short in COUNTY_UNITS}
    _units(county, own, region.name)
    return county


def _township(region: Region) -> Congress:
    township = _congress(region, Level.TOWNSHIP, f"{region.name}人大")
    congress.open_term(township, number=TOWNSHIP_TERM, starts_on=dt.date(2021, 11, 1), by=SYSTEM)
    return township


def _province() -> None:
    """The province's congress is only here for its seven groups in the city."""
    province = _congress(Region.objects.get(code=PROVINCE), Level.PROVINCE, "甘肃人大")
    for number in range(1, 8):
        DeputyGroup.objects.create(congress=province, name=f"省代表兰州第{number}小组")


def _group(owner: Congress, about: str) -> DeputyGroup:
    return DeputyGroup.objects.create(congress=owner, name=f"{about}代表小组", field=about)
