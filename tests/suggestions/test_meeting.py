"""The hand-over meeting: a sheet, one press, the letters, the receipts."""

import datetime as dt
from io import BytesIO

import pypdf
import pytest

from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AssignmentRole, State
from huiyin.suggestions.models import Suggestion
from tests.congress.factories import CongressFactory, UnitFactory
from tests.suggestions.browse import get, post
from tests.suggestions.factories import SuggestionFactory
from tests.suggestions.walk import fresh, later, trail_of


def line(suggestion, **given):
    """What the browser sends for one paper."""
    fields = {"lead": "", "other": "", "helpers": ""} | given
    return {f"line{suggestion.pk}-{name}": value for name, value in fields.items()}


def tasks_of(suggestion):
    return {(task.unit.name, task.role) for task in suggestion.assignments.select_related("unit")}


def test_the_sheet_hands_over_what_has_a_unit_and_leaves_the_rest(city, client):
    chosen, typed, left = (city.registered() for _number in range(3))
    lines = line(chosen, lead=city.unit.pk) | line(left)
    lines |= line(typed, other="财政局", helpers="兰州市住房和城乡建设局")

    post(client, city.director, "meeting", act="hand_over", **lines)

    assert [fresh(paper).state for paper in (chosen, typed, left)] == [
        State.HANDED_OVER,
        State.HANDED_OVER,
        State.REGISTERED,
    ]
    assert tasks_of(chosen) == {(city.unit.name, AssignmentRole.LEAD)}
    assert tasks_of(typed) == {
        (city.finance.name, AssignmentRole.LEAD),
        (city.unit.name, AssignmentRole.COHANDLER),
    }
    assert fresh(chosen).reply_clock.due_on == dt.date(2026, 6, 5)
    assert trail_of(chosen)[-2:] == ["propose_units", "hand_over"]


def test_a_clerk_writes_the_sheet_and_the_director_hands_over(city, client):
    suggestion = city.registered()

    page = get(client, city.clerk, "meeting")
    post(client, city.clerk, "meeting", act="propose", **line(suggestion, lead=city.unit.pk))

    assert "交办选了单位的" not in page
    assert fresh(suggestion).state == State.ASSIGNING
    sheet = get(client, city.director, "meeting")
    assert f'value="{city.unit.pk}" checked' in " ".join(sheet.split())


def test_a_clerk_who_sends_the_directors_button_writes_nothing_down(city, client):
    given = line(city.registered(), lead=city.unit.pk)

    post(client, city.clerk, "meeting", status=403, act="hand_over", **given)

    assert Suggestion.objects.get().state == State.REGISTERED


def test_a_line_left_as_it_was_is_not_proposed_again(city, client):
    suggestion = city.assigned()

    post(client, city.clerk, "meeting", act="propose", **line(suggestion, lead=city.unit.pk))

    assert trail_of(suggestion).count("propose_units") == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"other": "月球局"}, "没有叫“月球局”的单位。"),
        ({"other": "兰州市"}, "“兰州市”不止一个单位，请写全称。"),
        ({"helpers": "财政局"}, "写了会办单位，还没有定主办单位。"),
        ({"other": "财政局", "helpers": "财政局"}, "同一个单位只能列一次。"),
        ({"other": "财政局", "helpers": "甲、乙、丙、丁、戊、己"}, "会办单位最多5个。"),
    ],
)
def test_a_wrong_line_comes_back_with_what_was_typed_and_nothing_is_done(
    city, client, given, words
):
    wrong, right = city.registered(), city.registered()
    lines = line(wrong, **given) | line(right, lead=city.unit.pk)

    page = post(client, city.director, "meeting", status=422, act="hand_over", **lines)

    assert words in page
    assert all(typed in page for typed in given.values())
    assert fresh(right).state == State.REGISTERED


def test_a_unit_of_another_congress_cannot_be_chosen(city, client):
    suggestion, stranger = city.registered(), UnitFactory(congress=CongressFactory(other=True))

    post(client, city.director, "meeting", act="hand_over", **line(suggestion, lead=stranger.pk))

    assert fresh(suggestion).state == State.REGISTERED


