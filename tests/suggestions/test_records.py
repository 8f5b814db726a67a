"""Talks the deputy confirms or disputes, what was convened, and a reply's class in local words."""

import datetime as dt

import pytest
from django.urls import reverse

from huiyin.dashboards import figures
from huiyin.dashboards.figures import Scope, Tally
from huiyin.kernel import verify
from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook.calculations import is_well_formed
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions import actions, documents
from huiyin.suggestions.choices import RecordState, ResultClass
from huiyin.suggestions.models import FaceRecord
from tests.suggestions import cases, walk, ways
from tests.suggestions.browse import get, post
from tests.suggestions.walk import TODAY, fresh, news_to, trail_of

# 沁阳 2023: three classes with marks of their own.
THREE = {"A": "甲 已解决或基本解决", "B": "乙 正在解决或列入计划", "C": "丙 受上级政策或条件限制"}
# 上海 art. 18: words only.
WORDS = {"A": "已经解决或采纳", "B": "列入年度计划", "C": "列入工作计划", "D": "留作参考"}


def _meeting_rate(city) -> tuple:
    found = {rate.key: rate for rate in figures.rates(Tally(Scope(city.congress, TODAY.year)))}
    return found["meeting"].count, found["meeting"].of


# --- face to face


@pytest.mark.parametrize(
    ("step", "only_confirmed", "met"),
    [
        (None, False, 1),
        (None, True, 0),
        ("confirm", False, 1),
        ("confirm", True, 1),
        ("dispute", False, 0),
        ("dispute", True, 0),
    ],
)
def test_a_meeting_counts_as_the_rule_says(city, step, only_confirmed, met):
    Rule.objects.filter(key=Key.MEETING_CONFIRMED).update(value=only_confirmed)
    record = cases.face_record(city)
    if step == "confirm":
        actions.confirm_face(record, by=city.deputy_user)
    if step == "dispute":
        actions.dispute_face(record, words="没有见面", by=city.deputy_user)

    assert _meeting_rate(city) == (met, 1)


def test_a_telephone_call_needs_nobodys_word(city):
    contact = actions.log_contact(
        city.task(city.handling()),
        kind="telephone",
        on=TODAY,
        persons="李科长",
        summary="说明进展",
        by=city.unit_clerk,
    )

    assert not FaceRecord.objects.filter(contact=contact).exists()


def test_the_deputy_confirms_it_on_the_phone(client, city):
    record = cases.face_record(city)
    waiting = get(client, city.deputy_user, "mine", tab="confirm")
    page = get(client, city.deputy_user, "deputy_detail", record.suggestion_id)
    assert ("请您确认面谈" in waiting, "待代表确认" in page) == (True, True)

    post(client, city.deputy_user, "face_record_confirm", record.pk)

    assert fresh(record).state == RecordState.CONFIRMED
    assert "代表确认了面复记录" in news_to(city.unit_clerk)
    assert list(verify.faults()) == []


def test_a_dispute_says_why_and_reaches_unit_and_committee(city):
    record = cases.face_record(city)
    with pytest.raises(NotPossible, match="有什么不对"):
        actions.dispute_face(record, words=" ", by=city.deputy_user)

    actions.dispute_face(record, words="只通了电话", by=city.deputy_user)

    for person in (city.unit_clerk, city.clerk):
        assert "代表对面复记录有异议" in news_to(person)
    assert actions.confirm_face(fresh(record), by=city.deputy_user).state == RecordState.CONFIRMED


# --- after the second "not satisfied"


def test_what_was_convened_stands_on_the_page_and_in_the_trace(client, city):
    suggestion = cases._coordinating(city)
    post(
        client,
        city.clerk,
        "convene",
        suggestion.pk,
        kind="meeting",
        held_on="2026-03-05",
        convened_by="代工委主任",
        attended="代表、市住建局",
        agreed="五月底前开工",
        next_step="六月复查",
    )

    page = get(client, city.deputy_user, "deputy_detail", suggestion.pk)
    trace = client.get(
        reverse("dashboards:trace", args=[suggestion.item_kind(), suggestion.pk])
    ).content.decode()

    for word in ("代工委主任", "代表、市住建局", "五月底前开工", "六月复查"):
        assert (word in page, word in trace) == (True, True)
    assert "convene" in trail_of(suggestion)
    assert "协调情况已记录，请您看看" in news_to(city.deputy_user)


