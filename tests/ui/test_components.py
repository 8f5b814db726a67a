"""What a component promises to the page that uses it."""

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory
from lxml import html

from huiyin.ui.lists import ListPage


def rendered(template: str, request=None, **context) -> html.HtmlElement:
    text = Template("{% load ui %}" + template).render(RequestContext(request, context))
    return html.fragment_fromstring(text, create_parent="div")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_text_from_people_is_escaped_once():
    page = rendered('{% cotton card heading="{{ title }}" :sub="title" / %}', title="<b>&")

    assert (words(page.find(".//h3")), words(page.find(".//p"))) == ("<b>&", "<b>&")


def test_attributes_handed_on_are_escaped():
    page = rendered('{% cotton button :data-copy="text" %}x{% endcotton %}', text='"><script>')

    assert page.find(".//button").get("data-copy") == '"><script>'


def test_words_of_the_page_around_do_not_leak_into_a_component():
    page = rendered('{% cotton figure number="3" label="逾期" / %}', href="/x/", note="外面的")

    assert (page.xpath("//a"), words(page)) == ([], "3 逾期")


def test_button_with_a_reason_cannot_be_pressed_and_says_why():
    page = rendered('{% cotton button reason="要等会办意见到齐" %}送审{% endcotton %}')

    assert page.xpath("//button/@disabled") == ["disabled"]
    assert words(page) == "送审 要等会办意见到齐"


def test_clock_opens_only_with_an_explanation():
    plain = rendered('{% cotton clock label="剩 12 天" share="82" tone="wait" / %}')
    explained = rendered('{% cotton clock label="剩 12 天" share="82" %}起算{% endcotton %}')

    assert plain.xpath("//details") == []
    assert plain.xpath("//span/@class") == ["clock clock--wait", "bar bar--wait share-80"]
    assert words(explained.find(".//details")) == "剩 12 天 怎么算的 起算"


def test_step_of_the_timeline_says_what_is_still_to_come():
    page = rendered('{% cotton timeline_item state="next" heading="答复" when="12-05" / %}')

    assert words(page.find(".//h3")) == "答复 （还没到）"


def test_chart_carries_its_table():
    chart = {
        "category": "月份",
        "categories": ["6月", "</script>"],
        "series": [{"name": "收到", "values": [38, None]}],
        "unit": "件",
    }

    page = rendered('{% cotton chart :data="chart" heading="每月" / %}', chart=chart)

    rows = [[words(cell) for cell in row] for row in page.xpath("//tr")]
    assert rows == [["月份", "收到（件）"], ["6月", "38"], ["</script>", "–"]]
    assert len(page.xpath("//script[@type='application/json']")) == 1


@pytest.mark.django_db
def test_pagination_keeps_the_filters(django_user_model):
    request = RequestFactory().get("/?state=late&page=2")
    page = ListPage(request, django_user_model.objects.all(), sorts={"pk": "pk"}, per_page=1)
    page.counted = 3

    links = rendered("{% cotton pagination :page='page' / %}", page=page, request=request)

    assert links.xpath("//a/@href") == [f"?state=late&page={number}" for number in (1, 1, 3, 3)]


def test_export_links_keep_the_filters_and_drop_the_page():
    request = RequestFactory().get("/?state=late&page=2")

    links = rendered("{% cotton export_links / %}", request=request)

    assert links.xpath("//a/@href") == ["?state=late&format=xlsx", "?state=late&format=csv"]


def test_progress_stops_asking_when_it_is_finished():
    running = '{% cotton progress url="/p/" done="3" of="9" label="导入" / %}'
    finished = '{% cotton progress url="/p/" done="9" of="9" label="导入" finished / %}'

    asks = [rendered(one).xpath("//@hx-get") for one in (running, finished)]

    assert asks == [["/p/"], []]
