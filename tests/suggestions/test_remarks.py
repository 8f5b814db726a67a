"""The fast lane: said at a meeting, answered there or within a month, or written up by one click."""

import datetime as dt

import pytest

from huiyin.congress.choices import Role
from huiyin.kernel import clock, verify
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.choices import RemarkState, State
from huiyin.suggestions.models import Remark
from tests.congress.factories import CongressFactory, DeputyFactory, person_as
from tests.suggestions import browse, ways
from tests.suggestions.walk import TODAY, fresh, later, news_to


def test_the_month_counts_from_the_day_it_was_said(city):
    said_on = TODAY - dt.timedelta(days=3)

    remark = ways.remark(city, said_on=said_on)

    assert (remark.clock.rule_key, remark.clock.started_on) == ("remark.answer", said_on)
    assert remark.clock.due_on == dt.date(2026, 4, 2)


def test_an_answer_on_the_spot_ends_it_and_the_deputy_reads_it(city):
    remark = actions.answer_on_the_spot(ways.remark(city), answer="下月安装", by=city.clerk)

    assert remark.state == RemarkState.ANSWERED
    assert fresh(remark.clock).was_kept is True
    assert "您提出的意见已有答复" in news_to(city.deputy_user)


def test_a_unit_answers_within_the_month(city):
    remark = actions.pass_remark(ways.remark(city), unit=city.unit, by=city.clerk)
    assert "有代表意见请你单位答复" in news_to(city.unit_clerk)

    with clock.set_to(clock.at(remark.clock.due_on)):
        actions.answer_remark(remark, answer="信号灯已立项", by=city.unit_clerk)

    assert fresh(remark.clock).was_kept is True
    assert list(verify.faults()) == []


def test_past_the_month_the_unit_and_the_committee_are_told(city):
    remark = actions.pass_remark(ways.remark(city), unit=city.unit, by=city.clerk)

    with later(60):
        actions.remind()
        actions.answer_remark(remark, answer="信号灯已立项", by=city.unit_clerk)

    for person in (city.unit_clerk, city.clerk):
        assert "视察、座谈中所提意见的答复已经逾期" in news_to(person)
    assert fresh(remark.clock).was_kept is False


def test_one_click_makes_it_the_deputys_own_draft(city):
    remark = ways.remark(city, place="第四十次常委会会议")

    suggestion = actions.turn_into_suggestion(remark, by=city.deputy_user)

    assert (suggestion.state, suggestion.lead) == (State.DRAFT, city.lead)
    assert suggestion.title == "关于路口没有红绿灯，孩子过马路危险的建议"
    assert "在第四十次常委会会议提出：路口没有红绿灯" in suggestion.situation
    assert [origin.kind for origin in suggestion.origins.all()] == ["suggestions.remark"]
    remark = fresh(remark)
    assert (remark.state, remark.suggestion) == (RemarkState.TURNED, suggestion)
    with pytest.raises(NotPossible, match="具体建议"):
        actions.submit(suggestion, by=city.deputy_user)
    with pytest.raises(NotPossible, match="已写成建议"):
        actions.turn_into_suggestion(remark, by=city.deputy_user)


def test_a_remark_is_not_noted_ahead_nor_by_just_anybody(city):
    with pytest.raises(NotPossible, match="不能晚于今天"):
        ways.remark(city, said_on=TODAY + dt.timedelta(days=1))
    said = {"occasion": "meeting", "said_on": TODAY, "text": "没有红绿灯"}
    for person in (city.unit_clerk, city.deputy_user, city.government):
        with pytest.raises(NotAllowed):
            actions.note_remark(city.lead, **said, by=person)


def test_each_sees_what_is_his(city):
    remark = actions.pass_remark(ways.remark(city), unit=city.unit, by=city.clerk)
    strangers = (
        city.cosigner_user,
        city.finance_clerk,
        person_as(Role.CLERK, congress=CongressFactory(other=True)),
    )

    for person in (city.clerk, city.director, city.deputy_user, city.unit_clerk):
        assert list(Remark.objects.visible_to(person)) == [remark]
    for person in strangers:
        assert list(Remark.objects.visible_to(person)) == []


def test_a_clerk_notes_it_on_a_page_and_passes_it_on(city, client):
    browse.post(
        client,
        city.clerk,
        "note_remark",
        deputy=city.lead.card_number,
        occasion="inspection",
        said_on="2026-03-04",
        place="翠园小区",
        text="路口没有红绿灯。",
    )
    remark = Remark.objects.get()
    assert "路口没有红绿灯" in browse.get(client, city.clerk, "remarks")

    browse.post(client, city.clerk, "remark_pass_remark", remark.pk, unit=city.unit.pk)
    page = browse.get(client, city.unit_clerk, "remark", remark.pk)
    assert "答复代表" in page
    browse.post(client, city.unit_clerk, "remark_answer_remark", remark.pk, answer="已立项")

    assert "已立项" in browse.get(client, city.deputy_user, "remark", remark.pk)


def test_an_unknown_deputy_is_an_error_on_the_page(city, client):
    page = browse.post(
        client,
        city.clerk,
        "note_remark",
        status=422,
        deputy="没有这个人",
        occasion="meeting",
        said_on="2026-03-04",
        text="路口没有红绿灯。",
    )

    assert "请用代表证号" in page


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_costs_the_same_for_any_number(city, client, n, django_assert_max_num_queries):
    for _ in range(n):
        said = {"occasion": "meeting", "said_on": TODAY, "text": "没有红绿灯"}
        deputy = DeputyFactory(term=city.term)
        actions.note_remark(deputy, **said, by=city.clerk)
    client.force_login(city.clerk)

    with django_assert_max_num_queries(8):
        browse.get(client, None, "remarks")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "红绿灯"}, 1),
        ({"q": "没有这句话"}, 0),
        ({"state": "answered"}, 1),
        ({"occasion": "inspection"}, 2),
    ],
)
def test_the_list_is_narrowed_and_exported(city, client, asked, found):
    ways.remark(city, text="路口没有红绿灯。", occasion="inspection")
    actions.answer_on_the_spot(
        ways.remark(city, text="公交站太远。", occasion="inspection"),
        answer="已加站",
        by=city.clerk,
    )
    client.force_login(city.clerk)

    page = client.get("/desk/remarks/", asked)
    file = client.get("/desk/remarks/", asked | {"format": "csv"})
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()

    assert len(page.context["page"]) == found
    assert len(lines) == found + 1
