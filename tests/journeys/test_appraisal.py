"""The year's end: score sheets with an objection, the vote on a unit, the award."""

import datetime as dt
import io

import pypdf
import pytest
from playwright.sync_api import expect

from huiyin.kernel import clock, verify
from huiyin.supervision.choices import AwardState
from huiyin.supervision.models import Appraisal, Award, Review
from tests.journeys.town import Town
from tests.suggestions.walk import rate
from tests.supervision.house import House


class Capital(Town, House):
    """The town, with its standing committee."""


@pytest.fixture
def capital(transactional_db, turn_to):
    return Capital()


def test_sheets_are_counted_objected_to_and_settled(capital, windows, turn_to):
    capital.replied()
    capital.handling()
    turn_to(12, 1)
    clerk, unit, director = (
        windows(person) for person in (capital.clerk, capital.unit_clerk, capital.director)
    )

    clerk.open("/desk/supervision/")
    clerk.follow("承办单位评分")
    clerk.press("开始评分")
    clerk.reads("已按系统里的记录计分。", capital.unit.name)
    director.open(clerk.path)
    director.follow("送单位核对")
    director.press("送单位核对")

    unit.open("/desk/supervision/")
    unit.follow("承办单位评分")
    unit.follow("2026")
    unit.follow(capital.unit.name)
    unit.follow("提出异议")
    unit.page.locator("[name='row']").select_option(index=1)
    unit.page.locator("[name='wanted']").first.check()
    unit.fill(words="当天已用电话联系代表，记录漏填。")
    unit.press("提出异议")
    unit.reads("异议已送出")

    director.open(unit.path)
    director.follow("异议不成立")
    director.fill(words="电话不算面对面沟通。")
    director.press("异议不成立")
    turn_to(12, 20)
    director.open(f"/desk/appraisals/{Appraisal.objects.get().pk}/")
    director.follow("定案")
    director.press("定案")
    director.reads("评分已定案。")
    assert list(verify.faults()) == []


def test_the_members_vote_on_a_unit_by_phone_or_desk(capital, windows, turn_to):
    review = capital.chosen()
    leader, director = windows(capital.leader), windows(capital.director)
    turn_to(9, 1)
    leader.open(f"/desk/reviews/{review.pk}/")
    leader.follow("送交报告")
    leader.fill(report="办结率百分之百，承诺十二项兑现十一项。")
    leader.press("送交报告")
    turn_to(9, 20)
    director.open(f"/desk/reviews/{review.pk}/")
    director.follow("开始测评")
    director.fill(meeting="第36次会议")
    for box in director.page.locator("[name='present']").all():
        box.check()
    director.press("开始测评")

    for member in capital.members:
        seat = windows(member, width=390)
        seat.open(f"/desk/reviews/{review.pk}/")
        seat.follow("投票")
        seat.main.get_by_label("满意", exact=True).check()
        seat.press("投票")
        seat.reads("您的票已投。")
        expect(seat.main.get_by_role("link", name="投票", exact=True)).to_have_count(0)
    director.open(f"/desk/reviews/{review.pk}/")
    director.follow("结束投票并计票")
    director.press("结束投票并计票")
    director.reads("通过")

    assert Review.objects.get().is_passed is True
    anyone = windows(width=390)
    anyone.open("/reviews/")
    anyone.reads(capital.unit.name)
    assert list(verify.faults()) == []


def test_an_award_goes_from_the_rule_to_the_certificate(capital, windows, turn_to):
    suggestion = capital.replied()
    rate(suggestion, by=capital.deputy_user)
    turn_to(12, 1)
    clerk, director = windows(capital.clerk), windows(capital.director)

    clerk.open("/desk/awards/")
    clerk.main.locator("summary").filter(has_text="开始一项评选").click()
    clerk.page.locator("[name='kind'][value='suggestion']").check()
    clerk.press("按规则列出候选")
    clerk.reads(suggestion.title)
    award = Award.objects.get()
    director.open(f"/desk/awards/{award.pk}/")
    director.follow("聘请评委")
    for box in director.page.locator("[name='jurors']").all():
        box.check()
    director.press("聘请评委")
    director.follow("开始打分")
    director.press("开始打分")

    for member in capital.members:
        juror = windows(member)
        juror.open(f"/desk/awards/{award.pk}/")
        juror.does_not_read("王秀英")
        juror.follow("打分")
        juror.fill(points="92", words="推动了一类问题的解决。")
        juror.press("打分")
    director.open(f"/desk/awards/{award.pk}/")
    director.follow("结束打分")
    director.press("结束打分")
    director.follow("公示")
    director.press("公示")
    anyone = windows(width=390)
    anyone.open("/awards/")
    anyone.reads(suggestion.number, "公示中")

    turn_to(12, 28)
    director.open(f"/desk/awards/{award.pk}/")
    director.follow("决定表彰")
    director.fill(meeting="第45次主任会议")
    director.press("决定表彰")
    paper = pypdf.PdfReader(io.BytesIO(director.gets("PDF")))
    assert "王秀英" in paper.pages[0].extract_text().replace("\n", "")
    award.refresh_from_db()
    assert award.state == AwardState.DECIDED
    assert award.congress == capital.congress
    assert clock.today() == dt.date(2026, 12, 28)
    assert list(verify.faults()) == []
