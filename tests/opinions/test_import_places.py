"""What another platform knows of its voices comes in with them: place, class, and what is done already."""

import pytest

from huiyin.kernel import spreadsheets, verify
from huiyin.opinions import actions, imports
from huiyin.opinions.choices import State
from huiyin.opinions.models import Matter, VoiceImport
from tests.congress.factories import AppointmentFactory
from tests.opinions.factories import town
from tests.opinions.test_imports import csv_bytes, uploaded
from tests.venues.factories import PlacementFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def clerk():
    return AppointmentFactory(clerk=True)


@pytest.fixture
def yannan(clerk):
    return town("620102018", "雁南街道")


def read(clerk, *rows, headers="区域,地点,类别,状态,内容"):
    content = "\n".join([headers, *rows]).encode()
    table = spreadsheets.read(content, "f.csv")
    return imports.check(table, congress=clerk.congress, source="热线")


def take_in(clerk, *rows):
    checked = read(clerk, *rows)
    imports.take_in(checked, congress=clerk.congress, source="热线", by=clerk.user)
    return checked


def test_an_imported_voice_has_region_and_venue_and_its_deputy_takes_it_up(clerk, yannan):
    venue = VenueFactory(congress=clerk.congress, region=yannan)
    deputy = PlacementFactory(venue=venue, deputy__with_user=True).deputy

    take_in(clerk, "城关区雁南街道,翠园小区,,,三号楼的电梯坏了")

    matter = Matter.objects.get()
    voice = matter.voices.get()
    assert (matter.region, matter.venue) == (voice.region, voice.venue) == (yannan, venue)
    assert voice.place == "翠园小区"
    taken = actions.take_up(matter, deputy=deputy, by=deputy.person.user)
    assert (taken.state, taken.deputy) == (State.WITH_DEPUTY, deputy)


def test_a_place_nobody_knows_stays_as_words_and_is_told(clerk, yannan):
    checked = take_in(clerk, "东川新区,翠园小区,,,电梯坏了", "东川新区,,,,路灯坏了")

    assert checked.problems == []
    assert set(Matter.objects.values_list("region", "voices__place")) == {
        (None, "东川新区 翠园小区"),
        (None, "东川新区"),
    }
    assert [(label, n, samples) for label, n, _words, samples in checked.notes()] == [
        ("县区街道", 2, ["东川新区"])
    ]


def test_what_was_closed_there_is_closed_here_without_a_clock(clerk):
    checked = take_in(clerk, ",,,已办结,路灯坏了", ",,,办理中,电梯坏了", ",,,,公交太少")

    rows = Matter.objects.order_by("pk")
    assert [(one.state, one.clock is None) for one in rows] == [
        (State.CLOSED, True),
        (State.RECEIVED, False),
        (State.RECEIVED, False),
    ]
    assert (checked.n_closed, checked.notes()) == (1, [])
    assert list(verify.faults()) == []


def test_a_file_of_closed_tickets_alone_starts_no_clock(clerk):
    take_in(clerk, ",,,已办结,路灯坏了")

    assert Matter.objects.get().clock is None


def test_an_unknown_class_and_status_are_told_before_anything_is_written(client, clerk):
    client.force_login(clerk.user)
    content = "内容,类别,状态\n路灯坏了,市容市貌,挂起\n".encode()
    opened = actions.open_import(
        clerk.congress, file=uploaded(content), source="x", channel="platform", by=clerk.user
    )

    page = client.get(f"/desk/voice-imports/{opened.pk}/").content.decode()

    assert "类别：1 行，没有这个类别" in page
    assert "市容市貌" in page
    assert "挂起" in page


def test_the_grouping_shows_how_far_it_has_come(clerk, monkeypatch):
    opened = actions.open_import(
        clerk.congress, file=uploaded(csv_bytes()), source="x", channel="platform", by=clerk.user
    )
    imports.dry_run(opened)
    started = actions.start_import(opened, by=clerk.user)
    seen = []
    monkeypatch.setattr(
        actions, "note_progress", lambda found, done: seen.append((found.stage, done))
    )

    imports.run(started)

    assert seen == [("writing", 3), ("comparing", 3)]
    assert VoiceImport.objects.get().n_done == 3
