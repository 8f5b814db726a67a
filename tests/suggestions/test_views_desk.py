"""The desk's and the units' pages, the public's, and what lists cost."""

from dataclasses import replace

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.congress.seats import seats_of
from huiyin.suggestions import actions
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import desk as queue
from huiyin.suggestions.views.detail import choices
from huiyin.suggestions.workflow import SUGGESTION
from tests.congress.factories import CongressFactory, person_as
from tests.suggestions import factories, walk
from tests.suggestions.browse import get, post, publish
from tests.suggestions.walk import TEXT, TODAY, fresh

# --- the desk


def test_the_pages_of_the_desk_go_on_past_the_last_running_clock(city):
    for _ in range(3):
        city.handed_over()
        city.tracking()
    listing = queue.Listing(seats_of(city.clerk), TODAY)

    whole = [row.pk for row in queue.found(listing)]
    pages = [queue.page(listing, start, 4) for start in (0, 4)]

    assert [row.pk for page in pages for row in page] == whole
    assert [bool(row.clock and row.clock.is_running) for row in [*pages[0], *pages[1]]] == [
        *[True] * 3,
        *[False] * 3,
    ]


def test_the_desk_hands_over_what_is_ticked(client, city):
    ready, early = city.assigned(), city.registered()

    page = post(
        client,
        city.director,
        "hand_over_many",
        picked=[ready.pk, early.pk],
        status=200,
        follow=True,
    )

    assert fresh(ready).state == State.HANDED_OVER
    assert "已交办1件" in page
    assert "没有交办" in page


def test_the_clerks_steps_work_as_plain_forms(client, city):
    suggestion = city.submitted()

    post(client, city.clerk, "register", suggestion.pk)
    post(
        client,
        city.clerk,
        "propose_units",
        suggestion.pk,
        lead=city.unit.pk,
        unit1=city.finance.pk,
        part1="资金",
    )
    post(client, city.director, "hand_over", suggestion.pk)

    suggestion = fresh(suggestion)
    assert (suggestion.state, suggestion.n_cohandlers) == (State.HANDED_OVER, 1)
    assert city.cotask(suggestion).part == "资金"


def test_a_step_that_came_too_late_says_so_and_keeps_the_words(client, city):
    suggestion = city.submitted()
    actions.register(suggestion, by=city.director)

    page = post(
        client,
        city.clerk,
        "refuse",
        suggestion.pk,
        status=409,
        reasons=["N08"],
        words="没有内容的话",
    )

    assert "目前是“已立案”" in page
    assert "没有内容的话" in page


def test_a_step_that_is_not_ones_own_is_forbidden(client, city):
    suggestion = city.submitted()

    post(client, city.deputy_user, "register", suggestion.pk, status=403)
    get(client, city.deputy_user, "register", suggestion.pk, status=403)


def test_the_units_steps_work_as_plain_forms(client, city):
    suggestion = city.handed_over()
    task = city.task(suggestion)

    post(client, city.unit_clerk, "assignment_sign_for", task.pk)
    post(
        client, city.unit_clerk, "assignment_log_contact", task.pk,
        kind="visit", on=TODAY.isoformat(), persons="李科长", summary="看了三号楼",
    )  # fmt: skip
    post(client, city.unit_clerk, "draft_reply", suggestion.pk, **reply_with_promise())
    post(client, city.unit_clerk, "send_for_review", suggestion.pk)
    post(client, city.leader, "sign_reply", suggestion.pk)

    assert fresh(suggestion).state == State.REPLIED
    assert city.promise(suggestion).responsible == "改造科 李科长"


def reply_with_promise(**more):
    return {
        "result_class": "B",
        "body": walk.BODY,
        "contact_name": "李科长",
        "contact_telephone": "0931-0000000",
        "promise-TOTAL_FORMS": "2",
        "promise-INITIAL_FORMS": "0",
        "promise-0-text": "三号楼加装电梯",
        "promise-0-kind": "do",
        "promise-0-promised_on": "2026-09-30",
        "promise-0-responsible": "改造科 李科长",
        "promise-1-kind": "do",
        **more,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"promise-0-promised_on": "2020-01-01"},
        {"promise-0-promised_on": "?"},
        {"body": "长" * 20_001},
    ],
)
def test_a_reply_that_cannot_be_saved_comes_back_as_typed(client, city, wrong):
    suggestion = city.handling()

    page = post(
        client,
        city.unit_clerk,
        "draft_reply",
        suggestion.pk,
        status=422,
        **reply_with_promise(**wrong),
    )

    assert "三号楼加装电梯" in page
    assert not suggestion.replies.exists()


def test_filters_and_search_narrow_the_desk(client, city):
    suggestion = city.handling()
    other = factories.SuggestionFactory(
        examining=True, title="关于增加公交线路的建议", lead=city.lead
    )

    def found(**query):
        page = get(client, city.clerk, "desk", **query)
        return [
            reverse("suggestions:detail", args=[each.pk]) in page for each in (suggestion, other)
        ]

    assert found() == [True, True]
    assert found(tab="examining") == [False, True]
    assert found(unit="住房") == [True, False]
    assert found(q="电梯") == [True, False]
    assert found(q=suggestion.number) == [True, False]
    assert found(state=["handling", "examining"]) == [True, True]
    assert found(state="handling") == [True, False]
    assert found(year="2026", stage="between") == [True, False]
    assert found(handed="2026") == [True, False]
    assert found(q="没有这样的话") == [False, False]


