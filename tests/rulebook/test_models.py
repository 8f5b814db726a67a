"""Which rule holds where and when, and what a clock says of itself."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import translation

from huiyin.rulebook.models import CalendarDay, Clock, Reckoning, Rule, RuleMissing, due
from tests.regions.factories import RegionFactory
from tests.rulebook.factories import (
    CalendarDayFactory,
    ClockFactory,
    RuleFactory,
    load_rules,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 5)
DUE_ON = dt.date(2026, 6, 5)


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


def test_in_force_takes_the_newest_version_of_the_nearest_place():
    city, county = RegionFactory(), RegionFactory(county=True)
    RuleFactory(region=RegionFactory(country=True), value={"days": 1}, valid_from=DAY)
    RuleFactory(region=city, value={"days": 2})
    RuleFactory(region=city, value={"days": 3}, valid_from=dt.date(2025, 1, 1))
    RuleFactory(region=city, value={"days": 4}, valid_from=dt.date(2027, 1, 1))

    assert Rule.objects.value("return.window", county, DAY) == {"days": 3}


def test_in_force_never_looks_at_a_neighbour():
    RuleFactory(region=RegionFactory(qingdao=True))

    with pytest.raises(RuleMissing, match=r"return\.window.*兰州市"):
        Rule.objects.in_force("return.window", RegionFactory(), DAY)


def test_value_of_a_level_is_that_levels_number():
    load_rules()

    assert Rule.objects.value("motion.signers", RegionFactory(), DAY, level="township") == 5


def test_all_in_force_has_each_rule_once_the_nearest_one():
    load_rules()

    rules = Rule.objects.all_in_force(RegionFactory(county=True), DAY)

    keys = [rule.key for rule in rules]
    assert len(keys) == len(set(keys))
    places = {rule.key: rule.region.name for rule in rules}
    assert (places["reply.normal"], places["return.window"]) == ("全国", "兰州市")


def test_a_rule_has_one_version_for_each_day():
    rule = RuleFactory()

    with pytest.raises(IntegrityError, match="rule_one_version_for_each_day"):
        Rule.objects.create(
            region=rule.region, key=rule.key, valid_from=rule.valid_from, value={"days": 1}
        )


def test_due_counts_by_the_rule_of_the_place():
    load_rules()
    CalendarDayFactory(date=dt.date(2026, 3, 9), name="停电检修")

    found = due(DAY, "return.window", RegionFactory(), start_words="交办")

    assert found.on == dt.date(2026, 3, 13)
    assert [line["kind"] for line in found.lines] == [
        "start",
        "term",
        "skipped",
        "skipped",
        "unpublished",
        "due",
    ]


def test_due_asks_the_database_twice(django_assert_num_queries):
    load_rules()
    city = RegionFactory()

    with django_assert_num_queries(2):
        due(DAY, "reply.normal", city, start_words="交办")


def test_a_places_own_day_wins_over_the_countrys():
    city = RegionFactory()
    CalendarDayFactory(date=DAY)
    CalendarDayFactory(date=DAY, region=city, is_working=True, name="本市上班")

    assert CalendarDay.objects.is_working(DAY, city)
    assert not CalendarDay.objects.is_working(DAY)


def test_one_day_stands_once_in_the_countrys_calendar():
    CalendarDayFactory(date=DAY)

    with pytest.raises(IntegrityError, match="calendar_day_once_for_each_region"):
        CalendarDayFactory(date=DAY)


def test_the_clocks_part_into_running_overdue_kept_and_missed():
    today = dt.date(2026, 6, 6)
    overdue = ClockFactory()
    soon = ClockFactory(due_on=dt.date(2026, 6, 8))
    later = ClockFactory(due_on=dt.date(2026, 9, 8))
    kept, missed, _void = (
        ClockFactory(stopped=True),
        ClockFactory(late=True),
        ClockFactory(void=True),
    )
    clocks = Clock.objects.order_by("pk")

    assert list(clocks.running()) == [overdue, soon, later]
    assert list(clocks.overdue(today)) == [overdue]
    assert list(clocks.filter(Clock.due_within_q(today, 5))) == [soon]
    assert list(clocks.kept()) == [kept]
    assert list(clocks.missed()) == [missed]


def test_of_a_region_are_the_clocks_of_every_place_in_it():
    inside = ClockFactory(region=RegionFactory(county=True))
    ClockFactory(region=RegionFactory(qingdao=True))

    assert list(Clock.objects.of(RegionFactory())) == [inside]


@pytest.mark.parametrize(
    ("today", "words", "share", "tone", "urgency"),
    [
        (DAY, "剩 92 天", 0, "go", "calm"),
        (dt.date(2026, 4, 20), "剩 46 天", 50, "go", "calm"),
        (dt.date(2026, 5, 24), "剩 12 天", 87, "wait", "yellow"),
        (dt.date(2026, 6, 1), "剩 4 天", 96, "wait", "orange"),
        (DUE_ON, "今天到期", 100, "wait", "orange"),
        (dt.date(2026, 6, 8), "逾期 3 天", 100, "late", "red"),
    ],
)
def test_a_running_clock_says_how_it_stands(today, words, share, tone, urgency):
    clock = ClockFactory.build()

    stands = (clock.words(today), clock.share(today), clock.tone(today), clock.urgency(today))
    assert stands == (words, share, tone, urgency)


@pytest.mark.parametrize(
    ("stopped_on", "words", "tone", "was_kept"),
    [
        (dt.date(2026, 5, 31), "已按期（提前 5 天）", "go", True),
        (DUE_ON, "已按期", "go", True),
        (dt.date(2026, 6, 7), "逾期 2 天完成", "late", False),
    ],
)
def test_a_stopped_clock_stands_for_ever(stopped_on, words, tone, was_kept):
    clock = ClockFactory.build(stopped_on=stopped_on)
    years_later = dt.date(2030, 1, 1)

    stands = (clock.words(years_later), clock.tone(years_later), clock.was_kept)
    assert stands == (words, tone, was_kept)


def test_a_void_clock_was_neither_kept_nor_missed():
    clock = ClockFactory.build(void=True)

    assert (clock.words(DUE_ON), clock.tone(DUE_ON), clock.was_kept) == ("不再计时", "go", None)


def test_a_running_clock_is_not_yet_kept():
    assert ClockFactory.build().was_kept is None


def test_a_clock_that_ends_as_it_starts_is_used_up():
    assert ClockFactory.build(due_on=DAY).share(DAY) == 100


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"is_void": True}, "clock_void_only_when_stopped"),
        ({"extended_to": DUE_ON}, "clock_extended_only_with_a_reason"),
        ({"maximum_key": "reply.max"}, "clock_maximum_and_its_start_together"),
    ],
)
def test_the_database_keeps_a_clock_whole(broken, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        ClockFactory(**broken)


def test_short_terms_warn_in_their_last_third_and_sixth():
    load_rules()
    city = RegionFactory()
    reckoning = Reckoning.over([city], ["return.window"], [DAY])

    assert reckoning.warnings(city, DAY, dt.date(2026, 3, 17)) == (
        dt.date(2026, 3, 13),
        dt.date(2026, 3, 15),
    )
    assert reckoning.warnings(city, DAY, DUE_ON) == (dt.date(2026, 5, 21), dt.date(2026, 5, 31))
