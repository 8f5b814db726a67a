"""One clock for the whole house."""

import datetime as dt

from huiyin.kernel import clock


def test_the_clock_can_be_held_and_runs_on_afterwards():
    moment = clock.at(dt.date(2026, 2, 17), 8)

    with clock.set_to(moment):
        assert clock.now() == moment

    assert clock.now() > moment


def test_today_is_china_s_day():
    late_in_utc = dt.datetime(2026, 3, 1, 17, 0, tzinfo=dt.UTC)

    with clock.set_to(late_in_utc):
        assert clock.today() == dt.date(2026, 3, 2)