def test_strange_filters_break_nothing(client, city):
    city.handling()

    for query in (
        {"page": "x", "sort": "-nonsense", "tab": "nonsense", "state": "x", "year": "99999"},
        {"q": "'\"%_\\&|!()<>:*"},
        {"q": "字" * 61},
    ):
        get(client, city.clerk, "desk", **query)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_lists_are_exported(client, city, form):
    city.tracking()
    client.force_login(city.clerk)

    for name in ("desk", "ledger"):
        response = client.get(reverse(f"suggestions:{name}"), {"format": form})
        content = b"".join(response)
        assert response["Content-Disposition"].startswith("attachment")
        assert len(content) > 100


def test_another_congress_is_not_in_the_list(client, city):
    suggestion = city.handling()
    stranger = person_as(Role.CLERK, congress=CongressFactory(other=True))

    assert reverse("suggestions:detail", args=[suggestion.pk]) not in get(client, stranger, "desk")


# --- the public


def test_anyone_reads_what_is_published_and_nothing_else(client, city):
    hidden = city.registered()
    shown = city.tracking()
    publish(city, shown)

    page = get(client, None, "public")
    assert shown.number in page
    assert hidden.number not in page
    assert "三号楼加装电梯并投入使用" in get(client, None, "published", *shown.public_address)
    assert "三号楼加装电梯并投入使用" in get(client, None, "promises")
    assert shown.number in get(client, None, "feed")
    get(client, None, "published", *hidden.public_address, status=404)


def test_what_is_taken_back_is_gone_for_everyone(client, city):
    suggestion = city.tracking()
    publication = publish(city, suggestion)
    actions.take_back(publication, reason="有差错", by=city.clerk)

    get(client, None, "published", *suggestion.public_address, status=404)
    assert suggestion.number not in get(client, None, "public") + get(client, None, "promises")


def test_a_redacted_word_does_not_find_its_text(client, city):
    text = replace(TEXT, situation="请联系19900001234。")
    suggestion = actions.write(city.lead, text=text, by=city.deputy_user)
    suggestion = actions.register(actions.submit(suggestion, by=city.deputy_user), by=city.clerk)
    publish(city, suggestion)

    assert suggestion.number not in get(client, None, "public", q="19900001234")


def test_a_units_tasks_leave_as_a_spreadsheet(client, city):
    city.handling(cohandled=True)

    page = get(client, city.finance_clerk, "tasks", format="csv")

    header, row = page.removeprefix("\ufeff").splitlines()
    assert header.startswith("编号,标题,领衔代表,承办单位,角色,办理事项,状态")
    assert "兰州市财政局,会办,补助资金,办理中,2026-03-05,2026-03-05" in row


# --- cost


OVERHEAD = 4  # session, account, seats, unread messages


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "person", "most"),
    [
        ("desk", "clerk", 2),
        ("tasks", "unit_clerk", 2),
        ("ledger", "clerk", 2),
        ("mine", "deputy_user", 2),
    ],
)
def test_lists_cost_the_same_for_any_number_of_rows(
    client, city, django_assert_max_num_queries, name, person, most, rows
):
    for _ in range(rows):
        city.tracking()
    client.force_login(getattr(city, person))

    with django_assert_max_num_queries(OVERHEAD + most):
        client.get(reverse(f"suggestions:{name}"))


@pytest.mark.parametrize("rows", [1, 3])
# "public": also whose papers they are, and how that congress calls its result classes.
@pytest.mark.parametrize(("name", "most"), [("public", 4), ("promises", 3), ("feed", 1)])
def test_public_lists_cost_the_same_for_any_number_of_rows(
    client, city, django_assert_max_num_queries, name, most, rows
):
    for _ in range(rows):
        publish(city, city.tracking())

    with django_assert_max_num_queries(most):
        client.get(reverse(f"suggestions:{name}"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_promises(
    client, city, django_assert_max_num_queries, rows
):
    promises = [walk.promised(f"第{number}项") for number in range(rows)]
    suggestion = city.replied(result_class="B", promises=promises, joint=True, cohandled=True)

    for person in ("clerk", "unit_clerk", "deputy_user"):
        client.force_login(getattr(city, person))
        with django_assert_max_num_queries(OVERHEAD + 10):
            client.get(reverse("suggestions:detail", args=[suggestion.pk]))


@pytest.mark.parametrize("way", ["submitted", "registered", "assigned", "handed_over", "replied"])
def test_of_the_steps_offered_one_is_marked_and_stands_first(city, way):
    paper = getattr(city, way)()

    for person in (city.director, city.clerk, city.unit_clerk, city.deputy_user):
        tones = [choice.tone for choice in choices(SUGGESTION, person, paper)]
        assert "primary" not in tones[1:]
