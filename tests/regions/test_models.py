"""Where a division stands, and when its code holds."""

import datetime as dt

import pytest

from huiyin.regions.models import Region
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
