"""The trace: the whole chain from any of its objects, for insiders, outsiders and paper."""

import io

import pypdf
import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.dashboards.trace import chain_of, trace_of
from huiyin.dashboards.trace.headings import HEADINGS
from huiyin.opinions import actions as opinions
from huiyin.opinions import workflow as opinions_workflow
from huiyin.opinions.models import Matter
from huiyin.suggestions import actions, workflow
from huiyin.suggestions.models import Motion
from tests.congress.factories import CongressFactory, DeputyFactory, UnitFactory, person_as
from tests.dashboards.conftest import SECRET
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.suggestions.walk import fresh, later, rate
from tests.venues.factories import OfficerFactory, VenueFactory


def told_to(user, item):
    return trace_of(chain_of(item.item_kind(), item.pk, user)).milestones


def publish(story, suggestion=None):
    suggestion, clerk = suggestion or story.suggestion, story.city.clerk
    publication = actions.propose_publication(suggestion, by=clerk)
    actions.publish(publication, title=suggestion.title, text=suggestion.situation, by=clerk)


def address(item):
    return reverse("dashboards:trace", args=[item.item_kind(), item.pk])


def test_trace_tells_every_turn_in_order(story):
    milestones = told_to(story.city.clerk, story.suggestion)

    assert [milestone.heading for milestone in milestones] == [
        "1 位居民说了这件事",
        "代表起草建议",
        "代表在这一稿上签名",
        "代表提出建议",
        "写成代表建议",
        "审查立案，编号",
        "拟定承办单位",
        "交办",
        "承办单位签收",
        "承办单位签收",
        "与代表沟通",
        "会办意见送到",
        "答复稿送审",
        "承办单位答复",
        "作出承诺",
        "代表评价答复",
        "这一轮评价结束",
        "承诺转入台账跟踪",
        "承办单位报告已完成",
        "核实：已兑现",
        "结果告诉居民，问解决了没有",
        "承诺全部了结",
        "代表评价兑现",
    ]


def test_trace_is_the_same_from_every_object(story):
    task = story.suggestion.assignments.first()
    subjects = [
        story.suggestion,
        story.matter,
        story.voice,
        task,
        story.suggestion.replies.get(),
        story.promise,
    ]

    told = {tuple(m.heading for m in told_to(story.city.clerk, each)) for each in subjects}

    assert len(told) == 1


def test_trace_of_an_unfinished_suggestion_says_what_is_now_and_next(story):
    suggestion = story.city.handed_over()

    milestones = told_to(story.city.clerk, suggestion)

    assert [(m.state, m.heading) for m in milestones if m.state != "done"] == [
        ("now", "待签收"),
        ("next", "承办单位答复"),
        ("next", "每位签名代表各自评价"),
        ("next", "承诺兑现，再评一次，问居民解决了没有"),
    ]


def test_trace_of_a_late_one_says_late(story):
    suggestion = story.city.handed_over()

    with later(100):
        milestones = told_to(story.city.clerk, suggestion)

    assert [m.heading for m in milestones if m.state == "late"] == ["待签收"]


def test_an_unpublished_trace_does_not_exist_outside(story, client):
    answers = [
        client.get(address(item)).status_code
        for item in (story.suggestion, story.matter, story.voice, story.promise)
    ]

    assert answers == [404] * 4


def test_a_published_trace_is_open_and_names_no_resident_and_no_inside_words(story, client):
    publish(story)

    content = client.get(address(story.suggestion)).content.decode()

    assert "1 位居民说了这件事" in content
    assert [
        words for words in (SECRET, "马秀兰", "已到现场看过", "说明办理进展") if words in content
    ] == []


def test_a_published_trace_tells_outsiders_no_writing_to_and_fro(story, client):
    suggestion = story.city.submitted()
    reasons = {"reasons": ["N08"], "words": "内容太空"}
    actions.return_for_revision(suggestion, **reasons, by=story.city.clerk)
    actions.resubmit(suggestion, by=story.city.deputy_user)
    actions.register(suggestion, by=story.city.clerk)
    publish(story, suggestion)

    content = client.get(address(suggestion)).content.decode()

    assert "代表提出建议" in content
    assert [words for words in ("退回代表修改", "内容太空", "再提出") if words in content] == []


