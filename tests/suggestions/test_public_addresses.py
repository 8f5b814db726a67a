"""A published suggestion's address names its congress: two may give the same number."""

from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse

from huiyin.opinions import actions as opinions
from huiyin.suggestions import actions
from huiyin.suggestions.documents.letters import reply_letter
from huiyin.suggestions.models import Publication, Suggestion
from tests.congress.factories import CongressFactory
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.suggestions.browse import get, publish
from tests.suggestions.walk import City, fresh

TITLES = {"620100": "市里公开的一件", "620102": "区里公开的一件"}
NUMBER = "17-5-B001"


class Twins(NamedTuple):
    """A city's and its district's published suggestions of the same number."""

    mine: Publication
    theirs: Publication
    district: City

    @property
    def both(self):
        return self.mine, self.theirs


@pytest.fixture
def twins(city):
    district = City(congress=CongressFactory(county=True))
    papers = publish(city, city.tracking()), publish(district, district.tracking())
    for paper in papers:
        title = TITLES[paper.suggestion.congress.region.code]
        Publication.objects.filter(pk=paper.pk).update(title=title)
        Suggestion.objects.filter(pk=paper.suggestion_id).update(number=NUMBER)
    return Twins(*(fresh(paper) for paper in papers), district)


def path_of(publication):
    return f"/suggestions/{publication.suggestion.congress.region.code}/{NUMBER}/"


def links(client, path):
    return [found.split('"')[0] for found in client.get(path).content.decode().split('href="')[1:]]


def test_each_congress_has_its_own_page_of_the_same_number(client, twins):
    pages = [client.get(path_of(each)).content.decode() for each in twins.both]

    assert [[title in page for title in TITLES.values()] for page in pages] == [
        [True, False],
        [False, True],
    ]


def test_the_page_says_whose_suggestion_it_is(client, twins):
    assert "城关区人民代表大会" in client.get(path_of(twins.theirs)).content.decode()


def test_the_code_on_a_letter_leads_to_the_paper_it_answers(twins):
    addresses = [
        reply_letter(each.suggestion.replies.get()).verification_text for each in twins.both
    ]

    assert addresses == [f"{settings.SITE_ADDRESS}{path_of(each)}" for each in twins.both]


@pytest.mark.parametrize(
    "path", ["/suggestions/feed/", "/suggestions/feed/replies/", "/promises/feed/"]
)
def test_feeds_tell_the_two_apart(client, twins, path):
    entries = list(
        ElementTree.fromstring(client.get(path).content).iter("{http://www.w3.org/2005/Atom}entry")
    )
    addresses = {
        entry.find("{http://www.w3.org/2005/Atom}link").get("href").partition("/suggestions/")[2]
        for entry in entries
    }
    ids = {entry.find("{http://www.w3.org/2005/Atom}id").text for entry in entries}

    assert addresses == {f"{code}/{NUMBER}/" for code in TITLES}
    assert len(ids) == 2


@pytest.mark.parametrize("path", ["/suggestions/", "/promises/"])
def test_lists_lead_to_both(client, twins, path):
    assert {path_of(each) for each in twins.both} <= set(links(client, path))


def test_a_list_of_several_congresses_names_them_and_is_narrowed_to_one(client, twins):
    page = client.get("/suggestions/").content.decode()
    narrowed = links(client, "/suggestions/?congress=620102")

    assert "城关人大" in page
    assert [path_of(each) in narrowed for each in twins.both] == [False, True]


def test_a_list_of_one_congress_asks_for_none(client, city):
    publish(city, city.tracking())

    assert 'name="congress"' not in client.get("/suggestions/").content.decode()


def test_a_spreadsheet_says_whose_the_number_is(client, twins):
    answer = client.get("/suggestions/?format=csv")
    sheet = b"".join(answer).decode("utf-8-sig")

    assert ["城关区人民代表大会" in sheet, "兰州市人民代表大会" in sheet] == [True, True]


def test_a_residents_page_leads_on_to_what_is_public_and_no_longer(client, city):
    host, matter = MatterFactory.create_batch(2, congress=city.congress)
    voice = VoiceFactory(matter=matter)
    suggestion = city.replied(origins=[actions.Cited("opinions.matter", matter.pk, matter.title)])
    opinions.merge(host, others=[fresh(matter)], by=city.clerk)
    page, told = f"/follow/{voice.code}/", f"/suggestions/620100/{suggestion.number}/"

    before = told in links(client, page)
    publication = publish(city, suggestion)
    published = told in links(client, page)
    actions.take_back(publication, reason="有差错", by=city.clerk)
    after = told in links(client, page)

    assert (before, published, after) == (False, True, False)


