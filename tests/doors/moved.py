"""Motions for the world of doors: one in every state that has a door of its own."""

from typing import Any

from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from tests.suggestions import cases, moved


def fill(world: Any) -> None:
    """Where one name is a motion's quorum, so that a world of them is built in time."""
    city = world.city
    one = dict.fromkeys(("province", "city", "county", "township"), 1)
    Rule.objects.filter(key=Key.MOTION_SIGNERS).update(value=one)
    world.motion_voting = moved.of_delegation(city).suggestion
    for name in STATES:
        setattr(world, f"motion_{name}", getattr(moved, name)(city))
    world.motion_refused_lead = moved.lead_of_refused(city)
    world.motion_cosigner = moved.cosigner_of(city)
    world.face_record = cases.face_record(city)


STATES = (
    "written", "signed", "submitted", "returned", "registered", "examining", "deciding",
    "on_agenda", "referred", "reported", "handed_over", "answered", "withdrawal_asked", "public",
)  # fmt: skip
