"""Two people at the same moment: one step, one clear message, no number twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection

from huiyin.kernel import clock, verify
from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Rating, Suggestion
from tests.cities import load_national_rules
from tests.suggestions import walk
from tests.suggestions.walk import TODAY, City, fresh, trail_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def city(transactional_db):
    """Committed, so that other connections see it."""
    with clock.set_to(clock.at(TODAY)):
        load_national_rules()
        yield City()


def at_once(*calls):
    """Start all calls together; what each gave back, or the NotPossible it met."""
    together = Barrier(len(calls))

    def run(call):
        together.wait(timeout=20)
        try:
            return call()
        except NotPossible as reason:
            return reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def refused(results):
    return [result for result in results if isinstance(result, NotPossible)]


def test_two_clerks_register_once(city):
    suggestion = city.submitted()

    results = at_once(
        lambda: actions.register(suggestion, by=city.clerk),
        lambda: actions.register(suggestion, by=city.director),
    )

    assert len(refused(results)) == 1
    assert "目前是“已立案”" in str(refused(results)[0])
    assert trail_of(suggestion).count("register") == 1
    assert fresh(suggestion).number == "17-5-B001"


def test_papers_registered_together_get_different_numbers(city):
    papers = [city.submitted() for _ in range(4)]

    at_once(*(lambda paper=paper: actions.register(paper, by=city.clerk) for paper in papers))

    numbers = sorted(Suggestion.objects.values_list("number", flat=True))
    assert numbers == ["17-5-B001", "17-5-B002", "17-5-B003", "17-5-B004"]


def test_a_double_click_hands_over_once(city):
    suggestion = city.assigned(cohandled=True)

    results = at_once(*[lambda: actions.hand_over(suggestion, by=city.director)] * 2)

    assert len(refused(results)) == 1
    assert fresh(suggestion).state == State.HANDED_OVER
    assert list(verify.faults()) == []


def test_a_double_click_rates_once(city):
    suggestion = city.replied(joint=True)

    results = at_once(*[lambda: walk.rate(suggestion, by=city.deputy_user)] * 2)

    assert len(refused(results)) == 1
    assert Rating.objects.count() == 1


def test_two_signers_rate_together_and_the_round_ends_once(city):
    suggestion = city.replied(joint=True)

    at_once(
        lambda: walk.rate(suggestion, by=city.deputy_user),
        lambda: walk.rate(suggestion, by=city.cosigner_user),
    )

    assert trail_of(suggestion).count("finish_round") == 1
    assert fresh(suggestion).state == State.RATED


def test_an_edit_and_a_signature_at_once_never_leave_a_name_under_another_text(city):
    suggestion = city.invited()
    signature = suggestion.signatures.get(deputy=city.cosigner)

    at_once(
        lambda: actions.sign(signature, text_hash=suggestion.text_hash, by=city.cosigner_user),
        lambda: actions.revise(
            suggestion,
            text=replace(walk.TEXT, situation="就在这时改了"),
            by=city.deputy_user,
        ),
    )

    signature = fresh(signature)
    assert signature.state != "signed" or signature.text_hash == fresh(suggestion).text_hash


def test_a_unit_asks_for_a_return_while_its_clerk_drafts(city):
    suggestion = city.handling()
    task = city.task(suggestion)

    results = at_once(
        lambda: actions.ask_return(task, reason="不是我们的事", by=city.leader),
        lambda: city.draft(suggestion),
    )

    assert len(refused(results)) == 1
    assert fresh(suggestion).state in {State.RETURN_ASKED, State.DRAFTING}
