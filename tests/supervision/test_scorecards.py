"""The appraisal of units: every point from events, every row open to objection."""

import datetime as dt

import pytest

from huiyin.kernel import trail
from huiyin.kernel.verify import faults
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions as suggestions
from huiyin.suggestions.choices import Score
from huiyin.supervision import actions
from huiyin.supervision.models import Appraisal, Scorecard
from tests.suggestions.walk import fresh, later, news_to, rate, trail_of


def opened(house):
    return actions.open_appraisal(house.congress, year=2026, by=house.clerk)


def card_of(house, unit=None):
    return Scorecard.objects.get(unit=unit or house.unit)


def counted(card):
    """Line: (well, of how many)."""
    return {line["name"]: (len(line["good"]), len(line["base"])) for line in card.sheet["lines"]}


def talk(house, suggestion):
    return suggestions.log_contact(
        house.task(suggestion),
        kind="visit",
        on=dt.date(2026, 3, 5),
        persons="李科长",
        summary="到现场听取意见",
        by=house.unit_clerk,
    )


def answered(house, *, contact=True, **more):
    suggestion = house.handling()
    if contact:
        talk(house, suggestion)
    house.draft(suggestion, **more)
    suggestions.send_for_review(suggestion, by=house.unit_clerk)
    suggestions.sign_reply(fresh(suggestion), by=house.leader)
    return fresh(suggestion)


def test_the_sheet_counts_what_happened(house):
    good, silent = answered(house), answered(house, contact=False)
    rate(good, by=house.deputy_user)
    rate(silent, score=Score.DISSATISFIED, words="太慢", by=house.deputy_user)
    house.handling()  # not due yet: counts nowhere

    opened(house)

    # both replies are the same text, so neither counts for quality
    assert counted(card_of(house)) == {
        "on_time": (2, 2), "contact": (1, 2), "quality": (0, 2), "satisfaction": (1, 2),
        "implementation": (0, 0),
    }  # fmt: skip
    # 20 + 7.5 + 0 + 12.5 of 75; the redo round takes 2
    assert [str(card_of(house).total), card_of(house).sheet["taken"]] == ["51.3", 2]


def test_what_is_past_its_date_and_unanswered_is_late(house):
    house.handling()

    with later(120):
        opened(house)

    card = card_of(house)
    assert counted(card)["on_time"] == (0, 1)
    assert card.line("late")["rows"] == card.line("on_time")["base"]


def test_promises_kept_and_not(house):
    suggestion = house.tracking()
    promise = house.promise(suggestion)
    with later(200):
        suggestions.claim_done(promise, evidence="已完成", by=house.unit_clerk)
        suggestions.confirm(fresh(promise), by=house.clerk)
    other = house.promise(house.tracking())

    with later(230):
        opened(house)

    assert counted(card_of(house))["implementation"] == (1, 2)
    assert other.pk not in card_of(house).line("implementation")["good"]


def test_a_year_is_opened_once_and_by_staff(house):
    answered(house)
    opened(house)

    with pytest.raises(NotPossible, match="已经有了"):
        opened(house)
    with pytest.raises(NotAllowed):
        actions.open_appraisal(house.congress, year=2025, by=house.leader)
    assert Appraisal.objects.count() == 1


def test_a_recount_follows_the_events_and_writes_only_changes(house):
    suggestion = answered(house)
    appraisal = opened(house)
    before = trail_of(card_of(house))
    actions.recount(appraisal, by=house.clerk)
    unchanged = trail_of(card_of(house))
    rate(suggestion, by=house.deputy_user)
    actions.recount(appraisal, by=house.clerk)

    assert before == unchanged == ["open_card", "recount_card"]
    assert trail_of(card_of(house)) == [*before, "recount_card"]
    assert counted(card_of(house))["satisfaction"] == (1, 1)


def shown(house):
    suggestion = answered(house, contact=False)
    appraisal = actions.show_cards(opened(house), by=house.director)
    return suggestion, appraisal, card_of(house)


