"""The public API: titles and counts for everybody, one's own voice by its code."""

import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from huiyin.opinions.api import router
from tests.opinions.factories import MatterFactory, VoiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def api():
    api = NinjaAPI(urls_namespace="opinions-test")
    api.add_router("", router)
    return TestClient(router)


def test_matters_are_titles_and_counts(api):
    VoiceFactory(matter=MatterFactory(public=True, public_title="加装电梯", title="王阿姨家的事"))
    MatterFactory()

    (item,) = api.get("/matters").json()["items"]

    assert (item["title"], item["people"], item["state"]) == ("加装电梯", 1, "received")
    assert "王阿姨" not in str(item)


def test_a_voice_is_found_by_its_code(api):
    voice = VoiceFactory(with_phone=True)

    found = api.get(f"/voices/{voice.code.lower()}").json()

    assert (found["code"], found["state"], found["progress"]) == (voice.code, "received", [])
    assert "1990" not in str(found)


def test_a_voice_read_by_its_code_is_not_kept_on_the_way(api):
    answer = api.get(f"/voices/{VoiceFactory().code}")

    assert answer.headers["Cache-Control"] == "private, no-store"


def test_unknown_codes_are_not_found_and_counted(api):
    answers = [api.get("/voices/WRONG").status_code for _ in range(25)]

    assert (answers[0], answers[-1]) == (404, 429)


def test_past_the_limit_a_right_guess_learns_no_more_than_a_wrong_one(api, client):
    code = VoiceFactory().code
    for _ in range(20):
        api.get("/voices/WRONG")

    pages = [client.get(f"{page}{code}/").status_code for page in ("/follow/", "/say/done/")]

    assert (api.get(f"/voices/{code}").status_code, pages) == (429, [429, 429])


def test_guesses_at_the_page_of_a_new_code_are_counted(client):
    answers = [client.get("/say/done/7K3M92QF1A2B/").status_code for _ in range(21)]

    assert (answers[0], answers[-1]) == (404, 429)
