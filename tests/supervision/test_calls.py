"""The yearly call: who hears, who adds clues, who takes them; and drafts shown to a committee."""

import datetime as dt

import pytest

from huiyin.congress.choices import Role
from huiyin.kernel import trail
from huiyin.kernel.verify import faults
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions as suggestions
from huiyin.supervision import actions
from huiyin.supervision.models import Call, Precheck
from tests.congress.factories import CongressFactory, ElectingBaseFactory, person_as
from tests.opinions.factories import MatterFactory
from tests.suggestions.walk import TEXT, TODAY, cite, fresh, news_to


@pytest.fixture
def county(house):
    """The district whose congress elected the lead deputy, with its committee."""
    congress = CongressFactory(county=True)
    base = ElectingBaseFactory(congress=house.congress, region=congress.region)
    type(house.lead).objects.filter(pk=house.lead.pk).update(electing_base=base)
    return congress


@pytest.fixture
def county_clerk(county):
    return person_as(Role.CLERK, congress=county)


def drafted(house):
    return actions.draft_call(
        house.congress,
        title="征集第十八届人大六次会议代表建议",
        words="请各位代表围绕民生实事提出建议。",
        topics="教育\n医疗",
        starts_on=TODAY,
        ends_on=TODAY + dt.timedelta(days=40),
        by=house.clerk,
    )


def issued(house):
    return actions.issue_call(drafted(house), by=house.director)


def test_every_deputy_and_the_counties_hear_of_it(house, county_clerk):
    issued(house)

    subject = "征集代表建议，2026年4月14日截止"
    assert subject in news_to(house.deputy_user)
    assert subject in news_to(county_clerk)


def test_the_clerk_drafts_and_the_director_issues(house):
    call = drafted(house)
    with pytest.raises(NotAllowed):
        actions.issue_call(call, by=house.clerk)

    assert not Call.objects.visible_to(house.deputy_user).exists()


def test_one_call_at_a_time(house):
    issued(house)

    with pytest.raises(NotPossible, match="没有结束"):
        issued(house)


def test_a_call_ends_after_it_begins(house):
    with pytest.raises(NotPossible, match="晚于"):
        actions.draft_call(
            house.congress, title="x", words="x", starts_on=TODAY, ends_on=TODAY, by=house.clerk
        )


def test_a_clue_from_residents_brings_their_number_only(house):
    call, matter = issued(house), MatterFactory(congress=house.congress, title="老楼没电梯")
    type(matter).objects.filter(pk=matter.pk).update(n_voices=9)

    clue = actions.offer_clue(call, title="老楼加装电梯", matter=fresh(matter), by=house.clerk)

    assert (clue.n_voices, clue.origin_id, clue.words) == (9, matter.pk, "")
    with pytest.raises(NotPossible, match="已经在"):
        actions.offer_clue(call, title="又一次", matter=fresh(matter), by=house.clerk)


def test_a_county_offers_clues_of_its_own_and_not_the_citys_matters(house, county, county_clerk):
    call, citys = issued(house), MatterFactory(congress=house.congress)

    clue = actions.offer_clue(call, title="断头路", words="两区之间", by=county_clerk)

    assert clue.offered_by == county
    with pytest.raises(NotAllowed):
        actions.offer_clue(call, title="x", matter=citys, by=county_clerk)
    with pytest.raises(NotAllowed):
        actions.offer_clue(call, title="x", by=house.stranger)


def test_a_clue_taken_becomes_a_draft_that_remembers_where_it_came_from(house):
    call, matter = issued(house), MatterFactory(congress=house.congress)
    type(matter).objects.filter(pk=matter.pk).update(n_voices=9)
    clue = actions.offer_clue(call, title="老楼加装电梯", matter=fresh(matter), by=house.clerk)

    draft = actions.take_clue(clue, by=house.deputy_user)

    assert (draft.title, draft.state) == ("关于老楼加装电梯的建议", "draft")
    assert draft.situation == "有9位居民反映：老楼加装电梯。"
    assert {(o.kind, o.item_id) for o in draft.origins.all()} == {
        ("supervision.clue", clue.pk), ("opinions.matter", matter.pk),
    }  # fmt: skip
    assert (fresh(clue).state, fresh(clue).taken_by) == ("clue_taken", house.lead)
    with pytest.raises(NotPossible):
        actions.take_clue(clue, by=house.cosigner_user)


def test_the_residents_hear_when_the_draft_is_handed_in(house):
    call, matter = issued(house), MatterFactory(congress=house.congress)
    clue = actions.offer_clue(call, title="老楼加装电梯", matter=matter, by=house.clerk)
    draft = actions.take_clue(clue, by=house.deputy_user)
    suggestions.revise(draft, text=TEXT, by=house.deputy_user)

    suggestions.submit(fresh(draft), by=house.deputy_user)

    assert fresh(matter).state == "in_suggestion"
    trail.seal_all()
    assert [fault for fault in faults() if "supervision" in fault] == []


