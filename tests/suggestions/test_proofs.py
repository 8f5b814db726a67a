"""verify_trail finds wordings and due dates that were changed past the actions."""

import datetime as dt

import pytest

from huiyin.kernel import verify
from huiyin.rulebook.models import Clock
from huiyin.suggestions import actions
from huiyin.suggestions.models import Signature, Suggestion, TextVersion
from huiyin.suggestions.models.suggestion import hash_of_text
from tests.suggestions.walk import TEXT, later


@pytest.fixture
def revised(city):
    """Signed by two, then written anew and signed again: two wordings."""
    suggestion = city.signed()
    with later(1):
        return actions.revise(
            suggestion, text=actions.Text(**vars(TEXT) | {"title": "再写一遍"}), by=city.deputy_user
        )


def test_an_old_wording_that_was_changed_is_found(revised):
    TextVersion.objects.filter(suggestion=revised, number=1).update(proposals="另一句话")

    assert list(verify.faults()) == [f"suggestion {revised.pk}: wording 1 was changed"]


def test_a_wording_exchanged_with_its_hash_is_found(revised):
    """Whoever knows how the hash is made still meets the names, which are in the trail."""
    newest = TextVersion.objects.get(suggestion=revised, number=2)
    forged = hash_of_text(newest.title, newest.situation, "另一句话")
    TextVersion.objects.filter(pk=newest.pk).update(proposals="另一句话", hash=forged)

    lead = Signature.objects.get(suggestion=revised, is_lead=True)
    assert list(verify.faults()) == [
        f"suggestion {revised.pk}: its newest wording is missing",
        f"signature {lead.pk}: the wording that was signed is missing",
    ]


def test_a_removed_wording_is_found(revised):
    TextVersion.objects.filter(suggestion=revised).delete()

    assert f"suggestion {revised.pk}: its newest wording is missing" in list(verify.faults())


def test_honest_wordings_have_no_faults(revised):
    assert Suggestion.objects.get(pk=revised.pk).versions.count() == 2
    assert list(verify.faults()) == []


def test_a_due_date_changed_past_the_actions_is_found(city):
    task = city.task(city.handling())
    Clock.objects.filter(pk=task.clock_id).update(due_on=dt.date(2031, 1, 1))

    (fault,) = verify.faults()
    assert fault.startswith(f"clock {task.clock_id} ")
