"""Hand-over, return, talks, opinions and the reply."""

import datetime as dt

import pytest

from huiyin.kernel import verify
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    PromiseState,
    State,
)
from huiyin.suggestions.models import Promise, Suggestion
from tests.congress.factories import UnitFactory
from tests.suggestions import walk
from tests.suggestions.walk import TODAY, fresh, later, news_to, promised

# --- hand-over and clocks


def test_hand_over_starts_every_clock_and_tells_everyone(city):
    suggestion = city.handed_over(cohandled=True, joint=True)

    assert suggestion.reply_clock.due_on == dt.date(2026, 6, 5)
    assert suggestion.clock == suggestion.reply_clock
    lead, helper = city.task(suggestion), city.cotask(suggestion)
    assert (lead.clock.rule_key, lead.contact_clock.rule_key) == (
        "signing.window",
        "contact.window",
    )
    assert (helper.clock.rule_key, helper.contact_clock) == ("signing.window", None)
    assert (suggestion.n_cohandlers, suggestion.lead_unit) == (1, city.unit)
    for person in (city.unit_clerk, city.leader, city.finance_clerk):
        assert "有新的代表建议交你单位办理，请签收" in news_to(person)
    for person in (city.deputy_user, city.cosigner_user):
        assert "建议已交兰州市住房和城乡建设局办理，2026年6月5日前答复代表。" in news_to(person)
    assert "有代表建议交政府系统办理" in news_to(city.government)


def test_one_matter_has_one_lead(city):
    tasks = [
        actions.Task(city.unit, AssignmentRole.LEAD),
        actions.Task(city.finance, AssignmentRole.LEAD),
    ]
    with pytest.raises(NotPossible, match="只能有一个"):
        actions.propose_units(city.registered(), tasks=tasks, by=city.clerk)


def test_a_unit_is_named_once(city):
    tasks = [actions.Task(city.unit, AssignmentRole.LEAD), actions.Task(city.unit)]
    with pytest.raises(NotPossible, match="只能列一次"):
        actions.propose_units(city.registered(), tasks=tasks, by=city.clerk)


def test_a_new_proposal_takes_the_place_of_the_earlier(city):
    suggestion = city.assigned(cohandled=True)

    tasks = [actions.Task(city.finance, AssignmentRole.LEAD)]
    suggestion = actions.propose_units(suggestion, tasks=tasks, by=city.clerk)

    assert [task.unit for task in suggestion.assignments.working()] == [city.finance]


def test_hand_over_many_leaves_behind_what_cannot_go(city):
    ready, early = city.assigned(), city.registered()

    done, left = actions.hand_over_many([ready, early], by=city.director)

    assert done == [ready]
    assert [suggestion for suggestion, _reason in left] == [early]


def test_sign_for_starts_the_units_own_clock(city):
    suggestion = city.handling(cohandled=True)

    assert city.task(suggestion).clock.rule_key == "reply.normal"
    assert city.cotask(suggestion).clock.rule_key == "cohandler.window"
    assert suggestion.state == State.HANDLING


def test_the_suggestion_waits_for_its_lead_unit_only(city):
    suggestion = city.handed_over(cohandled=True)

    actions.sign_for(city.cotask(suggestion), by=city.finance_clerk)

    assert fresh(suggestion).state == State.HANDED_OVER


# --- return


def test_a_granted_return_goes_to_another_unit_on_the_first_clock(city):
    suggestion = city.handling()
    first_clock = suggestion.reply_clock
    task = city.task(suggestion)
    successor = UnitFactory(congress=city.congress)
    with later(4):
        actions.ask_return(task, reason="职责在别处", by=city.unit_clerk)
        suggestion = actions.grant_return(task, ruling="同意", unit=successor, by=city.clerk)
        assert suggestion.state == State.ASSIGNING
        suggestion = actions.hand_over(suggestion, by=city.director)

    assert (suggestion.lead_unit, suggestion.reply_clock) == (successor, first_clock)
    assert fresh(task).state == AssignmentState.RETURNED
    assert fresh(task).clock.is_void
    request = task.return_requests.get()
    assert (request.is_granted, request.clock.stopped_on) == (True, TODAY + dt.timedelta(days=4))
    assert not Suggestion.objects.visible_to(city.unit_clerk).filter(pk=suggestion.pk).exists()
    assert list(verify.faults()) == []


def test_a_return_asked_too_late_is_refused(city):
    task = city.task(city.handling())

    with later(8), pytest.raises(NotPossible, match="已过期限"):
        actions.ask_return(task, reason="不是我们的事", by=city.unit_clerk)


def test_a_refused_return_counts_as_signed_for(city):
    suggestion = city.handed_over()
    task = city.task(suggestion)
    actions.ask_return(task, reason="不是我们的事", by=city.unit_clerk)

    actions.refuse_return(task, ruling="职责清楚，请办理", by=city.director)

    task = fresh(task)
    assert (task.state, task.clock.rule_key) == (AssignmentState.HANDLING, "reply.normal")
    assert task.signed_at is not None
    assert fresh(suggestion).state == State.HANDLING


def test_a_cohandlers_return_does_not_hold_up_the_lead(city):
    suggestion = city.handling(cohandled=True)
    task = city.cotask(suggestion)
    actions.ask_return(task, reason="没有这项经费", by=city.finance_clerk)
    successor = UnitFactory(congress=city.congress)

    suggestion = actions.grant_return(task, ruling="同意", unit=successor, by=city.government)

    assert suggestion.state == State.HANDLING
    assert city.cotask(suggestion).unit == successor
    assert city.cotask(suggestion).state == AssignmentState.HANDED_OVER
    assert fresh(suggestion).n_cohandlers == 1


