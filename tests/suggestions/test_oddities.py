"""Ratings that may not have been given freely: shown to the committee, to nobody else."""

import datetime as dt

import pytest

from huiyin.kernel import clock
from huiyin.suggestions.calculations import Judged, oddities
from tests.suggestions import browse, walk
from tests.suggestions.walk import fresh

SIGNED_AT = clock.at(dt.date(2026, 3, 5), 9)
HOUR = dt.timedelta(hours=1)


def judged(*seconds: int, content: bool = True, no_contact: bool = False) -> list[Judged]:
    return [
        Judged(SIGNED_AT + HOUR + dt.timedelta(seconds=each), content, no_contact)
        for each in seconds
    ]


@pytest.mark.parametrize(
    ("ratings", "has_met", "found"),
    [
        (judged(0, 30, 60), True, ["together"]),
        (judged(0, 30, 61), True, []),
        (judged(0, 60), True, []),
        (judged(0, 30, 60, content=False), True, []),
        (judged(-3600 + 120), True, ["at_once"]),
        (judged(-3600 + 121), True, []),
        (judged(0, no_contact=True), True, ["no_contact"]),
        (judged(0, no_contact=True), False, []),
        ([], True, []),
    ],
)
def test_each_sign_has_its_measure(ratings, has_met, found):
    assert oddities(ratings, signed_at=SIGNED_AT, has_met=has_met) == found


def test_the_committee_reads_the_signs_and_the_unit_does_not(city, client):
    suggestion = city.replied()
    walk.rate(suggestion, by=city.deputy_user)  # in the minute of the signature

    words = "答复签发两分钟内就有评价"
    assert words in browse.get(client, city.clerk, "detail", suggestion.pk)
    assert words not in browse.get(client, city.unit_clerk, "detail", fresh(suggestion).pk)
