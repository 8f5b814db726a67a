"""Pages of homes and stations, as a reader meets them."""

import datetime as dt

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.kernel import clock
from huiyin.venues.choices import DutyState
from huiyin.venues.models import Duty, Officer, Placement, Venue
from tests.accounts.factories import UserFactory
from tests.congress.factories import (
    AppointmentFactory,
    CongressFactory,
    DeputyFactory,
    person_as,
)
from tests.venues.factories import DutyFactory, OfficerFactory, PlacementFactory, VenueFactory

pytestmark = pytest.mark.django_db


def day_from_now(n):
    return clock.today() + dt.timedelta(days=n)


@pytest.fixture
def clerk(client):
    user = person_as(Role.CLERK)
    client.force_login(user)
    return user


# What everybody sees -------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3])
def test_the_public_list_asks_the_same_queries_for_any_number_of_venues(
    client, django_assert_num_queries, n
):
    for _number in range(n):
        DutyFactory()

    with django_assert_num_queries(5):
        page = client.get(reverse("venues:index"))

    assert len(page.context["page"].rows) == n


def test_the_public_list_shows_today_s_receptions_first(client):
    quiet = VenueFactory(name="甲社区代表工作站")
    called_off = VenueFactory(name="乙社区代表工作站")
    busy = VenueFactory(name="丙社区代表工作站")
    DutyFactory(venue=busy)
    DutyFactory(venue=called_off, cancelled=True)

    page = client.get(reverse("venues:index"))

    assert page.context["page"].rows[0] == busy
    assert page.content.decode().count("今天 09:00–11:00 接待") == 1
    assert {row.pk for row in page.context["page"]} == {quiet.pk, called_off.pk, busy.pk}


def test_the_map_counts_what_the_list_shows(client):
    VenueFactory()
    VenueFactory(home_=True)
    VenueFactory(is_open=False)

    everything = client.get(reverse("venues:index")).context["chart"]
    homes = client.get(reverse("venues:index"), {"kind": "home"}).context["chart"]

    assert (everything["categories"], everything["series"][0]["values"]) == (["城关区"], [2])
    assert homes["series"][0]["values"] == [1]


def test_the_public_list_is_filtered_by_county_and_searched(client):
    here = VenueFactory(name="武威路社区代表工作站", address="武威路 12 号")
    VenueFactory(name="雁滩代表工作站", address="雁滩路 3 号")
    url = reverse("venues:index")

    def found(**query):
        return [row.pk for row in client.get(url, query).context["page"]]

    assert found(q="12 号") == [here.pk]
    assert found(q="wu wei") == [here.pk]
    assert len(found(county="620102")) == 2
    assert found(q="没有这样的") == []


@pytest.mark.parametrize("n", [1, 3])
def test_a_card_asks_the_same_queries_for_any_number_of_receptions(
    client, django_assert_num_queries, n
):
    venue = VenueFactory()
    for number in range(n):
        deputy = PlacementFactory(venue=venue).deputy
        DutyFactory(venue=venue, day=day_from_now(number), deputies=[deputy])

    with django_assert_num_queries(5):
        page = client.get(reverse("venues:card", args=[venue.code]))

    assert page.status_code == 200


def test_a_card_shows_thirty_days_and_nothing_called_off(client):
    venue = VenueFactory()
    shown = [DutyFactory(venue=venue, day=day_from_now(n)) for n in (0, 29)]
    DutyFactory(venue=venue, day=day_from_now(30))
    DutyFactory(venue=venue, day=day_from_now(3), cancelled=True)

    page = client.get(reverse("venues:card", args=[venue.code]))

    assert list(page.context["duties"]) == shown
    assert reverse("opinions:say_at_venue", args=[venue.code]) in page.content.decode()


def test_a_closed_venue_and_an_unknown_code_are_not_found(client):
    closed = VenueFactory(is_open=False)

    for code in (closed.code, "AAAA", "%00"):
        assert client.get(f"/v/{code}/").status_code == 404


def test_the_poster_opens(client):
    assert client.get(reverse("venues:poster", args=[VenueFactory().code])).status_code == 200


def test_a_deputy_s_card_says_when_and_where_the_deputy_can_be_met(client):
    deputy = DeputyFactory()
    duty = DutyFactory(deputies=[deputy], day=day_from_now(2))

    page = client.get(reverse("congress:deputy", args=[deputy.code])).content.decode()

    assert duty.venue.name in page


