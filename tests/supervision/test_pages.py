"""The pages of supervision: what they show, what they cost, what is hidden."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.kernel import spreadsheets
from huiyin.supervision.actions.key_items import suggestions_in
from huiyin.supervision.models import KeyItem
from tests.suggestions.walk import fresh


@pytest.fixture
def browse(client):
    """GET or POST as a person; answers with the response."""

    def go(user, name, *args, data=None, query=None, follow=True):
        client.force_login(user)
        address = reverse(f"supervision:{name}", args=args)
        if data is None:
            return client.get(address, query or {})
        return client.post(address, data, follow=follow)

    return go


def text(response) -> str:
    return response.content.decode()


def test_ticked_suggestions_become_a_candidate(browse, house):
    suggestion = house.handling()
    page = text(browse(house.clerk, "key_candidates"))
    assert suggestion.title in page

    asked = browse(house.clerk, "propose_key_item", query={"suggestions": [suggestion.pk]})
    assert suggestion.number in text(asked)
    answer = browse(
        house.clerk,
        "propose_key_item",
        data={
            "suggestions": [suggestion.pk],
            "title": "加装电梯",
            "criteria": ["major"],
            "reason": "群众反映强烈",
        },
    )

    item = KeyItem.objects.get()
    assert (answer.status_code, item.title) == (200, "加装电梯")
    assert "已列为候选" in text(answer)


def test_what_was_typed_stays_when_something_is_missing(browse, house):
    suggestion = house.handling()

    answer = browse(
        house.clerk,
        "propose_key_item",
        data={"suggestions": [suggestion.pk], "title": "加装电梯", "reason": "写了很久的理由"},
    )

    assert answer.status_code == 422
    assert "写了很久的理由" in text(answer)


def test_the_notice_is_a_paper(browse, house):
    item = house.supervised()

    pdf = browse(house.director, "key_notice", item.pk, "pdf")
    docx = browse(house.unit_clerk, "key_notice", item.pk, "docx")
    strange = browse(house.director, "key_notice", item.pk, "exe")

    assert (pdf.content[:5], docx.content[:2]) == (b"%PDF-", b"PK")
    assert strange.status_code == 404


def test_the_public_page_shows_what_is_public_only(client, house):
    item = house.published()
    hidden = reverse("supervision:published_key_item", args=[house.supervised().pk])
    shown = reverse("supervision:published_key_item", args=[item.pk])

    page = client.get(shown).content.decode()

    assert "翠园小区电梯已投入使用" in page
    assert item.members.get().suggestion.title not in page  # the suggestion itself is not public
    assert client.get(hidden).status_code == 404
    assert item.title in client.get(reverse("supervision:public_key_items")).content.decode()


def test_a_step_closed_for_now_says_why(browse, house):
    page = text(browse(house.director, "key_item", house.proposed().pk))

    assert "还没有征求意见" in page


def test_whose_step_it_is_not_hears_so_before_the_form_is_read(browse, house):
    review = house.voting()

    assert browse(house.members[0], "vote", review.pk, data={}).status_code == 422
    assert browse(house.director, "vote", review.pk, data={}).status_code == 403


def test_a_refusal_keeps_what_was_typed(browse, house):
    item = house.supervised()

    answer = browse(
        house.committee_clerk, "report_key_item", item.pk, data={"report": "写好的报告"}
    )

    assert answer.status_code == 409
    assert "写好的报告" in text(answer)
    assert fresh(item).state == "supervised"


def test_the_list_costs_the_same_for_one_and_three(browse, house):
    cost = []
    browse(house.director, "key_items")  # what only the first page asks stays out
    for wanted in (1, 3):
        while KeyItem.objects.count() < wanted:
            house.supervised()
        with CaptureQueriesContext(connection) as queries:
            browse(house.director, "key_items")
        cost.append(len(queries))

    assert cost[0] == cost[1] <= 16  # logging in among them


def test_the_list_comes_as_a_spreadsheet(browse, house):
    item = house.supervised()

    answer = browse(house.director, "key_items", query={"format": "xlsx"})

    table = spreadsheets.read(b"".join(answer.streaming_content), "key-items.xlsx")
    assert [row.cells[0] for row in table.rows] == [item.title]


def test_a_committee_opens_what_it_picks_from_and_proposes_it(browse, house):
    suggestion = house.handling()
    address = reverse("suggestions:detail", args=[suggestion.pk])
    picked = {"suggestions": [suggestion.pk]}
    given = picked | {"year": 2026, "title": "老楼加装电梯", "criteria": ["many"], "reason": "多"}

    assert address in text(browse(house.committee_clerk, "key_candidates"))
    assert suggestion.title in text(browse(house.committee_clerk, "propose_key_item", query=picked))
    browse(house.committee_clerk, "propose_key_item", data=given)

    item = KeyItem.objects.get()
    assert [row.pk for row in suggestions_in(item)] == [suggestion.pk]
    assert address in text(browse(house.committee_clerk, "key_item", item.pk))


def test_suggestions_are_linked_for_those_only_who_may_open_them(browse, house):
    own, other = house.handling(cohandled=True), house.handling()
    item = house.supervised(own, other)
    addresses = [reverse("suggestions:detail", args=[row.pk]) for row in (own, other)]

    page = text(browse(house.finance_clerk, "key_item", item.pk))

    assert [address in page for address in addresses] == [True, False]
    assert other.title in page


def test_a_candidate_without_facts_shows_no_empty_panel(browse, house):
    assert "这项督办" not in text(browse(house.clerk, "key_item", house.proposed().pk))
