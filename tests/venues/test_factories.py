"""The invented venues hang together."""

import pytest

from tests.congress.factories import DeputyFactory
from tests.notices.factories import MessageFactory
from tests.venues.factories import DutyFactory, OfficerFactory, PlacementFactory, VenueFactory

pytestmark = pytest.mark.django_db


def test_a_duty_with_its_deputies_stands_in_one_venue():
    venue = VenueFactory()
    deputy = DeputyFactory()
    PlacementFactory(deputy=deputy, venue=venue)
    OfficerFactory(venue=venue)

    duty = DutyFactory(venue=venue, deputies=[deputy])

    assert (duty.venue, list(duty.deputies.all()), duty.version) == (venue, [deputy], 1)


def test_messages_of_every_channel_can_be_made():
    channels = [MessageFactory(), MessageFactory(email=True), MessageFactory(sms=True)]

    assert [message.channel for message in channels] == ["in_app", "email", "sms"]
