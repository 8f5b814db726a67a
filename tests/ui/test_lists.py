"""One page of rows, two queries, no surprises from the address."""

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.db.models import F
from django.test import RequestFactory

from huiyin.ui.lists import ListPage, ShortListPage, chosen, number_of, ticked

pytestmark = pytest.mark.django_db
SORTS = {"name": "name", "newest": "-pk", "nulls": F("name").desc(nulls_last=True)}


def page_of(query: str = "", kind: type[ListPage] = ListPage, **options) -> ListPage:
    request = RequestFactory().get(f"/?{query}")
    return kind(request, Group.objects.all(), **({"sorts": SORTS} | options))


def names(page: ListPage) -> str:
    return "".join(group.name for group in page)


@pytest.fixture
def groups():
    return [Group.objects.create(name=name) for name in "cab"]


def test_sort_is_the_first_one_unless_asked(groups):
    assert names(page_of()) == "abc"
    assert names(page_of("sort=-name")) == "cba"
    assert names(page_of("sort=newest")) == "bac"
    assert names(page_of("sort=-newest")) == "cab"
    assert names(page_of("sort=nulls")) == "cba"
    assert names(page_of("sort=-nulls")) == "abc"


def test_sort_by_anything_else_falls_back_to_the_default(groups):
    page = page_of("sort=permissions__codename", default="-name")

    assert (names(page), page.sort, page.descending) == ("cba", "name", True)


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("2", 2), ("99", 2), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 5000, 1)],
)
def test_page_asked_for_is_the_nearest_there_is(groups, asked, number):
    assert page_of(f"page={asked}", per_page=2).number == number


def test_rows_cost_one_query_and_the_count_one(groups, django_assert_num_queries):
    page = page_of(per_page=2)

    with django_assert_num_queries(2):
        shown = (names(page), page.count, page.last, page.count_label, bool(page), len(page))

    assert shown == ("ab", 3, 2, "3", True, 2)


def test_an_empty_list_asks_only_for_the_count(django_assert_num_queries):
    page = page_of()

    with django_assert_num_queries(1):
        assert (list(page), page.count, page.last, page.number, bool(page)) == ([], 0, 1, 1, False)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("1", ("ab", 3, 1)), ("2", ("c", 3, 2)), ("9", ("c", 3, 2)), ("x", ("ab", 3, 1))],
)
def test_a_short_list_is_the_same_page(groups, asked, shown):
    page = page_of(f"page={asked}", ShortListPage, per_page=2)

    assert (names(page), page.count, page.number) == shown


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_short_list_costs_one_query_with_its_count(number, django_assert_num_queries):
    Group.objects.bulk_create(Group(name=name) for name in "abc"[:number])
    page = page_of("", ShortListPage, per_page=2)

    with django_assert_num_queries(1):
        assert (len(page), page.count, bool(page)) == (min(number, 2), number, number > 0)


def test_count_stops_at_the_limit(groups):
    page = page_of(most_counted=2, per_page=1)

    assert (page.count, page.count_label, page.is_capped, page.last) == (2, "2+", True, 2)


def test_numbers_leave_gaps_between_the_ends_and_the_neighbours():
    Group.objects.bulk_create(Group(name=f"{number:02}") for number in range(9))

    assert page_of("page=5", per_page=1).numbers == [1, None, 4, 5, 6, None, 9]
    assert page_of("page=1", per_page=1).numbers == [1, 2, None, 9]


def test_format_is_a_spreadsheet_or_nothing(groups):
    asked = ["xlsx", "csv", "exe", ""]

    assert [page_of(f"format={one}").format for one in asked] == ["xlsx", "csv", "", ""]


def test_chosen_drops_what_is_empty_or_wrong():
    class Filter(forms.Form):
        q = forms.CharField(required=False)
        state = forms.ChoiceField(required=False, choices=[("late", "late")])
        share = forms.IntegerField(required=False)
        day = forms.DateField(required=False)
        rated = forms.BooleanField(required=False)

    filled = Filter({"q": " ", "state": "nonsense", "share": "0", "day": "2026-13-45"})

    assert chosen(filled) == {"share": 0}


@pytest.mark.parametrize("typed", ["", "-1", "1.0", "²", "٣", "x", "9" * 19, "9" * 5000])
def test_what_is_no_number_of_a_row_is_none(typed):
    assert number_of(typed) is None


def test_no_more_rows_are_ticked_than_the_page_allows():
    assert ticked(["7", "x", "9" * 18, "12", "13"], most=4) == [7, int("9" * 18), 12]
