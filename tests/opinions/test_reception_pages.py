"""Visitors at the counter, who must be told in person, and the deputies' own list."""

import datetime as dt

import pytest

from huiyin.kernel import clock, verify
from huiyin.opinions.choices import Channel, State
from huiyin.opinions.models import Voice
from tests.congress.factories import AppointmentFactory
from tests.opinions.factories import MatterFactory, VoiceFactory, town
from tests.opinions.test_public_pages import photo
from tests.venues.factories import DutyFactory, OfficerFactory, PlacementFactory, VenueFactory

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

    Voice.objects.update(entered_by=officer.user)

    answers = []
    for user in (officer.user, placement.deputy.person.user):
        client.force_login(user)
        answers += [
            client.get(f"/desk/walk-in/{voice.pk}/").status_code for voice in (met, written)
        ]

    assert answers == [200, 404, 404, 404]


def test_a_slip_is_shown_to_whom_wrote_it_down_and_on_that_day_only(client):
    officer = OfficerFactory()
    colleague = OfficerFactory(venue=officer.venue)
    matter = MatterFactory(venue=officer.venue)
    today = VoiceFactory(matter=matter, walk_in=True, entered_by=officer.user)
    earlier = VoiceFactory(
        matter=matter,
        walk_in=True,
        entered_by=officer.user,
        created_at=clock.now() - dt.timedelta(days=1),
    )

    client.force_login(officer.user)
    mine = [client.get(f"/desk/walk-in/{voice.pk}/").status_code for voice in (today, earlier)]
    listed = f"/desk/walk-in/{today.pk}/" in client.get("/desk/walk-in/").content.decode()
    client.force_login(colleague.user)
    page = client.get("/desk/walk-in/").content.decode()

    assert (mine, listed) == ([200, 404], True)
    assert client.get(f"/desk/walk-in/{today.pk}/").status_code == 404
    assert (matter.title in page, f"/desk/walk-in/{today.pk}/" in page) == (True, False)


def test_what_a_visitor_said_is_not_kept_on_the_desks_computer(client):
    client.force_login(OfficerFactory().user)

    assert "data-draft" not in client.get("/desk/walk-in/").content.decode()


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


def written_down(client, officer, **more):
    fields = {"venue": officer.venue.pk, "channel": "walk_in", "n_people": "1"}
    return client.post("/desk/walk-in/", {**fields, "text": "三号楼的电梯又坏了。", **more})


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer.user)
    return officer


@pytest.mark.parametrize("channel", ["home_visit", "meeting", "letter"])
def test_what_came_by_letter_or_visit_is_told_by_hand_too(client, officer, channel):
    response = written_down(client, officer, channel=channel)

    assert client.get(response.url).status_code == 200
    Voice.objects.update(has_news=True)
    assert list(Voice.objects.by_hand()) == [Voice.objects.get(channel=channel)]


def test_notes_of_yesterday_keep_their_day_and_their_duty(client, officer):
    yesterday = clock.now().astimezone(clock.ZONE) - dt.timedelta(days=1)
    duty = DutyFactory(venue=officer.venue, day=yesterday.date())

    written_down(client, officer, received_at=f"{yesterday:%Y-%m-%dT%H:%M}")

    voice = Voice.objects.get()
    assert voice.received_at == yesterday.replace(second=0, microsecond=0)
    assert voice.duty == duty


@pytest.mark.parametrize("days", [1, -400])
def test_a_time_to_come_or_long_past_is_refused(client, officer, days):
    said_at = clock.now().astimezone(clock.ZONE) + dt.timedelta(days=days)

    response = written_down(client, officer, received_at=f"{said_at:%Y-%m-%dT%H:%M}")

    assert (response.status_code, Voice.objects.count()) == (422, 0)


def test_a_visitors_photo_wish_and_street_are_kept(client, officer):
    street = town("620102018", "雁南街道")

    written_down(client, officer, photo=photo(), wish="请换一部新电梯。", region=street.pk)

    voice = Voice.objects.get()
    assert (voice.region, voice.matter.region, voice.venue) == (street, street, officer.venue)
    assert voice.pictures.count() == 1
    assert voice.text == "三号楼的电梯又坏了。\n诉求：请换一部新电梯。"


def test_without_a_street_the_venues_own_counts(client, officer):
    written_down(client, officer)

    assert Voice.objects.get().region == officer.venue.region


def test_similar_matters_show_while_an_officer_writes(client, officer):
    standing = written_down(client, officer, place="翠园小区") and Voice.objects.get().matter
    typed = {"venue": officer.venue.pk, "text": "三号楼电梯又坏了", "place": "翠园小区"}

    content = client.post("/desk/walk-in/similar/", typed).content.decode()

    assert "<html" not in content
    assert f"/desk/matters/{standing.pk}/" in content
    assert "翠园小区" in content
