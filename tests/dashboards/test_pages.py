"""The landing pages: what waits for whom, at a price that does not grow with the work."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.kernel import clock
from huiyin.opinions.choices import Channel, Way
from huiyin.opinions.choices import State as MatterState
from huiyin.suggestions import actions
from tests.congress.factories import CongressFactory, TermFactory, person_as
from tests.dashboards.year import told, with_promises
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.suggestions.walk import TODAY, promised
from tests.venues.factories import DutyFactory, OfficerFactory, PlacementFactory, VenueFactory

MOST = 12


def queries(client, path) -> int:
    with CaptureQueriesContext(connection) as seen:
        response = client.get(path)

    assert response.status_code == 200
    return len(seen)


def some_work(city, venue):
    """One of everything that a landing page counts or lists."""
    city.invited()
    city.submitted()
    city.handed_over()
    city.reviewing(cohandled=True)
    city.promised()
    with_promises(city)
    for state in (MatterState.RECEIVED, MatterState.REOPENED):
        matter = MatterFactory(
            congress=city.congress, venue=venue, deputy=city.lead, state=state, timed=True
        )
        VoiceFactory(matter=matter, has_news=True, walk_in=True)
    DutyFactory(venue=venue, deputies=[city.lead])


def who(city, venue):
    """Who opens which page."""
    member = person_as(Role.MEMBER, congress=city.congress)
    return [
        (city.deputy_user, "/deputy/"),
        (city.clerk, "/desk/"),
        (city.government, "/desk/"),
        (city.leader, "/desk/"),
        (member, "/desk/"),
        (OfficerFactory(venue=venue).user, "/desk/"),
        (city.director, "/overview/"),
        (None, "/"),
        (None, "/figures/"),
    ]


def test_pages_cost_the_same_for_one_and_for_three(city, client):
    venue = VenueFactory(congress=city.congress)
    PlacementFactory(deputy=city.lead, venue=venue)
    readers = who(city, venue)
    some_work(city, venue)
    for_one = [cost(client, *reader) for reader in readers]
    some_work(city, venue)
    some_work(city, venue)

    for_three = [cost(client, *reader) for reader in readers]

    assert for_three == for_one
    assert max(for_three) <= MOST, for_three


def cost(client, user, path) -> int:
    client.logout()
    if user:
        client.force_login(user)
    return queries(client, path)


def test_a_trace_costs_the_same_for_one_and_for_three(city, client):
    one, three = (
        f"/trace/suggestions.suggestion/{long_story(city, number).pk}/" for number in (1, 3)
    )

    inside = [cost(client, city.clerk, path) for path in (one, three)]
    outside = [cost(client, None, path) for path in (one, three)]

    assert (inside[0], outside[0]) == (inside[1], outside[1])
    assert max(inside + outside) <= MOST


def long_story(city, number):
    cited = []
    for _each in range(number):
        matter = MatterFactory(congress=city.congress, public=True, timed=True)
        VoiceFactory.create_batch(number, matter=matter)
        cited.append(actions.Cited("opinions.matter", matter.pk, matter.title))
    promises = [promised(f"{each + 1}号楼装好电梯") for each in range(number)]
    suggestion = told(city, talks=number, origins=cited, result_class="B", promises=promises)
    publication = actions.propose_publication(suggestion, by=city.clerk)
    actions.publish(publication, title=suggestion.title, text=suggestion.situation, by=city.clerk)
    return suggestion


def test_landing_leads_to_the_entrance_of_the_role(city, client):
    lands = {}
    for user in (city.deputy_user, city.clerk, city.unit_clerk):
        client.force_login(user)
        lands[user] = client.get("/landing/").url

    assert lands == {
        city.deputy_user: reverse("dashboards:deputy"),
        city.clerk: reverse("dashboards:desk"),
        city.unit_clerk: reverse("dashboards:desk"),
    }


def test_a_deputy_with_a_desk_lands_at_the_desk(city, client):
    person = city.deputy_user
    person_as_clerk(person, city)
    client.force_login(person)

    assert client.get("/landing/").url == reverse("dashboards:desk")


def person_as_clerk(person, city):
    from_above = person_as(Role.CLERK, congress=city.congress).appointments.get()
    type(from_above).objects.filter(pk=from_above.pk).update(user=person)
    vars(person).pop("_seats", None)


def lines_of(client, path):
    context = client.get(path).context
    return {str(line.label): (line.count, line.tone) for line in context["lines"]}


def test_desk_of_a_clerk_names_what_waits(city, client):
    venue = VenueFactory(congress=city.congress)
    some_work(city, venue)
    client.force_login(city.clerk)

    assert lines_of(client, "/desk/") == {
        "待审查": (1, "wait"),
        "居民的话待分类": (1, "calm"),
        "居民说没解决": (1, "late"),
    }


def test_desk_of_a_unit_names_what_waits(city, client):
    some_work(city, VenueFactory(congress=city.congress))
    client.force_login(city.leader)

    assert lines_of(client, "/desk/") == {
        "待签收": (1, "wait"),
        "待您签发": (1, "wait"),
        "待答复": (1, "calm"),
        "在办的承诺": (3, "calm"),
    }


def test_home_of_a_deputy_names_what_waits(city, client):
    some_work(city, VenueFactory(congress=city.congress))
    client.force_login(city.deputy_user)

    assert lines_of(client, "/deputy/") == {
        "居民说没解决": (1, "late"),
        "请您评价答复": (1, "wait"),
    }
    client.force_login(city.cosigner_user)
    assert lines_of(client, "/deputy/") == {"请您附议": (1, "wait")}


def test_a_deputy_called_back_to_where_he_is_placed_sees_it_at_home_and_in_the_list(city, client):
    venue = PlacementFactory(deputy=city.lead).venue
    MatterFactory(congress=city.congress, venue=venue, reopened=True, timed=True)
    MatterFactory(
        congress=city.congress, venue=venue, reopened=True, timed=True, deputy=city.cosigner
    )
    client.force_login(city.deputy_user)

    assert lines_of(client, "/deputy/")["居民说没解决"] == (1, "late")
    assert client.get("/deputy/matters/?tab=reopened").context["page"].counted == 1


def test_the_officers_line_counts_who_is_told_in_person_and_nobody_else(city, client):
    officer = OfficerFactory(venue__congress=city.congress)
    matter = MatterFactory(congress=city.congress, venue=officer.venue, answered=True)
    VoiceFactory(matter=matter, has_news=True, walk_in=True)
    VoiceFactory(matter=matter, has_news=True)
    client.force_login(officer.user)

    line = lines_of(client, "/desk/")["没留电话，要当面告诉"]

    assert line == (client.get("/desk/by-hand/").context["page"].counted, "wait") == (1, "wait")


def late_and_open(city, **given):
    """One matter whose day has passed, and one that still has time."""
    with clock.set_to(clock.now() - dt.timedelta(days=60)):
        MatterFactory(congress=city.congress, timed=True, **given)
    MatterFactory(congress=city.congress, timed=True, **given)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("unit_clerk", {"转来的民意逾期": (1, "late"), "转来的民意": (2, "calm")}),
        ("clerk", {"居民的话逾期": (1, "late")}),
        ("officer", {"居民的话逾期": (1, "late")}),
        ("finance_clerk", {}),
    ],
)
def test_handed_over_and_late_matters_wait_for_unit_and_desk_and_lead_to_their_lists(
    city, client, who, words
):
    officer = OfficerFactory(venue__congress=city.congress)
    late_and_open(city, with_department=True, unit=city.unit, venue=officer.venue)
    client.force_login(officer.user if who == "officer" else getattr(city, who))

    lines = client.get("/desk/").context["lines"]

    assert {str(line.label): (line.count, line.tone) for line in lines} == words
    for line in lines:
        assert client.get(line.href).context["page"].counted == line.count


def test_lines_of_another_congress_stay_there(city, client):
    some_work(city, VenueFactory(congress=city.congress))
    client.force_login(person_as(Role.CLERK, congress=CongressFactory(other=True)))

    assert lines_of(client, "/desk/") == {}


@pytest.mark.parametrize("path", ["/deputy/", "/overview/"])
def test_what_one_has_no_part_in_is_not_found(city, client, path):
    client.force_login(city.unit_clerk)

    assert client.get(path).status_code == 404


def test_every_number_of_the_overview_leads_to_the_rows_it_counts(city, client):
    """K28, K29 and K36: the list behind says how many it counts, and counts what the number does."""
    venue = VenueFactory(congress=city.congress)
    some_work(city, venue)
    city.replied()
    for channel in (Channel.HOTLINE, Channel.PLATFORM):
        VoiceFactory(matter=MatterFactory(congress=city.congress, answered=True), channel=channel)
    VoiceFactory(matter=MatterFactory(congress=city.congress, answered=True), is_solved=True)
    for more in ({"deputy": city.lead}, {"state": MatterState.IN_SUGGESTION}):
        way = Way.DEPUTY if "deputy" in more else Way.SUGGESTION
        VoiceFactory(matter=MatterFactory(congress=city.congress, way=way, **more))
    held = DutyFactory(venue=venue, opened=True)
    client.force_login(city.clerk)
    overview = client.get("/overview/", {"year": TODAY.year}).context["overview"]

    for figure in overview.functions:
        both = [client.get(address).context["counted"] for address in (figure.href, figure.of_href)]
        assert (figure.key, both) == (figure.key, [figure.count, figure.of])
        assert (figure.definition, figure.excluded) != ("", "")
    of_voices = {"K36", "K36a", "solved"}
    for figure in overview.opinions:
        counted = client.get(figure.href).context["counted"]
        assert (figure.key, counted) == (figure.key, figure.count) or figure.key in of_voices
        assert counted > 0
    receptions = [list(client.get(figure.href).context["page"]) for figure in overview.clinics]
    assert list(map(len, receptions)) == [figure.count for figure in overview.clinics]
    assert held in [duty for rows in receptions for duty in rows]


def test_what_is_not_recorded_is_named_and_shows_no_zero(city, client):
    client.force_login(city.clerk)

    page = client.get("/overview/").content.decode()

    named = page[page.index("尚未记录的指标") :]
    assert [key for key in ("K3", "K13", "K23", "K37") if f">{key}<" not in named] == []


@pytest.mark.parametrize("address", ["K99", "K36?part=all", "K36b?congress=999999"])
def test_no_list_stands_behind_what_is_no_figure(city, client, address):
    client.force_login(city.clerk)

    key, _, query = address.partition("?")

    answer = client.get(f"/overview/matters/{key}/?{query}")
    assert answer.status_code == (200 if "congress" in query else 404)
    assert "congress" not in query or answer.context["scope"].congress == city.congress


def test_overview_of_another_congress_cannot_be_asked_for(city, client):
    other = CongressFactory(other=True)
    client.force_login(city.director)

    scope = client.get(f"/overview/?congress={other.pk}").context["scope"]

    assert scope.congress == city.congress


def test_front_page_counts_echoes_and_answers(city, client):
    MatterFactory(congress=city.congress)
    VoiceFactory(matter=MatterFactory(congress=city.congress))
    VoiceFactory(matter=MatterFactory(congress=city.congress, answered=True), is_solved=True)

    front = client.get("/").context["front"]

    assert (front.n_voices, front.n_echoed, front.n_asked, front.n_solved, front.solved_share) == (
        2,
        1,
        1,
        1,
        100,
    )


def test_figures_name_in_their_form_the_congress_that_is_counted(city, client):
    quiet = CongressFactory(other=True)
    city.submitted()

    page = client.get("/figures/")
    asked = client.get("/figures/", {"congress": quiet.pk, "year": "2025"})

    assert page.context["form"]["congress"].value() == city.congress.pk
    assert (asked.context["form"]["congress"].value(), asked.context["form"]["year"].value()) == (
        quiet.pk,
        2025,
    )


def test_figures_without_a_congress_say_so(db, client):
    response = client.get("/figures/")

    assert "这里还没有人大" in response.content.decode()


@pytest.mark.parametrize(("days", "is_named"), [(100, True), (400, False)])
def test_the_hand_over_sheet_is_offered_near_the_end_of_a_term(db, client, days, is_named):
    term = TermFactory(ends_on=clock.today() + dt.timedelta(days=days))
    client.force_login(person_as(Role.CLERK, congress=term.congress))

    page = client.get("/desk/").content.decode()

    assert ("换届交接单" in page) is is_named


def test_a_deputy_without_a_desk_is_led_to_what_waits_for_deputies(city, client):
    client.force_login(city.deputy_user)

    assert client.get("/desk/").url == "/deputy/"


@pytest.mark.parametrize(
    ("who", "number", "to"),
    [
        ("clerk", 4, "/desk/calls/"),
        ("clerk", 5, "/desk/prechecks/"),
        ("government", 4, "/overview/steps/"),
        ("government", 5, "/overview/steps/"),
    ],
)
def test_steps_kept_elsewhere_lead_only_where_the_reader_may_go(city, client, who, number, to):
    client.force_login(getattr(city, who))

    answer = client.get(f"/overview/steps/{number}/")

    assert answer.url == to
    assert client.get(answer.url).status_code == 200


def test_a_step_kept_elsewhere_is_not_there_for_those_without_an_overview(city, client):
    client.force_login(city.unit_clerk)

    assert client.get("/overview/steps/4/").status_code == 404