# The desk ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3])
def test_the_desk_list_asks_the_same_queries_for_any_number_of_venues(
    client, clerk, django_assert_num_queries, n
):
    for _number in range(n):
        PlacementFactory()

    with django_assert_num_queries(6):
        page = client.get(reverse("venues:desk"))

    assert [row.n_deputies for row in page.context["page"]] == [1] * n


def test_an_officer_s_desk_shows_the_kept_venues_only(client):
    officer = OfficerFactory()
    VenueFactory()
    client.force_login(officer.user)

    page = client.get(reverse("venues:desk"))

    assert [row.pk for row in page.context["page"]] == [officer.venue_id]
    assert client.get(reverse("venues:open_venue")).status_code == 404
    assert client.get(reverse("venues:change_venue", args=[officer.venue_id])).status_code == 404


def test_staff_of_another_congress_see_nothing_of_this_one(client):
    duty = DutyFactory()
    client.force_login(AppointmentFactory(clerk=True, of_other=True).user)

    assert list(client.get(reverse("venues:desk")).context["page"]) == []
    assert list(client.get(reverse("venues:timetable")).context["page"]) == []
    for name in ("desk_venue", "change_venue", "plan_duty"):
        assert client.get(reverse(f"venues:{name}", args=[duty.venue_id])).status_code == 404
    assert client.get(reverse("venues:duty", args=[duty.pk])).status_code == 404
    for name in ("open_duty", "close_duty", "cancel"):
        assert client.post(reverse(f"venues:{name}", args=[duty.pk])).status_code == 404


def test_a_venue_is_opened_and_changed(client, clerk):
    VenueFactory()
    typed = {
        "name": "团结新村代表工作站",
        "kind": "station",
        "region": "620102",
        "address": "团结新村 5 号",
        "is_open": "on",
    }

    client.post(reverse("venues:open_venue"), typed)
    venue = Venue.objects.get(name="团结新村代表工作站")
    client.post(reverse("venues:change_venue", args=[venue.pk]), typed | {"hours": "每天"})

    venue.refresh_from_db()
    assert (venue.hours, venue.congress, venue.is_open) == ("每天", CongressFactory(), True)


@pytest.mark.parametrize("code", ["370200", "999999", ""])
def test_a_venue_stands_in_the_own_city(client, clerk, code):
    CongressFactory(other=True)

    answer = client.post(
        reverse("venues:open_venue"), {"name": "某站", "kind": "station", "region": code}
    )

    assert answer.status_code == 422
    assert 'value="某站"' in answer.content.decode()


def test_deputies_are_placed_by_card_number_and_removed(client, clerk):
    venue, deputy = VenueFactory(), DeputyFactory(card_number="170042")

    client.post(reverse("venues:place", args=[venue.pk]), {"deputy": "170042"})
    placement = Placement.objects.get()
    assert placement.deputy == deputy

    client.post(reverse("venues:remove", args=[venue.pk, placement.pk]))
    assert not Placement.objects.exists()


def test_a_name_two_deputies_share_is_asked_again(client, clerk):
    venue = VenueFactory()
    DeputyFactory(person__name="马秀英")
    DeputyFactory(person__name="马秀英")

    answer = client.post(reverse("venues:place", args=[venue.pk]), {"deputy": "马秀英"})

    assert answer.status_code == 422
    assert (
        client.post(reverse("venues:place", args=[venue.pk]), {"deputy": "查无此人"}).status_code
        == 422
    )


def test_officers_are_named_and_removed(client, clerk):
    venue, user = VenueFactory(), UserFactory(username="officer")

    client.post(reverse("venues:add_officer", args=[venue.pk]), {"user": "officer"})
    officer = Officer.objects.get(user=user)
    refused = client.post(reverse("venues:add_officer", args=[venue.pk]), {"user": "nobody"})
    client.post(reverse("venues:remove_officer", args=[venue.pk, officer.pk]))

    assert refused.status_code == 422
    assert not Officer.objects.exists()


# The timetable -------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3])
def test_the_timetable_asks_the_same_queries_for_any_number_of_receptions(
    client, clerk, django_assert_num_queries, n
):
    for _number in range(n):
        DutyFactory(deputies=[DeputyFactory()])

    with django_assert_num_queries(6):
        page = client.get(reverse("venues:timetable"))

    assert len(page.context["rows"]) == n


