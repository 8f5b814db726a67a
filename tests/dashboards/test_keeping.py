"""Pages of figures that are kept: one count for many readers, and a way to the numbers of this moment."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

OVERVIEW = "/overview/"
RATES, COMPARISONS = f"{OVERVIEW}rates/", f"{OVERVIEW}comparisons/"


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.FIGURES_KEPT = 300
    cache.clear()
    yield
    cache.clear()


def seen(client, path=OVERVIEW):
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path, follow=True)
    assert page.status_code == 200
    return page.content.decode(), len(asked)


def pipeline(html):
    return html.split('<ol class="pipeline">')[1].split("</ol>")[0]


def table(html):
    return html.partition("<table")[2].partition("</table>")[0]


def test_second_reader_costs_no_count_and_reads_the_same(city, client):
    city.handed_over()
    client.force_login(city.director)
    first, counting = seen(client)
    client.force_login(city.clerk)

    second, kept = seen(client)

    assert pipeline(first) == pipeline(second)
    assert kept < counting - 4


def test_numbers_stand_until_somebody_has_them_counted_again(city, client):
    client.force_login(city.director)
    before, _ = seen(client)
    city.handed_over()
    kept, _ = seen(client)

    anew, _ = seen(client, f"{OVERVIEW}?anew=1")
    later, _ = seen(client)

    assert pipeline(kept) == pipeline(before)
    assert pipeline(anew) != pipeline(before)
    assert pipeline(later) == pipeline(anew)


def test_each_language_and_each_congress_has_its_own(city, client):
    client.force_login(city.director)
    seen(client)
    client.cookies["django_language"] = "en"

    english, _ = seen(client)

    assert "Count again" in english
    assert "重新统计" not in english


def test_whoever_may_not_read_it_finds_nothing_kept(city, client):
    client.force_login(city.director)
    seen(client)
    client.force_login(city.unit_clerk)

    assert client.get(OVERVIEW).status_code == 404


def test_public_page_keeps_its_own_counts(city, client):
    city.handed_over()
    _, counting = seen(client, "/figures/")

    _, kept = seen(client, "/figures/")

    assert kept < counting - 4


@pytest.mark.parametrize("path", [RATES, COMPARISONS])
def test_rates_and_comparisons_stand_until_they_are_counted_again(city, client, path):
    client.force_login(city.director)
    before, counting = seen(client, path)
    city.handed_over()
    stood, kept = seen(client, path)

    anew, _ = seen(client, f"{path}?anew=1")
    later, _ = seen(client, path)

    assert table(stood) == table(before) != table(anew)
    assert table(later) == table(anew)
    assert kept < counting - 2


def test_each_period_and_each_order_has_its_own(city, client):
    client.force_login(city.director)
    city.handed_over()
    seen(client, RATES)
    seen(client, COMPARISONS)

    assert table(seen(client, f"{RATES}?year=2026")[0]) != table(
        seen(client, f"{RATES}?year=2025")[0]
    )
    assert "名称里有“none”的一个也没有" in seen(client, f"{COMPARISONS}?q=none")[0]
    assert "一个也没有" not in seen(client, f"{COMPARISONS}?by=subject&sort=-n")[0]


@pytest.mark.parametrize("path", [RATES, COMPARISONS])
def test_a_file_is_counted_anew(city, client, path):
    client.force_login(city.director)
    seen(client, path)
    before = file(client, path)
    city.handed_over()

    assert file(client, path) != before


def file(client, path):
    return b"".join(client.get(f"{path}?format=csv"))


@pytest.mark.parametrize("path", [RATES, COMPARISONS])
def test_kept_rates_are_not_there_for_whoever_may_not_read_them(city, client, path):
    client.force_login(city.director)
    seen(client, path)
    client.force_login(city.unit_clerk)

    assert client.get(path).status_code == 404
