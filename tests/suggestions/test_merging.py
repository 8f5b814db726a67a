"""Several items, one handling: each keeps its number, its letter and its ratings."""

import pytest

from huiyin.kernel import verify
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AssignmentRole, PromiseState, Score, State
from huiyin.suggestions.models import Suggestion
from tests.suggestions import walk, ways
from tests.suggestions.walk import fresh, news_to, promised, trail_of


def test_merging_keeps_the_number_and_tells_both_sides(city):
    lead = city.registered()

    follower = ways.merged(city, into=lead)

    assert (follower.state, follower.merged_into, follower.number) == (
        State.MERGED,
        lead,
        "17-5-B002",
    )
    assert "建议与17-5-B001号并案办理，仍会单独答复您" in news_to(city.deputy_user)
    assert "17-5-B002号建议并入本件办理" in news_to(city.deputy_user)
    assert fresh(follower).handed_over_at is None


def test_what_is_merged_follows_the_hand_over_on_a_clock_of_its_own(city):
    lead = city.assigned()
    follower = ways.merged(city, into=lead)

    actions.hand_over(lead, by=city.director)

    follower = fresh(follower)
    assert (follower.state, follower.lead_unit) == (State.MERGED, city.unit)
    assert follower.reply_clock.rule_key == "reply.normal"
    assert follower.reply_clock_id != fresh(lead).reply_clock_id
    assert Suggestion.objects.visible_to(city.unit_clerk).filter(pk=follower.pk).exists()


def test_each_deputy_gets_a_letter_of_his_own_and_rates_it_himself(city):
    lead = city.reviewing()
    follower = ways.merged(city, into=lead)
    actions.sign_reply(lead, by=city.leader)

    follower = fresh(follower)
    own, first = follower.replies.get(), lead.replies.get()
    assert follower.state == State.REPLIED
    assert own.body == first.body
    assert {own.document_number, first.document_number} == {
        "兰建办字〔2026〕1号",
        "兰建办字〔2026〕2号",
    }
    assert follower.reply_clock.was_kept is True
    walk.rate(lead, by=city.deputy_user)
    assert fresh(follower).state == State.REPLIED
    walk.rate(follower, by=city.deputy_user)
    assert fresh(follower).state == State.RATED
    assert trail_of(follower)[-4:] == ["follow_hand_over", "follow_reply", "rate", "finish_round"]
    assert list(verify.faults()) == []


def test_a_dissatisfied_deputy_gets_a_second_round_of_his_own(city):
    lead = city.reviewing()
    follower = ways.merged(city, into=lead)
    actions.sign_reply(lead, by=city.leader)

    walk.rate(follower, by=city.deputy_user, score=Score.DISSATISFIED, words="没有说到我的楼")

    follower = fresh(follower)
    assert (follower.state, follower.round, fresh(lead).round) == (State.REDOING, 2, 1)
    follower = city.reply_again(follower)
    assert follower.state == State.REPLIED


def test_the_promises_of_the_lead_item_hold_for_what_was_merged(city):
    lead = city.drafted(result_class="B", promises=[promised("装电梯")])
    follower = ways.merged(city, into=lead)
    actions.send_for_review(lead, by=city.unit_clerk)
    actions.sign_reply(lead, by=city.leader)
    for item in (lead, follower):
        walk.rate(item, by=city.deputy_user)
    assert (fresh(lead).state, fresh(follower).state) == (State.TRACKING, State.TRACKING)

    promise = lead.promises.get()
    actions.claim_done(promise, evidence="已投入使用", by=city.unit_clerk)
    actions.confirm(promise, by=city.clerk)

    assert fresh(promise).state == PromiseState.KEPT
    assert (fresh(lead).state, fresh(follower).state) == (State.CLOSED, State.CLOSED)


def test_merging_is_undone_and_the_clock_that_runs_runs_on(city):
    lead = city.handling()
    follower = ways.merged(city, into=lead)
    running = fresh(follower).reply_clock

    follower = actions.unmerge(follower, words="其实是两个小区", by=city.clerk)

    assert (follower.state, follower.merged_into) == (State.REGISTERED, None)
    tasks = [actions.Task(city.finance, AssignmentRole.LEAD)]
    follower = actions.propose_units(follower, tasks=tasks, by=city.clerk)
    follower = actions.hand_over(follower, by=city.director)
    assert (follower.reply_clock, follower.lead_unit) == (running, city.finance)
    assert list(verify.faults()) == []


def test_when_the_lead_item_is_withdrawn_the_others_go_on(city):
    lead = city.handling()
    follower = ways.merged(city, into=lead)

    actions.withdraw(lead, words="情况有变", by=city.deputy_user)

    assert (fresh(follower).state, fresh(follower).merged_into) == (State.REGISTERED, None)
    assert "并案主件已撤回，请另行交办" in news_to(city.clerk)


@pytest.mark.parametrize(
    ("lead", "refusal"),
    [
        (lambda city, item: item, "不能并入自己"),
        (lambda city, item: city.submitted(), "主件要已立案"),
        (lambda city, item: city.replied(), "主件要已立案"),
        (lambda city, item: ways.merged(city), "主件要已立案"),
    ],
)
def test_an_odd_merging_is_refused(city, lead, refusal):
    item = city.registered()

    with pytest.raises(NotPossible, match=refusal):
        actions.merge(item, into=lead(city, item), words="同一件事", by=city.clerk)


def test_an_item_that_leads_others_is_not_merged_itself(city):
    lead = city.registered()
    ways.merged(city, into=lead)

    with pytest.raises(NotPossible, match="已有别的建议并入"):
        actions.merge(lead, into=city.registered(), words="同一件事", by=city.clerk)


def test_only_the_committee_merges(city):
    with pytest.raises(NotAllowed):
        actions.merge(
            city.registered(), into=city.registered(), words="同一件事", by=city.government
        )
