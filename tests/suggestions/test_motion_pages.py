"""Motions on the pages: the deputy's phone, the desk's list, papers, the public's copy."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from huiyin.congress.choices import Role
from huiyin.congress.seats import seats_of
from huiyin.kernel import spreadsheets
from huiyin.notices.models import Message
from huiyin.suggestions import documents
from huiyin.suggestions.actions import motions
from huiyin.suggestions.choices import MotionKind, MotionState
from huiyin.suggestions.models import Motion
from tests.congress.factories import CommitteeFactory, person_as
from tests.suggestions import moved
from tests.suggestions.browse import PAPER, get, post
from tests.suggestions.test_views_desk import OVERHEAD
from tests.suggestions.walk import fresh

MOTION = {name: value for name, value in PAPER.items() if name != "wished_unit"}


def test_a_deputy_writes_a_motion_under_its_own_names(client, city):
    page = get(client, city.deputy_user, "write_motion")
    post(client, city.deputy_user, "write_motion", **MOTION, kind="supervision")

    motion = Motion.objects.get()
    assert all(word in page for word in ("案由", "案据", "方案", "议案类别"))
    assert (motion.kind, motion.suggestion.is_motion) == (MotionKind.SUPERVISION, True)


def test_the_page_of_a_draft_says_how_many_names_are_missing(client, city):
    motion = moved.signed(city, names=3)

    page = get(client, city.deputy_user, "deputy_detail", motion.suggestion_id)

    assert "还差2名" in page
    assert "改作建议提出" in page
    assert reverse("suggestions:submit", args=[motion.suggestion_id]) not in page


def test_the_steps_work_as_plain_forms_from_desk_to_presidium(client, city):
    motion = moved.submitted(city)
    post(client, city.clerk, "motion_register", motion.pk)
    post(client, city.clerk, "motion_pass_to_committee", motion.pk, committee=city.committee.pk)
    post(
        client,
        city.committee_user,
        "motion_give_opinion",
        motion.pk,
        advice="suggestion",
        heard_on="2026-03-05",
        opinion="建议转为建议办理。",
    )
    post(client, city.director, "motion_convert", motion.pk, words="第二次会议", **moved.HELD)

    page = get(client, city.clerk, "detail", motion.suggestion_id)
    assert fresh(motion).state == MotionState.CONVERTED
    assert "原议案 17-5-议001" in page
    assert "原来是议案" in page


def test_a_motion_is_for_the_staff_of_its_own_committee(client, city):
    """The others read it, but hear nothing of it and have nothing to do with it."""
    other = CommitteeFactory(congress=city.congress, name="财政经济委员会")
    stranger = person_as(Role.COMMITTEE, congress=city.congress, committee=other)
    everywhere = person_as(Role.COMMITTEE, congress=city.congress)
    motion = moved.examining(city)
    given = {"advice": "suggestion", "heard_on": "2026-03-05", "opinion": "建议转为建议办理。"}

    told = Message.objects.filter(subject__contains="审查").values_list("user", flat=True)
    assert set(told) >= {city.committee_user.pk, everywhere.pk}
    assert stranger.pk not in told
    waiting = [
        Motion.objects.to_give_opinion(seats_of(user)).count()
        for user in (city.committee_user, everywhere, stranger)
    ]
    assert waiting == [1, 1, 0]
    page = get(client, stranger, "detail", motion.suggestion_id)
    assert reverse("suggestions:motion_give_opinion", args=[motion.pk]) not in page
    post(client, stranger, "motion_give_opinion", motion.pk, **given, status=403)
    post(client, everywhere, "motion_give_opinion", motion.pk, **given)
    assert fresh(motion).state == MotionState.DECIDING


def test_a_refusal_says_until_when_one_may_ask_again(client, city):
    motion = moved.deciding(city)
    post(
        client,
        city.director,
        "motion_refuse",
        motion.pk,
        words="已有法规",
        last_meeting_at="2026-03-07T16:00",
        **moved.HELD,
    )

    page = get(client, city.deputy_user, "deputy_detail", motion.suggestion_id)

    assert "要求复议" in page
    assert fresh(motion).last_meeting_at == moved.LAST_MEETING


@pytest.mark.parametrize("person", ["clerk", "director", "committee_user"])
def test_the_list_shows_what_was_handed_in(client, city, person):
    moved.written(city)
    motion = moved.examining(city)

    page = get(client, getattr(city, person), "motions")

    assert motion.number in page
    assert page.count(moved.TEXT.title) == 1


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ({}, 2),
        ({"q": "议001"}, 1),
        ({"kind": "regulation"}, 2),
        ({"kind": "supervision"}, 0),
        ({"state": "submitted"}, 1),
        ({"tab": "committee"}, 0),
        ({"tab": "done"}, 0),
        ({"committee": "法制"}, 0),
    ],
)
def test_the_list_is_narrowed(client, city, query, n):
    moved.registered(city)
    moved.submitted(city)

    assert get(client, city.clerk, "motions", **query).count(moved.TEXT.title) == n


def test_the_list_is_exported(client, city):
    motion = moved.registered(city)

    client.force_login(city.clerk)
    answer = client.get(reverse("suggestions:motions"), {"format": "xlsx"})

    table = spreadsheets.read(b"".join(answer), "motions.xlsx")
    assert table.headers[:2] == ("议案号", "案由")
    assert [row.cells[:2] for row in table.rows] == [(motion.number, motion.suggestion.title)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client, city, django_assert_max_num_queries, rows
):
    for _number in range(rows):
        moved.registered(city)
    client.force_login(city.clerk)

    with django_assert_max_num_queries(OVERHEAD + 4):
        client.get(reverse("suggestions:motions"))


def test_an_organ_reads_the_motion_it_was_given_and_no_other(client, city):
    given, other = moved.handed_over(city), moved.reported(city)

    get(client, city.leader, "detail", given.suggestion_id)
    get(client, city.leader, "detail", other.suggestion_id, status=404)


def test_the_paper_carries_everybody_behind_it(city):
    motion = moved.registered(city)

    letter = documents.motion_paper(motion)

    words = "\n".join(p.text for p in Document(BytesIO(letter.docx())).paragraphs)
    names = [str(name.deputy) for name in motion.suggestion.signatures.all()]
    assert all(name in words for name in names)
    assert motion.suggestion.situation in words
    assert letter.pdf().startswith(b"%PDF")


def test_a_delegations_paper_carries_its_vote(city):
    motion = moved.of_delegation(city)
    moved.record_vote(city, motion.suggestion, city.deputy_user)

    letter = documents.motion_paper(fresh(motion))

    assert letter.unit == "城关代表团"
    assert "代表团表决：全团42人，到会40人，同意30人。" in letter.paragraphs


def test_the_head_of_a_delegation_is_asked_in_whose_name(client, city):
    moved.of_delegation(city)

    page = get(client, city.deputy_user, "write")
    others = get(client, city.cosigner_user, "write")

    assert ("以谁的名义提出" in page, "以谁的名义提出" in others) == (True, False)


def test_the_public_reads_what_was_published_and_no_more(client, city):
    motion, hidden = moved.public(city), moved.on_agenda(city)

    listed = get(client, None, "public_motions")
    page = get(client, None, "published_motion", motion.pk)
    get(client, None, "published_motion", hidden.pk, status=404)

    assert listed.count(moved.TEXT.title) == 1
    assert "第二次主席团会议" in page
    motions.take_back(fresh(motion), reason="有差错", by=city.director)
    get(client, None, "published_motion", motion.pk, status=404)


def test_the_text_of_a_motion_is_public_only_where_the_deputies_agree(client, city):
    motion = moved.public(city)
    paper = motion.suggestion
    type(paper).objects.filter(pk=paper.pk).update(openness="title")

    assert moved.TEXT.situation not in get(client, None, "published_motion", motion.pk)
    assert "没有符合条件" in get(client, None, "public_motions", q="维修资金")


def test_the_trace_tells_the_motion_from_either_end(client, city):
    motion = moved.deciding(city)
    paper = motions.convert(motion, words="第二次会议", **moved.HELD, by=city.director)
    client.force_login(city.clerk)

    pages = [
        client.get(reverse("dashboards:trace", args=[item.item_kind(), item.pk])).content.decode()
        for item in (paper, motion)
    ]

    for page in pages:
        assert "代表起草议案" in page
        assert page.index("登记议案，编号") < page.index("主席团决定：转为建议")