def test_a_resident_reads_every_turn_however_often_the_matter_was_merged(client, city):
    first, second, third = MatterFactory.create_batch(3, congress=city.congress)
    voice = VoiceFactory(matter=first)
    opinions.merge(second, others=[first], by=city.clerk)
    opinions.tell(fresh(second), "在第二件里说的")
    opinions.merge(third, others=[fresh(second)], by=city.clerk)

    page = client.get(f"/follow/{voice.code}/").content.decode()
    told = client.get(f"/api/v1/voices/{voice.code}").json()["progress"]

    assert "在第二件里说的" in page
    assert "在第二件里说的" in [line["words"] for line in told]


# --- the address before it named the congress


def test_the_old_address_of_an_only_number_leads_on(client, city):
    suggestion = publish(city, city.tracking()).suggestion

    answer = client.get(f"/suggestions/{suggestion.number}/")

    assert (answer.status_code, answer.url) == (302, f"/suggestions/620100/{suggestion.number}/")


def test_the_old_address_of_a_shared_number_lets_the_reader_choose(client, twins):
    answer = client.get(f"/suggestions/{NUMBER}/")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert {path_of(each) for each in twins.both} <= set(links(client, f"/suggestions/{NUMBER}/"))
    assert "城关区人民代表大会" in page


def test_the_old_address_never_leads_to_another_congress_paper(client, twins):
    """The letter of the one that was taken back still carries the number."""
    actions.take_back(twins.theirs, reason="有差错", by=twins.district.clerk)

    answer = client.get(f"/suggestions/{NUMBER}/")

    assert answer.status_code == 200
    assert "兰州市人民代表大会" in answer.content.decode()
    assert TITLES["620102"] not in answer.content.decode()


def test_what_is_not_public_has_no_address_old_or_new(client, city):
    number = city.tracking().number

    answers = [
        client.get(path).status_code
        for path in (f"/suggestions/{number}/", f"/suggestions/620100/{number}/")
    ]

    assert answers == [404, 404]


def test_the_page_of_another_congress_does_not_exist(client, city):
    number = publish(city, city.tracking()).suggestion.number
    CongressFactory(county=True)

    assert client.get(f"/suggestions/620102/{number}/").status_code == 404


# --- programs


def test_the_api_tells_the_two_apart(client, twins):
    listed = client.get("/api/v1/suggestions").json()["items"]
    promised = client.get("/api/v1/promises").json()["items"]
    titles = {
        code: client.get(f"/api/v1/suggestions/{code}/{NUMBER}").json()["title"] for code in TITLES
    }

    assert {(line["congress"], line["number"]) for line in listed} == {
        (code, NUMBER) for code in TITLES
    }
    assert {(line["congress"], line["suggestion"]) for line in promised} == {
        (code, NUMBER) for code in TITLES
    }
    assert titles == TITLES


def test_the_api_lists_one_congress(client, twins):
    lines = client.get("/api/v1/suggestions?congress=620102").json()["items"]

    assert [line["congress"] for line in lines] == ["620102"]


def test_the_apis_old_address_gives_the_only_one_and_refuses_to_guess(client, twins):
    before = client.get(f"/api/v1/suggestions/{NUMBER}")
    actions.take_back(twins.theirs, reason="有差错", by=twins.district.clerk)
    after = client.get(f"/api/v1/suggestions/{NUMBER}")

    assert before.status_code == 409
    assert "620100、620102" in before.json()["detail"]
    assert (after.status_code, after.json()["congress"]) == (200, "620100")


# --- pages


def test_the_desk_and_the_trace_lead_to_the_right_page(client, twins):
    desk = get(client, twins.district.clerk, "detail", twins.theirs.suggestion_id)
    client.logout()
    trace = client.get(
        reverse("dashboards:trace", args=["suggestions.suggestion", twins.theirs.suggestion_id])
    ).content.decode()

    assert [path_of(twins.theirs) in page for page in (desk, trace)] == [True, True]


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(("path", "most"), [("/suggestions/", 4), ("/promises/", 4)])
def test_public_lists_cost_the_same_however_long(
    client, city, django_assert_max_num_queries, path, most, n
):
    for _ in range(n):
        publish(city, city.tracking())

    with django_assert_max_num_queries(most):
        client.get(path)
