"""A visitor may try so often and no oftener."""

import pytest
from django.http import HttpResponse

from huiyin.kernel.limits import TooMany, limited, visitor


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
