"""A paper until it has its number, and its withdrawal."""

from dataclasses import replace

import pytest

from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.choices import (
    AssignmentState,
    Openness,
    SignatureState,
    State,
)
from tests.congress.factories import DeputyFactory, SessionFactory
from tests.suggestions.walk import TEXT, TODAY, fresh, news_to

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


def test_a_suspended_deputy_cannot_go_on(city):
    suggestion = city.written()
    type(city.lead).objects.filter(pk=city.lead.pk).update(state="suspended")
    person = type(city.deputy_user).objects.get(pk=city.deputy_user.pk)

    with pytest.raises(NotAllowed):
        actions.submit(suggestion, by=person)


def test_a_paper_is_no_petition_drive(city):
    deputies = [DeputyFactory(term=city.term) for _ in range(2)]
    suggestion = city.written()

    with pytest.raises(NotPossible, match="最多60人"):
        actions.invite(suggestion, deputies=deputies * 30, by=city.deputy_user)
    assert suggestion.signatures.count() == 1
