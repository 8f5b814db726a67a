"""The divisions come from files, and loading them is safe to repeat."""

import pytest
from django.core.management import call_command

from huiyin.regions import actions
from huiyin.regions.choices import Level
from huiyin.regions.models import Region

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_load_divisions_brings_the_city_with_all_its_villages():
    assert actions.load_divisions() == 1312

    levels = {level.value: Region.objects.at(level).count() for level in Level}
    assert levels == {
        "country": 1,
        "province": 7,
        "city": 2,
        "county": 9,
        "township": 116,
        "community": 1177,
    }


@pytest.mark.slow
def test_load_divisions_places_the_new_area_by_its_parent_and_says_what_it_is():
    actions.load_divisions()

    new_area = Region.objects.get(code="620171")

    assert new_area.path == "/000000/620000/620100/620171/"
    assert (new_area.is_statistical, bool(new_area.note)) == (True, True)
    assert Region.objects.inside(new_area).at(Level.TOWNSHIP).count() == 4


def test_load_divisions_twice_changes_nothing():
    actions.load_divisions(actions.DIVISIONS / "upper.csv")
    before = list(Region.objects.order_by("pk").values())

    actions.load_divisions(actions.DIVISIONS / "upper.csv")

    assert list(Region.objects.order_by("pk").values()) == before


def test_load_divisions_refuses_a_place_without_its_parent(tmp_path):
    orphan = tmp_path / "orphan.csv"
    orphan.write_text("code,name,level,parent_code\n620102,城关区,county,620100\n", "utf-8")

    with pytest.raises(ValueError, match="no division 620100"):
        actions.load_divisions(orphan)


def test_the_command_says_how_many_divisions_it_loaded(capsys):
    call_command("load_regions", actions.DIVISIONS / "upper.csv")

    assert capsys.readouterr().out == "9 divisions\n"
