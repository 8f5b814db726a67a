"""Visitors at the counter, who must be told in person, and the deputies' own list."""

import pytest

from huiyin.kernel import verify
from huiyin.opinions.choices import Channel, State
from huiyin.opinions.models import Voice
from tests.congress.factories import AppointmentFactory
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.venues.factories import OfficerFactory, PlacementFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def clerk(client):
    user = AppointmentFactory(clerk=True).user
    client.force_login(user)
    return user


def test_a_visitor_is_written_down_and_gets_a_slip(client):
    officer = OfficerFactory()
    deputy = PlacementFactory(venue=officer.venue).deputy
    client.force_login(officer.user)

    response = client.post(
        "/desk/walk-in/",
        {
            "venue": officer.venue.pk,
            "channel": Channel.WALK_IN,
            "deputies": [deputy.pk],
            "text": "楼道灯坏了三个月，老人摔了一跤。",
            "visitor_name": "马秀兰",
            "n_people": "3",
            "answer": "今天下午报给物业，周五修好。",
        },
    )

    voice = Voice.objects.get()
    assert (voice.matter.state, voice.matter.n_voices, voice.entered_by) == (
        State.ANSWERED,
        3,
        officer.user,
    )
    content = client.get(response.url).content.decode()
    assert "签名" in content
    assert "马秀兰" not in content


def test_a_slip_with_the_code_is_for_the_counter_and_its_visitors(client):
    placement = PlacementFactory(deputy__with_user=True)
    officer = OfficerFactory(venue=placement.venue)
    matter = MatterFactory(venue=placement.venue)
    met, written = VoiceFactory(matter=matter, walk_in=True), VoiceFactory(matter=matter)

    answers = []
    for user in (officer.user, placement.deputy.person.user):
        client.force_login(user)
        answers += [
            client.get(f"/desk/walk-in/{voice.pk}/").status_code for voice in (met, written)
        ]

    assert answers == [200, 404, 404, 404]


def test_a_visitor_form_keeps_what_was_typed(client):
    officer = OfficerFactory()
    client.force_login(officer.user)

    response = client.post(
        "/desk/walk-in/", {"venue": officer.venue.pk, "text": "灯坏", "n_people": "1"}
    )

    assert response.status_code == 422
    assert "灯坏" in response.content.decode()


def test_the_walk_in_form_is_for_officers_and_staff(client):
    client.force_login(AppointmentFactory(member=True).user)

    assert client.get("/desk/walk-in/").status_code == 403


def test_by_hand_lists_visitors_without_a_phone_until_told(client):
    officer = OfficerFactory()
    matter = MatterFactory(answered=True, timed=True, venue=officer.venue)
    voice = VoiceFactory(walk_in=True, asked=True, matter=matter)
    VoiceFactory(asked=True, matter=matter)
    client.force_login(officer.user)

    assert client.get("/desk/by-hand/").content.decode().count("<article") == 1
    client.post(f"/desk/by-hand/{voice.pk}/", {"solved": "yes"})

    voice.refresh_from_db()
    assert (voice.has_news, voice.is_solved) == (False, True)
    assert client.get("/desk/by-hand/").content.decode().count("<article") == 0
    assert list(verify.faults()) == []


def test_a_deputy_sees_takes_up_and_answers(client):
    placement = PlacementFactory(deputy__with_user=True)
    matter = MatterFactory(timed=True, venue=placement.venue)
    client.force_login(placement.deputy.person.user)

    assert matter.title in client.get("/deputy/matters/").content.decode()
    client.post(f"/deputy/matters/{matter.pk}/take-up/")
    matter.refresh_from_db()
    assert (matter.state, matter.deputy) == (State.WITH_DEPUTY, placement.deputy)
    assert client.get(f"/deputy/matters/{matter.pk}/").status_code == 200
    client.post(f"/deputy/matters/{matter.pk}/deputy-answers/", {"words": "问过房管局，下月开工。"})
    matter.refresh_from_db()
    assert matter.state == State.ANSWERED


def test_a_deputy_elsewhere_sees_nothing(client):
    deputy = PlacementFactory(deputy__with_user=True).deputy
    matter = MatterFactory(venue=VenueFactory())
    client.force_login(deputy.person.user)

    assert client.get(f"/deputy/matters/{matter.pk}/").status_code == 404


def test_staff_say_first_at_which_venue(client, clerk):
    second = VenueFactory.create_batch(2)[1]

    content = client.get("/desk/walk-in/").content.decode()

    assert content.count("<option") == 2
    assert second.name in client.get(f"/desk/walk-in/?venue={second.pk}").content.decode()


def test_a_venue_of_another_congress_is_not_found(client, clerk):
    VenueFactory()

    assert client.get(f"/desk/walk-in/?venue={VenueFactory(of_other=True).pk}").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_by_hand_costs_the_same_queries(client, django_assert_num_queries, rows):
    officer = OfficerFactory()
    matter = MatterFactory(answered=True, timed=True, venue=officer.venue)
    VoiceFactory.create_batch(rows, walk_in=True, asked=True, matter=matter)
    client.force_login(officer.user)
    client.get("/desk/by-hand/")

    with django_assert_num_queries(QUERIES_BY_HAND):
        client.get("/desk/by-hand/")


QUERIES_BY_HAND = 6


@pytest.mark.parametrize("rows", [1, 3])
def test_the_deputys_list_costs_the_same_queries(client, django_assert_num_queries, rows):
    placement = PlacementFactory(deputy__with_user=True)
    MatterFactory.create_batch(rows, timed=True, venue=placement.venue)
    client.force_login(placement.deputy.person.user)
    client.get("/deputy/matters/?tab=near")

    with django_assert_num_queries(QUERIES_DEPUTY):
        client.get("/deputy/matters/?tab=near")


QUERIES_DEPUTY = 6