def test_the_timetable_shows_one_month_and_counts_the_no_shows(client, clerk):
    with clock.set_to(dt.datetime(2026, 5, 20, 10, tzinfo=clock.ZONE)):
        missed = DutyFactory(day=dt.date(2026, 5, 4))
        kept = DutyFactory(day=dt.date(2026, 5, 5), state=DutyState.CLOSED)
        DutyFactory(day=dt.date(2026, 6, 1))

        page = client.get(reverse("venues:timetable"))
        no_shows = client.get(reverse("venues:timetable"), {"state": "missed"})
        june = client.get(reverse("venues:timetable"), {"month": "2026-06"})
        year = client.get(reverse("venues:timetable"), {"month": "2026"})
        bad = client.get(reverse("venues:timetable"), {"month": "<script>"})
        far = client.get(reverse("venues:timetable"), {"month": "9999"})

    assert (len(year.context["rows"]), year.context["shown"]) == (3, "2026")
    assert (year.context["before"], year.context["after"]) == ("2025", "2027")
    assert (page.context["before"], page.context["after"]) == ("2026-04", "2026-06")
    assert far.context["shown"] == "2026-05"
    assert [duty.pk for duty, _state in page.context["rows"]] == [missed.pk, kept.pk]
    assert [str(state) for _duty, state in page.context["rows"]] == ["没有接待", "已接待"]
    assert (page.context["n_missed"], len(june.context["rows"])) == (1, 1)
    assert [duty.pk for duty, _state in no_shows.context["rows"]] == [missed.pk]
    assert len(bad.context["rows"]) == 2


def test_an_officer_plans_opens_and_closes_a_reception(client):
    venue = VenueFactory()
    deputy = PlacementFactory(venue=venue).deputy
    client.force_login(OfficerFactory(venue=venue).user)
    typed = {
        "day": clock.today().isoformat(),
        "starts_at": "09:00",
        "ends_at": "11:00",
        "clinic": "sitting",
        "theme": "加装电梯",
        "deputies": [deputy.pk],
    }

    client.post(reverse("venues:plan_duty", args=[venue.pk]), typed)
    duty = Duty.objects.get()
    client.post(reverse("venues:open_duty", args=[duty.pk]))
    refused = client.post(reverse("venues:close_duty", args=[duty.pk]), {"n_visitors": "-1"})
    client.post(
        reverse("venues:close_duty", args=[duty.pk]), {"n_visitors": "12", "absent": [deputy.pk]}
    )

    duty.refresh_from_db()
    assert refused.status_code == 422
    assert (duty.state, duty.n_visitors, list(duty.absent.all())) == ("closed", 12, [deputy])
    assert client.post(reverse("venues:open_duty", args=[duty.pk])).status_code == 409


def test_planning_the_same_time_twice_keeps_what_was_typed(client, clerk):
    duty = DutyFactory(day=day_from_now(1))
    typed = {
        "day": duty.day.isoformat(),
        "starts_at": "10:00",
        "ends_at": "12:00",
        "clinic": "round",
        "theme": "暖气",
    }

    answer = client.post(reverse("venues:plan_duty", args=[duty.venue_id]), typed)

    assert answer.status_code == 409
    assert 'value="暖气"' in answer.content.decode()


def test_cancelling_asks_why(client, clerk):
    duty = DutyFactory(day=day_from_now(1))
    url = reverse("venues:cancel", args=[duty.pk])

    assert client.post(url, {"words": ""}).status_code == 422
    assert client.post(url, {"words": "场地停电"}).status_code == 302
    assert client.get(reverse("venues:duty", args=[duty.pk])).status_code == 200


@pytest.mark.parametrize("name", ["desk", "timetable"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_lists_are_exported_as_they_are_filtered(client, clerk, name, kind):
    DutyFactory(deputies=[DeputyFactory()])

    answer = client.get(reverse(f"venues:{name}"), {"format": kind})

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(b"".join(answer.streaming_content)) > 100


@pytest.mark.parametrize("name", ["desk", "open_venue", "import_venues", "timetable"])
def test_the_desk_asks_strangers_to_log_in(client, name):
    assert client.get(reverse(f"venues:{name}")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["open_venue", "import_venues"])
def test_a_deputy_opens_no_venues(client, name):
    client.force_login(DeputyFactory(with_user=True).person.user)

    assert client.get(reverse(f"venues:{name}")).status_code == 404