def test_a_unit_sees_its_sheet_only_when_it_was_shown(house):
    answered(house)
    appraisal = opened(house)
    sees = lambda: Scorecard.objects.visible_to(house.leader).count()  # noqa: E731
    before = sees()
    actions.show_cards(appraisal, by=house.director)

    assert (before, sees()) == (0, 1)
    assert Scorecard.objects.visible_to(house.finance_clerk).count() == 0
    assert "年度评分请核对，可以逐条提出异议" in news_to(house.leader)


def test_an_objection_that_is_granted_changes_the_points_at_once(house):
    suggestion, _appraisal, card = shown(house)
    before = card.total
    objection = actions.object_to_row(
        card, line="contact", row=suggestion.pk, wanted="counts_well", words="三月六日电话联系过",
        by=house.unit_clerk,
    )  # fmt: skip

    actions.grant_objection(objection, words="有通话记录", by=house.director)

    assert fresh(card).total > before
    assert counted(fresh(card))["contact"] == (1, 1)
    assert (fresh(objection).state, fresh(objection.clock).was_kept) == ("ruling_granted", True)
    assert "异议成立" in news_to(house.leader)


def test_an_objection_that_is_refused_changes_nothing(house):
    suggestion, _appraisal, card = shown(house)
    objection = actions.object_to_row(
        card, line="contact", row=suggestion.pk, wanted="left_out", words="不该算", by=house.leader
    )

    actions.refuse_objection(objection, words="没有依据", by=house.director)

    assert fresh(card).total == card.total
    with pytest.raises(NotPossible, match="提过"):
        actions.object_to_row(
            card, line="contact", row=suggestion.pk, wanted="left_out", words="再说",
            by=house.leader,
        )  # fmt: skip


def test_only_rows_that_cost_points_are_objected_to(house):
    suggestion, _appraisal, card = shown(house)

    with pytest.raises(NotPossible, match="失分"):
        actions.object_to_row(
            card, line="on_time", row=suggestion.pk, wanted="left_out", words="x", by=house.leader
        )


def test_another_unit_does_not_object(house):
    suggestion, _appraisal, card = shown(house)

    with pytest.raises(NotAllowed):
        actions.object_to_row(
            card, line="contact", row=suggestion.pk, wanted="left_out", words="x",
            by=house.finance_clerk,
        )  # fmt: skip


def test_past_the_window_no_objection_is_taken(house):
    suggestion, appraisal, card = shown(house)

    with later(60), pytest.raises(NotPossible, match="核对期已过"):
        actions.object_to_row(
            card, line="contact", row=suggestion.pk, wanted="left_out", words="x", by=house.leader
        )
    assert appraisal.clock.due_on == dt.date(2026, 3, 12)


def test_the_appraisal_ends_when_all_were_heard(house):
    suggestion, appraisal, card = shown(house)
    with pytest.raises(NotPossible, match="没有确认"):
        actions.finish_appraisal(appraisal, by=house.director)
    objection = actions.object_to_row(
        card, line="contact", row=suggestion.pk, wanted="left_out", words="x", by=house.leader
    )
    with pytest.raises(NotPossible, match="没有裁定"):
        actions.agree_card(card, by=house.leader)
    with later(60), pytest.raises(NotPossible, match="没有裁定"):
        actions.finish_appraisal(appraisal, by=house.director)
    actions.refuse_objection(objection, words="x", by=house.director)
    actions.agree_card(card, by=house.leader)

    actions.finish_appraisal(appraisal, by=house.director)

    assert (fresh(card).state, fresh(card).rank) == ("card_final", 1)
    trail.seal_all()
    assert list(faults()) == []


def test_at_the_last_day_an_objection_is_still_in_time(house):
    suggestion, appraisal, card = shown(house)

    with later((appraisal.clock.due_on - dt.date(2026, 3, 5)).days):
        actions.object_to_row(
            card, line="contact", row=suggestion.pk, wanted="left_out", words="x", by=house.leader
        )

    assert card.objections.count() == 1


def test_nothing_moves_after_the_end(house):
    suggestion, appraisal, card = shown(house)
    actions.agree_card(card, by=house.leader)
    actions.finish_appraisal(appraisal, by=house.director)
    total = fresh(card).total
    rate(suggestion, score=Score.DISSATISFIED, words="太慢", by=house.deputy_user)

    with pytest.raises(NotPossible):
        actions.recount(appraisal, by=house.clerk)
    assert fresh(card).total == total
