"""Who reads the log of looks at masked phones and numbers, and what stands in it."""

import pytest
from django.urls import reverse

from huiyin.accounts.models import Unmasking
from huiyin.congress.choices import Role
from tests.accounts.factories import UnmaskingFactory, UserFactory
from tests.congress.factories import (
    AppointmentFactory,
    CongressFactory,
    DeputyFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("n", [1, 3])
def test_the_auditor_reads_the_log_in_the_same_number_of_queries(
    client, django_assert_num_queries, n
):
    for _number in range(n):
        UnmaskingFactory(by=person_as(Role.CLERK))
    client.force_login(person_as(Role.AUDITOR))

    with django_assert_num_queries(6):
        page = client.get(reverse("congress:unmaskings"))

    assert len(page.context["page"].rows) == n


def test_each_auditor_reads_the_looks_that_concerned_the_own_congress(client):
    """Also of one person who keeps both; the deputy too has a mandate in each."""
    city, county = CongressFactory(), CongressFactory(other=True)
    both = person_as(Role.CLERK, congress=city)
    AppointmentFactory(user=both, congress=county, role=Role.CLERK)
    numbers = {}
    for congress in (city, county):
        deputy = DeputyFactory(term__congress=congress, person__with_phone=True)
        numbers[congress.pk] = deputy.person_id
        client.force_login(both)
        url = reverse("accounts:unmask", args=["congress.person", deputy.person_id, "phone"])
        client.post(url, {"reason": "通知参加视察"})
    seen = {}
    for congress in (city, county):
        client.force_login(person_as(Role.AUDITOR, congress=congress))
        page = client.get(reverse("congress:unmaskings"))
        seen[congress.pk] = [row.item_id for row in page.context["page"]]

    assert seen == {congress: [person] for congress, person in numbers.items()}


def test_a_look_at_a_deputy_of_two_congresses_concerns_that_of_whoever_looked(client):
    city, county = CongressFactory(), CongressFactory(other=True)
    person = DeputyFactory(term__congress=city, person__with_phone=True).person
    DeputyFactory(term__congress=county, person=person)
    client.force_login(person_as(Role.CLERK, congress=city))

    url = reverse("accounts:unmask", args=["congress.person", person.pk, "phone"])
    client.post(url, {"reason": "通知参加视察"})

    assert Unmasking.objects.get().congress_key == city.pk
    client.force_login(person_as(Role.AUDITOR, congress=county))
    assert list(client.get(reverse("congress:unmaskings")).context["page"]) == []


def test_of_old_looks_the_auditor_reads_only_what_people_of_the_own_congress_did(client):
    mine = UnmaskingFactory(by=person_as(Role.CLERK))
    UnmaskingFactory(by=person_as(Role.CLERK, congress=CongressFactory(other=True)))
    UnmaskingFactory(by=UserFactory())
    client.force_login(person_as(Role.AUDITOR))

    page = client.get(reverse("congress:unmaskings"))
    answer = client.get(reverse("congress:unmaskings"), {"format": "csv", "q": mine.item_label})

    assert [row.pk for row in page.context["page"]] == [mine.pk]
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 2


def test_the_log_until_the_end_of_time_is_the_log_until_today(client):
    mine = UnmaskingFactory(by=person_as(Role.CLERK))
    client.force_login(person_as(Role.AUDITOR))

    page = client.get(reverse("congress:unmaskings"), {"until": "9999-12-31"})

    assert [row.pk for row in page.context["page"]] == [mine.pk]


@pytest.mark.parametrize(
    "role", [Role.CLERK, Role.DIRECTOR, Role.SYSTEM_ADMINISTRATOR, Role.LIAISON]
)
def test_nobody_but_the_auditor_reads_the_log(client, role):
    client.force_login(person_as(role))

    assert client.get(reverse("congress:unmaskings")).status_code == 404
