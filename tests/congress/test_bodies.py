"""Committees and deputy groups, added by pages."""

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.congress.models import Committee, DeputyGroup
from tests.congress.factories import CommitteeFactory, CongressFactory, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[Role.SYSTEM_ADMINISTRATOR, Role.CLERK])
def keeper(request, client):
    client.force_login(person_as(request.param))


@pytest.mark.usefixtures("keeper")
def test_a_committee_is_added_to_ones_own_congress(client):
    answer = client.post(reverse("congress:open_committee"), {"name": "财政经济委员会"})

    assert answer.url == reverse("congress:bodies")
    assert [(c.name, c.congress) for c in Committee.objects.all()] == [
        ("财政经济委员会", CongressFactory())
    ]


@pytest.mark.usefixtures("keeper")
def test_a_group_is_added_with_its_field(client):
    client.post(reverse("congress:open_group"), {"name": "农业代表小组", "field": "农业农村"})

    assert list(DeputyGroup.objects.values_list("name", "field")) == [("农业代表小组", "农业农村")]


@pytest.mark.usefixtures("keeper")
def test_the_same_name_twice_is_refused_and_stays_typed(client):
    CommitteeFactory(congress=CongressFactory(), name="财政经济委员会")

    page = client.post(reverse("congress:open_committee"), {"name": "财政经济委员会"})

    assert (page.status_code, Committee.objects.count()) == (409, 1)
    assert "“财政经济委员会”已经有了" in page.content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_asks_the_same_queries_for_any_number(client, django_assert_num_queries, n):
    client.force_login(person_as(Role.CLERK))
    for _number in range(n):
        CommitteeFactory(congress=CongressFactory())

    with django_assert_num_queries(7):
        page = client.get(reverse("congress:bodies"))

    assert len(page.context["committees"]) == n
