"""The whole chain, from the resident's words to the kept promise."""

from huiyin.kernel import trail, verify
from huiyin.opinions.choices import State as MatterState
from huiyin.suggestions import actions
from huiyin.suggestions.choices import PromiseState, Score, State
from tests.opinions.factories import MatterFactory
from tests.remembering import MEMORY
from tests.suggestions import ways
from tests.suggestions.walk import fresh, later, rate, trail_of


def test_the_city_of_a_module_is_a_place_from_which_ways_are_remembered(city):
    assert MEMORY.place is not None


def test_the_chain_holds_from_the_first_word_to_the_kept_promise(city):
    matter = MatterFactory(congress=city.congress)
    cited = actions.Cited("opinions.matter", matter.pk, matter.title)

    suggestion = city.tracking(origins=[cited], cohandled=True)
    promise = city.promise(suggestion)
    with later(120):
        actions.claim_done(promise, evidence="电梯已于六月投入使用。", by=city.unit_clerk)
        actions.confirm(promise, words="已到现场看过", by=city.clerk)
        actions.rate_promise(promise, score=Score.SATISFIED, by=city.deputy_user)

    assert trail_of(suggestion) == [
        "write", "submit", "register", "propose_units", "hand_over", "sign_for", "draft_reply",
        "send_for_review", "sign_reply", "rate", "finish_round", "track", "settle",
    ]  # fmt: skip
    assert fresh(suggestion).state == State.CLOSED
    assert fresh(promise).state == PromiseState.KEPT
    assert fresh(matter).state == MatterState.ANSWERED
    assert list(verify.faults()) == []


def test_the_chain_holds_after_it_is_sealed(city):
    city.replied()

    trail.seal_all()

    assert list(verify.faults()) == []


def test_a_second_round_and_a_talk_lead_to_the_end(city):
    suggestion = city.replied()

    rate(suggestion, score=Score.DISSATISFIED, words="没有说什么时候装", by=city.deputy_user)
    assert fresh(suggestion).state == State.REDOING
    with later(20):
        suggestion = city.reply_again(suggestion)
        rate(suggestion, score=Score.DISSATISFIED, words="还是没有说", by=city.deputy_user)
        assert fresh(suggestion).state == State.COORDINATING
        ways.convened(city, suggestion)
        actions.decide_accept(suggestion, words="当面说明了困难，代表理解", by=city.clerk)

    assert fresh(suggestion).state == State.CLOSED
    assert [reply.round for reply in suggestion.replies.order_by("round")] == [1, 2]
    assert list(verify.faults()) == []
