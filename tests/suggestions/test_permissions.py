"""The matrix: every state, every kind of person, exactly these steps."""

import pytest

from huiyin.congress.choices import Role
from huiyin.suggestions.choices import AssignmentState, PromiseState, State
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.workflow import ASSIGNMENT, PROMISE, SUGGESTION
from huiyin.suggestions.workflow.stages import AT_THE_DESK
from tests.accounts.factories import UserFactory
from tests.congress.factories import CongressFactory, DeputyFactory, UnitFactory, person_as
from tests.suggestions import factories

WRITES = {"revise", "invite", "submit", "withdraw"}
PUBLISHES = {"propose_publication"}
EXTENDS = {"ask_extension", "inform_extension"}
# Who may take which step of a suggestion. Whoever is not named may take none.
WHO_MAY = {
    State.DRAFT: {"lead": WRITES},
    State.COLLECTING: {"lead": WRITES},
    State.EXAMINING: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": {"return_for_revision", "refuse", "treat_as_letter", "register"},
    },
    State.RETURNED: {"lead": {"revise", "invite_more", "resubmit", "ask_withdrawal", "withdraw"}},
    State.REFUSED: {},
    State.LETTER: {},
    State.REGISTERED: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": {"propose_units", "merge"} | PUBLISHES,
        "leader": PUBLISHES,
        "unit_clerk": PUBLISHES,
    },
    State.ASSIGNING: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": {"propose_units", "merge"} | PUBLISHES,
        "director": {"hand_over", "refer"},
        "government": {"hand_over", "refer"},  # handed over before: a returned task
        "leader": PUBLISHES,
        "unit_clerk": PUBLISHES,
    },
    State.MERGED: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": {"unmerge"} | PUBLISHES,
        "unit_clerk": PUBLISHES,
    },
    State.REFERRED: {"clerk": PUBLISHES, "unit_clerk": PUBLISHES},
    State.DISTRIBUTING: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": PUBLISHES,
        "government": {"distribute"},
        "unit_clerk": PUBLISHES,
    },
    State.HANDED_OVER: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": {"add_cohandler"} | PUBLISHES,
        "government": {"add_cohandler"},
        "unit_clerk": {"sign_for", "ask_return"} | PUBLISHES,
    },
    State.HANDLING: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": {"add_cohandler"} | PUBLISHES,
        "government": {"add_cohandler"},
        "unit_clerk": {"ask_return", "draft_reply"} | EXTENDS | PUBLISHES,
    },
    State.EXTENSION_ASKED: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": {"grant_extension", "refuse_extension", "add_cohandler"} | PUBLISHES,
        "government": {"grant_extension", "refuse_extension", "add_cohandler"},
        "unit_clerk": PUBLISHES,
    },
    State.RETURN_ASKED: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": {"grant_return", "refuse_return"} | PUBLISHES,
        "government": {"grant_return", "refuse_return"},
        "unit_clerk": PUBLISHES,
    },
    State.DRAFTING: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": {"add_cohandler"} | PUBLISHES,
        "government": {"add_cohandler"},
        "unit_clerk": {"draft_reply", "send_for_review", "ask_agreement"} | EXTENDS | PUBLISHES,
    },
    State.REVIEWING: {
        "lead": {"ask_withdrawal", "withdraw"},
        "clerk": PUBLISHES,
        "unit_clerk": PUBLISHES,
        "government": {"send_back"},
        "leader": {"send_back", "sign_reply"},
    },
    State.REPLIED: {
        "lead": {"rate"},
        "cosigner": {"rate"},
        "clerk": {"recall", "recall_part"} | PUBLISHES,
        "unit_clerk": PUBLISHES,
    },
    State.RATED: {
        "lead": {"rate"},
        "cosigner": {"rate"},
        "clerk": {"close"} | PUBLISHES,
        "unit_clerk": PUBLISHES,
    },
    State.REDOING: {
        "clerk": {"add_cohandler"} | PUBLISHES,
        "government": {"add_cohandler"},
        "unit_clerk": {"draft_reply"} | PUBLISHES,
    },
    State.COORDINATING: {
        "clerk": {"convene", "decide_redo", "decide_accept", "decide_track"} | PUBLISHES,
        "unit_clerk": PUBLISHES,
    },
    State.TRACKING: {
        "lead": {"rate"},
        "cosigner": {"rate"},
        "clerk": PUBLISHES,
        "unit_clerk": PUBLISHES,
    },
    State.CLOSED: {
        "lead": {"rate"},
        "cosigner": {"rate"},
        "clerk": {"reopen", "reopen_handling"} | PUBLISHES,
        "unit_clerk": PUBLISHES,
    },
    State.WITHDRAWN: {},
    State.MOVED: {"clerk": {"return_motion"}, "director": {"convert"}},
    State.MOTION_DONE: {},
}
# The leader of a unit may do what its clerk may; the director what the clerks may.
ALSO = {"leader": "unit_clerk", "director": "clerk"}
KINDS = (
    "lead", "cosigner", "other_deputy", "clerk", "director", "clerk_of_other_congress",
    "government", "unit_clerk", "leader", "cohandler", "stranger",
)  # fmt: skip


