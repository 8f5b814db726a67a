"""Rating, promises, the residents, publication, and what time brings."""

from dataclasses import replace

import pytest

from huiyin.kernel import verify
from huiyin.kernel.workflow import NotPossible
from huiyin.opinions.choices import State as MatterState
from huiyin.opinions.models import ProgressLine
from huiyin.suggestions import actions
from huiyin.suggestions.choices import (
    AssignmentState,
    Openness,
    PromiseState,
    Score,
    State,
)
from tests.opinions.factories import MatterFactory
from tests.suggestions.walk import TEXT, cite, fresh, later, news_to, promised, rate

# --- rating


def test_the_last_rating_ends_the_round(city):
    suggestion = city.replied(joint=True)

    rate(suggestion, by=city.deputy_user)
    assert fresh(suggestion).state == State.REPLIED
    rate(suggestion, by=city.cosigner_user)

    assert fresh(suggestion).state == State.RATED


def test_nobody_rates_twice(city):
    suggestion = city.replied(joint=True)
    rate(suggestion, by=city.deputy_user)

    with pytest.raises(NotPossible, match="已经评价过"):
        rate(suggestion, by=city.deputy_user)


def test_dissatisfaction_needs_words(city):
    with pytest.raises(NotPossible, match="写明理由"):
        rate(city.replied(), score=Score.DISSATISFIED, by=city.deputy_user)


def test_one_dissatisfied_signer_opens_a_second_round(city):
    suggestion = city.replied(joint=True)

    rate(suggestion, by=city.deputy_user)
    rate(suggestion, score=Score.DISSATISFIED, words="没有日期", by=city.cosigner_user)

    suggestion = fresh(suggestion)
    assert (suggestion.state, suggestion.round) == (State.REDOING, 2)
    assert suggestion.clock.rule_key == "redo.window"
    task = city.task(suggestion)
    assert (task.state, task.clock.rule_key) == (AssignmentState.HANDLING, "redo.window")
    assert "代表不满意，请重新办理并再次答复" in news_to(city.unit_clerk)


def test_the_second_reply_stops_the_second_clock(city):
    suggestion = city.replied()
    rate(suggestion, score=Score.DISSATISFIED, words="没有日期", by=city.deputy_user)
    redo_clock = fresh(suggestion).clock

    suggestion = city.reply_again(fresh(suggestion))

    assert fresh(redo_clock).was_kept is True
    assert (suggestion.state, suggestion.round) == (State.REPLIED, 2)


def test_silence_ends_the_round_and_counts_as_no_statement(city):
    suggestion = city.replied(joint=True)
    rate(suggestion, by=city.deputy_user)

    with later(60):
        assert actions.finish_silent_rounds() == 1

    suggestion = fresh(suggestion)
    assert suggestion.state == State.RATED
    assert suggestion.replies.get().ratings.count() == 1


def test_a_late_rating_is_marked_and_changes_nothing(city):
    suggestion = city.replied()
    with later(60):
        actions.finish_silent_rounds()
        rating = rate(
            fresh(suggestion), score=Score.DISSATISFIED, words="晚了", by=city.deputy_user
        )

    assert rating.is_late
    assert fresh(suggestion).state == State.RATED


# --- promises


def test_a_broken_promise_with_its_explanation_closes_too(city):
    suggestion = city.tracking()

    actions.break_promise(city.promise(suggestion), reason="管线要先迁改", by=city.leader)

    assert fresh(suggestion).state == State.CLOSED


def test_the_suggestion_stays_open_while_a_promise_is(city):
    suggestion = city.replied(result_class="B", promises=[promised("装电梯"), promised("修坡道")])
    rate(suggestion, by=city.deputy_user)
    first = suggestion.promises.order_by("pk").first()

    actions.claim_done(first, evidence="已装好", by=city.unit_clerk)
    actions.confirm(first, by=city.clerk)

    assert fresh(suggestion).state == State.TRACKING


def test_a_promise_sent_back_is_open_again(city):
    promise = city.promise(city.tracking())
    actions.claim_done(promise, evidence="快好了", by=city.unit_clerk)

    promise = actions.send_back_promise(promise, words="还没有通电", by=city.clerk)

    assert (promise.state, promise.check_words) == (PromiseState.OPEN, "还没有通电")


def test_a_promise_found_false_reopens_the_suggestion(city):
    suggestion = city.tracking()
    promise = city.promise(suggestion)
    actions.claim_done(promise, evidence="已投入使用", by=city.unit_clerk)
    actions.confirm(promise, by=city.clerk)

    actions.reopen_promise(promise, words="检查发现没有投用", by=city.director)

    assert fresh(suggestion).state == State.TRACKING
    assert fresh(promise).state == PromiseState.OPEN
    assert list(verify.faults()) == []


