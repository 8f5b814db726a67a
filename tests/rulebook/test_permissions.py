"""Who may change what."""

import pytest

from huiyin.rulebook import permissions
from tests.accounts.factories import UserFactory
from tests.regions.factories import RegionFactory
from tests.rulebook.factories import RuleFactory


@pytest.mark.parametrize(
    ("is_superuser", "facts", "expected"),
    [
        (True, {}, True),
        (True, {"law": True}, True),
        (True, {"law": True, "latitude": "none"}, False),
        (False, {}, False),
    ],
)
def test_can_change_where_the_law_leaves_room(is_superuser, facts, expected):
    user, rule = UserFactory.build(is_superuser=is_superuser), RuleFactory.build(**facts)

    assert permissions.can_change(user, rule) is expected


def test_can_change_is_asked_of_a_day_without_a_rule():
    assert permissions.can_change(UserFactory.build(is_superuser=True))


def test_can_change_belongs_to_the_administrator_of_the_region():
    lanzhou, qingdao = RegionFactory.build(pk=1), RegionFactory.build(pk=2)
    keeper = UserFactory.build(keeps_rules_of=lanzhou)

    assert permissions.can_change(keeper, at=lanzhou)
    assert not permissions.can_change(keeper, at=qingdao)
    assert not permissions.can_change(keeper, at=None)