@pytest.fixture
def people(db):
    """One suggestion that was handed over, and one person of every kind around it."""
    suggestion = factories.SuggestionFactory(handling=True)
    cosignature = factories.SignatureFactory(suggestion=suggestion, signed=True)
    congress, unit = suggestion.congress, suggestion.lead_unit
    cohandler = factories.AssignmentFactory(suggestion=suggestion, cohandler=True, handling=True)
    return {
        "suggestion": suggestion,
        "lead": suggestion.lead.person.user,
        "cosigner": cosignature.deputy.person.user,
        "other_deputy": DeputyFactory(term=suggestion.term, with_user=True).person.user,
        "clerk": person_as(Role.CLERK, congress=congress),
        "director": person_as(Role.DIRECTOR, congress=congress),
        "clerk_of_other_congress": person_as(Role.CLERK, congress=CongressFactory(other=True)),
        "government": person_as(Role.GOVERNMENT, unit=UnitFactory(congress=congress, office=True)),
        "unit_clerk": person_as(Role.UNIT_CLERK, unit=unit),
        "leader": person_as(Role.UNIT_LEADER, unit=unit),
        "cohandler": person_as(Role.UNIT_CLERK, unit=cohandler.unit),
        "stranger": UserFactory(),
    }


def expected(kind, state):
    row = WHO_MAY[state]
    if kind == "director" and state in AT_THE_DESK:
        row = row | {"director": row.get("director", set()) | {"confide", "unconfide"}}
    return row.get(kind, set()) | (row.get(ALSO[kind], set()) if kind in ALSO else set())


def test_the_matrix_knows_every_state():
    assert set(WHO_MAY) == set(State)


@pytest.mark.parametrize("state", list(State))
def test_each_kind_of_person_has_exactly_these_steps(people, state):
    suggestion = people["suggestion"]
    suggestion.state = state

    found = {
        kind: {button.name for button in SUGGESTION.buttons(people[kind], suggestion)}
        for kind in KINDS
    }

    assert found == {kind: expected(kind, state) for kind in KINDS}


# What the matrix opens the list shows, and nothing to those who have no business with it.
SEEN_BEFORE_SUBMISSION = {"lead", "cosigner", "unit_clerk", "leader", "cohandler"}
SEEN_AT_THE_DESK = SEEN_BEFORE_SUBMISSION | {"clerk", "director"}
SEEN_AFTER_HAND_OVER = SEEN_AT_THE_DESK | {"government"}


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (State.DRAFT, SEEN_BEFORE_SUBMISSION),
        (State.EXAMINING, SEEN_AT_THE_DESK),
        (State.HANDLING, SEEN_AFTER_HAND_OVER),
        (State.CLOSED, SEEN_AFTER_HAND_OVER),
    ],
)
def test_the_list_shows_what_the_matrix_opens(people, state, kinds):
    Suggestion.objects.update(state=state)

    seen = {kind for kind in KINDS if Suggestion.objects.visible_to(people[kind]).exists()}

    assert seen == kinds


URGE = {"clerk": {"urge"}, "government": {"urge"}}
TASKS = {
    AssignmentState.HANDED_OVER: {"unit_clerk": {"sign_for", "ask_return"}, **URGE},
    AssignmentState.HANDLING: {
        "unit_clerk": {"ask_return", "log_contact", "ask_extension", "inform_extension"},
        "leader": {"reply"},
        **URGE,
    },
    AssignmentState.EXTENSION_ASKED: {
        "clerk": {"grant_extension", "refuse_extension"},
        "government": {"grant_extension", "refuse_extension"},
        "unit_clerk": {"log_contact"},
    },
    AssignmentState.RECALL_ASKED: {"clerk": {"grant_recall", "refuse_recall"}},
    AssignmentState.RETURN_ASKED: {
        "clerk": {"grant_return", "refuse_return"},
        "government": {"grant_return", "refuse_return"},
    },
    AssignmentState.PROPOSED: {"director": {"hand_over"}, "government": {"hand_over"}},
    AssignmentState.REPLIED: {"leader": {"ask_recall"}},
    AssignmentState.RETURNED: {},
    AssignmentState.ENDED: {},
}


@pytest.mark.parametrize("state", list(TASKS))
def test_the_lead_units_task_has_exactly_these_steps(people, state):
    task = people["suggestion"].assignments.get(role="lead")
    task.state, task.handed_over_at = state, None

    found = {kind: {b.name for b in ASSIGNMENT.buttons(people[kind], task)} for kind in KINDS}

    row = TASKS[state]
    assert found == {
        kind: row.get(kind, set()) | (row.get(ALSO[kind], set()) if kind in ALSO else set())
        for kind in KINDS
    }


PROMISES = {
    PromiseState.OPEN: {
        "unit_clerk": {"claim_done"},
        "leader": {"break_promise", "explain_promise"},
        "clerk": {"undo_promise"},
    },
    PromiseState.CLAIMED: {
        "clerk": {"confirm", "send_back_promise"},
        "leader": {"explain_promise"},
    },
    PromiseState.KEPT: {
        "lead": {"rate_promise"},
        "cosigner": {"rate_promise"},
        "clerk": {"reopen_promise"},
    },
    PromiseState.DROPPED: {},
}


@pytest.mark.parametrize("state", list(PROMISES))
def test_a_promise_has_exactly_these_steps(people, state):
    reply = factories.ReplyFactory(suggestion=people["suggestion"])
    promise = factories.PromiseFactory(reply=reply, state=state)

    found = {kind: {b.name for b in PROMISE.buttons(people[kind], promise)} for kind in KINDS}

    row = PROMISES[state]
    assert found == {
        kind: row.get(kind, set()) | (row.get(ALSO[kind], set()) if kind in ALSO else set())
        for kind in KINDS
    }
