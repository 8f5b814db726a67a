"""The desk's queue and the page of one matter, by those who may and those who may not."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiyin.kernel import spreadsheets, verify
from huiyin.opinions.choices import State
from huiyin.opinions.models import Picture
from tests.congress.factories import AppointmentFactory, UnitFactory, person_as
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.venues.factories import VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def clerk(client):
    user = AppointmentFactory(clerk=True).user
    client.force_login(user)
    return user


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_costs_the_same_queries(client, clerk, django_assert_num_queries, rows):
    for _ in range(rows):
        VoiceFactory(matter=MatterFactory(timed=True, with_deputy=True, venue=VenueFactory()))
    client.get("/desk/matters/?tab=all")

    with django_assert_num_queries(QUERIES_DESK):
        response = client.get("/desk/matters/?tab=all")

    assert response.status_code == 200


QUERIES_DESK = 6


@pytest.mark.parametrize("rows", [1, 3])
def test_the_matter_page_costs_the_same_queries(client, clerk, django_assert_max_num_queries, rows):
    matter = MatterFactory(timed=True)
    VoiceFactory.create_batch(rows, matter=matter)

    with django_assert_max_num_queries(QUERIES_MATTER):
        response = client.get(f"/desk/matters/{matter.pk}/")

    assert response.status_code == 200


QUERIES_MATTER = 13


def test_the_queue_filters_and_exports_the_same_rows(client, clerk):
    MatterFactory(title="翠园小区加装电梯", subject="housing")
    MatterFactory(title="=HYPERLINK(1)", subject="safety")

    page = client.get("/desk/matters/?subject=housing").content.decode()
    assert "翠园小区加装电梯" in page
    assert "HYPERLINK" not in page
    table = spreadsheets.read(
        b"".join(client.get("/desk/matters/?subject=safety&format=xlsx").streaming_content),
        "a.xlsx",
    )
    csv = b"".join(client.get("/desk/matters/?subject=safety&format=csv").streaming_content)
    assert [row.cells[0] for row in table.rows] == ["=HYPERLINK(1)"]
    assert b"'=HYPERLINK" in csv


def test_a_matter_of_another_congress_is_not_found(client, clerk):
    other = AppointmentFactory(clerk=True, of_other=True).congress

    assert client.get(f"/desk/matters/{MatterFactory(congress=other).pk}/").status_code == 404


def test_a_stranger_must_log_in(client):
    assert client.get(f"/desk/matters/{MatterFactory().pk}/").status_code == 302


def test_a_unit_sees_the_brief_and_not_the_words(client):
    unit = UnitFactory()
    matter = MatterFactory(with_department=True, unit=unit, brief="请答复加装电梯的资金。")
    VoiceFactory(matter=matter, text="我是三号楼王阿姨，电话写在这里。")
    client.force_login(person_as("unit_clerk", unit=unit))

    content = client.get(f"/desk/matters/{matter.pk}/").content.decode()

    assert "请答复加装电梯的资金。" in content
    assert "王阿姨" not in content


@pytest.mark.parametrize(
    ("name", "given", "state"),
    [
        ("point-elsewhere", {"door": "court", "words": "请到区法院立案窗口。"}, State.ELSEWHERE),
        ("answer-on-the-spot", {"words": "周五修好。"}, State.ANSWERED),
        ("hand-to-hotline", {"ticket_number": "LZ1"}, State.WITH_DEPARTMENT),
    ],
)
def test_a_step_is_taken_from_the_page(client, clerk, name, given, state):
    matter = MatterFactory(timed=True)

    response = client.post(f"/desk/matters/{matter.pk}/{name}/", given)

    matter.refresh_from_db()
    assert (response.status_code, matter.state) == (302, state)
    assert client.get(response.url).status_code == 200


def test_a_step_without_words_shows_the_form_again(client, clerk):
    matter = MatterFactory(timed=True)

    response = client.post(f"/desk/matters/{matter.pk}/answer-on-the-spot/", {"words": ""})

    assert response.status_code == 422
    assert "请填写这一项" in response.content.decode()


def test_a_step_that_is_not_possible_any_more_is_a_conflict(client, clerk):
    matter = MatterFactory(closed=True)

    response = client.post(f"/desk/matters/{matter.pk}/answer-on-the-spot/", {"words": "好"})

    assert response.status_code == 409


def test_a_department_and_a_deputy_are_chosen_from_the_own_congress(client, clerk):
    matter, unit = MatterFactory(timed=True), UnitFactory()
    foreign = AppointmentFactory(unit_clerk=True, of_other=True).unit

    refused = client.post(
        f"/desk/matters/{matter.pk}/hand-to-department/", {"unit": foreign.pk, "brief": "x"}
    )
    taken = client.post(
        f"/desk/matters/{matter.pk}/hand-to-department/", {"unit": unit.pk, "brief": "请办。"}
    )

    matter.refresh_from_db()
    assert (refused.status_code, taken.status_code, matter.unit) == (422, 302, unit)


def test_publish_and_hide_the_public_title(client, clerk):
    matter = MatterFactory()

    client.post(f"/desk/matters/{matter.pk}/publish/", {"title": "翠园小区加装电梯"})
    assert "翠园小区加装电梯" in client.get("/matters/").content.decode()
    client.post(f"/desk/matters/{matter.pk}/hide/")
    assert "翠园小区加装电梯" not in client.get("/matters/").content.decode()


def test_merge_and_unmerge_from_the_page(client, clerk):
    host, other = MatterFactory(), MatterFactory()
    voice = VoiceFactory(matter=other)

    client.post(f"/desk/matters/{host.pk}/merge/", {"picked": [other.pk]})
    voice.refresh_from_db()
    assert voice.matter == host
    assert client.get(f"/desk/matters/{other.pk}/").status_code == 200
    client.post(f"/desk/matters/{other.pk}/unmerge/")
    voice.refresh_from_db()
    assert voice.matter == other
    assert list(verify.faults()) == []


def test_a_batch_goes_to_a_department_and_names_what_cannot(client, clerk):
    unit, open_one, closed = UnitFactory(), MatterFactory(timed=True), MatterFactory(closed=True)

    client.post(
        "/desk/matters/",
        {"picked": [open_one.pk, closed.pk], "what": "department", "unit": unit.pk},
    )

    open_one.refresh_from_db()
    content = client.get("/desk/matters/").content.decode()
    assert open_one.unit == unit
    assert "已转办 1 件" in content
    assert closed.title in content


def test_a_batch_that_cannot_be_keeps_ticks_and_words(client, clerk):
    ticked, other = MatterFactory(timed=True), MatterFactory(timed=True)

    answer = client.post(
        "/desk/matters/?tab=all", {"picked": [ticked.pk], "what": "department", "unit": ""}
    )
    nothing = client.post("/desk/matters/", {"what": "hotline", "ticket_number": "热线 2026-7"})

    content = answer.content.decode()
    assert (answer.status_code, nothing.status_code) == (422, 422)
    assert re.findall(r'value="(\d+)"\s+checked', content) == [str(ticked.pk)]
    assert "请选转给哪个部门。" in content
    assert f"选中 {other.title}" in content
    assert "热线 2026-7" in nothing.content.decode()


def test_pictures_are_served_only_to_those_who_may_see_the_voice(client, clerk):
    picture = Picture.objects.create(
        voice=VoiceFactory(),
        file=SimpleUploadedFile("a.jpg", b"\xff\xd8"),
        added_at=VoiceFactory().received_at,
    )
    address = reverse("opinions:picture", args=[picture.pk])

    response = client.get(address)
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == (
        "nosniff",
        "image/jpeg",
    )
    client.force_login(AppointmentFactory(clerk=True, of_other=True).user)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("page", ["/desk/matters/", "/desk/walk-in/"])
def test_a_raised_figure_is_no_number(client, clerk, page):
    VenueFactory.create_batch(2)

    answer = client.post(page, {"picked": "²", "venue": "²", "what": "merge"})

    assert answer.status_code < 500
