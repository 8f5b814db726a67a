"""The same matter is looked for near by and of late: place and day are part of what it is."""

import datetime as dt
import re

import pytest

from huiyin.kernel import clock
from huiyin.opinions import actions
from huiyin.opinions.models import Matter, MergeProposal
from tests.congress.factories import LANZHOU, AppointmentFactory, region
from tests.opinions.factories import MatterFactory, VoiceFactory, town
from tests.venues.factories import VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

LIFT = "三号楼的电梯又坏了，老人下不了楼。"
QILIHE = {
    "code": "620103",
    "name": "七里河区",
    "level": "county",
    "path": f"{LANZHOU['path']}620103/",
}


@pytest.fixture
def congress():
    return AppointmentFactory(clerk=True).congress


@pytest.fixture
def yannan(congress):
    return town("620102018", "雁南街道")


def say(congress, text=LIFT, *, days_ago=0, **where):
    with clock.set_to(clock.now() - dt.timedelta(days=days_ago)):
        return actions.receive(congress=congress, text=text, channel="web", **where).matter


def sure_ones():
    """Of every proposal how many members there are and how many are ticked."""
    actions.propose_waiting()
    return [(one.n_matters, len(one.sure)) for one in MergeProposal.objects.order_by("pk")]


def test_the_same_sentence_in_one_street_is_surely_one_matter(congress, yannan):
    say(congress, region=yannan)
    say(congress, region=yannan)

    assert sure_ones() == [(2, 2)]


def test_the_same_sentence_in_two_districts_is_not_proposed(congress, yannan):
    say(congress, region=yannan)
    say(congress, region=town("620103001", "西园街道", QILIHE))

    assert sure_ones() == []


def test_the_district_of_the_venue_counts_as_the_matters(congress):
    say(congress, venue=VenueFactory(congress=congress))
    say(congress, region=region(**QILIHE))

    assert sure_ones() == []


def test_the_same_sentence_a_year_later_is_not_proposed(congress, yannan):
    say(congress, region=yannan, days_ago=370)
    say(congress, region=yannan)

    assert sure_ones() == []


def test_two_streets_of_a_district_are_proposed_but_not_as_sure(congress, yannan):
    say(congress, region=yannan)
    say(congress, region=town("620102019", "雁北街道"))

    assert sure_ones() == [(2, 0)]


def test_two_named_estates_are_not_one_matter(congress, yannan):
    say(congress, region=yannan, place="翠园小区三号楼")
    say(congress, region=yannan, place="金城小区三号楼")

    assert sure_ones() == []


def test_the_same_named_estate_is_among_the_shared_words(congress, yannan):
    say(congress, "三号楼电梯坏了", region=yannan, place="翠园小区")
    say(congress, "电梯坏了没有人管，三号楼上不去", region=yannan, place="翠园小区")

    assert sure_ones() == [(2, 2)]
    assert "翠园小区" in MergeProposal.objects.get().shared_words


def test_an_import_keeps_two_districts_apart_too(congress, yannan):
    for where in (yannan, town("620103001", "西园街道", QILIHE)):
        matter = MatterFactory(title="三号楼电梯坏了没人修", region=where)
        VoiceFactory(matter=matter, text=LIFT)

    new = Matter.objects.values_list("pk", flat=True)

    assert actions.propose_among(congress, new=list(new)) == 0


def test_the_card_shows_place_and_day_and_ticks_only_the_sure(client, congress, yannan):
    user = AppointmentFactory(clerk=True, congress=congress).user
    say(congress, region=yannan, place="翠园小区")
    say(congress, region=yannan, place="翠园小区")
    actions.propose_waiting()
    (proposal,) = MergeProposal.objects.all()
    doubtful = MatterFactory(congress=congress, title="金城小区的另一部电梯")
    proposal.matters.add(doubtful)
    client.force_login(user)

    content = client.get("/desk/merge-proposals/").content.decode()

    assert content.count("雁南街道 翠园小区") == 2
    assert "地点不明" in content
    boxes = re.findall(r'<input[^>]*name="picked"[^>]*>', content)
    assert ["checked" in box for box in boxes] == [True, True, False]


def public(congress, where, title="三号楼的电梯坏了"):
    matter = MatterFactory(congress=congress, title=title, region=where)
    return actions.publish(
        matter, title=title, by=AppointmentFactory(clerk=True, congress=congress).user
    )


def draft_of(response):
    return re.search(r'name="draft" value="([^"]*)"', response.content.decode())[1]


def asked_to_join(client, congress, chosen, text=LIFT):
    """Which titles are shown after the words, and after the place."""
    second = client.post("/say/", {"draft": draft_of(client.get("/say/")), "text": text})
    seen = re.search(r'name="seen" value="([^"]*)"', second.content.decode())[1]
    answer = {"draft": draft_of(second), "seen": seen, "region": chosen.pk}
    third = client.post("/say/where/", answer)
    return [re.findall(r"/matters/(\d+)/join/", page.content.decode()) for page in (second, third)]


def test_nobody_is_asked_to_join_another_districts_matter(client, congress, yannan):
    public(congress, region(**QILIHE))

    assert asked_to_join(client, congress, yannan) == [[], []]


def test_a_matter_of_the_place_that_was_chosen_is_shown_in_the_last_step(client, congress, yannan):
    matter = public(congress, yannan)

    assert asked_to_join(client, congress, yannan) == [[], [str(matter.pk)]]


def test_a_place_that_is_named_shows_its_matter_at_once_and_not_again(client, congress, yannan):
    matter = public(congress, yannan)

    assert asked_to_join(client, congress, yannan, f"雁南{LIFT}") == [[str(matter.pk)], []]
