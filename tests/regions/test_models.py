"""Where a division stands, and when its code holds."""

import datetime as dt

import pytest

from huiyin.regions.models import Gazetteer, Region
from tests.regions.factories import RegionFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 5)


def test_lineage_names_the_nearest_place_first():
    assert RegionFactory(county=True).lineage() == ["620102", "620100", "620000", "000000"]


def test_contains_is_asked_of_the_tree_and_not_of_the_code():
    city, county = RegionFactory(), RegionFactory(county=True)

    assert (city.contains(county), county.contains(city), city.contains(city)) == (
        True,
        False,
        True,
    )


def test_on_leaves_out_codes_not_yet_or_no_longer_in_force():
    RegionFactory(code="620198", name="已撤区", valid_to=DAY)
    RegionFactory(code="620199", name="新设区", valid_from=DAY)

    found = Region.objects.filter(code__startswith="62019")

    assert [region.name for region in found.on(DAY)] == ["新设区"]
    assert [region.name for region in found.on(DAY - dt.timedelta(days=1))] == ["已撤区"]


def test_sorted_by_name_follows_the_reading():
    names = {"永登县": "yong deng", "安宁区": "an ning", "榆中县": "yu zhong"}
    for number, (name, key) in enumerate(names.items()):
        RegionFactory(code=f"62019{number}", name=name, sort_key=key)

    found = Region.objects.filter(code__startswith="62019").sorted_by_name()

    assert [region.name for region in found] == ["安宁区", "永登县", "榆中县"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("620102", "620102"),
        ("620102000000", "620102"),
        ("城关区", "620102"),
        ("兰州市城关区", "620102"),
        ("甘肃省 兰州市/城关区", "620102"),
        ("雁南街道", "620102018"),
        ("城关区雁南街道办事处", "620102018"),
        ("城关镇", None),
        ("榆中县城关镇", "620123100"),
        ("青岛市", None),
        ("城关", None),
        ("", None),
    ],
)
def test_the_gazetteer_finds_the_one_division_that_is_meant(words, code):
    city, district = RegionFactory(), RegionFactory(county=True)
    RegionFactory(qingdao=True)
    RegionFactory(code="620102018", name="雁南街道", level="township", parent=district)
    for county, name, town in (
        ("620123", "榆中县", "620123100"),
        ("620121", "永登县", "620121100"),
    ):
        parent = RegionFactory(code=county, name=name, level="county", parent=city)
        RegionFactory(code=town, name="城关镇", level="township", parent=parent)

    found = Gazetteer(city, DAY).find(words)

    assert (found and found.code) == code
