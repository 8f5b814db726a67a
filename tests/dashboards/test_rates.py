"""The pages of rates: what stands on them, the rows behind a number, what is left out and said so."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.congress.choices import Role
from huiyin.dashboards import figures
from huiyin.dashboards.figures import Scope
from huiyin.dashboards.figures.tally import promises_by
from huiyin.kernel import clock, spreadsheets
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions import actions
from huiyin.suggestions.actions import motions
from huiyin.suggestions.choices import ContactKind
from tests.congress.factories import CongressFactory, SessionFactory, UnitFactory, person_as
from tests.dashboards.year import LAST_YEAR, YEARS_END, answered_twice, talk, with_promises
from tests.suggestions import moved
from tests.suggestions.test_secret import handling as in_confidence
from tests.suggestions.walk import City, fresh, later, rate

MOST = 12


def titles(response):
    return [row.title for row in response.context["page"]]


def table(response):
    content = b"".join(response.streaming_content)
    return list(spreadsheets.read(content, "t.xlsx").rows)


def test_a_number_leads_to_its_very_rows(city, client):
    with_promises(city)
    unanswered = city.handed_over()
    client.force_login(city.clerk)

    numerator = client.get("/overview/rates/reply/", {"year": 2026})
    denominator = client.get("/overview/rates/reply/", {"year": 2026, "part": "of"})

    assert len(titles(numerator)) == 1
    assert len(titles(denominator)) == 2
    assert unanswered.pk in [row.pk for row in denominator.context["page"]]


def test_promises_behind_their_rate_are_promises(city, client):
    with_promises(city)
    client.force_login(city.clerk)

    with later(YEARS_END):
        kept = client.get("/overview/rates/promise/", {"year": 2026})
        due = client.get("/overview/rates/promise/", {"year": 2026, "part": "of"})

    assert [promise.text for promise in kept.context["page"]] == ["三号楼装好电梯"]
    assert len(due.context["page"]) == 2


@pytest.mark.parametrize("by", ["unit", "subject", "district", "year"])
def test_promises_behind_their_rate_can_be_those_of_one_group(city, client, by):
    with_promises(city)
    client.force_login(city.clerk)
    with later(YEARS_END):
        groups = promises_by(Scope(city.congress, 2026), by).values()
        found = {
            group.address: client.get(
                "/overview/rates/promise/",
                {"year": 2026, "part": "of", "by": by, "group": group.address},
            )
            .context["page"]
            .count
            for group in groups
        }

    assert found == {group.address: group.counts["due"] for group in groups}
    assert found


def test_in_confidence_is_neither_counted_nor_listed_and_the_page_says_so(city, client):
    city.handed_over()
    secret = in_confidence(city)
    for reader in (city.clerk, city.director):  # the director knows of it; the numbers are the same
        client.force_login(reader)
        page = client.get("/overview/rates/", {"year": 2026})
        rows = client.get("/overview/rates/reply/", {"year": 2026, "part": "of"})

        rates = {figure.key: figure.of for figure in page.context["overview"].inner_rates}
        assert rates["reply"] == 1
        words = page.content.decode()
        assert ("保密办理的不在任何数字和清单里" in words, "1 件保密" in words) == (True, False)
        assert secret.title not in titles(rows)


def test_rows_one_may_not_see_are_counted_and_not_listed(city, client):
    city.handed_over()
    client.force_login(person_as(Role.AUDITOR, congress=city.congress))

    page = client.get("/overview/rates/reply/", {"year": 2026, "part": "of"})

    assert titles(page) == []
    assert "其中 1 件不归您看，没有列出" in page.content.decode()


def test_the_rule_says_whether_a_telephone_call_is_a_meeting(city):
    answered_twice(city)  # telephoned only
    scope = Scope(city.congress, 2026)

    def met():
        return {f.key: f.count for f in figures.rates(figures.Tally(scope))}["meeting"]

    before = met()
    Rule.objects.filter(key=Key.RATES_TELEPHONE).update(value=True)

    assert (before, met()) == (0, 1)


def test_a_talk_after_the_reply_is_a_meeting_and_no_contact_before_it(city):
    suggestion = city.replied()
    rate(suggestion, score="dissatisfied", words="没有说什么时候装", by=city.deputy_user)
    with later(3):
        talk(city, fresh(suggestion), ContactKind.VISIT)

    found = {f.key: f.count for f in figures.rates(figures.Tally(Scope(city.congress, 2026)))}

    assert (found["meeting"], found["contact"]) == (1, 0)


def test_ratings_that_came_late_are_in_no_rate(city):
    suggestion = city.replied()
    with later(60):
        actions.finish_silent_rounds()
        rate(fresh(suggestion), score="dissatisfied", words="太迟了", by=city.deputy_user)

    found = {
        f.key: (f.count, f.of) for f in figures.rates(figures.Tally(Scope(city.congress, 2026)))
    }

    assert (found["K10"], found["redo"]) == ((0, 0), (0, 0))


def test_a_letter_of_class_b_is_finished_when_every_promise_is_kept(city):
    suggestion = city.tracking()
    scope = Scope(city.congress, 2026)
    before = {f.key: f.count for f in figures.rates(figures.Tally(scope))}
    with later(30):
        promise = city.promise(suggestion)
        actions.claim_done(promise, evidence="电梯已投入使用。", by=city.unit_clerk)
        actions.confirm(fresh(promise), by=city.clerk)

    after = {f.key: f.count for f in figures.rates(figures.Tally(scope))}

    assert (before["resolution"], before["finished"]) == (0, 0)
    assert (after["resolution"], after["finished"]) == (0, 1)


def test_what_was_merged_shares_the_talks_of_its_lead_item(city):
    lead = city.handling()
    talk(city, lead, ContactKind.VISIT)
    follower = city.registered()
    actions.merge(follower, into=fresh(lead), words="同一件事", by=city.clerk)

    found = {
        f.key: (f.count, f.of) for f in figures.rates(figures.Tally(Scope(city.congress, 2026)))
    }

    assert (found["meeting"], found["contact"]) == ((2, 2), (2, 2))


def test_a_period_is_a_year_a_session_or_any_days(city, client):
    with clock.set_to(clock.at(LAST_YEAR)):
        city.handed_over()
    city.handed_over()
    SessionFactory(
        term=city.term, number=4, starts_on=dt.date(2025, 1, 10), ends_on=dt.date(2025, 1, 14)
    )
    client.force_login(city.clerk)

    def handed(**asked):
        page = client.get("/overview/rates/", asked)
        return {f.key: f.of for f in page.context["overview"].inner_rates}["reply"]

    assert handed(year=2026) == 1
    assert handed(session=city.term.sessions.get(number=4).pk) == 1
    assert handed(first="2025-11-01", last="2026-03-05") == 2
    assert handed(last="2025-12-31") == 1  # from the first day of its year
    assert handed(first="2025-11-01") == 2  # until today
    assert handed(first="2026-03-06", last="2026-03-05") == 1  # nonsense: the year that runs


def test_rates_are_exported_with_what_they_are_made_of(city, client):
    city.replied()
    client.force_login(city.clerk)

    rows = table(client.get("/overview/rates/", {"year": 2026, "format": "xlsx"}))
    csv = client.get("/overview/rates/reply/", {"year": 2026, "format": "csv"})

    reply = next(row for row in rows if row.cells[0] == "办复率")
    assert reply.cells[1:5] == ("100", "%", "1", "1")
    assert "《代表法》第五十一条" in reply.cells[8]
    assert "电梯" in b"".join(csv.streaming_content).decode("utf-8-sig")


def test_conversion_is_no_zero_where_no_motion_was_handed_in(city, client):
    client.force_login(city.clerk)

    found = client.get("/overview/rates/").context["overview"].inner_rates

    assert [(f.value, f.excluded) for f in found if f.key == "conversion"] == [
        ("—", "没有提出的草稿不算，保密办理的不算")
    ]


@pytest.mark.parametrize("path", ["/overview/", "/overview/rates/"])
def test_the_list_of_motions_is_linked_for_who_may_open_it(city, client, path):
    linked = 'href="/desk/motions/'
    for reader, may_open in ((city.clerk, True), (city.government, False)):
        client.force_login(reader)
        page = client.get(path).content.decode()
        _navigation, _main, figures = page.partition("<main")

        assert (linked in figures) == may_open
        assert client.get("/desk/motions/").status_code == (200 if may_open else 404)


def test_conversion_counts_motions_that_became_suggestions(city, client):
    motions.convert(moved.deciding(moved.in_session(city)), **moved.HELD, by=city.director)
    client.force_login(city.clerk)

    found = client.get("/overview/rates/", {"year": 2026}).context["overview"].inner_rates

    (conversion,) = (figure for figure in found if figure.key == "conversion")
    assert (conversion.count, conversion.of) == (1, 1)
    assert (
        client.get(conversion.href).status_code == client.get(conversion.of_href).status_code == 200
    )


def test_two_items_do_not_rank_a_unit(city, client):
    """Five of one unit, all answered; two of another: shown, marked, ranked never."""
    for _each in range(5):
        city.replied()
    for _each in range(2):
        handed_to(city, city.finance)
    client.force_login(city.clerk)

    page = client.get("/overview/comparisons/", {"by": "unit", "rate": "reply", "year": 2026})

    shown = {row.name: place for row, place, _cells in page.context["page"].shown}
    assert shown == {city.unit.short_name: 1, city.finance.short_name: None}
    assert page.context["comparison"].chart["categories"] == [city.unit.short_name]
    assert "样本少" in page.content.decode()


def test_each_number_stands_under_its_head(city, client):
    with_promises(city)
    city.handed_over()
    client.force_login(city.clerk)

    page = client.get("/overview/comparisons/", {"by": "unit", "rate": "reply", "year": 2026})

    ((_row, _place, cells),) = page.context["page"].shown
    heads = [str(name) for _key, name in page.context["heads"]]
    assert [str(head) for head, _figure, _is_few in cells] == heads
    shown = {str(head): (figure.count, figure.of) for head, figure, _is_few in cells}
    assert (shown["办复率"], shown["满意率"], shown["全部满意"]) == ((1, 2), (1, 1), (0, 1))


def handed_to(city, unit):
    tasks = [actions.Task(unit, "lead")]
    suggestion = actions.propose_units(city.registered(), tasks=tasks, by=city.clerk)
    return actions.hand_over(suggestion, by=city.director)


@pytest.mark.parametrize("by", ["unit", "subject", "district", "year"])
def test_groups_are_sorted_narrowed_and_exported(city, client, by):
    city.replied()
    client.force_login(city.clerk)
    asked = {"by": by, "rate": "reply", "year": 2026}

    page = client.get("/overview/comparisons/", asked | {"sort": "-n"})
    none = client.get("/overview/comparisons/", asked | {"q": "没有这个名称"})
    rows = table(client.get("/overview/comparisons/", asked | {"format": "xlsx"}))

    assert len(page.context["page"]) == 1
    assert len(none.context["page"]) == 0
    assert "名称里有“没有这个名称”的一个也没有" in none.content.decode()
    assert f'href="?by={by}&amp;rate=reply&amp;year=2026"' in none.content.decode()
    assert len(rows) == 1


def test_who_only_promised_stands_in_the_comparison_of_units(city, client):
    with_promises(city)
    with later(YEARS_END):
        comparison = figures.compare(figures.Tally(Scope(city.congress, 2026), "unit"), "promise")
        shown = [(row.name, row.of(comparison.rate).of) for row in comparison.rows]

    assert shown == [(city.unit.short_name, 2)]


def test_numbers_of_another_congress_cannot_be_asked_for(city, client):
    other = City(CongressFactory(other=True))
    other.handed_over()
    client.force_login(city.clerk)

    page = client.get("/overview/rates/", {"congress": other.congress.pk})

    assert page.context["scope"].congress == city.congress


PATHS = (
    "/overview/rates/?year=2026",
    "/overview/rates/reply/?year=2026&part=of",
    "/overview/rates/promise/?year=2026&part=of",
    "/overview/comparisons/?by=unit&rate=reply&year=2026",
    "/overview/comparisons/?by=district&rate=promise&year=2026",
)


def test_pages_cost_the_same_for_one_and_for_three(city, client):
    client.force_login(city.director)

    def cost():
        paid = []
        for path in PATHS:
            with later(YEARS_END), CaptureQueriesContext(connection) as seen:
                assert client.get(path).status_code == 200
            paid.append(len(seen))
        return paid

    with_promises(city)
    cost()  # what only the first page asks stays out
    for_one = cost()
    for _each in range(2):
        with_promises(city)
        handed_to(city, UnitFactory(congress=city.congress))
    for_three = cost()

    assert for_three == for_one
    assert max(for_three) <= MOST, for_three


def test_strange_questions_are_not_found(city, client):
    client.force_login(city.clerk)

    assert client.get("/overview/rates/nonsense/").status_code == 404
    assert client.get("/overview/rates/reply/", {"part": "all"}).status_code == 404
    assert client.get("/overview/rates/reply/", {"by": "deputy"}).status_code == 404
    assert client.get("/overview/rates/reply/", {"group": "' OR 1=1 --"}).status_code == 200