def test_a_meeting_that_is_still_to_come_is_not_written_down(city):
    suggestion = cases._coordinating(city)

    with pytest.raises(NotPossible, match="不能晚于今天"):
        actions.convene(
            suggestion,
            kind="meeting",
            held_on=TODAY + dt.timedelta(days=1),
            convened_by="主任",
            attended="代表",
            agreed="开工",
            next_step="复查",
            by=city.clerk,
        )


# --- result classes


def _scheme(value: dict) -> None:
    Rule.objects.filter(key=Key.REPLY_CLASSES).update(value=value)


@pytest.mark.parametrize(
    ("scheme", "mark", "shown"),
    [(THREE, "甲类", "甲 已解决或基本解决"), (WORDS, "已经解决或采纳", "已经解决或采纳")],
)
def test_a_letter_bears_the_class_of_its_congress(client, city, scheme, mark, shown):
    _scheme(scheme)
    suggestion = city.replied(result_class=ResultClass.A)

    letter = documents.reply_letter(suggestion.replies.get())

    assert letter.class_mark == mark
    assert shown in get(client, city.clerk, "detail", suggestion.pk)


def test_the_form_offers_the_classes_of_the_congress(client, city):
    _scheme(THREE)
    page = get(client, city.unit_clerk, "draft_reply", city.handling().pk)

    assert all(label in page for label in THREE.values())
    assert 'value="D"' not in page


def test_a_letter_keeps_the_words_of_its_day(city):
    _scheme(THREE)
    suggestion = city.replied(result_class=ResultClass.A)
    _scheme(WORDS)

    assert suggestion.replies.get().shown_class == "甲 已解决或基本解决"


def test_what_is_planned_needs_a_promise_whatever_it_is_called(city):
    _scheme(THREE)
    suggestion = city.handling()
    city.draft(suggestion, result_class=ResultClass.B)

    with pytest.raises(NotPossible, match="乙 类答复至少要列一项承诺"):
        actions.send_for_review(suggestion, by=city.unit_clerk)


def test_the_rate_of_solved_ones_tells_what_the_place_calls_them(city):
    _scheme(THREE)
    rates = {rate.key: rate for rate in figures.rates(Tally(Scope(city.congress, TODAY.year)))}

    assert "甲 已解决或基本解决" in rates["resolution"].rule


def test_the_public_list_is_narrowed_by_local_words(client, city):
    _scheme(THREE)
    _published(city)

    page = get(client, None, "public")

    assert all(label in page for label in THREE.values())


def _published(city):
    suggestion = city.replied(result_class=ResultClass.A)
    walk.rate(suggestion, by=city.deputy_user)
    publication = actions.propose_publication(fresh(suggestion), by=city.clerk)
    return actions.publish(publication, title="电梯", text="见答复", by=city.clerk)


@pytest.mark.parametrize(
    ("value", "is_good"),
    [
        (THREE, True),
        (WORDS, True),
        ({"A": "甲", "B": "乙"}, False),
        (THREE | {"E": "戊"}, False),
        (THREE | {"C": "甲 已解决或基本解决"}, False),
        (THREE | {"A": ""}, False),
        ("A", False),
    ],
)
def test_a_scheme_names_what_is_solved_planned_and_limited(value, is_good):
    assert is_well_formed(Key.REPLY_CLASSES, value) is is_good


# --- a decision belongs to a talk


@pytest.mark.parametrize("decide", ["decide_redo", "decide_accept", "decide_track"])
def test_nothing_is_decided_before_the_talk_is_on_record(city, decide):
    suggestion = cases._coordinating(city)
    act = getattr(actions, decide)

    with pytest.raises(NotPossible, match="请先记录面商"):
        act(suggestion, words="再次办理", by=city.clerk)


def test_the_talk_of_an_earlier_round_is_not_this_rounds(city):
    suggestion = ways.convened(city, cases._coordinating(city))
    actions.decide_redo(suggestion, words="再次办理", by=city.clerk)
    suggestion = city.reply_again(fresh(suggestion))
    walk.rate(suggestion, by=city.deputy_user, score="dissatisfied", words="还是没有")

    with pytest.raises(NotPossible, match="请先记录面商"):
        actions.decide_accept(fresh(suggestion), words="采纳", by=city.clerk)
