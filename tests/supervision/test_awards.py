"""Awards from the short list to the certificate: the rule, the jury, the objections."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from huiyin.congress.choices import Role
from huiyin.kernel import trail
from huiyin.kernel.models import Entry
from huiyin.kernel.verify import faults
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions.choices import Score
from huiyin.supervision import actions
from huiyin.supervision.models import Candidate, JuryScore
from huiyin.supervision.models.short_list import advanced_units
from tests.congress.factories import AppointmentFactory, UnitFactory
from tests.suggestions.walk import TODAY, fresh, later, news_to, rate


def excellent(house, **more):
    suggestion = house.replied(**more)
    rate(suggestion, by=house.deputy_user)
    return fresh(suggestion)


def opened(house, kind="suggestion"):
    return actions.open_award(house.congress, year=2026, kind=kind, by=house.clerk)


def merits(candidate):
    return [code for code, _words in candidate.merits]


def test_the_short_list_holds_what_was_rated_well_with_the_facts(house):
    good = excellent(house)
    bad = house.replied()
    rate(bad, score=Score.DISSATISFIED, words="太慢", by=house.deputy_user)
    house.handling()

    award = opened(house)

    assert [(c.suggestion_id, merits(c)) for c in award.candidates.all()] == [
        (good.pk, ["all_satisfied", "solved"])
    ]
    assert (award.n_places, award.n_needed) == (10, 5)


def test_more_facts_come_first(house):
    single, key = excellent(house), excellent(house)
    house.supervised(key)

    found = [c.suggestion_id for c in opened(house).candidates.order_by("pk")]

    assert found == [key.pk, single.pk]


def test_a_selection_is_opened_once_a_year_and_by_staff(house):
    opened(house)

    with pytest.raises(NotPossible, match="已经有了"):
        opened(house)
    with pytest.raises(NotAllowed):
        actions.open_award(house.congress, year=2025, kind="unit", by=house.leader)


def test_units_come_from_the_settled_appraisal(house):
    for _ in range(3):
        excellent(house)
    appraisal = actions.open_appraisal(house.congress, year=2026, by=house.clerk)
    early = advanced_units(house.congress, 2026, 4)
    actions.show_cards(appraisal, by=house.director)
    actions.agree_card(appraisal.cards.get(), by=house.leader)
    actions.finish_appraisal(appraisal, by=house.director)

    candidate = opened(house, "unit").candidates.get()

    assert (early, candidate.unit) == ([], house.unit)
    assert merits(candidate) == ["high_score", "never_late"]


def judged(house):
    """One candidate, five jurors who may all judge it."""
    excellent(house)
    award = actions.appoint_jury(opened(house), jurors=house.members, by=house.director)
    return actions.start_judging(award, by=house.director)


def scored(house, points=(80, 90, 85, 95, 100)):
    award = judged(house)
    for juror, given in zip(house.members, points, strict=True):
        actions.score(award.candidates.get(), points=given, by=juror)
    return award


def test_whoever_signed_or_handled_does_not_judge(house):
    excellent(house)
    AppointmentFactory(user=house.deputy_user, role=Role.MEMBER, congress=house.congress)
    AppointmentFactory(
        user=house.members[1], role=Role.UNIT_CLERK, congress=house.congress, unit=house.unit
    )

    award = actions.appoint_jury(
        opened(house), jurors=[*house.members, house.deputy_user], by=house.director
    )

    recused = award.candidates.get().recusals.order_by("juror__user")
    assert {(r.juror.user, r.reason, r.is_automatic) for r in recused} == {
        (house.deputy_user, "在这件建议上签过名", True),
        (house.members[1], "在承办单位任职", True),
    }
    with pytest.raises(NotPossible, match="只有4位"):
        actions.start_judging(award, by=house.director)


def test_a_recused_juror_cannot_score(house):
    excellent(house)
    AppointmentFactory(user=house.deputy_user, role=Role.MEMBER, congress=house.congress)
    award = actions.appoint_jury(
        opened(house), jurors=[*house.members, house.deputy_user], by=house.director
    )
    actions.start_judging(award, by=house.director)

    with pytest.raises(NotPossible, match="回避"):
        actions.score(award.candidates.get(), points=100, by=house.deputy_user)


def test_a_juror_may_step_back_while_enough_are_left(house):
    award = judged(house)
    with pytest.raises(NotPossible, match="评委不够"):
        actions.recuse(award.candidates.get(), words="亲属", by=house.members[0])

    assert award.candidates.get().recusals.count() == 0


def test_points_are_not_in_the_trail_and_only_jurors_give_them(house):
    award = judged(house)
    candidate = award.candidates.get()
    actions.score(candidate, points=77, words="很好", by=house.members[0])
    actions.score(candidate, points=88, by=house.members[0])

    with pytest.raises(NotAllowed):
        actions.score(candidate, points=100, by=house.director)
    entries = Entry.objects.filter(item_kind=candidate.item_kind(), step="score")
    assert [(entry.words, entry.before) for entry in entries] == [("", {}), ("", {})]
    assert list(JuryScore.objects.values_list("points", flat=True)) == [88]


def test_scoring_ends_when_everyone_was_scored(house):
    award = judged(house)
    for juror in house.members[:4]:
        actions.score(award.candidates.get(), points=80, by=juror)
    with pytest.raises(NotPossible, match="只有4位"):
        actions.close_judging(award, by=house.director)

    actions.score(award.candidates.get(), points=100, by=house.members[4])
    award = actions.close_judging(award, by=house.director)

    assert [(str(c.average), c.n_scores, c.state) for c in award.candidates.all()] == [
        ("84.00", 5, "award_chosen")
    ]


def test_the_best_get_the_places_and_a_tie_at_the_edge_stays(house):
    for _ in range(3):
        excellent(house)
    award = opened(house)
    type(award).objects.filter(pk=award.pk).update(n_places=1)
    actions.appoint_jury(award, jurors=house.members, by=house.director)
    actions.start_judging(award, by=house.director)
    for candidate, points in zip(award.candidates.order_by("pk"), (90, 80, 90), strict=True):
        for juror in house.members:
            actions.score(candidate, points=points, by=juror)

    award = actions.close_judging(award, by=house.director)

    states = [c.state for c in award.candidates.order_by("pk")]
    assert states == ["award_chosen", "award_unchosen", "award_chosen"]


def published(house):
    award = actions.close_judging(scored(house), by=house.director)
    return actions.publish_award(award, by=house.director)


def test_the_publication_lasts_as_the_rule_says(house):
    award = published(house)

    assert award.clock.due_on == dt.date(2026, 3, 12)
    with later(7), pytest.raises(NotPossible, match="公示期还没有过"):
        actions.decide_award(award, meeting="45", by=house.director)


def test_an_objection_that_is_upheld_takes_the_place_away(house):
    award = published(house)
    objection = actions.object_to_award(
        award.candidates.get(), person="王代表", words="内容与他人雷同", by=house.cosigner_user
    )
    with later(20), pytest.raises(NotPossible, match="没有核查"):
        actions.decide_award(award, meeting="45", by=house.director)

    actions.uphold_objection(objection, words="情况属实", by=house.director)

    assert award.candidates.get().state == "award_removed"
    assert "异议成立" in news_to(house.cosigner_user)


def test_objections_end_with_the_publication(house):
    award = published(house)
    on_the_last_day = (award.clock.due_on - TODAY).days

    with later(on_the_last_day + 1), pytest.raises(NotPossible, match="公示期已过"):
        actions.object_to_award(
            award.candidates.get(), person="王代表", words="x", by=house.cosigner_user
        )
    with later(on_the_last_day):
        objection = actions.object_to_award(
            award.candidates.get(), person="王代表", words="x", by=house.cosigner_user
        )
    with pytest.raises(NotAllowed):
        actions.object_to_award(award.candidates.get(), person="x", words="x", by=house.stranger)
    actions.dismiss_objection(objection, words="没有依据", by=house.director)
    assert award.candidates.get().state == "award_chosen"


def test_the_decision_gives_certificates_and_tells_the_deputies(house, client):
    award = published(house)
    with later(20):
        award = actions.decide_award(award, meeting="第45次主任会议", by=house.director)

    candidate = award.candidates.get()
    client.force_login(house.deputy_user)
    paper = client.get(f"/desk/candidates/{candidate.pk}/certificate.pdf")
    assert candidate.certificate == f"2026-{award.pk}-01"
    assert paper.content[:5] == b"%PDF-"
    assert "恭喜，获得优秀建议" in news_to(house.deputy_user)
    trail.seal_all()
    assert list(faults()) == []


def test_another_city_and_other_units_see_no_candidates_before_publication(house):
    award = scored(house)
    stranger_unit = AppointmentFactory(
        role=Role.UNIT_CLERK, unit=UnitFactory(congress=house.congress), congress=house.congress
    ).user

    seen = lambda user: Candidate.objects.visible_to(user).count()  # noqa: E731
    before = [seen(u) for u in (house.leading, house.clerk, stranger_unit, house.stranger)]
    actions.publish_award(actions.close_judging(award, by=house.director), by=house.director)

    assert before == [1, 1, 0, 0]
    assert seen(stranger_unit) == 1


def test_a_juror_reads_no_name_and_no_other_points(house, client):
    award = judged(house)
    actions.score(award.candidates.get(), points=99, by=house.members[0])
    client.force_login(house.members[1])

    page = client.get(f"/desk/awards/{award.pk}/").content.decode()
    words = strip_tags(page[page.index("<main") :])  # a row's key or a token may hold any number

    assert "加装电梯" in words
    assert house.lead.person.name not in page
    assert "99" not in words


def test_nominated_by_hand_with_a_reason(house):
    award = opened(house)
    suggestion = house.replied()

    candidate = actions.nominate(
        award, suggestion=suggestion, words="推动了立法", by=house.committee_clerk
    )

    assert candidate.merit_words == ["推荐：推动了立法"]
    with pytest.raises(NotPossible, match="已经在候选"):
        actions.nominate(award, suggestion=suggestion, words="x", by=house.clerk)


def test_the_public_page_names_the_number_not_an_unpublished_title(house, client):
    award = published(house)
    suggestion = award.candidates.get().suggestion

    page = client.get("/awards/").content.decode()

    assert (suggestion.number in page, suggestion.title in page) == (True, False)


def test_the_page_costs_the_same_for_one_and_three_candidates(house, client):
    award = house.judging(2026)
    client.force_login(house.members[0])
    cost = []
    for wanted in (1, 3):
        while award.candidates.standing().count() < wanted:
            Candidate.objects.create(award=award, suggestion=house.replied(), merits=[])
        client.get(f"/desk/awards/{award.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/desk/awards/{award.pk}/")
        cost.append(len(queries))

    assert cost[0] == cost[1] <= 16  # logging in among them
