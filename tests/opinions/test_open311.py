"""Open311 GeoReport v2: the standard's words in JSON and XML, and nothing that is not public."""

import datetime as dt
from xml.etree import ElementTree

import pytest

from huiyin.accounts.actions import make_token
from huiyin.kernel import clock
from huiyin.opinions import actions
from huiyin.opinions.choices import Channel, State, Subject
from huiyin.opinions.models import Matter, Voice
from tests.accounts.factories import UserFactory
from tests.opinions.factories import MatterFactory, VoiceFactory

pytestmark = pytest.mark.django_db
V2 = "/open311/v2"
SAID = {
    "service_code": "transport",
    "description": "滨河路路灯坏了三天，晚上看不见路。",
    "address_string": "滨河路 12 号门口",
}


@pytest.fixture
def sender():
    return UserFactory(username="platform")


@pytest.fixture
def key(sender):
    return make_token(sender, name="市民平台", can_write=True, days=30, by=sender)[1]


def xml(answer):
    assert answer["content-type"] == "text/xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def shape(element):
    return {child.tag: child.text for child in element}


def test_discovery_says_where_and_what_is_spoken(client, settings):
    settings.SITE_ADDRESS = "https://huiyin.example"

    facts = client.get("/open311/discovery.json").json()
    tree = xml(client.get("/open311/discovery.xml"))

    (endpoint,) = facts["endpoints"]
    assert endpoint["url"] == "https://huiyin.example/open311/v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert [each.text for each in tree.iter("format")] == endpoint["formats"]
    assert client.get("/open311/discovery.yaml").status_code == 404


def test_services_are_the_kinds_of_matters(client):
    facts = client.get(f"{V2}/services.json").json()
    tree = xml(client.get(f"{V2}/services.xml"))

    assert [each["service_code"] for each in facts] == Subject.values
    assert (tree.tag, tree[0].tag) == ("services", "service")
    assert shape(tree[0])["service_code"] == "housing"
    assert shape(tree[0])["metadata"] == "false"
    assert client.get(f"{V2}/services/housing.json").json()["attributes"] == []
    assert client.get(f"{V2}/services/nonsense.json").status_code == 404


def test_a_request_becomes_a_voice_with_a_token_until_its_matter_is_public(client, key, city):
    answer = client.post(f"{V2}/requests.json", SAID | {"api_key": key})

    (sent,) = answer.json()
    voice = Voice.objects.get()
    assert (answer.status_code, sent["token"]) == (201, voice.code)
    assert (voice.channel, voice.matter.subject) == (Channel.PLATFORM, "transport")
    assert (voice.text, voice.place) == (SAID["description"], SAID["address_string"])
    before = client.get(f"{V2}/tokens/{voice.code}.json").json()
    assert client.get(f"{V2}/requests/{voice.matter_id}.json").status_code == 404
    actions.publish(voice.matter, title="滨河路路灯不亮", by=city.clerk)
    after = client.get(f"{V2}/tokens/{voice.code}.json").json()

    assert before == [{"token": voice.code, "service_request_id": ""}]
    assert after == [{"token": voice.code, "service_request_id": str(voice.matter_id)}]
    (shown,) = client.get(f"{V2}/requests/{voice.matter_id}.json").json()
    assert (shown["description"], shown["status"]) == ("滨河路路灯不亮", "open")
    assert "晚上看不见" not in str(shown)


def test_a_request_is_answered_in_xml_too(client, key, city):
    tree = xml(client.post(f"{V2}/requests.xml", SAID | {"api_key": key}))

    assert (tree.tag, tree[0].tag) == ("service_requests", "request")
    assert shape(tree[0])["token"] == Voice.objects.get().code


def test_a_place_is_a_code_or_degrees_as_well(client, key, city):
    given = SAID | {"address_string": "", "api_key": key}
    region = city.congress.region

    for where in ({"address_id": region.code}, {"lat": "36.06", "long": "103.83"}):
        assert client.post(f"{V2}/requests.json", given | where).status_code == 201

    found = list(Voice.objects.order_by("pk").values_list("place", "region"))
    assert found == [("", region.pk), ("36.06000, 103.83000", None)]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"service_code": ""}, 400),
        ({"service_code": "nonsense"}, 400),
        ({"description": ""}, 400),
        ({"description": "……"}, 400),
        ({"address_string": ""}, 400),
        ({"address_id": "999999"}, 400),
        ({"lat": "north"}, 400),
        ({"phone": "12345"}, 400),
        ({"jurisdiction_id": "999999"}, 404),
        ({"api_key": ""}, 403),
        ({"api_key": "huiyin_nonsense"}, 403),
    ],
)
def test_what_is_wrong_is_said_with_the_standards_code_and_nothing_is_kept(
    client, key, city, change, status
):
    given = SAID | {"api_key": key} | change

    answer = client.post(f"{V2}/requests.json", given)
    error = xml(client.post(f"{V2}/requests.xml", given))

    assert (answer.status_code, answer.json()[0]["code"]) == (status, status)
    assert (error.tag, error[0].tag, shape(error[0])["code"]) == ("errors", "error", str(status))
    assert not Voice.objects.exists()


