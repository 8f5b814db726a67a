"""Units proposed from past hand-overs: learned here, shown with reasons, decided by a person."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage

from huiyin.congress.models import Unit
from huiyin.kernel import clock
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions import actions, tasks
from huiyin.suggestions.actions import routing
from huiyin.suggestions.choices import AssignmentState, State
from huiyin.suggestions.models import Assignment
from tests.congress.factories import CongressFactory, DeputyFactory, UnitFactory
from tests.suggestions.browse import get
from tests.suggestions.factories import SuggestionFactory
from tests.suggestions.walk import fresh

LIFT = "关于为%d号院老楼加装电梯的建议"
LOAN = "关于给%d号企业贷款贴息的建议"


@pytest.fixture
def past(city):
    """Six papers about lifts went to the building bureau, six about loans to the finance bureau."""
    lead = DeputyFactory(term=city.term, with_user=True)
    for number in range(6):
        for title, text, unit in (
            (LIFT % number, "老人上下楼困难，希望加装电梯。", city.unit),
            (LOAN % number, "小企业融资难，希望财政贴息。", city.finance),
        ):
            SuggestionFactory(
                handed_over=True,
                lead=lead,
                title=title,
                situation=text,
                proposals=text,
                lead_unit=unit,
            )
    return city


@pytest.fixture
def enough(city):
    """So few examples will do in these tests."""
    Rule.objects.filter(key=Key.ROUTING_EXAMPLES).update(value=10)


def names(advice):
    return [found.unit.name for found in advice.proposals]


def test_learn_routes_says_what_it_learned_from_and_how_good_it_was(past):
    learned = actions.learn_routes(past.congress)

    assert (learned.n_examples, learned.n_units) == (12, 2)
    assert (learned.right_first, learned.right_among_three) == (1.0, 1.0)
    assert actions.last_learned(past.congress) == learned


def test_advise_names_the_likely_unit_with_the_words_that_decided(past, enough):
    actions.learn_routes(past.congress)

    advice = actions.advise(past.registered())

    assert names(advice) == [past.unit.name, past.finance.name]
    assert any("电梯" in word for word in advice.proposals[0].words)


def test_advise_is_silent_below_the_number_of_the_rulebook(past):
    actions.learn_routes(past.congress)

    advice = actions.advise(past.registered())

    assert (advice.proposals, advice.is_enough) == ((), False)
    assert (advice.n_examples, advice.n_needed) == (12, 100)


def test_advise_is_silent_where_nothing_was_learned(city, enough):
    assert actions.advise(city.registered()).proposals == ()
    assert actions.learn_routes(city.congress) is None


def test_a_unit_that_is_no_more_is_not_proposed(past, enough):
    actions.learn_routes(past.congress)
    Unit.objects.filter(pk=past.unit.pk).update(is_active=False)

    assert names(actions.advise(past.registered())) == [past.finance.name]


def test_a_unit_of_few_papers_is_not_learned(past):
    stray = UnitFactory(congress=past.congress)
    SuggestionFactory(
        handed_over=True,
        lead=DeputyFactory(term=past.term),
        title="关于河道的建议",
        lead_unit=stray,
    )

    assert actions.learn_routes(past.congress).n_units == 2


def test_whoever_gave_a_paper_back_is_no_example(past, enough):
    """The unit that keeps it is what one learns from."""
    suggestion = past.handling(cohandled=False)
    actions.ask_return(past.task(suggestion), reason="职责在财政局。", by=past.unit_clerk)
    actions.grant_return(past.task(suggestion), ruling="同意", unit=past.finance, by=past.clerk)
    actions.hand_over(fresh(suggestion), by=past.director)

    texts, receivers = routing._examples(past.congress)

    assert dict(zip(texts, receivers, strict=True))[routing._text(suggestion)] == str(
        past.finance.pk
    )


def test_every_congress_learns_from_its_own(past, enough):
    actions.learn_routes(past.congress)

    assert actions.last_learned(CongressFactory(other=True)) is None


def test_a_new_version_takes_over_and_only_the_newest_stay(past):
    versions = []
    for day in range(5):
        with clock.set_to(clock.at(dt.date(2026, 4, 1) + dt.timedelta(days=day))):
            versions.append(actions.learn_routes(past.congress).version)

    assert actions.last_learned(past.congress).version == versions[-1]
    _folders, files = default_storage.listdir(f"routing/{past.congress.pk}")
    kept = {name.partition(".")[0] for name in files}
    assert kept == set(versions[-routing.KEPT_VERSIONS :])
    assert len(files) == 2 * routing.KEPT_VERSIONS


def test_at_night_only_those_learn_who_handed_over_since(past):
    assert actions.learn_all_routes() == 1
    assert actions.learn_all_routes() == 0

    with clock.set_to(clock.at(dt.date(2026, 3, 6))):
        past.handed_over()
        assert actions.learn_all_routes() == 1


def test_the_task_learns_for_the_congress_it_was_asked_for(past):
    tasks.learn_routes(congress_id=past.congress.pk)

    assert actions.last_learned(past.congress).n_examples == 12


def test_the_page_shows_the_proposals_and_chooses_none(past, enough, client):
    actions.learn_routes(past.congress)
    suggestion = past.registered()

    page = get(client, past.clerk, "propose_units", suggestion.pk)

    assert "以往这类建议交给了谁" in page
    assert "从本级以往交办的 12 件、2 个单位学来" in page
    likely = page.index('<optgroup label="以往这类建议交给">')
    assert likely < page.index(past.unit.name, likely) < page.index('<optgroup label="全部单位">')
    assert "selected" not in page[likely : page.index("</select>", likely)]
    assert fresh(suggestion).state == State.REGISTERED
    assert not Assignment.objects.filter(
        suggestion=suggestion, state=AssignmentState.PROPOSED
    ).exists()


def test_the_page_says_why_it_proposes_nothing(past, client):
    actions.learn_routes(past.congress)

    page = get(client, past.clerk, "propose_units", past.registered().pk)

    assert "学过的以往交办有 12 件，不到 100 件，先不推荐单位" in page


@pytest.mark.parametrize("count", [1, 3])
def test_advice_for_many_papers_asks_the_same(past, enough, count, django_assert_num_queries):
    actions.learn_routes(past.congress)
    papers = [past.registered() for _number in range(count)]
    actions.advise_many(past.congress, papers)

    with django_assert_num_queries(2):  # the rule, the units
        actions.advise_many(past.congress, papers)
