"""Key items from candidate to report: who decides, what must be there first, who hears of it."""

import datetime as dt

import pytest

from huiyin.kernel import trail
from huiyin.kernel.verify import faults
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.opinions import actions as opinions
from huiyin.supervision import actions
from huiyin.supervision.models import KeyItem, KeyMember
from huiyin.supervision.models.key_items import key_candidates
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.suggestions.walk import TODAY, cite, fresh, later, news_to, rate, trail_of


def test_a_candidate_holds_its_suggestions_and_asks_for_opinions(house):
    suggestion = house.handling()

    item = house.proposed(suggestion)

    assert [m.suggestion_id for m in item.members.all()] == [suggestion.pk]
    assert trail_of(item) == ["propose_key_item"]
    assert "请对重点督办候选事项提意见" in news_to(house.leading)


def test_only_committees_propose(house):
    suggestion = house.handling()

    with pytest.raises(NotAllowed):
        actions.propose_key_item(
            house.congress,
            year=2026,
            title="电梯",
            criteria=["major"],
            reason="x",
            suggestions=[suggestion],
            by=house.unit_clerk,
        )

    assert KeyItem.objects.count() == 0


def test_a_suggestion_is_in_one_key_item_only(house):
    suggestion = house.handling()
    house.proposed(suggestion)

    with pytest.raises(NotPossible, match="已经在"):
        house.proposed(suggestion)

    assert KeyMember.objects.count() == 1


def test_a_dropped_candidate_gives_its_suggestions_back(house):
    suggestion = house.handling()
    actions.drop_key_item(house.proposed(suggestion), words="并入民生实事", by=house.director)

    assert house.proposed(suggestion).state == "candidate"


def test_a_draft_cannot_be_supervised(house):
    with pytest.raises(NotPossible, match="还没有立案"):
        house.proposed(house.submitted())


def test_the_council_decides_after_someone_was_asked(house):
    item = house.proposed()

    with pytest.raises(NotPossible, match="征求意见"):
        actions.decide_key_item(item, meeting="第40次", decided_on=TODAY, by=house.director)


def test_the_clerk_cannot_record_a_decision(house):
    item = house.consulted()

    with pytest.raises(NotAllowed):
        actions.decide_key_item(item, meeting="第40次", decided_on=TODAY, by=house.clerk)


def test_no_decision_lies_in_the_future(house):
    item, tomorrow = house.consulted(), TODAY + dt.timedelta(days=1)

    with pytest.raises(NotPossible, match="晚于今天"):
        actions.decide_key_item(item, meeting="第40次", decided_on=tomorrow, by=house.director)


def test_an_opinion_against_says_why_and_may_be_changed(house):
    item = house.proposed()
    with pytest.raises(NotPossible, match="理由"):
        actions.give_key_opinion(item, agrees=False, by=house.leading)

    actions.give_key_opinion(item, agrees=False, words="已经在办", by=house.leading)
    actions.give_key_opinion(item, agrees=True, by=house.leading)

    assert [o.agrees for o in item.opinions.all()] == [True]


def test_the_notice_names_who_leads_and_starts_the_clock(house):
    item = house.supervised()

    assert (item.leader, item.committee) == (house.leading, house.committee)
    assert (item.clock.rule_key, item.clock.due_on) == ("key.report", dt.date(2026, 9, 7))
    subject = "列为重点督办，请按督办通知办理"
    assert all(subject in news_to(who) for who in (house.leading, house.unit_clerk))
    assert subject in news_to(house.deputy_user)


def test_only_a_member_leads(house):
    item = house.decided()

    with pytest.raises(NotPossible, match="常委会组成人员"):
        actions.issue_notice(
            item, leader=house.clerk, committee=house.committee, plan="x", by=house.director
        )


def test_a_report_rests_on_acts(house):
    item = house.supervised()
    with pytest.raises(NotPossible, match="督办活动"):
        actions.report_key_item(item, report="很好", by=house.committee_clerk)

    house.act(item, by=house.leading)
    item = actions.report_key_item(item, report="很好", by=house.leading)

    assert (item.state, fresh(item.clock).was_kept) == ("reported", True)


def test_another_member_does_not_act_for_the_leading_one(house):
    item = house.supervised()

    with pytest.raises(NotAllowed):
        house.act(item, by=house.members[1])


def test_a_report_sent_back_lets_the_same_clock_run_on(house):
    item = house.reported()

    item = actions.send_back_key_report(item, words="请补充资金情况", by=house.director)

    assert (item.state, fresh(item.clock).is_running) == ("supervised", True)
    assert "督办报告退回补充" in news_to(house.leading)


def test_the_report_is_overdue_after_six_months(house):
    item = house.supervised()

    with later(200):
        assert item.clock.urgency(TODAY + dt.timedelta(days=200)) == "red"
        house.act(item)
        item = actions.report_key_item(item, report="迟了", by=house.committee_clerk)
        assert fresh(item.clock).was_kept is False


