"""A wrong letter comes back before it is rated; a closed matter is opened when nothing was done."""

import pytest

from huiyin.kernel import verify
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.choices import (
    AssignmentState,
    PromiseState,
    ReopenGround,
    ReplyState,
    State,
)
from tests.suggestions import walk, ways
from tests.suggestions.walk import fresh, later, news_to, promised, trail_of


def test_a_recalled_letter_is_a_draft_of_the_same_round_and_the_clock_runs_on(city):
    suggestion = city.replied(result_class="B", promises=[promised("装电梯")])
    task, running = city.task(suggestion), suggestion.reply_clock
    actions.ask_recall(task, reason="附错了文件", by=city.leader)
    assert "兰州市住房和城乡建设局申请收回答复" in news_to(city.clerk)

    suggestion = actions.grant_recall(task, ruling="情况属实", by=city.clerk)

    reply = suggestion.replies.get()
    assert (suggestion.state, suggestion.round, suggestion.replied_at) == (State.DRAFTING, 1, None)
    assert (reply.state, reply.document_number) == (ReplyState.DRAFT, "")
    assert (suggestion.clock, fresh(running).is_running) == (running, True)
    assert fresh(task).state == AssignmentState.HANDLING
    assert suggestion.promises.get().state == PromiseState.DRAFT
    assert "答复有误，已收回重办" in news_to(city.deputy_user)
    assert list(verify.faults()) == []


def test_a_letter_of_the_second_round_is_recalled_too(city):
    suggestion = city.replied()
    walk.rate(suggestion, by=city.deputy_user, score="dissatisfied", words="没有动工。")
    task = city.task(city.reply_again(suggestion))
    actions.ask_recall(task, reason="附错了文件", by=city.leader)

    suggestion = actions.grant_recall(task, ruling="情况属实", by=city.clerk)

    assert (suggestion.state, suggestion.round) == (State.DRAFTING, 2)
    assert suggestion.replied_at is not None
    assert suggestion.clock == fresh(task).clock
    assert fresh(suggestion).clock.is_running


def test_the_number_of_a_recalled_letter_is_not_used_again(city):
    suggestion = city.replied()
    actions.ask_recall(city.task(suggestion), reason="附错了文件", by=city.leader)
    actions.grant_recall(city.task(suggestion), ruling="情况属实", by=city.clerk)

    suggestion = city.reply_again(fresh(suggestion))

    assert suggestion.replies.get().document_number == "兰建办字〔2026〕2号"
    assert suggestion.round == 1
    assert trail_of(suggestion)[-4:] == ["recall", "draft_reply", "send_for_review", "sign_reply"]


def test_a_rated_letter_stays(city):
    suggestion = city.replied(joint=True)
    walk.rate(suggestion, by=city.deputy_user)

    with pytest.raises(NotPossible, match="已有代表评价"):
        actions.ask_recall(city.task(suggestion), reason="附错了文件", by=city.leader)


def test_a_rating_between_asking_and_ruling_keeps_the_letter(city):
    suggestion = city.replied(joint=True)
    task = city.task(suggestion)
    actions.ask_recall(task, reason="附错了文件", by=city.leader)
    walk.rate(suggestion, by=city.deputy_user)

    with pytest.raises(NotPossible, match="已有代表评价"):
        actions.grant_recall(task, ruling="情况属实", by=city.clerk)
    walk.rate(suggestion, by=city.cosigner_user)

    assert fresh(task).state == AssignmentState.REPLIED
    assert task.unit_requests.get().is_granted is False


def test_a_refused_recall_changes_nothing_but_says_why(city):
    task = ways.recall_asked(city)

    actions.refuse_recall(task, ruling="文件没有附错", by=city.clerk)

    assert fresh(task).state == AssignmentState.REPLIED
    assert fresh(task.suggestion).state == State.REPLIED
    assert "没有同意收回答复" in news_to(city.leader)


def test_the_unit_does_not_recall_by_itself(city):
    task = ways.recall_asked(city)

    with pytest.raises(NotAllowed):
        actions.grant_recall(task, ruling="情况属实", by=city.leader)


def test_one_part_is_recalled_and_the_other_letter_stands(city):
    people = ways.leaders(city)
    suggestion = ways.divided_and_answered(city, people)
    mine, theirs = ways.parts(suggestion)
    actions.ask_recall(mine, reason="附错了文件", by=city.leader)

    suggestion = actions.grant_recall(mine, ruling="情况属实", by=city.clerk)

    assert suggestion.state == State.HANDLING
    assert fresh(theirs).state == AssignmentState.REPLIED
    ways.answered_part(city, fresh(mine), leader=city.leader)
    assert fresh(suggestion).state == State.REPLIED


def test_joint_leads_agree_again_to_what_was_recalled(city):
    people = ways.leaders(city)
    suggestion = ways.joint_drafted(city)
    task = ways.joint_task(suggestion)
    actions.agree(task, by=people.finance_leader)
    actions.send_for_review(suggestion, by=city.unit_clerk)
    actions.sign_reply(suggestion, by=city.leader)
    actions.ask_recall(city.task(suggestion), reason="附错了文件", by=city.leader)

    actions.grant_recall(city.task(suggestion), ruling="情况属实", by=city.clerk)

    assert fresh(task).state == AssignmentState.HANDLING


def test_what_was_merged_in_comes_back_too_unless_it_was_rated(city):
    lead = city.reviewing()
    silent, rated = ways.merged(city, into=lead), ways.merged(city, into=lead)
    actions.sign_reply(lead, by=city.leader)
    walk.rate(rated, by=city.deputy_user)
    actions.ask_recall(city.task(lead), reason="附错了文件", by=city.leader)

    lead = actions.grant_recall(city.task(lead), ruling="情况属实", by=city.clerk)

    assert (fresh(silent).state, fresh(rated).state) == (State.MERGED, State.RATED)
    city.reply_again(lead)
    assert fresh(silent).state == State.REPLIED
    assert silent.replies.get().state == ReplyState.SIGNED
    assert list(verify.faults()) == []


@pytest.mark.parametrize("ground", list(ReopenGround))
def test_a_closed_matter_that_was_not_carried_out_goes_back_to_the_unit(city, ground):
    suggestion = city.replied(result_class="C")
    walk.rate(suggestion, by=city.deputy_user)
    suggestion = actions.close(fresh(suggestion), by=city.clerk)

    with later(60):
        suggestion = actions.reopen_handling(
            suggestion, ground=ground, words="电梯还没有装", by=city.clerk
        )

    assert (suggestion.state, suggestion.round, suggestion.closed_at) == (State.REDOING, 2, None)
    assert suggestion.clock.rule_key == "redo.window"
    assert city.task(suggestion).state == AssignmentState.HANDLING
    assert "建议重新办理" in news_to(city.deputy_user)


def test_reopening_says_what_was_found(city):
    suggestion = city.replied(result_class="C")
    walk.rate(suggestion, by=city.deputy_user)
    suggestion = actions.close(fresh(suggestion), by=city.clerk)

    with pytest.raises(NotPossible, match="发现了什么"):
        actions.reopen_handling(suggestion, ground="test", words=" ", by=city.clerk)
    with pytest.raises(NotAllowed):
        actions.reopen_handling(suggestion, ground="test", words="没有装", by=city.leader)
