"""Searches of lists that people keep under a name of their own."""

import pytest
from django.urls import reverse

from huiyin.accounts import actions
from huiyin.congress.choices import Role
from huiyin.kernel.workflow import NotPossible
from tests.congress.factories import person_as

pytestmark = pytest.mark.django_db
DESK = "/desk/suggestions/"


@pytest.fixture
def clerk(client):
    clerk = person_as(Role.CLERK)
    client.force_login(clerk)
    return clerk


def keep(client, *, name="本周环保", query="tab=week&subject=construction", path=DESK):
    given = {"name": name, "query": query, "path": path}
    return client.post(reverse("accounts:keep_filter"), given)


def page(client, query=""):
    return client.get(f"{DESK}?{query}").content.decode()


def kept_by(user):
    user.refresh_from_db()
    return [(kept["path"], kept["name"], kept["query"]) for kept in user.kept_filters]


def test_a_kept_search_leads_back_to_its_list_without_page_and_empty_fields(client, clerk):
    answer = keep(client, query="tab=week&q=&subject=construction&page=3&format=csv")

    assert answer.url == f"{DESK}?tab=week&subject=construction"
    assert kept_by(clerk) == [(DESK, "本周环保", "tab=week&subject=construction")]


def test_a_list_offers_to_keep_what_narrows_it_and_then_to_drop_it(client, clerk):
    assert "把这些条件存为常用" not in page(client)
    assert "把这些条件存为常用" not in page(client, "tab=week&sort=number")
    assert "把这些条件存为常用" in page(client, "tab=week&subject=construction&page=2")

    keep(client)

    assert 'href="?tab=week&amp;subject=construction"' in page(client)
    assert "删掉“本周环保”" in page(client, "tab=week&subject=construction")
    assert "本周环保" not in client.get("/desk/promises/").content.decode()


def test_a_dropped_search_is_gone(client, clerk):
    keep(client)
    keep(client, name="环保", query="subject=construction")

    answer = client.post(reverse("accounts:drop_filter"), {"name": "本周环保", "path": DESK})

    assert answer.url == DESK
    assert [name for _path, name, _query in kept_by(clerk)] == ["环保"]


def test_the_same_name_again_means_the_new_search(client, clerk):
    keep(client)
    keep(client, query="tab=overdue")

    assert kept_by(clerk) == [(DESK, "本周环保", "tab=overdue")]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "  "}, "给常用条件起个名字，最多 20 个字。"),
        ({"name": "长" * 21}, "给常用条件起个名字，最多 20 个字。"),
        ({"name": "环\x00保"}, "给常用条件起个名字，最多 20 个字。"),
        ({"query": "page=2"}, "先选好条件，再存为常用。"),
        ({"query": f"q={'a' * 500}"}, "先选好条件，再存为常用。"),
    ],
)
def test_what_cannot_be_kept_says_why_on_the_list_it_came_from(client, clerk, given, words):
    answer = keep(client, **given)

    assert words in client.get(answer.url).content.decode()
    assert kept_by(clerk) == []


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/", "/", ""])
def test_only_lists_inside_are_led_to(client, clerk, path):
    assert keep(client, path=path).status_code == 400
    assert client.post(reverse("accounts:drop_filter"), {"path": path}).status_code == 400
    assert kept_by(clerk) == []


def test_a_name_is_shown_as_text(client, clerk):
    keep(client, name="<b>x</b>")

    assert "<b>x</b>" not in page(client)
    assert "&lt;b&gt;x&lt;/b&gt;" in page(client)


def test_one_list_keeps_no_more_than_can_be_read(client, clerk):
    for number in range(actions.MOST_FILTERS):
        actions.keep_filter(name=str(number), path=DESK, query="tab=week", by=clerk)

    with pytest.raises(NotPossible, match="最多存 20 个"):
        actions.keep_filter(name="one more", path=DESK, query="tab=week", by=clerk)
    actions.keep_filter(name="0", path=DESK, query="tab=done", by=clerk)
    actions.keep_filter(name="elsewhere", path="/desk/promises/", query="state=late", by=clerk)

    assert len(kept_by(clerk)) == actions.MOST_FILTERS + 1