def test_a_published_trace_does_not_tell_outsiders_that_a_unit_was_urged(story, client):
    suggestion = story.city.handling()
    actions.urge(story.city.task(suggestion), words="代表又来电话", by=story.city.clerk)
    publish(story, suggestion)

    content = client.get(address(suggestion)).content.decode()

    assert "承办单位签收" in content
    assert [words for words in ("催办", "代表又来电话") if words in content] == []


def test_publishing_opens_the_suggestion_but_not_the_voices_behind_it(story, client):
    publish(story)

    assert [client.get(address(item)).status_code for item in (story.matter, story.voice)] == [
        404,
        404,
    ]


@pytest.mark.parametrize("stranger", ["deputy", "clerk of another congress", "unit of another"])
def test_a_trace_of_others_does_not_exist(story, client, stranger):
    other = CongressFactory(other=True)
    person = {
        "deputy": DeputyFactory(with_user=True).person.user,
        "clerk of another congress": person_as(Role.CLERK, congress=other),
        "unit of another": person_as(Role.UNIT_CLERK, unit=UnitFactory(congress=other)),
    }[stranger]
    client.force_login(person)

    assert client.get(address(story.suggestion)).status_code == 404


def test_insiders_of_another_congress_read_what_outsiders_read(story, client):
    publish(story)
    client.force_login(person_as(Role.CLERK, congress=CongressFactory(other=True)))

    content = client.get(address(story.suggestion)).content.decode()

    assert [words for words in (SECRET, "已到现场看过", "说明办理进展") if words in content] == []


def test_a_unit_reads_the_steps_but_not_what_residents_said(story, client):
    client.force_login(story.city.unit_clerk)

    content = client.get(address(story.suggestion)).content.decode()

    assert [words for words in (f"{SECRET}，请保密", "马秀兰") if words in content] == []


def test_a_unit_reads_no_words_about_the_matter_it_was_given(story, client):
    """What a deputy gave back and what a resident added is not for units."""
    city = story.city
    matter = MatterFactory(congress=city.congress, with_deputy=True, deputy=city.lead, timed=True)
    opinions.give_back(matter, words="王大爷家漏水，请转住建局", by=city.deputy_user)
    opinions.hand_to_department(fresh(matter), unit=city.unit, brief="屋面渗漏", by=city.clerk)

    told = {}
    for reader in (city.clerk, city.unit_clerk):
        client.force_login(reader)
        page = client.get(address(matter)).content.decode()
        told[reader] = ("王大爷家漏水" in page, matter.title in page)

    assert told == {city.clerk: (True, True), city.unit_clerk: (False, True)}


def test_who_follows_the_matter_but_not_the_suggestion_reads_no_more_than_the_public(story, client):
    officer = OfficerFactory(venue=VenueFactory(congress=story.city.congress))
    Matter.objects.filter(pk=story.matter.pk).update(venue=officer.venue)
    client.force_login(officer.user)
    before = client.get(address(story.matter)).content.decode()
    publish(story)

    after = client.get(address(story.matter)).content.decode()

    assert ("写成代表建议" in before, "审查立案，编号" in before) == (True, False)
    assert ("审查立案，编号" in after, "已到现场看过" in after) == (True, False)


def test_outsiders_read_the_title_that_was_approved(story, client):
    publication = actions.propose_publication(story.suggestion, by=story.city.clerk)
    actions.publish(publication, title="老楼加装电梯", text="见答复", by=story.city.clerk)

    content = client.get(address(story.suggestion)).content.decode()

    assert ("老楼加装电梯" in content, story.suggestion.title in content) == (True, False)


def test_outsiders_read_no_title_that_was_taken_back(story, client):
    publish(story)
    opened = opinions.publish(story.matter, title="翠园小区加装电梯", by=story.city.clerk)
    before = client.get(address(story.suggestion)).content.decode()
    opinions.hide(opened, by=story.city.clerk)
    after = client.get(address(story.suggestion)).content.decode()

    quote = "翠园小区加装电梯"
    assert (quote in before, quote in after) == (True, False)


