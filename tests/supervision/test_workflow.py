"""The matrix: every state, every kind of person, exactly these steps."""

import pytest

from huiyin.supervision.choices import KeyState
from huiyin.supervision.models import KeyItem
from huiyin.supervision.workflow import KEY_ITEM

PUBLISHES = {"publish_key_item", "take_back_key_item"}
WORKS = {"log_act", "report_key_item"}
DECIDES = {"decide_key_item", "drop_key_item"}
ASKED = {"revise_key_item", "give_key_opinion"}
# Whoever is not named may take no step.
KEY_ITEMS = {
    KeyState.CANDIDATE: {
        "clerk": ASKED,
        "director": ASKED | DECIDES,
        "committee_clerk": ASKED,
        "leading": {"give_key_opinion"},
        "member": {"give_key_opinion"},
    },
    KeyState.DROPPED: {},
    KeyState.DECIDED: {"director": {"drop_key_item", "issue_notice"}},
    KeyState.SUPERVISED: {
        "clerk": WORKS,
        "director": WORKS | PUBLISHES,
        "committee_clerk": WORKS,
        "leading": WORKS,
    },
    KeyState.REPORTED: {"director": {"send_back_key_report", "conclude_key_item"} | PUBLISHES},
    KeyState.CONCLUDED: {"director": PUBLISHES},
}


def people(house):
    return {
        "clerk": house.clerk,
        "director": house.director,
        "committee_clerk": house.committee_clerk,
        "leading": house.leading,
        "member": house.members[1],
        "government": house.government,
        "unit_clerk": house.unit_clerk,
        "unit_leader": house.leader,
        "deputy": house.deputy_user,
        "stranger": house.stranger,
    }


def taken(workflow, item, user):
    """The steps of this state that are this person's, whether open or closed for now."""
    return {
        step.name
        for step in workflow.steps.values()
        if item.state in step.sources and step.allowed(user, item)
    }


@pytest.mark.parametrize("state", KeyState)
def test_key_items(house, state):
    item = KeyItem(congress=house.congress, state=state, leader=house.leading)

    found = {name: taken(KEY_ITEM, item, user) for name, user in people(house).items()}

    assert {name: steps for name, steps in found.items() if steps} == KEY_ITEMS[state]
