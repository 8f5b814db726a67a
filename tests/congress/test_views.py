"""Pages of congresses and their people, as a reader meets them."""

import pytest
from django.urls import reverse

from huiyin.congress.choices import MandateState, Role
from huiyin.congress.models import Deputy, Term, Unit
from tests.congress.factories import (
    AppointmentFactory,
    CongressFactory,
    DeputyFactory,
    ElectingBaseFactory,
    SessionFactory,
    TermFactory,
    UnitFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    user = person_as(Role.CLERK)
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = person_as(Role.SYSTEM_ADMINISTRATOR)
    client.force_login(user)
    return user


# What everybody sees -------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3])
def test_the_public_list_asks_the_same_queries_for_any_number_of_deputies(
    client, django_assert_num_queries, n
):
    for _number in range(n):
        DeputyFactory(electing_base=ElectingBaseFactory())

    with django_assert_num_queries(3):
        page = client.get(reverse("congress:deputies"))

    assert page.status_code == 200
    assert len(page.context["page"].rows) == n


def test_the_public_list_finds_by_name_reading_level_county_and_delegation(client):
    city = DeputyFactory(person__name="王建国", delegation="榆中代表团")
    county = DeputyFactory(of_county=True, person__name="马秀英")
    url = reverse("congress:deputies")

    def found(**query):
        return [row.pk for row in client.get(url, query).context["page"]]

    assert found(q="建国") == [city.pk]
    assert found(q="ma xiu") == [county.pk]
    assert found(level="city") == [city.pk]
    assert found(county="620102") == [county.pk]
    assert found(delegation="榆中代表团") == [city.pk]
    assert found(level="nonsense", q="马") == [county.pk]


def test_the_public_sees_neither_phones_nor_people_who_no_longer_sit(client):
    shown = DeputyFactory(person__phone="19900001234", person__name="王建国")
    hidden = [DeputyFactory(suspended=True), DeputyFactory(ended=True)]

    page = client.get(reverse("congress:deputies"))
    card = client.get(reverse("congress:deputy", args=[shown.code]))

    assert [row.pk for row in page.context["page"]] == [shown.pk]
    assert "1990000" not in page.content.decode() + card.content.decode()
    for deputy in hidden:
        assert client.get(reverse("congress:deputy", args=[deputy.code])).status_code == 404


def test_the_public_list_is_taken_along_without_phones_and_so_often_only(client, settings):
    settings.RATE_LIMITS = True
    deputy = DeputyFactory(person__phone="19900001234", person__name="=1+1")
    url = reverse("congress:deputies")

    answers = [client.get(url, {"format": "csv"}) for _number in range(61)]

    text = answers[0].getvalue().decode("utf-8-sig")
    assert ("'=1+1" in text, deputy.delegation in text, "1234" in text) == (True, True, False)
    assert [answers[number].status_code for number in (0, 59, 60)] == [200, 200, 429]
    assert client.get(url).status_code == 200


def test_a_card_opens_by_the_code_as_it_is_read_out(client):
    deputy = DeputyFactory()
    typed = f"{deputy.code[:4]}-{deputy.code[4:8]}-{deputy.code[8:]}".lower()

    page = client.get(reverse("congress:deputy", args=[typed]))

    assert page.status_code == 200
    assert reverse("opinions:say_to_deputy", args=[deputy.code]) in page.content.decode()


@pytest.mark.parametrize("code", ["XXXX", "0" * 300, "%00", "〇〇"])
def test_a_code_that_is_none_is_not_found(client, code):
    assert client.get(f"/d/{code}/").status_code == 404


def test_the_poster_carries_the_code_and_no_name_in_the_address(client):
    deputy = DeputyFactory()

    page = client.get(reverse("congress:poster", args=[deputy.code])).content.decode()

    assert '<svg role="img"' in page
    assert "style=" not in page


# Deputies on the desk ------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3])
def test_the_desk_list_asks_the_same_queries_for_any_number_of_deputies(
    client, clerk, django_assert_num_queries, n
):
    for _number in range(n):
        DeputyFactory(electing_base=ElectingBaseFactory(), person__with_phone=True)

    with django_assert_num_queries(6):
        page = client.get(reverse("congress:desk_deputies"))

    assert len(page.context["page"].rows) == n


def test_the_desk_list_is_exported_masked(client, clerk):
    DeputyFactory(person__phone="19900001234", person__name="=1+1")

    answer = client.get(reverse("congress:desk_deputies"), {"format": "csv"})

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "'=1+1" in text
    assert "199****1234" in text
    assert "19900001234" not in text


def test_staff_of_another_congress_see_nothing_of_this_one(client):
    deputy = DeputyFactory()
    client.force_login(AppointmentFactory(clerk=True, of_other=True).user)

    assert list(client.get(reverse("congress:desk_deputies")).context["page"]) == []
    for name in ("desk_deputy", "change_person"):
        assert client.get(reverse(f"congress:{name}", args=[deputy.pk])).status_code == 404
    for name in ("suspend", "resume", "end"):
        assert client.post(reverse(f"congress:{name}", args=[deputy.pk])).status_code == 404


def test_suspending_on_the_page_needs_the_ground_and_keeps_what_was_typed(client, clerk):
    deputy = DeputyFactory()
    url = reverse("congress:suspend", args=[deputy.pk])

    refused = client.post(url, {"on": "2026-03-02", "words": ""})
    taken = client.post(url, {"on": "2026-03-02", "words": "被羁押"})

    assert refused.status_code == 422
    assert 'value="2026-03-02"' in refused.content.decode()
    assert taken.url == reverse("congress:desk_deputy", args=[deputy.pk])
    assert Deputy.objects.get(pk=deputy.pk).state == MandateState.SUSPENDED


def test_a_step_taken_twice_is_answered_with_409(client, clerk):
    deputy = DeputyFactory(ended=True)

    answer = client.post(reverse("congress:resume", args=[deputy.pk]), {"words": "羁押已经解除"})

    assert answer.status_code == 409


def test_the_detail_page_shows_masks_and_the_way_behind_them(client, clerk):
    deputy = DeputyFactory(person__phone="19900001234")

    page = client.get(reverse("congress:desk_deputy", args=[deputy.pk])).content.decode()

    assert "199****1234" in page
    assert reverse("accounts:unmask", args=["congress.person", deputy.person_id, "phone"]) in page


def test_changing_a_person_leaves_the_phone_alone_unless_typed_anew(client, clerk):
    deputy = DeputyFactory(person__phone="19900001234")
    url = reverse("congress:change_person", args=[deputy.pk])
    typed = {"name": "单国栋", "sex": "1", "ethnic_group": "汉族", "post": "", "phone": ""}

    client.post(url, typed)
    deputy.person.refresh_from_db()
    assert (deputy.person.name, deputy.person.phone.reveal()) == ("单国栋", "19900001234")
    assert deputy.person.sort_key.startswith("shan")

    client.post(url, typed | {"phone": "199 0000 9999"})
    deputy.person.refresh_from_db()
    assert deputy.person.phone.reveal() == "19900009999"
    assert client.post(url, typed | {"phone": "12"}).status_code == 422


# Units ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3])
def test_the_unit_list_asks_the_same_queries_for_any_number_of_units(
    client, clerk, django_assert_num_queries, n
):
    for _number in range(n):
        UnitFactory()

    with django_assert_num_queries(6):
        page = client.get(reverse("congress:units"))

    assert len(page.context["page"].rows) == n


def test_units_are_opened_changed_and_retired(client, clerk):
    typed = {
        "name": "兰州市教育局",
        "short_name": "教育局",
        "kind": "department",
        "document_prefix": "",
    }

    client.post(reverse("congress:open_unit"), typed)
    unit = Unit.objects.get()
    client.post(reverse("congress:change_unit", args=[unit.pk]), typed | {"short_name": "市教育局"})

    unit.refresh_from_db()
    assert (unit.short_name, unit.is_active, unit.congress) == (
        "市教育局",
        False,
        CongressFactory(),
    )


def test_a_unit_gets_no_name_that_another_has(client, clerk):
    UnitFactory(name="兰州市教育局")
    unit = UnitFactory(name="兰州市民政局")
    typed = {"name": "兰州市教育局", "short_name": "新的简称", "kind": "department"}

    opened = client.post(reverse("congress:open_unit"), typed)
    renamed = client.post(reverse("congress:change_unit", args=[unit.pk]), typed)

    for answer in (opened, renamed):
        assert answer.status_code == 409
        assert "“兰州市教育局”已经有了。" in answer.content.decode()
        assert 'value="新的简称"' in answer.content.decode()
    assert Unit.objects.get(pk=unit.pk).name == "兰州市民政局"
    assert Unit.objects.count() == 2


def test_a_unit_of_another_congress_is_not_found(client, clerk):
    unit = UnitFactory(congress=CongressFactory(other=True))

    assert client.get(reverse("congress:change_unit", args=[unit.pk])).status_code == 404


def test_a_unit_without_a_name_comes_back_with_what_was_typed(client, clerk):
    answer = client.post(reverse("congress:open_unit"), {"short_name": "教育局"})

    assert answer.status_code == 422
    assert 'value="教育局"' in answer.content.decode()


# Terms and sessions --------------------------------------------------------------------------------


def test_terms_and_sessions_are_opened_on_one_page(client, administrator):
    TermFactory()

    client.post(reverse("congress:terms"), {"number": 18, "starts_on": "2027-01-05"})
    new = Term.objects.get(number=18)
    client.post(
        reverse("congress:convene", args=[new.pk]),
        {"number": 1, "starts_on": "2027-01-05", "ends_on": "2027-01-09"},
    )

    assert str(Term.objects.get(number=17).ends_on) == "2027-01-04"
    assert [str(session) for session in new.sessions.all()] == ["第1次会议"]


def test_a_term_twice_is_answered_with_409(client, administrator):
    SessionFactory()

    answer = client.post(reverse("congress:terms"), {"number": 17, "starts_on": "2027-01-05"})

    assert answer.status_code == 409


# Doors ---------------------------------------------------------------------------------------------

STAFF_ONLY = [
    "import_deputies",
    "units",
    "open_unit",
    "import_units",
    "appointments",
    "appoint",
    "terms",
    "unmaskings",
    "desk_deputies",
]


@pytest.mark.parametrize("name", STAFF_ONLY)
def test_the_desk_asks_strangers_to_log_in(client, name):
    answer = client.get(reverse(f"congress:{name}"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", [n for n in STAFF_ONLY if n not in {"units", "desk_deputies"}])
def test_a_deputy_has_no_business_on_the_desk(client, name):
    TermFactory()
    client.force_login(DeputyFactory(with_user=True).person.user)

    assert client.get(reverse(f"congress:{name}")).status_code == 404
