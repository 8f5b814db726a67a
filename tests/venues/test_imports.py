"""Homes and stations in from a spreadsheet."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.kernel import spreadsheets, trail
from huiyin.kernel.workflow import NotPossible
from huiyin.venues import imports
from huiyin.venues.choices import Kind
from huiyin.venues.models import Venue
from tests.congress.factories import CHENGGUAN, CongressFactory, person_as, region
from tests.venues.factories import VenueFactory

pytestmark = pytest.mark.django_db

HEADERS = ["名称", "类型", "区划代码", "所属代表之家", "地址", "经度", "纬度"]
HOME = ["西站街道代表之家", "代表之家", "620102", "", "西站西路 1 号", "103.75", "36.07"]
STATION = ["武威路社区代表工作站", "代表工作站", "620102", "西站街道代表之家", "", "", ""]


def a_file(*rows):
    out = io.BytesIO()
    spreadsheets.write_csv(out, HEADERS, rows)
    return out.getvalue()


def read(*rows):
    congress = CongressFactory()
    region(**CHENGGUAN)
    return imports.read_venues(a_file(*rows), "a.csv", congress=congress)


def changed(row, **changes):
    return [changes.get(header, cell) for header, cell in zip(HEADERS, row, strict=True)]


def test_stations_find_their_home_in_the_same_file_in_any_order():
    n = imports.open_all(read(STATION, HOME), congress=CongressFactory(), by=trail.SYSTEM)

    station = Venue.objects.get(kind=Kind.STATION)
    assert (n, station.home.name, str(station.home.longitude)) == (2, HOME[0], "103.750000")
    assert len({venue.code for venue in Venue.objects.all()}) == 2


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (changed(HOME, 名称=""), "名称", "没有填"),
        (changed(HOME, 类型=""), "类型", "没有填"),
        (changed(HOME, 类型="宫殿"), "类型", "只能填：代表之家、家、代表工作站、站"),
        (changed(HOME, 区划代码="370200"), "区划代码", "本地没有这个代码"),
        (changed(HOME, 经度="1037"), "经度", "应该在 70 到 140 之间"),
        (changed(HOME, 经度="东边"), "经度", "应该在 70 到 140 之间"),
        (changed(HOME, 所属代表之家="另一个家"), "所属代表之家", "只有工作站才属于一个家"),
        (changed(STATION, 所属代表之家="没有的家"), "所属代表之家", "没有这个代表之家"),
    ],
)
def test_a_wrong_row_says_what_is_wrong_in_which_column(row, column, words):
    plan = read(row)

    assert [(p.row, p.column, p.message_zh) for p in plan.problems] == [(2, column, words)]
    with pytest.raises(NotPossible):
        imports.open_all(plan, congress=CongressFactory(), by=trail.SYSTEM)


def test_a_name_already_there_is_refused():
    VenueFactory(name=STATION[0])

    assert [p.message_zh for p in read(changed(STATION, 所属代表之家="")).problems] == ["已经有了"]


def test_venues_are_imported_on_the_page(client):
    region(**CHENGGUAN)
    client.force_login(person_as(Role.CLERK))
    url = reverse("venues:import_venues")

    look = client.post(url, {"file": SimpleUploadedFile("家站.csv", a_file(HOME, STATION))})
    done = client.post(url, {"token": look.context["token"], "confirmed": "1"})

    assert (done.url, Venue.objects.count()) == (reverse("venues:desk"), 2)
