"""The tables themselves."""

import pytest

from huiyin.suggestions import choices, workflow
from tests.suggestions import factories


@pytest.mark.parametrize(
    ("table", "states"),
    [
        (workflow.SUGGESTION, choices.State),
        (workflow.SIGNATURE, choices.SignatureState),
        (workflow.ASSIGNMENT, choices.AssignmentState),
        (workflow.PROMISE, choices.PromiseState),
        (workflow.PUBLICATION, choices.PublicationState),
        (workflow.REMARK, choices.RemarkState),
        (workflow.FACE_RECORD, choices.RecordState),
        (workflow.MOTION, choices.MotionState),
        (workflow.ATTACHMENT, choices.AttachmentState),
    ],
)
def test_every_state_is_reached_or_left_by_some_step(table, states):
    assert set(table.states()) == set(states)


def test_every_step_names_its_source_in_law_or_practice():
    assert [
        step.name for table in workflow.ALL for step in table.steps.values() if not step.law
    ] == []


@pytest.mark.parametrize(
    "situation",
    [
        "collecting",
        "examining",
        "registered",
        "handed_over",
        "handling",
        "replied",
        "closed",
        "published",
    ],
)
def test_the_factory_makes_every_situation(db, situation):
    suggestion = factories.SuggestionFactory(**{situation: True})

    assert suggestion.version == 1
