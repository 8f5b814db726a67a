"""A clock as it stands on a page."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from huiyin.kernel import clock as time
from huiyin.rulebook import actions
from tests.regions.factories import RegionFactory
from tests.rulebook.factories import ClockFactory, load_rules

TODAY = dt.date(2026, 6, 8)


@pytest.fixture(autouse=True)
def _day():
    with translation.override("zh-hans"), time.set_to(time.at(TODAY)):
        yield


def render(source, **context):
    return Template("{% load clocks %}" + source).render(Context(context))


def test_clock_tag_is_plain_and_says_how_it_stands():
    assert render("{% clock_tag clock %}", clock=ClockFactory.build()) == (
        '<span class="clock clock--late"><span class="bar bar--late share-100"></span>'
        "逾期 3 天</span>"
    )


def test_clock_tag_of_an_item_without_a_clock_is_empty():
    assert render("{% clock_tag clock %}", clock=None) == ""


@pytest.mark.django_db
def test_clock_detail_opens_its_arithmetic():
    load_rules()
    clock = actions.start_clock(
        rule="reply.normal",
        region=RegionFactory(),
        start=dt.date(2026, 3, 5),
        start_words="<b>交办</b>",
    )

    page = render("{% clock_detail clock %}", clock=clock)

    assert "逾期 3 天" in page
    assert "2026年3月5日&lt;b&gt;交办&lt;/b&gt;，当日不计入" in page
    assert "依据《代表法》第五十一条" in page


def test_arithmetic_gives_rows_of_label_and_words():
    clock = ClockFactory.build(arithmetic=[{"kind": "due", "date": "2026-06-05"}])

    source = "{% arithmetic clock as rows %}{% for label, words in rows %}{{ label }}:{{ words }}{% endfor %}"
    assert render(source, clock=clock) == "到期:2026年6月5日"


def test_told_renders_lines_that_no_clock_holds():
    lines = [{"kind": "unpublished", "years": [2027]}]

    assert render("{% told lines as rows %}{{ rows.0.1 }}", lines=lines) == (
        "2027年放假安排尚未公布，按周末推算"
    )


def test_holiday_names_are_in_the_readers_language():
    assert render("{{ name|holiday }}", name="Labour Day") == "劳动节"
    assert render("{{ name|holiday }}", name="全市停电") == "全市停电"