def test_a_key_that_only_reads_and_a_key_in_the_address_send_nothing(client, sender, key, city):
    reading = make_token(sender, name="只读", can_write=False, days=30, by=sender)[1]

    codes = [
        client.post(f"{V2}/requests.json", SAID | {"api_key": reading}).status_code,
        client.post(f"{V2}/requests.json?api_key={key}", SAID).status_code,
    ]

    assert (codes, Voice.objects.count()) == ([403, 403], 0)


def test_a_telephone_is_encrypted_and_never_read_back(client, key, city):
    given = {"phone": "19900001234", "last_name": "马", "first_name": "秀兰", "api_key": key}
    client.post(f"{V2}/requests.json", SAID | given)
    voice = Voice.objects.get()
    actions.publish(voice.matter, title="路灯", by=city.clerk)

    pages = [
        client.get(f"{V2}/requests.json"),
        client.get(f"{V2}/tokens/{voice.code}.json"),
    ]

    assert voice.phone.reveal() == "19900001234"
    assert [("1234" in p.content.decode(), "马" in p.content.decode()) for p in pages] == [
        (False, False)
    ] * 2


def test_lists_are_narrowed_as_the_standard_says(client):
    moment = clock.at(dt.date(2026, 3, 5))
    with clock.set_to(moment):
        open_ = MatterFactory(public=True, subject="transport")
        closed = MatterFactory(public=True, state=State.CLOSED, subject="housing")
        MatterFactory(subject="transport")

        def ids(**query):
            found = client.get(f"{V2}/requests.json", query).json()
            return {int(each["service_request_id"]) for each in found}

        assert ids() == {open_.pk, closed.pk}
        assert ids(status="open") == {open_.pk}
        assert ids(status="closed") == {closed.pk}
        assert ids(status="open,closed") == {open_.pk, closed.pk}
        assert ids(service_code="transport") == {open_.pk}
        assert ids(service_request_id=f"{closed.pk}", status="open") == {closed.pk}
        assert ids(start_date="2026-03-04T00:00:00Z", end_date="2026-03-04T12:00:00Z") == set()
        assert ids(start_date="2026-03-05T00:00:00Z") == {open_.pk, closed.pk}
        assert ids(jurisdiction_id=open_.congress.region.code) == {
            m.pk for m in (open_, closed) if m.congress == open_.congress
        }
    with clock.set_to(moment + dt.timedelta(days=120)):
        assert ids() == set()


@pytest.mark.parametrize(
    "query",
    [
        {"status": "fixed"},
        {"service_code": "nonsense"},
        {"start_date": "yesterday"},
        {"start_date": "2026-13-40T00:00:00Z"},
        {"service_request_id": "a,b"},
        {"service_request_id": "9" * 19},
        {"service_request_id": "1\0"},
    ],
)
def test_nonsense_questions_get_a_clear_answer(client, query):
    answer = client.get(f"{V2}/requests.json", query)

    assert (answer.status_code, answer.json()[0]["code"]) == (400, 400)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, rows, django_assert_max_num_queries):
    for _ in range(rows):
        VoiceFactory(matter=MatterFactory(public=True))

    with django_assert_max_num_queries(2):
        found = client.get(f"{V2}/requests.json").json()

    assert len(found) == rows


def test_codes_are_not_guessed(client):
    codes = [client.get(f"{V2}/tokens/WRONG{n}.json").status_code for n in range(25)]

    assert (codes[0], codes[-1]) == (404, 429)


def test_a_strange_character_makes_no_broken_document(client):
    Matter.objects.filter(pk=MatterFactory(public=True).pk).update(public_title="路灯\x0b<坏>&了")

    (element,) = xml(client.get(f"{V2}/requests.xml"))

    assert shape(element)["description"] == "路灯<坏>&了"
