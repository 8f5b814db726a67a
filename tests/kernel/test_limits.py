"""A visitor may try so often and no oftener."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse

from huiyin.kernel import clock
from huiyin.kernel.clock import set_to
from huiyin.kernel.limits import TooMany, count, limited, refuse_beyond, visitor

NOON = clock.at(dt.date(2026, 3, 5), 12)


@limited("guess", times=2, seconds=300)
def guess(request):
    return HttpResponse("ok")


def test_the_third_try_is_refused(rf):
    guess(rf.post("/"))
    guess(rf.post("/"))

    with pytest.raises(TooMany) as refused:
        guess(rf.post("/"))

    assert refused.value.minutes == 5


def test_another_visitor_is_not_refused(rf):
    for _ in range(2):
        guess(rf.post("/"))

    assert guess(rf.post("/", REMOTE_ADDR="192.0.2.7")).status_code == 200


def test_reading_is_not_counted(rf):
    for _ in range(5):
        assert guess(rf.get("/")).status_code == 200


def test_a_stranger_cannot_choose_his_address(rf, settings):
    settings.TRUSTED_PROXIES = 0

    assert visitor(rf.post("/", headers={"x-forwarded-for": "198.51.100.1"})) == "127.0.0.1"


def test_behind_one_proxy_the_last_address_counts(rf, settings):
    settings.TRUSTED_PROXIES = 1
    request = rf.post("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.1"})

    assert visitor(request) == "198.51.100.1"


def test_fewer_addresses_than_proxies_leave_the_sockets_own(rf, settings):
    settings.TRUSTED_PROXIES = 2

    assert visitor(rf.post("/", headers={"x-forwarded-for": "203.0.113.9"})) == "127.0.0.1"


def test_an_unbroken_stream_of_tries_is_let_in_when_the_time_is_over(rf):
    with set_to(NOON):
        for _ in range(2):
            guess(rf.post("/"))
        with pytest.raises(TooMany):
            guess(rf.post("/"))

    with set_to(NOON + dt.timedelta(seconds=300)):
        assert guess(rf.post("/")).status_code == 200


def test_one_household_has_one_limit_whatever_its_addresses(rf):
    for last in ("1", "2"):
        guess(rf.post("/", REMOTE_ADDR=f"2001:db8:1:2::{last}"))

    with pytest.raises(TooMany):
        guess(rf.post("/", REMOTE_ADDR="2001:db8:1:2::3"))
    assert guess(rf.post("/", REMOTE_ADDR="2001:db8:1:3::1")).status_code == 200


@pytest.mark.django_db
def test_the_cache_in_the_database_counts_as_long_as_was_said(rf, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache_of_this_test",
        }
    }
    call_command("createcachetable", verbosity=0)
    count("guess", "192.0.2.1", times=2, seconds=3600)
    count("guess", "192.0.2.1", times=2, seconds=3600)

    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM cache_of_this_test")
        [(expires,)] = cursor.fetchall()

    assert expires - clock.now() > dt.timedelta(minutes=50)
    with pytest.raises(TooMany):
        count("guess", "192.0.2.1", times=2, seconds=3600)


def test_beyond_the_limit_nothing_is_answered(rf):
    refuse_beyond("guess", "192.0.2.1", times=1, seconds=300)
    count("guess", "192.0.2.1", times=1, seconds=300)

    with pytest.raises(TooMany):
        refuse_beyond("guess", "192.0.2.1", times=1, seconds=300)