def test_a_court_is_not_ruled_by_the_government_office(city):
    court = UnitFactory(congress=city.congress, court=True)
    suggestion = actions.propose_units(
        city.registered(), tasks=[actions.Task(court, AssignmentRole.LEAD)], by=city.clerk
    )
    suggestion = actions.hand_over(suggestion, by=city.director)
    clerk_of_court = walk.person_as("unit_clerk", unit=court)
    task = city.task(suggestion)
    actions.ask_return(task, reason="应由检察院办理", by=clerk_of_court)

    with pytest.raises(NotAllowed):
        actions.grant_return(task, ruling="同意", by=city.government)


# --- talks and opinions


def test_the_first_talk_stops_the_contact_clock(city):
    task = city.task(city.handling())

    actions.log_contact(
        task, kind="visit", on=TODAY, persons="李科长", summary="看了三号楼", by=city.unit_clerk
    )

    assert fresh(task).contact_clock.was_kept is True


def test_a_talk_is_not_logged_ahead(city):
    task = city.task(city.handling())

    with pytest.raises(NotPossible, match="不能晚于今天"):
        actions.log_contact(
            task,
            kind="visit",
            on=TODAY + dt.timedelta(days=1),
            persons="李科长",
            summary="明天去",
            by=city.unit_clerk,
        )


def test_an_empty_opinion_is_refused(city):
    task = city.cotask(city.handling(cohandled=True))

    with pytest.raises(NotPossible, match="太短"):
        actions.give_opinion(task, opinion="无意见", by=city.finance_clerk)


def test_the_lead_waits_for_every_opinion(city):
    suggestion = city.handling(cohandled=True)
    city.draft(suggestion)

    with pytest.raises(NotPossible, match="还差1个会办单位的意见"):
        actions.send_for_review(suggestion, by=city.unit_clerk)


def test_who_handled_an_answered_matter_stays_on_its_record(city):
    task = city.cotask(city.replied(cohandled=True))

    with pytest.raises(NotPossible, match="答复已经发出"):
        actions.remove_cohandler(fresh(task), words="不再需要", by=city.clerk)


def test_a_removed_cohandler_is_not_waited_for(city):
    suggestion = city.handling(cohandled=True)
    city.draft(suggestion)
    actions.remove_cohandler(city.cotask(suggestion), words="不需要", by=city.clerk)

    assert actions.send_for_review(suggestion, by=city.unit_clerk).state == State.REVIEWING


def test_an_opinion_asked_for_again_has_a_short_clock(city):
    suggestion = city.handling(cohandled=True)
    task = actions.give_opinion(
        city.cotask(suggestion), opinion=walk.OPINION, by=city.finance_clerk
    )

    task = actions.ask_again(task, words="请写明金额", by=city.unit_clerk)

    assert (task.state, task.clock.rule_key) == (AssignmentState.HANDLING, "cohandler.again")
    assert fresh(suggestion).n_opinions == 0


# --- reply


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"result_class": "A", "body": " "}, "还没有写答复正文"),
        ({"result_class": "", "body": walk.BODY}, "还没有定结果类别"),
        ({"result_class": "B", "body": walk.BODY}, "B 类答复至少要列一项承诺"),
    ],
)
def test_an_unready_reply_is_not_sent_for_review(city, fields, reason):
    suggestion = city.handling()
    actions.draft_reply(suggestion, **fields, by=city.unit_clerk)

    with pytest.raises(NotPossible, match=reason):
        actions.send_for_review(suggestion, by=city.unit_clerk)


def test_redrafting_changes_drops_and_adds_promises(city):
    suggestion = city.handling()
    one, two, three = promised("装电梯"), promised("修坡道"), promised("改路灯")
    city.draft(suggestion, result_class="B", promises=[one, two])

    city.draft(suggestion, result_class="B", promises=[three])

    states = dict(Promise.objects.values_list("text", "state"))
    assert states == {"改路灯": PromiseState.DRAFT, "修坡道": PromiseState.DROPPED}
    assert list(verify.faults()) == []


def test_a_promise_in_the_past_is_refused(city):
    with pytest.raises(NotPossible, match="不能早于今天"):
        city.draft(
            city.handling(), result_class="B", promises=[promised("装电梯", on=dt.date(2026, 1, 1))]
        )


def test_sign_reply_numbers_the_letter_stops_the_clocks_and_opens_rating(city):
    suggestion = city.promised(joint=True)

    reply = suggestion.replies.get()
    assert reply.document_number == "兰建办字〔2026〕1号"
    assert suggestion.reply_clock.was_kept is True
    assert suggestion.clock.rule_key == "rating.window"
    assert city.promise(suggestion).state == PromiseState.OPEN
    assert city.task(suggestion).state == AssignmentState.REPLIED
    for person in (city.deputy_user, city.cosigner_user):
        assert "兰州市住房和城乡建设局已答复，请您评价" in news_to(person)


def test_document_numbers_follow_one_another_within_a_unit(city):
    replies = [city.replied().replies.get() for _ in range(2)]

    assert [reply.document_number for reply in replies] == [
        "兰建办字〔2026〕1号",
        "兰建办字〔2026〕2号",
    ]
