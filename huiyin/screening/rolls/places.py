"""Where invented people live: invented communities, roads and constituencies in the counties of the city."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening.rolls import drawing
from huiyin.screening.rolls.drawing import Whole

CITY: Final = "兰州市"
COUNTIES: Final = (
    # name, area code, share of people, urban
    ("城关区", 620102, 34, True), ("七里河区", 620103, 17, True), ("西固区", 620104, 11, True),
    ("安宁区", 620105, 10, True), ("红古区", 620111, 4, True), ("永登县", 620121, 9, False),
    ("皋兰县", 620122, 4, False), ("榆中县", 620123, 11, False),
)  # fmt: skip
FIRST: Final = (
    "青红金新东西南北上下大小柳桃杏梨松柏榆槐石沙水河山云雁鸿文武福安宁永长春秋丰和祥瑞清白黄"
)
SECOND: Final = "泉峰湾滩坪沟岭桥庄园林源川台堡关寨营门崖坡梁井湖塬口店铺窑嘴"
ROADS: Final = (
    "团结路", "建设路", "滨河路", "和平路", "民主路", "解放路", "文化巷", "学府路", "工农路", "向阳街", "通达街",
    "迎宾路", "健康路", "友谊街", "康乐路", "育才巷", "渭水路", "白塔街", "黄河路", "皋兰路",
)  # fmt: skip
PEOPLE_TO_A_COMMUNITY: Final = 1500


@dataclass(frozen=True)
class Places:
    """Communities and what belongs to each, by the index of the community."""

    county: Whole
    town: pa.Array
    community: pa.Array
    code: pa.Array
    constituency: Whole
    constituency_names: pa.Array
    prefix: pa.Array
    share: np.ndarray

    @property
    def urban(self) -> np.ndarray:
        return np.array([county[3] for county in COUNTIES])[self.county]


def settle(random: np.random.Generator, people: int) -> Places:
    """Communities by counties, a handful to a town, one to three to a constituency."""
    count = max(40, people // PEOPLE_TO_A_COMMUNITY)
    county = np.sort(_spread(count))
    order = np.arange(count) - np.searchsorted(county, county)
    town_order = order // 6
    names = _place_names(random, count)
    urban = np.array([entry[3] for entry in COUNTIES])[county]
    kind = np.where(urban, 0, 1)
    community = drawing.joined(names, drawing.take(("社区", "村"), kind))
    town_names = names.take(pa.array(np.arange(count) - order % 6))
    town = drawing.joined(town_names, drawing.take(("街道", "镇"), kind))
    constituency, constituency_names = _constituencies(random, county, town_order)
    return Places(
        county=county,
        town=town,
        community=community,
        code=_codes(county, town_order, order),
        constituency=constituency,
        constituency_names=constituency_names,
        prefix=drawing.joined(
            CITY, drawing.take([entry[0] for entry in COUNTIES], county), town, community
        ),
        share=random.uniform(0.6, 1.6, count),
    )


def addresses(random: np.random.Generator, places: Places, community: Whole) -> pa.Array:
    """One address for each household."""
    size = len(community)
    road = drawing.take(ROADS, random.integers(0, len(ROADS), size))
    number = drawing.digits(random.integers(1, 400, size))
    block = drawing.digits(random.integers(1, 30, size))
    entrance = drawing.digits(random.integers(1, 7, size))
    room = drawing.digits(random.integers(1, 33, size) * 100 + random.integers(1, 5, size))
    flats = drawing.joined(road, number, "号", block, "号楼", entrance, "单元", room, "室")
    farms = drawing.joined(drawing.digits(random.integers(1, 13, size)), "社", number, "号")
    urban = pa.array(places.urban[community])
    prefix = places.prefix.take(pa.array(community))
    return drawing.joined(prefix, pc.if_else(urban, flats, farms))


def _spread(count: int) -> Whole:
    """By the shares of the counties, but two for each at least."""
    shares = np.array([entry[2] for entry in COUNTIES], float)
    each = np.maximum(2, np.floor(shares / shares.sum() * count)).astype(np.int64)
    each[0] += count - each.sum()
    return np.repeat(np.arange(len(COUNTIES)), each)


def _place_names(random: np.random.Generator, count: int) -> pa.Array:
    """Names that no two communities share: two characters, a third when two run out."""
    pairs = len(FIRST) * len(SECOND)
    order = random.permutation(pairs * len(SECOND))[:count] if count > pairs else None
    index = random.permutation(pairs)[:count] if order is None else order % pairs
    first = drawing.take(FIRST, index // len(SECOND))
    second = drawing.take(SECOND, index % len(SECOND))
    if order is None:
        return drawing.joined(first, second)
    return drawing.joined(first, second, drawing.take(SECOND, order // pairs))


def _constituencies(
    random: np.random.Generator, county: Whole, town: Whole
) -> tuple[Whole, pa.Array]:
    """A constituency begins with each town and, in between, after one to three communities."""
    size = len(county)
    begins = np.ones(size, bool)
    begins[1:] = (county[1:] != county[:-1]) | (town[1:] != town[:-1])
    begins |= random.random(size) < 0.4
    constituency = np.cumsum(begins) - 1
    of_county = county[begins]
    order = np.arange(len(of_county)) - np.searchsorted(of_county, of_county) + 1
    names = drawing.take([entry[0] for entry in COUNTIES], of_county)
    return constituency, drawing.joined(names, "第", drawing.digits(order), "选区")


def _codes(county: Whole, town: Whole, order: Whole) -> pa.Array:
    """Twelve digits in the manner of the statistical codes; the last six are invented."""
    area = np.array([entry[1] for entry in COUNTIES])[county]
    return drawing.digits(area * 10**6 + (town + 501) * 1000 + order % 6 + 201)