def test_the_sheet_shows_past_choices_with_their_words_and_chooses_none(city, client):
    Rule.objects.filter(key=Key.ROUTING_EXAMPLES).update(value=6)
    for number in range(4):
        for unit, title in ((city.unit, "老楼加装电梯"), (city.finance, "企业贷款贴息")):
            SuggestionFactory(
                handed_over=True,
                lead=city.lead,
                lead_unit=unit,
                title=f"关于{title}{number}的建议",
                situation=title,
                proposals=title,
            )
    actions.learn_routes(city.congress)
    city.registered()

    page = get(client, city.clerk, "meeting")

    assert page.index(city.unit.name, page.index("<tbody>")) < page.index(
        city.finance.name, page.index("<tbody>")
    )
    assert "电梯" in page
    assert page.count("checked") == 1  # "not yet decided"


def test_nothing_chosen_is_said(city, client):
    page = post(client, city.clerk, "meeting", status=200, follow=True, **line(city.registered()))

    assert "还没有给任何一件选承办单位" in page


def test_the_receipts_of_the_day_follow_who_has_signed(city, client):
    first = city.handed_over(cohandled=True)
    city.handed_over()
    actions.sign_for(city.task(first), by=city.unit_clerk)

    page = get(client, city.clerk, "receipts")

    assert "3 项任务，已签收 1 项" in page
    assert page.index(city.unit.name) > 0
    assert page.index(city.finance.name) > 0
    assert "这一天没有交办" in get(client, city.clerk, "receipts", day="2026-01-05")


def test_the_last_day_of_hand_over_is_shown_when_none_is_asked_for(city, client):
    city.handed_over()

    with later(3):
        assert "1 项任务" in get(client, city.clerk, "receipts")
        assert "1 项任务" in get(client, city.clerk, "receipts", day="2026-03-05")


def test_all_letters_come_in_one_file_a_unit_a_letter(city, client):
    papers = [city.handed_over(cohandled=True), city.handed_over()]

    client.force_login(city.clerk)
    answer = client.get("/desk/suggestions/receipts/letters.pdf", {"day": "2026-03-05"})

    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages]
    assert answer["Content-Type"] == "application/pdf"
    assert [city.finance.name in pages[0], city.unit.name in pages[1]] == [True, True]
    assert "现将2件代表建议交你单位办理，请在3个工作日内签收" in pages[1].replace("\n", "")
    assert all(paper.number in pages[1] for paper in papers)
    assert "签收后1个月" in pages[0]
    assert "2026年6月5日" in pages[1]
    assert all("签收回执" in page for page in pages)


def test_without_a_hand_over_there_are_no_letters(city, client):
    client.force_login(city.clerk)

    assert client.get("/desk/suggestions/receipts/letters.pdf").status_code == 404


def test_only_the_committee_holds_such_a_meeting(city, client):
    for user in (city.unit_clerk, city.deputy_user, city.government):
        for name in ("meeting", "receipts"):
            get(client, user, name, status=404)


@pytest.mark.parametrize("count", [1, 3])
def test_the_sheet_costs_the_same_however_many_papers(
    city, client, count, django_assert_max_num_queries
):
    for _number in range(count):
        city.registered()
    client.force_login(city.clerk)
    client.get("/desk/suggestions/meeting/")

    with django_assert_max_num_queries(12):
        client.get("/desk/suggestions/meeting/")


@pytest.mark.slow
def test_more_papers_than_a_page_lie_on_one_sheet(city, client):
    papers = [
        SuggestionFactory(registered=True, lead=city.lead, number=f"17-5-{number:04d}")
        for number in range(1, 31)
    ]

    lines = {}
    for paper in papers:
        lines |= line(paper, lead=city.unit.pk)
    post(client, city.director, "meeting", act="hand_over", **lines)

    assert {fresh(paper).state for paper in papers} == {State.HANDED_OVER}


def test_learning_is_asked_for_by_a_button(city, client):
    from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: PLC0415

    post(client, city.clerk, "learn_routes")
    post(client, city.clerk, "learn_routes")  # pressed twice, learned once
    job = ProcrastinateJob.objects.get(task_name="huiyin.suggestions.tasks.learn_routes")

    assert job.args == {"congress_id": city.congress.pk}
