"""Matters that became one: every trace of the family finds every suggestion, whichever of them it cites."""

from types import SimpleNamespace

import pytest

from huiyin.dashboards.trace import chain_of, trace_of
from huiyin.notices.models import Message
from huiyin.opinions import actions as opinions
from huiyin.opinions.events import reopened
from huiyin.opinions.models import Matter
from huiyin.suggestions import actions
from huiyin.suggestions.models import Suggestion
from tests.dashboards.test_trace import address, printed_text, publish, told_to
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.suggestions.walk import fresh


@pytest.fixture
def merged(story):
    """`cited`, which the suggestion names, went into `middle`, and that into `host`."""
    city = story.city
    host, middle, cited = MatterFactory.create_batch(3, congress=city.congress)
    voice = VoiceFactory(matter=cited)
    suggestion = city.submitted(origins=[_citing(cited)])
    opinions.merge(middle, others=[fresh(cited)], by=city.clerk)
    opinions.merge(host, others=[fresh(middle)], by=city.clerk)
    fields = {"host": host, "middle": middle, "cited": cited, "voice": voice}
    return SimpleNamespace(city=city, suggestion=suggestion, **fields)


def _citing(matter):
    return actions.Cited("opinions.matter", matter.pk, matter.title)


def suggestions_of(user, item):
    trace = trace_of(chain_of(item.item_kind(), item.pk, user))
    return [trace.suggestion.pk, *(other.pk for other, _title in trace.others)]


def reopened_of(user):
    subject = "居民说还没解决，请您看看"
    return Message.objects.inbox_of(user.pk).filter(subject=subject).count()


@pytest.mark.parametrize("name", ["host", "middle", "cited", "voice", "suggestion"])
def test_the_suggestion_is_found_from_every_object_of_the_family(merged, name):
    item = getattr(merged, name)

    assert suggestions_of(merged.city.clerk, item) == [merged.suggestion.pk]


def test_the_trace_is_the_same_from_all_of_them(merged):
    subjects = [merged.host, merged.middle, merged.cited, merged.voice, merged.suggestion]

    told = {tuple(m.heading for m in told_to(merged.city.clerk, each)) for each in subjects}

    assert len(told) == 1
    assert "1 位居民说了这件事" in told.pop()


def test_a_matter_merged_beside_the_cited_one_leads_to_it_too(merged):
    beside = MatterFactory(congress=merged.city.congress)
    opinions.merge(merged.host, others=[beside], by=merged.city.clerk)

    assert suggestions_of(merged.city.clerk, beside) == [merged.suggestion.pk]


def test_an_undone_merge_divides_the_traces_again(merged):
    opinions.unmerge(fresh(merged.middle), by=merged.city.clerk)
    clerk = merged.city.clerk

    host = chain_of(Matter.item_kind(), merged.host.pk, clerk)

    assert (host.suggestion, host.others) == (None, [])
    assert suggestions_of(clerk, merged.middle) == [merged.suggestion.pk]
    assert suggestions_of(clerk, fresh(merged.voice)) == [merged.suggestion.pk]


def test_all_suggestions_of_one_matter_are_shown_from_each_of_them(merged, client):
    city = merged.city
    second = city.submitted(origins=[_citing(merged.host)])
    both = {merged.suggestion.pk, second.pk}
    client.force_login(city.clerk)

    found = {
        tuple(sorted(suggestions_of(city.clerk, each)))
        for each in (merged.host, merged.cited, merged.voice, merged.suggestion, second)
    }
    page = client.get(address(merged.suggestion)).content.decode()
    paper = printed_text(client.get(f"{address(merged.suggestion)}print/"))

    assert found == {tuple(sorted(both))}
    assert (address(second) in page, "同一件事的建议" in page) == (True, True)
    assert "同一件事的建议" in paper


def test_outsiders_are_shown_only_what_is_public_of_the_others(merged, client):
    city = merged.city
    second = city.registered(origins=[_citing(merged.host)])
    hidden = city.submitted(origins=[_citing(merged.host)])
    first = actions.register(merged.suggestion, by=city.clerk)
    publish(merged, first)
    publication = actions.propose_publication(second, by=city.clerk)
    actions.publish(publication, title="公开的标题", text="见答复", by=city.clerk)

    page = client.get(address(first)).content.decode()

    assert (address(second) in page, "公开的标题" in page) == (True, True)
    assert (address(hidden) in page, second.title in page.split("同一件事的建议")[1]) == (
        False,
        False,
    )


@pytest.mark.parametrize("depth", [0, 4])
@pytest.mark.parametrize("more", [0, 3])
def test_a_trace_asks_the_same_however_often_it_was_merged(
    story, depth, more, django_assert_max_num_queries
):
    city = story.city
    matter = MatterFactory(congress=city.congress)
    cited = [_citing(matter)]
    for _ in range(1 + more):
        city.submitted(origins=cited)
    for _ in range(depth):
        host = MatterFactory(congress=city.congress)
        opinions.merge(host, others=[fresh(matter)], by=city.clerk)
        matter = host

    with django_assert_max_num_queries(MOST_QUESTIONS):
        trace_of(chain_of(Matter.item_kind(), matter.pk, city.clerk))


MOST_QUESTIONS = 14


@pytest.mark.parametrize("name", ["host", "middle", "cited"])
def test_the_lead_deputy_hears_when_any_of_the_family_is_reopened(merged, name):
    Matter.objects.update(deputy=None)  # whoever follows one is called back by another way
    reopened.send(Matter, matter_id=getattr(merged, name).pk)

    assert reopened_of(merged.city.deputy_user) == 1


def test_after_an_undone_merge_the_other_matter_is_no_news_of_the_suggestion(merged):
    opinions.unmerge(fresh(merged.middle), by=merged.city.clerk)

    reopened.send(Matter, matter_id=merged.host.pk)

    assert reopened_of(merged.city.deputy_user) == 0


def test_of_a_suggestion_citing_two_of_the_family_the_lead_hears_once(merged):
    city = merged.city
    cited = [_citing(merged.cited), _citing(merged.host)]
    Suggestion.objects.filter(pk=merged.suggestion.pk).delete()
    city.submitted(origins=cited)
    Matter.objects.update(deputy=None)  # whoever follows one is called back by another way

    reopened.send(Matter, matter_id=merged.host.pk)

    assert reopened_of(city.deputy_user) == 1
