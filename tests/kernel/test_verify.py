"""verify_trail passes on honest work and fails on each way of cheating by SQL."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from huiyin.kernel import steps, trail, verify
from huiyin.kernel.models import Block, Entry
from tests.congress.factories import DeputyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy():
    """A deputy with three entries in the trail, all of them sealed."""
    deputy = DeputyFactory()
    for delegation in ("城关代表团", "安宁代表团"):
        steps.change(
            steps.lock(deputy), "move", by=trail.SYSTEM, changes={"delegation": delegation}
        )
    trail.seal_all()
    return deputy


def cheat(sql: str, *values: object) -> None:
    """What the database's owner can do: no trigger stops it, no action is asked."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for switch in ("DISABLE", "ENABLE"):
            for table in ("kernel_entry", "kernel_block", "congress_deputy"):
                cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER USER")
            if switch == "DISABLE":
                cursor.execute(sql, values)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_honest_trail_has_no_faults(deputy):
    assert list(verify.faults()) == []


def test_a_changed_line_is_found(deputy):
    entry = Entry.objects.filter(item_id=deputy.pk, sequence=2).get()

    cheat("UPDATE kernel_entry SET actor_label = '别人' WHERE id = %s", entry.pk)

    assert list(verify.faults()) == [f"congress.deputy {deputy.pk}: entry 2 was changed"]


@pytest.mark.parametrize("column", ["words", "step", "acting_as", "state", "item_hash"])
def test_no_column_of_a_line_can_be_changed_unseen(deputy, column):
    cheat(f"UPDATE kernel_entry SET {column} = 'x' WHERE item_id = %s AND sequence = 1", deputy.pk)

    assert list(verify.faults()) == [f"congress.deputy {deputy.pk}: entry 1 was changed"]


def test_a_removed_line_is_found(deputy):
    cheat("DELETE FROM kernel_entry WHERE item_id = %s AND sequence = 2", deputy.pk)

    assert f"congress.deputy {deputy.pk}: entry 2 is missing" in list(verify.faults())


def test_a_cut_tail_is_found(deputy):
    cheat("DELETE FROM kernel_entry WHERE item_id = %s AND sequence = 3", deputy.pk)

    assert f"congress.deputy {deputy.pk}: 3 steps were taken, 2 are written" in list(
        verify.faults()
    )


def test_a_cut_tail_is_found_before_it_was_sealed():
    deputy = DeputyFactory()
    entry = Entry.objects.get(item_id=deputy.pk)

    cheat("DELETE FROM kernel_entry WHERE id = %s", entry.pk)

    assert f"congress.deputy {deputy.pk}: 1 steps were taken, 0 are written" in list(
        verify.faults()
    )


def test_an_item_changed_past_its_actions_is_found(deputy):
    cheat("UPDATE congress_deputy SET delegation = '西固代表团' WHERE id = %s", deputy.pk)

    assert list(verify.faults()) == [
        f"congress.deputy {deputy.pk}: the item was changed past its actions"
    ]


def test_an_item_whose_history_was_wiped_is_found(deputy):
    cheat("UPDATE congress_deputy SET version = 0, head = '' WHERE id = %s", deputy.pk)

    assert f"congress.deputy {deputy.pk}: 0 steps were taken, 3 are written" in list(
        verify.faults()
    )


def test_an_item_slipped_in_without_a_trail_is_found(deputy):
    cheat("DELETE FROM kernel_entry WHERE item_id = %s", deputy.pk)
    cheat("UPDATE congress_deputy SET version = 0, head = '' WHERE id = %s", deputy.pk)

    assert f"congress.deputy {deputy.pk}: the item has no trail" in list(verify.faults())


def test_an_item_removed_with_all_its_lines_is_found(deputy):
    cheat("DELETE FROM kernel_entry WHERE item_id = %s", deputy.pk)
    cheat("DELETE FROM congress_deputy WHERE id = %s", deputy.pk)

    assert any(fault.startswith("block 1: sealed entries are gone") for fault in verify.faults())


def test_a_forged_chain_does_not_fit_its_seal(deputy):
    """Whoever knows the code can recompute hashes, but not the keyed seal."""
    last = Entry.objects.filter(item_id=deputy.pk).order_by("-sequence").first()
    last.actor_label = "别人"
    forged = trail.entry_hash(last)
    cheat("UPDATE kernel_entry SET actor_label = '别人', hash = %s WHERE id = %s", forged, last.pk)
    cheat("UPDATE congress_deputy SET head = %s WHERE id = %s", forged, deputy.pk)

    assert list(verify.faults()) == ["block 1: the seal does not fit"]


def test_a_removed_block_is_found(deputy):
    steps.change(steps.lock(deputy), "move", by=trail.SYSTEM, changes={"delegation": ""})
    trail.seal_all()

    cheat("DELETE FROM kernel_block WHERE number = 1")

    assert "block 1: missing or out of order" in list(verify.faults())


def test_a_removed_last_block_is_found(deputy):
    cheat("DELETE FROM kernel_block WHERE number = (SELECT max(number) FROM kernel_block)")

    assert any(fault.endswith("neither sealed nor waiting") for fault in verify.faults())


def test_the_database_itself_refuses_to_change_a_line(deputy):
    with pytest.raises(Exception, match="append_only"):
        Entry.objects.filter(item_id=deputy.pk).update(words="x")


def test_the_command_says_where_the_trail_breaks(deputy, capsys):
    cheat("UPDATE congress_deputy SET delegation = '西固代表团' WHERE id = %s", deputy.pk)

    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_trail")

    assert "changed past its actions" in capsys.readouterr().err


def test_the_command_says_that_the_trail_holds(deputy, capsys):
    call_command("verify_trail")

    assert "the trail holds" in capsys.readouterr().out


def test_blocks_are_chained(deputy):
    steps.change(steps.lock(deputy), "move", by=trail.SYSTEM, changes={"delegation": ""})
    trail.seal_all()
    first, second = Block.objects.order_by("number")

    assert (second.number, second.previous_seal) == (2, first.seal)
