"""Every figure equals a count by hand over the small year of year.py."""

import datetime as dt

import pytest
from django.db import transaction

from huiyin.dashboards import figures
from huiyin.dashboards.figures import Scope
from huiyin.kernel import clock
from huiyin.opinions.models import Voice
from tests.cities import load_national_rules
from tests.congress.factories import CongressFactory
from tests.dashboards.year import YEARS_END, walk_a_year
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.suggestions.walk import TODAY, City, later
from tests.venues.factories import DutyFactory, VenueFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker):
    """Walked once, counted once and rolled back: the tests below read plain numbers."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.set_to(clock.at(TODAY)):
        load_national_rules()
        city = City()
        walk_a_year(city)
        with later(YEARS_END):
            numbers = _count(Scope(city.congress, 2026))
        names = {city.unit.pk: "lead", city.finance.pk: "finance"}
        numbers["units"] = {names[row["unit"]]: row for row in numbers["units"]}
        transaction.set_rollback(True)
    return numbers


def _count(scope):
    tally, series = figures.Tally(scope), figures.Series(scope)
    return {
        "rates": figures.rates(tally),
        "functions": figures.six_functions(tally),
        "months": series.months["series"],
        "years": series.years,
        "units": figures.by_unit(tally),
        "pipeline": figures.pipeline(scope),
    }


def test_rates_equal_a_count_by_hand(counted):
    """Seven were handed over and not withdrawn; six of them answered, five of these rated."""
    rates = {figure.key: (figure.count, figure.of, figure.value) for figure in counted["rates"]}

    assert rates == {
        "K10": (4, 5, "80%"),  # all but the one that was unhappy twice
        "K10b": (3, 5, "60%"),  # nor the one that was basically satisfied
        "K10a": (3, 5, "60%"),  # the rude one and the quarrel
        "reply": (6, 7, "85.7%"),
        "K11": (5, 7, "71.4%"),
        "K11b": (5, 6, "83.3%"),
        "K11a": (16.7, None, "16.7"),  # five at once and one after a hundred days
        "meeting": (1, 7, "14.3%"),
        "contact": (2, 7, "28.6%"),
        "resolution": (4, 7, "57.1%"),  # B and C are no solution
        "finished": (4, 7, "57.1%"),  # of B one promise of three is kept
        "redo": (3, 5, "60%"),
        "return": (1, 7, "14.3%"),
        "promise": (1, 2, "50%"),  # one of three is not due yet
    }


def test_who_kept_silent_is_left_out_and_named(counted):
    said = {figure.key: figure.excluded for figure in counted["rates"]}

    words = "未表态 1 件不计，逾期才评价的不计，保密办理的不计"
    assert (said["K10"], said["redo"]) == (words, words)


def test_six_functions_equal_a_count_by_hand(counted):
    """Nine were handed in; eight handed over, the withdrawn one among them."""
    functions = {figure.name: (figure.count, figure.of) for figure in counted["functions"]}

    assert functions == {
        "提出": (9, 9),
        "交办": (8, 9),
        "办理": (6, 8),
        "答复": (6, 8),
        "反馈": (5, 6),
        "查询": (1, 6),
    }


def test_months_equal_a_count_by_hand(counted):
    assert {line["name"]: line["values"] for line in counted["months"]} == {
        "居民的话": [0] * 12,
        "提出建议": [0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        "答复": [0, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0],
    }


def test_the_year_that_runs_ends_with_the_present_month(city):
    this, last = (figures.Series(Scope(city.congress, year)).months for year in (2026, 2025))

    assert (this["categories"], len(last["categories"])) == (["1月", "2月", "3月"], 12)
    assert {len(line["values"]) for line in this["series"]} == {3}


def test_years_equal_a_count_by_hand(counted):
    years = [(row["year"], row["n"], row["days"]) for row in counted["years"]]

    assert years == [(2025, 1, 0.0), (2026, 6, 16.7)]


def test_units_equal_a_count_by_hand(counted):
    units = {
        name: (row["n"], row["replied"], row["on_time"], row["late"])
        for name, row in counted["units"].items()
    }

    assert units == {"lead": (6, 6, 5, 1), "finance": (1, 0, 0, 1)}


def test_pipeline_counts_where_each_stands_and_shows_no_zero_for_what_is_not_recorded(counted):
    assert [(step.number, step.count, step.late) for step in counted["pipeline"]] == [
        (1, None, 0),
        (2, None, 0),
        (3, 1, 0),
        (4, 0, 0),
        (5, 0, 0),
        (6, 1, 1),
        (7, 0, 0),
        (8, 3, 2),  # tracking; the moved one and the second round are late
        (9, 4, 1),  # last year's was never rated
        (10, 0, 0),
    ]


def test_the_ages_of_a_step_add_up_to_what_stands_in_it(counted):
    assert [sum(step.ages) for step in counted["pipeline"]] == [
        step.count or 0 for step in counted["pipeline"]
    ]


def test_pipeline_leads_to_lists_but_never_to_drafts(counted):
    links = {step.number: step.href for step in counted["pipeline"]}

    assert links[3] == ""
    assert [number for number, href in links.items() if href] == [4, 5, 6, 7, 8, 9, 10]


def test_a_share_of_nothing_is_no_zero(city):
    tally = figures.Tally(Scope(city.congress, 2024))
    values = {figure.key: figure.value for figure in figures.rates(tally)}

    assert (values["K10"], values["reply"], values["K11a"]) == ("—", "—", "—")


def test_voices_equal_a_count_by_hand(city):
    """Seven voices on four matters of this year; one matter was merged into another."""
    congress = city.congress
    answered = MatterFactory(congress=congress, answered=True)
    followed = MatterFactory(congress=congress, with_deputy=True)
    VoiceFactory.create_batch(2, matter=answered, is_solved=True)
    VoiceFactory(matter=answered, is_solved=False)
    VoiceFactory.create_batch(2, matter=followed, channel="hotline")
    VoiceFactory(matter=MatterFactory(congress=congress, in_suggestion=True))
    VoiceFactory(matter=MatterFactory(congress=congress, merged=True, merged_into=followed))
    VoiceFactory(matter=MatterFactory(congress=congress))
    VoiceFactory(matter=MatterFactory(congress=CongressFactory(other=True)))
    Voice.objects.filter(pk=VoiceFactory(matter=answered).pk).update(
        received_at=dt.datetime(2025, 12, 31, 15, 59, tzinfo=dt.UTC)
    )

    counted = {
        figure.key: (figure.count, figure.of) for figure in figures.opinions(Scope(congress, 2026))
    }

    assert counted == {
        "K36": (8, None),
        "K36a": (2, 8),
        "K36b": (3, 4),
        "K36c": (1, 4),
        "K36d": (1, 4),
        "K36e": (1, 4),
        "solved": (2, 3),
    }


def test_receptions_are_counted_when_they_took_place(city):
    venue = VenueFactory(congress=city.congress)
    DutyFactory(venue=venue, opened=True)
    DutyFactory(venue=venue, closed=True, day=dt.date(2026, 2, 3), clinic="going_out")
    DutyFactory(venue=venue, missed=True)
    DutyFactory(venue=venue, closed=True, day=dt.date(2025, 2, 3))
    DutyFactory(venue=VenueFactory(of_other=True), closed=True)

    tally = figures.Tally(Scope(city.congress, 2026))
    assert sum(figure.count for figure in figures.clinics(tally)) == 2