def test_trace_follows_a_matter_that_was_merged_later(story):
    city = story.city
    host, matter = MatterFactory.create_batch(2, congress=city.congress)
    VoiceFactory(matter=matter)
    suggestion = city.submitted(origins=[actions.Cited("opinions.matter", matter.pk, matter.title)])
    opinions.merge(host, others=[matter], by=city.clerk)

    assert told_to(city.clerk, suggestion)[0].heading == "1 位居民说了这件事"


def test_ratings_stay_hidden_while_the_round_is_open(story, client):
    suggestion = story.city.replied(joint=True)
    rate(suggestion, score="dissatisfied", words="没有说什么时候装", by=story.city.cosigner_user)
    client.force_login(story.city.unit_clerk)

    content = client.get(address(suggestion)).content.decode()

    assert "没有说什么时候装" not in content


@pytest.mark.parametrize(
    "kind", ["accounts.user", "suggestions.rating", "nonsense", "opinions.Matter"]
)
def test_a_kind_without_a_trace_is_not_found(story, client, kind):
    client.force_login(story.city.clerk)

    assert client.get(f"/trace/{kind}/{story.suggestion.pk}/").status_code == 404


def test_printed_trace_says_the_same_on_paper(story, client):
    client.force_login(story.city.clerk)

    response = client.get(f"{address(story.suggestion)}print/")

    text = printed_text(response)
    assert response["Content-Type"] == "application/pdf"
    expected = [
        story.suggestion.number,
        "审查立案，编号",
        "承办单位答复",
        "核实：已兑现",
        "结果告诉居民",
    ]
    assert [words for words in expected if words not in text] == []


def test_printed_trace_of_a_published_one_keeps_what_the_page_keeps(story, client):
    publish(story)

    text = printed_text(client.get(f"{address(story.suggestion)}print/"))

    assert [words for words in (SECRET, "马秀兰", "已到现场看过") if words in text] == []


def test_printed_trace_of_a_hidden_one_does_not_exist(story, client):
    assert client.get(f"{address(story.suggestion)}print/").status_code == 404


def test_every_step_of_the_chain_has_a_heading_or_is_bookkeeping():
    named = {step for kind, step in HEADINGS if kind != Motion.item_kind()}
    steps = {
        step
        for table in (
            workflow.SUGGESTION,
            workflow.ASSIGNMENT,
            workflow.PROMISE,
            opinions_workflow.MATTER,
        )
        for step in table.steps
    }

    assert steps - named == BOOKKEEPING


BOOKKEEPING = {
    "invite", "invite_more", "revise", "draft_reply", "reply",
    "add_cohandler", "remove_cohandler", "propose_publication", "ask_withdrawal", "end", "drop",
    "hide", "set_subject", "unlink_suggestion",
    "ask_agreement", "withdraw_agreement", "reply_jointly", "draft_part", "send_part", "send_back_part",
    "move", "return_motion", "finish_motion", "end_motion", "convert",  # the motion tells these itself
    "recall", "recall_part", "drop_recall", "undo_promise", "confide", "unconfide", "note", "explain_promise",
}  # fmt: skip


def printed_text(response):
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def test_a_trace_leads_back_to_the_page_its_reader_may_open(story, client):
    publish(story)
    paper, matter = story.suggestion, story.matter

    def back(user, item):
        client.force_login(user) if user else client.logout()
        page = client.get(address(item)).content.decode()
        return page.split('class="govuk-back-link"')[1].split('href="')[1].split('"')[0]

    assert [
        back(story.city.clerk, paper),
        back(story.city.clerk, matter),
        back(story.city.deputy_user, paper),
        back(None, paper),
    ] == [
        reverse("suggestions:detail", args=[paper.pk]),
        reverse("opinions:matter", args=[matter.pk]),
        reverse("suggestions:deputy_detail", args=[paper.pk]),
        reverse("suggestions:published", args=paper.public_address),
    ]
