"""The pages as people open them: each once as a client, hidden ones as 404, lists at constant cost."""

import pytest
from django.urls import reverse

from huiyin.suggestions import actions

PEOPLE = ("deputy_user", "clerk", "director", "government", "unit_clerk", "leader")


def get(client, user, name, *args, status=200, **query):
    if user is not None:
        client.force_login(user)
    response = client.get(reverse(f"suggestions:{name}", args=args), query)
    assert response.status_code == status
    return response


@pytest.mark.parametrize("person", ["clerk", "director", "government"])
def test_the_desk_opens(client, city, person):
    city.handling()

    assert "关于为翠园小区" in get(client, getattr(city, person), "desk").content.decode()


@pytest.mark.parametrize(
    ("situation", "people"),
    [
        ("written", ["deputy_user"]),
        ("invited", ["deputy_user", "cosigner_user"]),
        ("submitted", ["deputy_user", "clerk", "director"]),
        ("assigned", ["clerk", "director"]),
        ("handed_over", ["deputy_user", "clerk", "government", "unit_clerk", "leader"]),
        ("handling", ["deputy_user", "clerk", "government", "unit_clerk", "leader"]),
        ("reviewing", ["deputy_user", "clerk", "unit_clerk", "leader"]),
        ("promised", ["deputy_user", "clerk", "government", "unit_clerk", "leader"]),
        ("tracking", ["deputy_user", "clerk", "unit_clerk", "leader"]),
    ],
)
def test_the_page_opens_for_its_people(client, city, situation, people):
    suggestion = getattr(city, situation)()

    for person in people:
        page = get(client, getattr(city, person), "detail", suggestion.pk)
        assert suggestion.title in page.content.decode()


@pytest.mark.parametrize("name", ["mine", "write"])
def test_deputies_pages_open(client, city, name):
    city.written()

    get(client, city.deputy_user, name)


def test_public_pages_open_without_a_login(client, city):
    suggestion = city.tracking()
    publication = actions.propose_publication(suggestion, by=city.clerk)
    actions.publish(
        publication,
        title=publication.title,
        text=publication.text,
        reply=publication.reply,
        by=city.clerk,
    )

    for name in ("public", "promises", "feed"):
        get(client, None, name)
    page = get(client, None, "published", suggestion.number)
    assert "翠园小区" in page.content.decode()
