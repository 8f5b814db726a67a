"""Codes stay out of the log."""

import logging

import pytest

from huiyin.kernel.logs import WithoutCodes


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/follow/4F7K-2QXM-9RTA/solved/", "/follow/…/solved/"),
        ("/say/done/4F7K2QXM9RTA/", "/say/done/…/"),
        ("/api/v1/voices/4F7K2QXM9RTA", "/api/v1/voices/…"),
        ("/open311/v2/tokens/4F7K2QXM9RTA.json", "/open311/v2/tokens/…"),
        ("/calendar/17-0123456789abcdef.ics", "/calendar/17-…"),
        ("/calendar/", "/calendar/"),
        ("/follow/", "/follow/"),
        ("/suggestions/17-3-0126/", "/suggestions/17-3-0126/"),
    ],
)
def test_an_address_is_logged_without_its_code(path, kept):
    record = logging.LogRecord("django.request", 30, "", 0, "%s: %s", ("Not Found", path), None)

    assert WithoutCodes().filter(record)
    assert record.getMessage() == f"Not Found: {kept}"


def test_every_handler_leaves_codes_out(settings):
    assert [handler["filters"] for handler in settings.LOGGING["handlers"].values()] == [
        ["without_codes"]
    ]