# --- the residents it began with


def test_residents_are_told_at_every_turn_and_asked_at_the_end(city):
    matter = MatterFactory(congress=city.congress)
    suggestion = city.promised(origins=cite(matter))
    rate(suggestion, by=city.deputy_user)
    promise = city.promise(suggestion)
    actions.claim_done(promise, evidence="已投入使用", by=city.unit_clerk)
    actions.confirm(promise, by=city.clerk)

    told = list(
        ProgressLine.objects.filter(matter=matter).order_by("pk").values_list("words", flat=True)
    )
    assert told == [
        f"代表已把这件事写成建议：{TEXT.title}",
        "建议已交兰州市住房和城乡建设局办理，2026年6月5日前答复代表。",
        "兰州市住房和城乡建设局答复：三号楼加装电梯并投入使用，2026-09-30前完成。代表正在评价答复。",
        "承诺的事已办成：三号楼加装电梯并投入使用。",
    ]
    assert fresh(matter).state == MatterState.ANSWERED


def test_a_solved_matter_is_asked_about_as_soon_as_it_is_rated(city):
    matter = MatterFactory(congress=city.congress)
    suggestion = city.replied(origins=cite(matter))

    rate(suggestion, by=city.deputy_user)

    assert fresh(matter).state == MatterState.ANSWERED


def test_a_withdrawn_suggestion_gives_the_matter_back(city):
    matter = MatterFactory(congress=city.congress)
    suggestion = city.handling(origins=cite(matter))
    assert fresh(matter).state == MatterState.IN_SUGGESTION

    actions.withdraw(suggestion, words="另有安排", by=city.deputy_user)

    assert fresh(matter).state == MatterState.RECEIVED
    assert list(verify.faults()) == []


# --- publication


def test_a_published_copy_is_redacted(city):
    text = replace(TEXT, situation="请联系王某19900001234，住3号楼2单元501室。")
    suggestion = actions.write(city.lead, text=text, by=city.deputy_user)
    suggestion = actions.register(actions.submit(suggestion, by=city.deputy_user), by=city.clerk)

    publication = actions.propose_publication(suggestion, by=city.clerk)

    assert publication.text.startswith("请联系王某［电话略］，住［门牌略］。")


def test_a_title_alone_stays_alone(city):
    text = replace(TEXT, openness=Openness.TITLE)
    suggestion = actions.write(city.lead, text=text, by=city.deputy_user)
    suggestion = actions.register(actions.submit(suggestion, by=city.deputy_user), by=city.clerk)
    publication = actions.propose_publication(suggestion, by=city.clerk)

    publication = actions.publish(publication, title="标题", text="偷偷加上的正文", by=city.clerk)

    assert (publication.text, fresh(suggestion).is_published) == ("", True)


def test_what_the_deputy_keeps_closed_is_not_proposed(city):
    text = replace(TEXT, openness=Openness.CLOSED)
    suggestion = actions.write(city.lead, text=text, by=city.deputy_user)
    suggestion = actions.register(actions.submit(suggestion, by=city.deputy_user), by=city.clerk)

    with pytest.raises(NotPossible, match="不宜公开"):
        actions.propose_publication(suggestion, by=city.clerk)


def test_taking_back_hides_it_and_keeps_the_reason(city):
    publication = actions.propose_publication(city.registered(), by=city.clerk)
    publication = actions.publish(publication, title="标题", text="正文", by=city.clerk)

    publication = actions.take_back(publication, reason="有一处个人信息", by=city.clerk)

    assert fresh(publication.suggestion).is_published is False
    assert publication.reason == "有一处个人信息"


# --- time


def test_reminders_come_once_a_level(city):
    city.handling()

    def reminders():
        return [words for words in news_to(city.unit_clerk) if "答复代表" in words]

    for days in (80, 81, 88, 89, 95, 96):
        with later(days):
            actions.remind()

    assert reminders() == ["答复代表即将到期", "答复代表快到期了", "答复代表已经逾期"]


def test_raters_and_promisers_are_reminded(city):
    suggestion = city.promised(joint=True)
    rate(suggestion, by=city.deputy_user)

    with later(25):
        actions.remind()
    with later(200):
        actions.remind()
    with later(221):  # a Monday
        actions.remind()

    assert any("代表评价" in words for words in news_to(city.cosigner_user))
    assert not any("代表评价快" in words for words in news_to(city.deputy_user))
    assert "承诺快到期了" in news_to(city.unit_clerk)
    assert "承诺已过期，请报告进展" in news_to(city.clerk)