def test_no_clue_is_taken_after_the_call(house):
    call = issued(house)
    clue = actions.offer_clue(call, title="断头路", by=house.clerk)
    actions.close_call(call, by=house.clerk)

    with pytest.raises(NotPossible, match="已经结束"):
        actions.take_clue(clue, by=house.deputy_user)


def test_a_draft_is_shown_to_the_county_and_to_nobody_else(house, county, county_clerk):
    draft = house.written()

    row = actions.offer_draft(draft, to=county, by=house.deputy_user)

    assert row.clock.due_on == dt.date(2026, 3, 12)
    assert "有代表送来草稿，请预审" in news_to(county_clerk)
    sees = [Precheck.objects.visible_to(u).count() for u in (county_clerk, house.clerk)]
    assert sees == [1, 0]


def test_only_the_lead_deputy_shows_a_draft(house, county):
    with pytest.raises(NotAllowed):
        actions.offer_draft(house.written(), to=county, by=house.cosigner_user)


def test_a_stranger_committee_is_not_shown_a_draft(house):
    with pytest.raises(NotPossible, match="只能送"):
        actions.offer_draft(house.written(), to=CongressFactory(other=True), by=house.deputy_user)


def test_what_was_handed_in_is_not_prechecked(house):
    with pytest.raises(NotPossible, match="已经提交"):
        actions.offer_draft(house.submitted(), to=house.congress, by=house.deputy_user)


def test_comments_reach_the_deputy_and_leave_the_text_alone(house, county, county_clerk):
    draft = house.written()
    row = actions.offer_draft(draft, to=county, by=house.deputy_user)
    before = fresh(draft).text_hash

    row = actions.comment(row, reasons=["N12"], words="请分成两件", by=county_clerk)

    assert (row.state, row.reason_words) == (
        "precheck_commented", ["N12 一件写了几个事项，请分开提出"],
    )  # fmt: skip
    assert fresh(row.clock).was_kept
    assert fresh(draft).text_hash == before
    assert "预审意见来了" in news_to(house.deputy_user)


def test_the_committee_comments_on_the_wording_it_was_shown(house, county):
    draft = house.written()
    row = actions.offer_draft(draft, to=county, by=house.deputy_user)
    suggestions.revise(
        draft,
        text=suggestions.Text(title="改过的标题", situation="改", proposals="改"),
        by=house.deputy_user,
    )

    assert fresh(row).title == TEXT.title


def test_one_draft_waits_once_a_committee_and_may_be_taken_back(house, county):
    draft = house.written()
    row = actions.offer_draft(draft, to=county, by=house.deputy_user)
    with pytest.raises(NotPossible, match="已经送过"):
        actions.offer_draft(draft, to=county, by=house.deputy_user)

    actions.withdraw_precheck(row, by=house.deputy_user)

    assert fresh(row.clock).is_void
    assert actions.offer_draft(draft, to=county, by=house.deputy_user).state == "precheck_asked"


def test_the_pages_of_a_deputy(house, county, client):
    call = issued(house)
    actions.offer_clue(call, title="断头路怎么打通", by=house.clerk)
    draft = house.written(origins=cite(MatterFactory(congress=house.congress)))
    client.force_login(house.deputy_user)

    page = client.get("/deputy/call/").content.decode()
    offered = client.post(f"/deputy/suggestions/{draft.pk}/precheck/", {"to": county.pk})
    row = Precheck.objects.get()
    shown = client.get(f"/deputy/prechecks/{row.pk}/").content.decode()

    assert ("断头路怎么打通" in page, draft.title in page) == (True, True)
    assert offered.status_code == 302
    assert TEXT.situation in shown


def test_a_county_page_shows_what_was_offered(house, county, county_clerk, client):
    row = actions.offer_draft(house.written(), to=county, by=house.deputy_user)
    client.force_login(county_clerk)

    listed = client.get("/desk/prechecks/").content.decode()
    page = client.get(f"/desk/prechecks/{row.pk}/").content.decode()
    answer = client.post(f"/desk/prechecks/{row.pk}/comment/", {"words": "很好，可以提交"})

    assert (TEXT.title in listed, TEXT.proposals in page) == (True, True)
    assert (answer.status_code, fresh(row).state) == (302, "precheck_commented")


def test_matters_are_ticked_into_the_pool(house, client):
    call, matter = issued(house), MatterFactory(congress=house.congress, title="老楼没电梯")
    client.force_login(house.clerk)
    address = f"/desk/calls/{call.pk}/matters/"

    page = client.get(address).content.decode()
    client.post(address, {"picked": [matter.pk]})

    assert "老楼没电梯" in page
    assert [c.origin_id for c in call.clues.all()] == [matter.pk]
