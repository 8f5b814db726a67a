"""Atom feeds: well-formed, the newest first, and silent about what is not public."""

from xml.etree import ElementTree

import pytest

from huiyin.suggestions import actions
from huiyin.suggestions.actions import motions
from tests.suggestions import moved
from tests.suggestions.browse import publish
from tests.suggestions.walk import later, promised

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/suggestions/feed/", "/suggestions/feed/replies/", "/promises/feed/"]


def entries(client, path):
    answer = client.get(path)
    assert answer["content-type"] == "application/atom+xml; charset=utf-8"
    return [
        {child.tag.removeprefix(ATOM): child for child in entry}
        for entry in ElementTree.fromstring(answer.content).iter(f"{ATOM}entry")
    ]


def test_each_feed_tells_its_own_news(client, city):
    publication = publish(city, city.tracking())
    number = publication.suggestion.number

    (suggestion,), (reply,), (promise,) = (entries(client, path) for path in FEEDS)

    assert suggestion["title"].text == reply["title"].text == f"{number} {publication.title}"
    assert suggestion["summary"].text == publication.text
    assert reply["summary"].text == publication.reply
    assert promise["summary"].text == "三号楼加装电梯并投入使用（2026-09-30）"
    assert len({each["id"].text for each in (suggestion, reply, promise)}) == 3


def test_what_is_not_public_is_in_no_feed(client, city):
    city.tracking()
    taken = publish(city, city.tracking())
    actions.take_back(taken, reason="有差错", by=city.clerk)

    assert [entries(client, path) for path in FEEDS] == [[], [], []]


def test_a_promise_is_redacted_in_the_feed(client, city):
    promises = [promised("进度请问马秀兰 19900001234")]
    publish(city, city.replied(result_class="B", promises=promises))

    (entry,) = entries(client, "/promises/feed/")

    assert "19900001234" not in entry["summary"].text


def test_a_kept_promise_comes_up_again_under_the_same_id(client, city):
    publish(city, city.tracking())
    promise = city.promise(publish(city, city.tracking()).suggestion)
    before = {entry["id"].text for entry in entries(client, "/promises/feed/")}
    with later(3):
        actions.claim_done(promise, evidence="已办完", by=city.unit_clerk)

        first, _second = entries(client, "/promises/feed/")

    assert first["id"].text.endswith(f"#promise-{promise.pk}")
    assert first["id"].text in before
    assert "2026-03-08" in first["updated"].text


@pytest.mark.parametrize(("path", "most"), [(path, 1) for path in FEEDS])
@pytest.mark.parametrize("n", [1, 3])
def test_a_feed_asks_one_question_however_long(
    client, city, path, most, n, django_assert_num_queries
):
    for _ in range(n):
        publish(city, city.tracking())

    with django_assert_num_queries(most):
        client.get(path)


# --- motions


MOTIONS = "/motions/feed/"


def test_a_published_motion_is_news_with_its_text_only_where_the_deputies_agree(client, city):
    motion = moved.public(city)
    paper = motion.suggestion

    (entry,) = entries(client, MOTIONS)
    type(paper).objects.filter(pk=paper.pk).update(openness="title")
    (closed,) = entries(client, MOTIONS)

    assert entry["title"].text == f"{motion.number} {paper.title}"
    assert (paper.situation in entry["summary"].text, "列入议程" in entry["summary"].text) == (
        True,
        True,
    )
    assert paper.situation not in closed["summary"].text


def test_a_motion_that_is_not_public_is_in_no_feed(client, city):
    moved.deciding(city)
    taken = moved.public(city)
    motions.take_back(taken, reason="有差错", by=city.director)

    assert entries(client, MOTIONS) == []


@pytest.mark.parametrize("n", [1, 3])
def test_the_motions_feed_asks_one_question_however_long(
    client, city, n, django_assert_num_queries
):
    for _ in range(n):
        moved.public(city)

    with django_assert_num_queries(1):
        client.get(MOTIONS)
