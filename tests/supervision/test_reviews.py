"""Two units a year before the standing committee: the quorum, the ballot, the result, the mending."""

import pytest
from django.db import IntegrityError, transaction

from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.supervision import actions
from huiyin.supervision.models import OpenVote, Review, ReviewTally, ReviewVoter
from tests.suggestions.walk import fresh, news_to, trail_of


def counts(review):
    return dict(ReviewTally.objects.filter(review=review).values_list("vote", "n"))


def test_the_council_chooses_and_the_unit_hears_of_it(house):
    review = house.chosen()

    assert (review.state, review.clock.rule_key) == ("review_chosen", "review.report")
    assert "请向常委会报告代表建议办理情况并接受测评" in news_to(house.leader)


def test_a_unit_reports_once_a_year(house):
    review = house.chosen()
    with pytest.raises(NotPossible, match="已经选定"):
        house.chosen()

    actions.cancel_review(review, words="机构改革", by=house.director)

    assert house.chosen().state == "review_chosen"
    assert fresh(review.clock).is_void


def test_only_the_leader_of_the_unit_hands_in_the_report(house):
    review = house.chosen()

    with pytest.raises(NotAllowed):
        actions.hand_in_report(review, report="x", by=house.unit_clerk)

    review = actions.hand_in_report(review, report="办结率百分之百。", by=house.leader)
    assert (review.state, fresh(review.clock).was_kept) == ("review_reported", True)


@pytest.mark.parametrize(("n_present", "opens"), [(2, False), (3, True)])
def test_a_ballot_needs_more_than_half_of_all_members(house, n_present, opens):
    review = house.heard()  # of five members

    if opens:
        assert house.voting(review, n_present).n_members == 5
    else:
        with pytest.raises(NotPossible, match="半数"):
            house.voting(review, n_present)


def test_exactly_half_is_no_quorum(house):
    from huiyin.congress.choices import Role  # noqa: PLC0415
    from tests.congress.factories import person_as  # noqa: PLC0415

    review = house.heard()
    person_as(Role.MEMBER, congress=house.congress)  # now six

    with pytest.raises(NotPossible, match="半数"):
        house.voting(review, 3)


def test_the_database_keeps_the_quorum_too(house):
    review = house.voting()

    with pytest.raises(IntegrityError, match="quorum"), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(n_present=2)


def test_only_members_are_put_on_the_list(house):
    review = house.heard()

    with pytest.raises(NotPossible, match="组成人员"):
        actions.open_ballot(
            review, meeting="36", is_secret=True, present=[*house.members, house.clerk],
            by=house.director,
        )  # fmt: skip


def test_a_member_votes_once_and_only_if_present(house):
    review = house.voting(n_present=3)
    actions.vote(review, answer="satisfied", by=house.members[0])

    with pytest.raises(NotPossible, match="已经投过"):
        actions.vote(review, answer="dissatisfied", by=house.members[0])
    with pytest.raises(NotPossible, match="没有签到"):
        actions.vote(review, answer="satisfied", by=house.members[4])
    with pytest.raises(NotAllowed):
        actions.vote(review, answer="satisfied", by=house.director)
    assert counts(review) == {"satisfied": 1, "basically": 0, "dissatisfied": 0, "abstained": 0}


def test_a_secret_ballot_keeps_nothing_that_joins_member_and_answer(house):
    review = house.voting()
    actions.vote(review, answer="dissatisfied", by=house.members[0])

    entries = Entry.objects.filter(item_kind=review.item_kind(), item_id=review.pk, step="vote")
    assert OpenVote.objects.count() == 0
    assert [(entry.words, entry.before) for entry in entries] == [("", {})]
    assert {f.name for f in ReviewVoter._meta.fields} == {
        "id", "created_at", "updated_at", "review", "user", "has_voted",
    }  # fmt: skip
    assert {f.name for f in ReviewTally._meta.fields} == {"id", "review", "vote", "n"}


def test_an_open_ballot_keeps_each_answer(house):
    review = house.voting(is_secret=False)
    actions.vote(review, answer="basically", by=house.members[0])

    assert list(OpenVote.objects.values_list("user", "vote")) == [
        (house.members[0].pk, "basically")
    ]


def test_the_result_needs_ballots_of_more_than_half(house):
    review = house.voting()
    for member in house.members[:2]:
        actions.vote(review, answer="satisfied", by=member)

    with pytest.raises(NotPossible, match="半数"):
        actions.close_ballot(review, by=house.director)


@pytest.mark.parametrize(
    ("answers", "passes"),
    [
        (["satisfied", "satisfied", "basically"], True),  # three of five
        (["satisfied", "satisfied", "dissatisfied", "abstained", "dissatisfied"], False),
    ],
)
def test_more_than_half_of_all_members_pass_a_unit(house, answers, passes):
    review = house.voting()
    for member, answer in zip(house.members, answers, strict=False):
        actions.vote(review, answer=answer, by=member)

    review = actions.close_ballot(review, by=house.director)

    assert review.is_passed is passes
    assert sum(n for _label, n in review.votes) == review.n_present
    assert ("测评通过" if passes else "测评没有通过") in news_to(house.leader)


def test_a_tally_that_was_tampered_with_is_not_published(house):
    review = house.voting()
    for member in house.members:
        actions.vote(review, answer="satisfied", by=member)
    ReviewTally.objects.filter(review=review, vote="satisfied").update(n=9)

    with pytest.raises(NotPossible, match="对不上"):
        actions.close_ballot(review, by=house.director)


def failed(house):
    review = house.voting()
    for member in house.members:
        actions.vote(review, answer="dissatisfied", by=member)
    return actions.close_ballot(review, by=house.director)


def test_a_unit_that_did_not_pass_mends_and_reports_again(house):
    review = actions.order_rectify(failed(house), words="两个月内整改", by=house.director)
    assert (review.state, review.clock.rule_key) == ("review_rectifying", "review.rectify")

    review = actions.report_rectified(review, report="已整改。", by=house.leader)
    review = actions.rectify_again(review, words="不够", by=house.director)
    assert fresh(review.clock).is_running
    review = actions.report_rectified(review, report="又整改了。", by=house.leader)
    review = actions.accept_rectified(review, by=house.director)

    assert review.state == "review_ended"
    assert trail_of(review)[-4:] == [
        "report_rectified", "rectify_again", "report_rectified", "accept_rectified",
    ]  # fmt: skip


def test_a_unit_that_passed_has_nothing_to_mend(house):
    review = house.voting()
    for member in house.members:
        actions.vote(review, answer="satisfied", by=member)
    review = actions.close_ballot(review, by=house.director)

    with pytest.raises(NotPossible, match="已经通过"):
        actions.order_rectify(review, words="x", by=house.director)


def test_the_public_reads_the_result_and_nothing_before(house, client):
    review = house.voting()
    before = list(Review.objects.public())
    for member in house.members:
        actions.vote(review, answer="satisfied", by=member)
    actions.close_ballot(review, by=house.director)

    page = client.get("/reviews/").content.decode()
    assert (before, [r.pk for r in Review.objects.public()]) == ([], [review.pk])
    assert house.unit.name in page
