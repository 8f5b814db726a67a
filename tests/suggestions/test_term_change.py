"""A new term: units go on, the old proposer is answered and rates, open promises are explained."""

import datetime as dt

import pytest

from huiyin.congress import actions as congress
from huiyin.congress.choices import EndGround
from huiyin.congress.models import Term
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.choices import PromiseState, State
from huiyin.suggestions.models import Suggestion
from tests.congress.factories import CongressFactory, person_as
from tests.suggestions import browse
from tests.suggestions.walk import TODAY, City, fresh, later, rate


def end_of_term(city: City, ground: str = EndGround.TERM_OVER) -> None:
    Term.objects.filter(pk=city.term.pk).update(ends_on=TODAY - dt.timedelta(days=1))
    congress.end(city.lead, ground=ground, on=TODAY, by=city.clerk)
    if hasattr(city.deputy_user, "_seats"):
        del city.deputy_user._seats


def test_what_was_left_open_is_answered_to_the_old_proposer_who_rates_it(city):
    suggestion = city.reviewing()
    end_of_term(city)

    actions.sign_reply(suggestion, by=city.leader)

    assert Suggestion.objects.visible_to(city.deputy_user).get() == suggestion
    rate(suggestion, by=city.deputy_user)
    assert fresh(suggestion).state == State.RATED


def test_a_deputy_who_left_for_another_reason_rates_no_more(city):
    suggestion = city.replied()
    end_of_term(city, EndGround.RECALLED)

    with pytest.raises(NotAllowed):
        rate(suggestion, by=city.deputy_user)
    assert not Suggestion.objects.visible_to(city.deputy_user).exists()


def test_the_old_proposer_writes_nothing_new(city):
    suggestion = city.written()
    end_of_term(city)

    with pytest.raises(NotAllowed):
        actions.submit(suggestion, by=city.deputy_user)


def test_an_open_promise_is_explained_and_goes_on(city):
    promise = city.promise(city.tracking())
    with pytest.raises(NotPossible, match="还没有结束"):
        actions.explain_promise(promise, reason="管线未移交", by=city.leader)
    end_of_term(city)

    promise = actions.explain_promise(fresh(promise), reason="管线未移交", by=city.leader)

    assert (promise.state, promise.term_words) == (PromiseState.OPEN, "管线未移交")
    with later(30):
        actions.claim_done(promise, evidence="已完成", by=city.unit_clerk)
        actions.confirm(promise, by=city.clerk)
    assert fresh(promise).state == PromiseState.KEPT


def test_the_sheet_lists_what_is_left_and_leaves_as_a_spreadsheet(city, client):
    open_one, promised = city.handling(), city.tracking()
    city.replied(result_class="C")

    page = browse.get(client, city.clerk, "term_sheet", city.term.pk)
    table = browse.get(client, None, "term_sheet", city.term.pk, format="csv")

    for words in (open_one.number, promised.number, "三号楼加装电梯并投入使用", "还没有说明"):
        assert words in page
    assert table.count("三号楼加装电梯并投入使用") == 1
    assert open_one.number in table


def test_the_sheet_of_another_congress_does_not_exist(city, client):
    stranger = person_as("clerk", congress=CongressFactory(other=True))

    browse.get(client, stranger, "term_sheet", city.term.pk, status=404)
    browse.get(client, city.unit_clerk, "term_sheet", city.term.pk, status=404)
