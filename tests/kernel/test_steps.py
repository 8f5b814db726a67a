"""A step is decided on a row that is held, read once and written once."""

import pytest

from huiyin.congress import actions
from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy
from huiyin.congress.workflow import MANDATE
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.workflow import NotPossible
from tests.congress.factories import DeputyFactory, person_as

pytestmark = pytest.mark.django_db


def test_a_row_that_was_not_locked_decides_nothing():
    deputy = Deputy.objects.get(pk=DeputyFactory().pk)

    with pytest.raises(RuntimeError, match="not locked"):
        steps.take_held(MANDATE, "suspend", deputy, by=trail.SYSTEM)


def test_a_right_is_decided_on_the_row_as_it_is_now():
    """Whoever holds an older copy gains nothing by it: what it says is not asked."""
    stale = Deputy.objects.get(pk=DeputyFactory().pk)
    clerk = person_as(Role.CLERK, congress=stale.congress)
    actions.suspend(stale, on=clock.today(), words="被羁押", by=clerk)

    with pytest.raises(NotPossible):
        steps.begin(MANDATE, "suspend", stale, by=clerk)


def test_many_are_locked_at_once_oldest_first(django_assert_num_queries):
    second, first = sorted([DeputyFactory(), DeputyFactory()], key=lambda each: -each.pk)

    with django_assert_num_queries(1):
        held = steps.lock_all(Deputy.objects.order_by("-pk"))

    assert held == [first, second]
    assert all(each.is_held for each in held)
