"""States that several steps have in common."""

from huiyin.suggestions.choices import AssignmentState, State

WRITING = (State.DRAFT, State.COLLECTING)
WITH_DEPUTIES = (*WRITING, State.RETURNED)
BEFORE_REPLY = (
    *WITH_DEPUTIES,
    State.EXAMINING,
    State.REGISTERED,
    State.ASSIGNING,
    State.HANDED_OVER,
    State.HANDLING,
    State.RETURN_ASKED,
    State.DRAFTING,
    State.REVIEWING,
)
HANDED_IN = tuple(state for state in BEFORE_REPLY if state not in WRITING)
IN_WORK = (State.HANDED_OVER, State.HANDLING, State.DRAFTING, State.REDOING)
NUMBERED = (
    State.REGISTERED,
    State.ASSIGNING,
    *IN_WORK,
    State.RETURN_ASKED,
    State.REVIEWING,
    State.REPLIED,
    State.RATED,
    State.COORDINATING,
    State.TRACKING,
    State.CLOSED,
)
RATEABLE = (State.REPLIED, State.RATED, State.TRACKING, State.CLOSED)
AT_WORK = (AssignmentState.HANDLING, AssignmentState.OPINION_GIVEN)
UNDER_WAY = (AssignmentState.PROPOSED, AssignmentState.HANDED_OVER, *AT_WORK)
