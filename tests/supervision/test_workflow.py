"""The matrix: every state, every kind of person, exactly these steps."""

import pytest

from huiyin.supervision.choices import (
    AppraisalState,
    AwardState,
    CallState,
    CandidateState,
    CardState,
    ClueState,
    KeyState,
    PrecheckState,
    ReviewState,
    RulingState,
)
from huiyin.supervision.models import (
    Appraisal,
    Award,
    AwardObjection,
    Call,
    Candidate,
    CardObjection,
    Clue,
    Juror,
    KeyItem,
    Precheck,
    Review,
    Scorecard,
)
from huiyin.supervision.pages import PAGES
from huiyin.supervision.permissions import by_the_system
from huiyin.supervision.workflow import (
    ALL,
    APPRAISAL,
    AWARD,
    AWARD_OBJECTION,
    CALL,
    CANDIDATE,
    CARD_OBJECTION,
    CLUE,
    KEY_ITEM,
    PRECHECK,
    REVIEW,
    SCORECARD,
)

PUBLISHES = {"publish_key_item", "take_back_key_item"}
WORKS = {"log_act", "report_key_item"}
DECIDES = {"decide_key_item", "drop_key_item"}
ASKED = {"revise_key_item", "give_key_opinion"}
# Whoever is not named may take no step.
KEY_ITEMS = {
    KeyState.CANDIDATE: {
        "clerk": ASKED,
        "director": ASKED | DECIDES,
        "committee_clerk": ASKED,
        "leading": {"give_key_opinion"},
        "member": {"give_key_opinion"},
    },
    KeyState.DROPPED: {},
    KeyState.DECIDED: {"director": {"drop_key_item", "issue_notice"}},
    KeyState.SUPERVISED: {
        "clerk": WORKS,
        "director": WORKS | PUBLISHES,
        "committee_clerk": WORKS,
        "leading": WORKS,
    },
    KeyState.REPORTED: {"director": {"send_back_key_report", "conclude_key_item"} | PUBLISHES},
    KeyState.CONCLUDED: {"director": PUBLISHES},
}


def people(house):
    return {
        "clerk": house.clerk,
        "director": house.director,
        "committee_clerk": house.committee_clerk,
        "leading": house.leading,
        "member": house.members[1],
        "government": house.government,
        "unit_clerk": house.unit_clerk,
        "unit_leader": house.leader,
        "deputy": house.deputy_user,
        "stranger": house.stranger,
    }


def taken(workflow, item, user):
    """The steps of this state that are this person's, whether open or closed for now."""
    return {
        step.name
        for step in workflow.steps.values()
        if item.state in step.sources and step.allowed(user, item)
    }


@pytest.mark.parametrize("state", KeyState)
def test_key_items(house, state):
    item = KeyItem(congress=house.congress, state=state, leader=house.leading)

    found = {name: taken(KEY_ITEM, item, user) for name, user in people(house).items()}

    assert {name: steps for name, steps in found.items() if steps} == KEY_ITEMS[state]


