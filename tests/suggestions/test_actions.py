"""What the actions do beside the step itself: clocks, numbers, signatures, news."""

import datetime as dt
from dataclasses import replace

import pytest

from huiyin.kernel import clock, verify
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices.models import Message
from huiyin.opinions.choices import State as MatterState
from huiyin.opinions.models import ProgressLine
from huiyin.suggestions import actions
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    Openness,
    PromiseState,
    Score,
    SignatureState,
    State,
)
from huiyin.suggestions.models import Promise, Suggestion
from tests.congress.factories import DeputyFactory, SessionFactory, UnitFactory
from tests.opinions.factories import MatterFactory
from tests.suggestions import walk
from tests.suggestions.walk import TEXT, TODAY, fresh, later, promised, rate, user_of


def news_to(user) -> list[str]:
    inbox = Message.objects.inbox_of(user.pk).order_by("pk")
    return list(inbox.values_list("subject", flat=True))


def cite(matter) -> list[actions.Cited]:
    return [actions.Cited("opinions.matter", matter.pk, matter.title)]


# --- the paper


def test_write_signs_for_the_lead_and_keeps_the_wording(city):
    suggestion = city.written()

    signature, version = suggestion.signatures.get(), suggestion.versions.get()
    assert (signature.is_lead, signature.state) == (True, SignatureState.SIGNED)
    assert signature.text_hash == version.hash == suggestion.text_hash == TEXT.hash


def test_nobody_writes_in_another_deputys_name(city):
    with pytest.raises(NotAllowed):
        actions.write(city.lead, text=TEXT, by=city.cosigner_user)


def test_a_lonely_draft_keeps_one_version(city):
    suggestion = actions.revise(
        city.written(), text=replace(TEXT, situation="另一种写法"), by=city.deputy_user
    )

    assert [version.situation for version in suggestion.versions.all()] == ["另一种写法"]


def test_an_edit_asks_every_signer_again(city):
    suggestion = city.signed()

    suggestion = actions.revise(
        suggestion, text=replace(TEXT, situation="改过的情况"), by=city.deputy_user
    )

    cosignature = suggestion.signatures.get(deputy=city.cosigner)
    assert cosignature.state == SignatureState.STALE
    assert (suggestion.text_version, fresh(suggestion).n_cosigners) == (2, 0)
    assert [version.number for version in suggestion.versions.order_by("number")] == [1, 2]
    assert "文本有改动，请重新签名" in news_to(city.cosigner_user)
    with pytest.raises(NotPossible, match="还要等"):
        actions.submit(suggestion, by=city.deputy_user)


def test_what_stands_beside_the_text_may_change_without_asking(city):
    suggestion = actions.revise(
        city.signed(), text=replace(TEXT, openness=Openness.TITLE), by=city.deputy_user
    )

    cosignature = suggestion.signatures.get(deputy=city.cosigner)
    assert (cosignature.state, suggestion.text_version) == (SignatureState.SIGNED, 1)


def test_a_signature_under_another_wording_is_refused(city):
    suggestion = city.invited()
    signature = suggestion.signatures.get(deputy=city.cosigner)
    shown = suggestion.text_hash
    actions.revise(suggestion, text=replace(TEXT, situation="刚刚改过"), by=city.deputy_user)

    with pytest.raises(NotPossible, match="刚刚改过"):
        actions.sign(signature, text_hash=shown, by=city.cosigner_user)


def test_an_incomplete_paper_is_not_handed_in(city):
    suggestion = actions.write(city.lead, text=replace(TEXT, proposals=" "), by=city.deputy_user)

    with pytest.raises(NotPossible, match="具体建议"):
        actions.submit(suggestion, by=city.deputy_user)


def test_submit_between_sessions_starts_the_committees_clock(city):
    suggestion = city.submitted()

    assert (suggestion.is_between, suggestion.session) == (True, city.session)
    assert suggestion.clock.rule_key == "handover.between_session"


def test_submit_in_session_belongs_to_that_session(city):
    session = SessionFactory(term=city.term, number=6, starts_on=TODAY, ends_on=TODAY)

    suggestion = city.submitted()

    assert (suggestion.is_between, suggestion.session, suggestion.clock) == (False, session, None)
    assert actions.register(suggestion, by=city.clerk).number == "17-6-0001"


# --- examination and number


def test_numbers_follow_one_another_and_skip_nothing(city):
    numbers = [city.registered().number for _ in range(3)]

    assert numbers == ["17-5-B001", "17-5-B002", "17-5-B003"]


def test_a_number_of_a_withdrawn_paper_is_not_given_again(city):
    first = city.registered()
    actions.withdraw(first, by=city.deputy_user)

    assert city.registered().number == "17-5-B002"


def test_return_for_revision_keeps_both_wordings_and_stops_the_clock(city):
    suggestion = actions.return_for_revision(
        city.submitted(), reasons=["N12"], words="请分开写。", by=city.clerk
    )
    suggestion = actions.revise(
        suggestion, text=replace(TEXT, situation="只写一件"), by=city.deputy_user
    )
    suggestion = actions.resubmit(suggestion, by=city.deputy_user)

    assert suggestion.state == State.EXAMINING
    assert suggestion.versions.count() == 2
    assert suggestion.clock.is_running
    assert "建议退回修改，请看审查意见" in news_to(city.deputy_user)


def test_a_refusal_without_a_reason_is_refused(city):
    with pytest.raises(NotPossible, match="请选理由"):
        actions.refuse(city.submitted(), reasons=[], words="不行", by=city.clerk)


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


# --- withdrawal


def test_a_joint_paper_is_withdrawn_when_all_agree(city):
    suggestion = city.handling(joint=True)
    with pytest.raises(NotPossible, match="全体同意"):
        actions.withdraw(suggestion, by=city.deputy_user)

    actions.ask_withdrawal(suggestion, words="情况有变", by=city.deputy_user)
    signature = suggestion.signatures.get(deputy=city.cosigner)
    actions.agree_withdrawal(signature, by=city.cosigner_user)
    suggestion = actions.withdraw(suggestion, by=city.deputy_user)

    assert suggestion.state == State.WITHDRAWN
    assert suggestion.reply_clock.is_void or fresh(suggestion.reply_clock).is_void
    assert suggestion.assignments.get().state == AssignmentState.ENDED


def test_nobody_agrees_to_what_was_not_asked(city):
    signature = city.submitted(joint=True).signatures.get(deputy=city.cosigner)

    with pytest.raises(NotPossible, match="没有提出撤回"):
        actions.agree_withdrawal(signature, by=city.cosigner_user)


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
    with later(220):
        actions.remind()

    assert any("代表评价" in words for words in news_to(city.cosigner_user))
    assert not any("代表评价快" in words for words in news_to(city.deputy_user))
    assert "承诺快到期了" in news_to(city.unit_clerk)
    assert "承诺已过期，请报告进展" in news_to(city.clerk)


def test_a_suspended_deputy_cannot_go_on(city):
    suggestion = city.written()
    type(city.lead).objects.filter(pk=city.lead.pk).update(state="suspended")
    person = type(city.deputy_user).objects.get(pk=city.deputy_user.pk)

    with pytest.raises(NotAllowed):
        actions.submit(suggestion, by=person)


def test_the_number_of_names_is_bounded(city):
    deputies = [DeputyFactory(term=city.term) for _ in range(3)]
    suggestion = actions.invite(city.written(), deputies=deputies, by=city.deputy_user)

    assert suggestion.signatures.count() == 4
    assert clock.today() == TODAY
    assert user_of(city.lead) == city.deputy_user
