"""The longest title there may be, without a place to break it, and a unit's name of forty characters."""

import pytest

from huiyin.congress.models import Unit
from huiyin.suggestions.models import Suggestion
from tests.cities import found_city
from tests.suggestions.browse import publish
from tests.suggestions.walk import fresh

ADDRESS = "https://" + "W" * 69 + ".cn"
OFFICE = "兰州市老旧小区改造和既有住宅加装电梯工作领导小组办公室（市住房和城乡建设局）"
EVERYBODY = ("/suggestions/", "/suggestions/620100/{number}/", "/promises/")
DEPUTY = ("/deputy/", "/deputy/suggestions/", "/deputy/suggestions/{pk}/", "/messages/")
DESK = ("/desk/", "/desk/suggestions/", "/desk/suggestions/{pk}/", "/desk/promises/", "/messages/")
UNIT = ("/desk/", "/desk/tasks/?tab=done", "/desk/suggestions/{pk}/", "/messages/")


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_grows_wider_than_its_window(transactional_db, turn_to, windows, width):
    city = found_city()
    Unit.objects.filter(pk=city.unit.pk).update(name=OFFICE)
    city.unit.refresh_from_db()
    paper = city.replied()
    Suggestion.objects.filter(pk=paper.pk).update(title=ADDRESS)
    paper = fresh(paper)
    publish(city, paper)

    for person, pages in (
        (None, EVERYBODY),
        (city.deputy_user, DEPUTY),
        (city.clerk, DESK),
        (city.unit_clerk, UNIT),
    ):
        window = windows(person, width=width)
        for page in pages:
            window.open(page.format(pk=paper.pk, number=paper.number))
