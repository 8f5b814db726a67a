"""Starting, stopping, extending clocks, and proving them."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook import actions
from huiyin.rulebook.models import Clock
from tests.regions.factories import RegionFactory
from tests.rulebook.factories import ClockFactory, reply_clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = dt.date(2026, 3, 5)


def test_start_clock_stores_the_date_and_how_it_came_about():
    clock = reply_clock()

    clock.refresh_from_db()
    assert (clock.due_on, clock.yellow_on, clock.orange_on) == (
        dt.date(2026, 6, 5),
        dt.date(2026, 5, 21),
        dt.date(2026, 5, 31),
    )
    assert (clock.rule.article, clock.latest) == ("第五十一条", dt.date(2026, 9, 5))
    assert [label for label, _words in clock.explained()] == ["起算", "期限", "上限", "到期"]


def test_start_clock_keeps_the_law_of_its_day():
    clock = reply_clock(start=dt.date(2024, 3, 5))

    assert (clock.rule.source, clock.due_on) == ("代表法（2025年修改前）", dt.date(2024, 6, 5))


def test_start_clock_of_a_later_unit_ends_with_the_first_hand_over():
    clock = reply_clock(start=dt.date(2026, 7, 1), maximum=("reply.max", DAY))

    assert clock.due_on == dt.date(2026, 9, 5)


def test_start_clock_costs_three_queries(django_assert_num_queries):
    city = RegionFactory()

    with django_assert_num_queries(3):
        reply_clock(region=city)


def test_start_clocks_starts_many_for_the_price_of_one(django_assert_num_queries):
    city, starts = RegionFactory(), [DAY, dt.date(2026, 3, 6), DAY]

    with django_assert_num_queries(3):
        clocks = actions.start_clocks(
            city, [actions.Start("return.window", day, "收到") for day in starts]
        )

    assert [clock.due_on.day for clock in clocks] == [12, 13, 12]
    assert list(actions.verify_clocks()) == []
    assert actions.start_clocks(city, []) == []


def test_stop_clock_settles_whether_it_was_kept():
    clock = actions.stop_clock(reply_clock(), on=dt.date(2026, 6, 5))

    assert (clock.stopped_on, clock.was_kept) == (dt.date(2026, 6, 5), True)


def test_stop_clock_twice_is_not_possible():
    clock = reply_clock()
    actions.stop_clock(clock, on=DAY)

    with pytest.raises(NotPossible, match="已经停止计时"):
        actions.stop_clock(clock, on=DAY)


def test_void_clock_counts_for_nothing():
    clock = reply_clock()
    actions.void_clocks([clock.pk], on=DAY)
    clock.refresh_from_db()

    assert (clock.is_void, clock.was_kept) == (True, None)


def test_resume_clock_runs_on_from_its_old_start():
    stopped = actions.stop_clock(reply_clock(), on=DAY)

    clock = actions.resume_clock(stopped)

    assert (clock.stopped_on, clock.due_on) == (None, dt.date(2026, 6, 5))
    with pytest.raises(NotPossible, match="还在计时"):
        actions.resume_clock(clock)


def test_extend_clock_gives_more_time_and_says_why():
    clock = actions.extend_clock(reply_clock(), to=dt.date(2026, 8, 5), reason="涉及三个区县")

    assert clock.due_on == dt.date(2026, 8, 5)
    assert dict(clock.explained())["延期"] == "经同意延到2026年8月5日；原因：涉及三个区县"


@pytest.mark.parametrize(
    ("to", "reason", "words"),
    [
        (dt.date(2026, 9, 6), "还要时间", "法定上限"),
        (dt.date(2026, 6, 5), "还要时间", "必须晚于"),
        (dt.date(2026, 8, 5), "  ", "延期原因"),
    ],
)
def test_extend_clock_refuses_what_the_law_or_sense_forbids(to, reason, words):
    clock = reply_clock()

    with pytest.raises(NotPossible, match=words):
        actions.extend_clock(clock, to=to, reason=reason)

    clock.refresh_from_db()
    assert (clock.due_on, clock.extended_to) == (dt.date(2026, 6, 5), None)


def test_extend_clock_of_a_stopped_clock_is_not_possible():
    clock = actions.stop_clock(reply_clock(), on=DAY)

    with pytest.raises(NotPossible, match="已经停止计时"):
        actions.extend_clock(clock, to=dt.date(2026, 8, 5), reason="还要时间")


def test_verify_clocks_is_silent_when_every_date_follows():
    reply_clock()
    reply_clock(rule="return.window")

    assert list(actions.verify_clocks()) == []


def test_verify_clocks_names_a_date_changed_past_the_actions():
    clock = reply_clock()
    Clock.objects.update(due_on=dt.date(2026, 7, 1))

    assert list(actions.verify_clocks()) == [
        f"clock {clock.pk} reply.normal: stored 2026-07-01, follows 2026-06-05"
    ]


def test_the_command_verify_clocks_fails_with_the_dates_that_do_not_follow(capsys):
    reply_clock()
    call_command("verify_clocks")
    Clock.objects.update(due_on=dt.date(2026, 7, 1))

    with pytest.raises(CommandError, match="1 clocks do not follow"):
        call_command("verify_clocks")

    told = capsys.readouterr()
    assert told.out == "1 running clocks follow from their rules\n"
    assert "stored 2026-07-01, follows 2026-06-05" in told.err


def test_verify_clocks_walks_through_more_than_one_batch(monkeypatch):
    monkeypatch.setattr("huiyin.rulebook.actions.clocks.BATCH", 2)
    for _number in range(3):
        reply_clock()
    Clock.objects.update(due_on=DAY)

    assert len(list(actions.verify_clocks())) == 3


def test_a_factory_clock_is_no_more_than_a_row():
    assert ClockFactory().due_on == dt.date(2026, 6, 5)
