"""Days, shares, marks and table heads as people see them."""

import datetime as dt

import pytest
from django.db.models import F
from django.template import Context, Template
from django.test import RequestFactory

from huiyin.kernel import clock
from huiyin.ui.lists import Paged
from huiyin.ui.templatetags import lists, ui

NOON = dt.datetime(2026, 11, 23, 12, 4, tzinfo=dt.UTC)


def test_day_is_written_the_same_everywhere():
    day = dt.date(2026, 12, 5)

    written = [ui.day(day), ui.day(day, "short"), ui.day(day, "words"), ui.day(None)]

    assert written == ["2026-12-05", "12-05", "2026年12月5日", ""]


def test_day_of_a_moment_is_the_day_in_china():
    assert ui.day(dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)) == "2026-11-24"


def test_moment_leaves_out_the_present_year():
    with clock.set_to(clock.at(dt.date(2026, 11, 25))):
        assert ui.moment(NOON) == "11-23 20:04"
    with clock.set_to(clock.at(dt.date(2027, 1, 2))):
        assert ui.moment(NOON) == "2026-11-23 20:04"
    assert (ui.moment(NOON, "full"), ui.moment(None)) == ("2026-11-23 20:04", "")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        *[(0, "share-0"), (82, "share-80"), (83, "share-85"), (100, "share-100")],
        *[(140, "share-100"), (-3, "share-0"), (None, "share-0"), ("12.6", "share-15")],
    ],
)
def test_share_is_a_class_in_steps_of_five(value, name):
    assert ui.share(value) == name


def test_mark_shared_marks_the_words_and_escapes_the_rest():
    marked = ui.mark_shared("<b>翠园</b>老楼加装电梯", ["电梯", "加装电梯", "", "翠园"])

    assert marked == "&lt;b&gt;<mark>翠园</mark>&lt;/b&gt;老楼<mark>加装电梯</mark>"


def test_mark_shared_takes_words_literally():
    assert ui.mark_shared("a.c abc", ["a.c", "<"]) == "<mark>a.c</mark> abc"
    assert ui.mark_shared("<i>", []) == "&lt;i&gt;"


def test_sort_header_turns_the_sort_round_and_keeps_the_filters():
    request = RequestFactory().get("/?state=late&page=3&sort=due")
    page = Paged(request, sorts=("n", "due"))
    heads = '{% load ui %}{% sort_header page "due" "期限" %}{% sort_header page "n" label %}'
    context = Context({"page": page, "label": "<n>"})

    html = Template(heads).render(context)

    assert html == (
        '<th scope="col" aria-sort="ascending"><a href="?state=late&amp;sort=-due">期限'
        '<span aria-hidden="true">↑</span></a></th>'
        '<th scope="col"><a href="?state=late&amp;sort=n">&lt;n&gt;</a></th>'
    )


@pytest.mark.parametrize(
    ("asked", "arrow"),
    [("", "↓"), ("sort=-newest", "↑"), ("sort=n", "↑"), ("sort=due", "↓"), ("sort=-due", "↑")],
)
def test_the_arrow_says_where_the_largest_stands(asked, arrow):
    sorts = {"newest": ("-at", "n"), "n": "n", "due": F("due").desc(nulls_last=True)}
    page = Paged(RequestFactory().get(f"/?{asked}"), sorts=sorts)

    html = lists.sort_links(page, newest="最新", n="<n>", due="期限")

    assert html.count(arrow) == 1
    assert (html.count("↓") + html.count("↑"), html.count('aria-current="true"')) == (1, 1)


def test_sort_links_turn_the_sort_round_and_keep_the_filters():
    request = RequestFactory().get("/?state=late&page=3")
    page = Paged(request, sorts={"newest": "-at", "n": "n"})

    html = lists.sort_links(page, newest="最新", n="<n>")

    assert html == (
        '<p class="sorts soft">排序 <a href="?state=late&amp;sort=-newest" aria-current="true">最新'
        '<span aria-hidden="true">↓</span></a> <a href="?state=late&amp;sort=n">&lt;n&gt;</a></p>'
    )


def test_step_states_tell_done_now_and_next():
    assert ui.step_states("2", "3") == ["done", "now", "next"]


def test_chart_rows_turn_columns_into_rows():
    series = [{"name": "收到", "values": [1, 2]}, {"name": "办结", "values": [3, None]}]
    chart = {"categories": ["6月", "7月"], "series": series}

    assert list(ui.chart_rows(chart)) == [
        ("6月", [("收到", 1), ("办结", 3)]),
        ("7月", [("收到", 2), ("办结", None)]),
    ]


def test_passed_attributes_are_escaped():
    attributes = {"hx-get": "/?a=1&b=2", "disabled": True, "hidden": False, "title": '"><script>'}

    written = ui.passed(attributes)

    assert written == (' hx-get="/?a=1&amp;b=2" disabled title="&quot;&gt;&lt;script&gt;"')