def test_the_whole_life_leaves_a_trail_that_verifies(house):
    item = house.concluded()
    item = actions.publish_key_item(item, words="翠园小区电梯已投入使用。", by=house.director)

    assert trail_of(item) == [
        "propose_key_item", "give_key_opinion", "decide_key_item", "issue_notice", "log_act",
        "report_key_item", "conclude_key_item", "publish_key_item",
    ]  # fmt: skip
    trail.seal_all()
    assert list(faults()) == []


def test_published_once_and_taken_back_once(house):
    item = house.concluded()
    with pytest.raises(NotPossible, match="还没有公开"):
        actions.take_back_key_item(item, words="有误", by=house.director)

    actions.publish_key_item(item, words="已办好。", by=house.director)
    with pytest.raises(NotPossible, match="已经公开"):
        actions.publish_key_item(item, words="已办好。", by=house.director)
    item = actions.take_back_key_item(item, words="有误", by=house.director)

    assert not item.is_published


def test_candidates_show_what_speaks_for_them(house, django_assert_num_queries):
    joint, single = house.registered(joint=True), house.registered()
    house.proposed(house.handling())

    with django_assert_num_queries(1):
        found = {row.pk: row for row in key_candidates([house.congress.pk], 2026)}

    assert set(found) == {joint.pk, single.pk}
    assert (found[joint.pk].n_cosigners, found[single.pk].n_cosigners) == (1, 0)
    assert (found[joint.pk].n_voices, found[joint.pk].n_alike) == (0, 0)


def merged_above(house, matter, depth):
    """`depth` matters of one resident each, one merged into the next, and one more merged into the last."""
    for _ in range(depth):
        host = MatterFactory(congress=house.congress)
        VoiceFactory(matter=host)
        opinions.merge(host, others=[fresh(matter)], by=house.clerk)
        matter = host
    beside = VoiceFactory(matter=MatterFactory(congress=house.congress)).matter
    opinions.merge(fresh(matter), others=[beside], by=house.clerk)
    return fresh(matter), beside


@pytest.mark.parametrize("depth", [1, 3])
def test_candidates_count_all_that_was_merged_with_the_matter(
    house, django_assert_num_queries, depth
):
    cited = VoiceFactory(matter=MatterFactory(congress=house.congress)).matter
    first = house.registered(origins=cite(cited))
    top, beside = merged_above(house, cited, depth)
    second = house.registered(origins=cite(beside))
    other = house.registered(origins=cite(VoiceFactory(matter__congress=house.congress).matter))

    with django_assert_num_queries(1):
        found = {row.pk: row for row in key_candidates([house.congress.pk], 2026)}

    everybody = depth + 2
    assert [(found[one.pk].n_voices, found[one.pk].n_alike) for one in (first, second, other)] == [
        (everybody, 1),
        (everybody, 1),
        (1, 0),
    ]
    assert top.n_voices == everybody


def test_of_two_matters_that_were_merged_a_candidate_counts_each_resident_once(house):
    host, guest = (VoiceFactory(matter__congress=house.congress).matter for _ in range(2))
    suggestion = house.registered(origins=[*cite(host), *cite(guest)])
    opinions.merge(fresh(host), others=[fresh(guest)], by=house.clerk)

    (row,) = key_candidates([house.congress.pk], 2026).filter(pk=suggestion.pk)

    assert (row.n_voices, row.n_alike) == (2, 0)


def test_candidates_count_residents_and_others_of_the_same_matter(house):
    from huiyin.suggestions.models import Origin  # noqa: PLC0415
    from tests.opinions.factories import MatterFactory  # noqa: PLC0415

    first, second = house.registered(), house.registered()
    matter = MatterFactory(congress=house.congress)
    type(matter).objects.filter(pk=matter.pk).update(n_voices=7)
    for suggestion in (first, second):
        Origin.objects.create(
            suggestion=suggestion, kind="opinions.matter", item_id=matter.pk, label="电梯"
        )

    found = {row.pk: row for row in key_candidates([house.congress.pk], 2026)}

    assert (found[first.pk].n_voices, found[first.pk].n_alike) == (7, 1)


def test_who_sees_a_key_item(house):
    suggestion = house.handling()
    item = house.proposed(suggestion)
    seen = lambda user: KeyItem.objects.visible_to(user).exists()  # noqa: E731
    before = [seen(u) for u in (house.leading, house.government, house.unit_clerk)]
    actions.give_key_opinion(item, agrees=True, by=house.leading)
    item = actions.decide_key_item(item, meeting="40", decided_on=TODAY, by=house.director)
    decided = [seen(u) for u in (house.leading, house.government, house.unit_clerk)]
    actions.issue_notice(
        item, leader=house.leading, committee=house.committee, plan="x", by=house.director
    )

    assert before == [True, False, False]
    assert decided == [True, True, False]
    assert [seen(u) for u in (house.unit_clerk, house.deputy_user, house.stranger)] == [
        True, True, False,
    ]  # fmt: skip
    assert not seen(house.cosigner_user)


def test_a_rated_suggestion_may_still_be_supervised(house):
    suggestion = house.replied()
    rate(suggestion, by=house.deputy_user)

    assert house.proposed(fresh(suggestion)).state == "candidate"