APPRAISALS = {
    AppraisalState.RUNNING: {"clerk": {"recount"}, "director": {"recount", "show_cards"}},
    AppraisalState.SHOWN: {"director": {"finish_appraisal"}},
    AppraisalState.FINAL: {},
}
CARDS = {
    CardState.DRAFT: {},
    CardState.SHOWN: {
        "unit_clerk": {"object_to_row"},
        "unit_leader": {"object_to_row", "agree_card"},
    },
    CardState.AGREED: {},
    CardState.FINAL: {},
}
RULINGS = {
    RulingState.OPEN: {"director": {"grant_objection", "refuse_objection"}},
    RulingState.GRANTED: {},
    RulingState.REFUSED: {},
}
MEMBERS_VOTE = {"leading": {"vote"}, "member": {"vote"}}
REVIEWS = {
    ReviewState.CHOSEN: {"director": {"cancel_review"}, "unit_leader": {"hand_in_report"}},
    ReviewState.REPORTED: {"director": {"open_ballot", "cancel_review"}},
    ReviewState.VOTING: {"director": {"close_ballot"}, **MEMBERS_VOTE},
    ReviewState.COUNTED: {"director": {"order_rectify"}},
    ReviewState.RECTIFYING: {"unit_leader": {"report_rectified"}},
    ReviewState.RECTIFIED: {"director": {"rectify_again", "accept_rectified"}},
    ReviewState.ENDED: {},
    ReviewState.CANCELLED: {},
}
NOMINATES = {"nominate"}
AWARDS = {
    AwardState.NOMINATING: {
        "clerk": NOMINATES,
        "committee_clerk": NOMINATES,
        "director": NOMINATES | {"appoint_jury", "start_judging"},
    },
    AwardState.JUDGING: {"director": {"close_judging"}},
    AwardState.PROPOSED: {"director": {"publish_award"}},
    AwardState.PUBLISHED: {"director": {"decide_award"}},
    AwardState.DECIDED: {},
}
OBJECTS = {"object_to_award"}
CANDIDATES = {
    CandidateState.NOMINATED: {
        "director": {"remove_candidate"},
        "leading": {"score", "recuse"},  # the one on the jury
    },
    CandidateState.REMOVED: {},
    CandidateState.PROPOSED: {
        "clerk": OBJECTS,
        "director": OBJECTS,
        "committee_clerk": OBJECTS,
        "leading": OBJECTS,
        "member": OBJECTS,
        "government": OBJECTS,
        "unit_clerk": OBJECTS,
        "unit_leader": OBJECTS,
        "deputy": OBJECTS,
    },
    CandidateState.UNCHOSEN: {},
    CandidateState.AWARDED: {},
}
AWARD_RULINGS = {
    RulingState.OPEN: {"director": {"uphold_objection", "dismiss_objection"}},
    RulingState.GRANTED: {},
    RulingState.REFUSED: {},
}
CALLS = {
    CallState.DRAFT: {"clerk": {"change_call"}, "director": {"change_call", "issue_call"}},
    CallState.OPEN: {
        "clerk": {"offer_clue", "close_call"},
        "director": {"offer_clue", "close_call"},
    },
    CallState.CLOSED: {},
}
CLUES = {
    ClueState.OFFERED: {
        "clerk": {"drop_clue"},
        "director": {"drop_clue"},
        "deputy": {"take_clue"},
    },
    ClueState.TAKEN: {},
    ClueState.DROPPED: {},
}
PRECHECKS = {
    PrecheckState.ASKED: {
        "clerk": {"comment"},
        "director": {"comment"},
        "deputy": {"withdraw_precheck"},
    },
    PrecheckState.COMMENTED: {},
    PrecheckState.WITHDRAWN: {},
}


def found(house, workflow, item):
    steps = {name: taken(workflow, item, user) for name, user in people(house).items()}
    return {name: some for name, some in steps.items() if some}


def each_state(house, workflow, item, states):
    """Who may do what in every state, as the table says it."""
    made = {}
    for state in states:
        item.state = state
        made[state] = found(house, workflow, item)
    return made


def test_appraisals_and_their_sheets(house):
    appraisal = Appraisal(congress=house.congress, year=2026)
    card = Scorecard(appraisal=appraisal, unit=house.unit)
    objection = CardObjection(card=card)

    assert each_state(house, APPRAISAL, appraisal, AppraisalState) == APPRAISALS
    assert each_state(house, SCORECARD, card, CardState) == CARDS
    assert each_state(house, CARD_OBJECTION, objection, RulingState) == RULINGS


def test_reviews(house):
    review = Review(congress=house.congress, unit=house.unit)

    assert each_state(house, REVIEW, review, ReviewState) == REVIEWS


def test_awards_and_their_candidates(house):
    award = Award.objects.create(
        congress=house.congress, year=2026, kind="unit", n_places=4, n_needed=5
    )
    Juror.objects.create(award=award, user=house.leading)
    candidate = Candidate(award=award, unit=house.unit)
    objection = AwardObjection(candidate=candidate)

    assert each_state(house, AWARD, award, AwardState) == AWARDS
    assert each_state(house, CANDIDATE, candidate, CandidateState) == CANDIDATES
    assert each_state(house, AWARD_OBJECTION, objection, RulingState) == AWARD_RULINGS


def test_calls_clues_and_prechecks(house):
    call = Call(congress=house.congress)
    clue = Clue(call=call, offered_by=house.congress)
    precheck = Precheck(congress=house.congress, deputy=house.lead)

    assert each_state(house, CALL, call, CallState) == CALLS
    assert each_state(house, CLUE, clue, ClueState) == CLUES
    assert each_state(house, PRECHECK, precheck, PrecheckState) == PRECHECKS


def test_every_step_of_a_person_has_an_address():
    by_page = {page.step for page in PAGES} | {"take_clue", "withdraw_precheck"}
    by_system = {
        step.name for w in ALL for step in w.steps.values() if step.allowed is by_the_system
    }

    assert {step for w in ALL for step in w.steps} - by_page - by_system == set()
