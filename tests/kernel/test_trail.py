"""The trail tells who did what, as what, and what it was before."""

import datetime as dt

import pytest
from django.db import DatabaseError

from huiyin.kernel import clock, steps, trail
from huiyin.kernel.models import Entry, Unsealed
from tests.accounts.factories import UserFactory
from tests.congress.factories import DeputyFactory

pytestmark = pytest.mark.django_db

MORNING = clock.at(dt.date(2026, 3, 2), 9, 30)


def test_an_entry_says_who_did_what_and_what_it_was_before():
    deputy = DeputyFactory(delegation="城关代表团")
    clerk = UserFactory(name="王敏", acting_as="代工委经办")

    with clock.set_to(MORNING):
        steps.change(
            steps.lock(deputy), "move", by=clerk, changes={"delegation": "安宁代表团"}, words="调整"
        )

    entry = Entry.objects.get(item_id=deputy.pk, step="move")
    assert (entry.at, entry.actor_label, entry.acting_as) == (MORNING, "王敏", "代工委经办")
    assert (entry.words, entry.before) == ("调整", {"delegation": "城关代表团"})


def test_item_and_entry_are_written_by_one_statement(django_assert_num_queries):
    deputy = steps.lock(DeputyFactory())

    with django_assert_num_queries(1):
        steps.change(deputy, "move", by=trail.SYSTEM, changes={"delegation": "一"})

    deputy.refresh_from_db()
    assert (deputy.delegation, deputy.head) == (
        "一",
        Entry.objects.get(item_id=deputy.pk, sequence=deputy.version).hash,
    )


def test_no_entry_is_written_of_a_row_that_has_gone():
    deputy, before = DeputyFactory(), Entry.objects.count()
    deputy.pk = 0

    with pytest.raises(DatabaseError):
        trail.record(deputy, "move", by=trail.SYSTEM)

    assert Entry.objects.count() == before


def test_entries_of_an_item_are_chained():
    deputy = DeputyFactory()
    steps.change(steps.lock(deputy), "move", by=trail.SYSTEM, changes={"delegation": "一"})

    first, second = Entry.objects.filter(item_id=deputy.pk).order_by("sequence")

    assert (second.sequence, second.previous_hash) == (first.sequence + 1, first.hash)


def test_every_entry_waits_for_its_seal():
    DeputyFactory()

    assert Unsealed.objects.count() == Entry.objects.count()


def test_sealing_leaves_nothing_waiting():
    DeputyFactory()

    block = trail.seal()

    assert sorted(block.entry_ids) == sorted(Entry.objects.values_list("pk", flat=True))
    assert not Unsealed.objects.exists()


def test_sealing_nothing_makes_no_block():
    assert trail.seal() is None


def test_entries_come_oldest_first_over_several_items():
    first, second = DeputyFactory(), DeputyFactory()
    steps.change(steps.lock(first), "move", by=trail.SYSTEM, changes={"delegation": "一"})

    told = [(entry.item_id, entry.step) for entry in trail.entries_of([second, first])]

    assert told[-1] == (first.pk, "move")
    assert [pk for pk, _ in told].count(second.pk) == 1


def test_a_column_at_its_default_leaves_the_hash_as_it_was():
    """So a release that adds a column does not break the chains written before it."""
    deputy = DeputyFactory()
    fields = deputy.trailed_fields()

    assert "ended_on" not in fields
    assert deputy.ended_on is None
    assert fields["person_id"] == deputy.person_id


def test_a_column_moved_away_from_its_default_counts():
    deputy = DeputyFactory()
    deputy.ended_on = dt.date(2026, 3, 1)

    assert deputy.trailed_fields()["ended_on"] == dt.date(2026, 3, 1)
