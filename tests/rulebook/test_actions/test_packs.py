"""The packs and the calendar as they are shipped."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook import actions
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import CalendarDay, Clock, Rule
from tests.rulebook.factories import load_qingdao, load_rules, reply_clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules():
    load_rules()


def test_load_pack_twice_changes_nothing():
    before = list(Rule.objects.order_by("pk").values())

    load_rules()

    assert list(Rule.objects.order_by("pk").values()) == before


def test_load_pack_refuses_more_than_the_law_allows(tmp_path):
    lax = tmp_path / "lax.toml"
    lax.write_text(
        'region = "620100"\nvalid_from = 2026-01-01\nsource = "某文件"\n'
        '[[rules]]\nkey = "reply.max"\nvalue = { months = 12 }\n',
        "utf-8",
    )

    with pytest.raises(NotPossible, match="地方可以更短"):
        actions.load_pack(lax)
    with pytest.raises(CommandError, match=r"lax\.toml: .*地方可以更短"):
        call_command("load_rules", lax)


def test_every_rule_the_house_asks_for_has_a_national_value():
    stored = Rule.objects.filter(region__code="000000")

    assert set(stored.values_list("key", flat=True)) == set(Key.values)


def test_only_laws_and_named_sources_count_as_confirmed():
    unconfirmed = Rule.objects.filter(is_confirmed=False, is_law=False)

    assert set(Rule.objects.exclude(pk__in=unconfirmed).values_list("is_law", flat=True)) == {True}


@pytest.mark.slow
def test_load_rules_proves_every_pack_by_its_examples(capsys):
    load_qingdao()

    call_command("load_rules")
    call_command("load_rules")

    told = capsys.readouterr().out.splitlines()
    once = 1 + len(actions.our_packs())
    assert told[once:] == ["calendar: 0 new days", *told[1:once]]
    assert (told[1].split(":")[0], len(told)) == ("national.toml", 2 * once)


def test_load_rules_says_which_example_fails(tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        'region = "620100"\n[[examples]]\nrule = "reply.normal"\n'
        "start = 2026-03-05\ndue = 2026-06-06\n",
        "utf-8",
    )

    with pytest.raises(CommandError, match="expected 2026-06-06, counted 2026-06-05"):
        call_command("load_rules", wrong)


@pytest.mark.slow
def test_load_calendar_knows_holidays_and_the_days_worked_for_them():
    assert actions.load_calendar() > 700
    assert actions.load_calendar() == 0

    labour_day, sunday = dt.date(2025, 5, 1), dt.date(2025, 4, 27)
    assert [CalendarDay.objects.is_working(day) for day in (labour_day, sunday)] == [False, True]


@pytest.mark.slow
def test_load_calendar_moves_what_was_counted_without_it():
    clock = reply_clock(rule="return.window", start=dt.date(2025, 4, 25))

    actions.load_calendar()

    before, clock = clock.due_on, Clock.objects.get()
    assert (before, clock.due_on) == (dt.date(2025, 5, 2), dt.date(2025, 5, 6))
