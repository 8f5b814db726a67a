"""What a step asks of the database: every statement more is felt in a meeting of two hundred papers."""

import pytest

from huiyin.suggestions import actions
from huiyin.suggestions.choices import AssignmentRole
from tests.suggestions import walk
from tests.suggestions.walk import City, fresh

pytestmark = pytest.mark.django_db


def test_registering(city: City, django_assert_max_num_queries):
    city.registered()  # the series of numbers has begun
    suggestion = fresh(city.submitted())

    with django_assert_max_num_queries(9):
        actions.register(suggestion, by=city.clerk)


def test_handing_over_to_two_units(city: City, django_assert_max_num_queries):
    suggestion = fresh(city.assigned(cohandled=True))

    with django_assert_max_num_queries(22):
        actions.hand_over(suggestion, by=city.director)


def test_a_meeting_of_many(city: City, django_assert_max_num_queries):
    """What was on the sheet before costs one question more than handing over."""
    drafts = [
        actions.Draft(fresh(city.assigned()), [actions.Task(city.unit, AssignmentRole.LEAD)])
        for _number in range(3)
    ]

    with django_assert_max_num_queries(3 * 19 + 1):
        outcome = actions.hold_meeting(drafts, by=city.director)

    assert len(outcome.handed_over) == 3


def test_signing_for(city: City, django_assert_max_num_queries):
    task = city.task(city.handed_over())

    with django_assert_max_num_queries(11):
        actions.sign_for(task, by=city.unit_clerk)


def test_signing_a_reply_with_a_promise(city: City, django_assert_max_num_queries):
    city.replied()  # the unit's letters of the year have begun
    suggestion = fresh(city.reviewing(result_class="B", promises=[walk.promised("加装电梯")]))

    with django_assert_max_num_queries(25):
        actions.sign_reply(suggestion, by=city.leader)


def test_the_last_rating(city: City, django_assert_max_num_queries):
    suggestion = fresh(city.promised())

    with django_assert_max_num_queries(22):
        walk.rate(suggestion, by=city.deputy_user)
