"""States that several steps have in common."""

from huiyin.suggestions.choices import AssignmentState, State

WRITING = (State.DRAFT, State.COLLECTING)
WITH_DEPUTIES = (*WRITING, State.RETURNED)
BEFORE_REPLY = (
    *WITH_DEPUTIES,
    State.EXAMINING,
    State.REGISTERED,
    State.MERGED,
    State.ASSIGNING,
    State.HANDED_OVER,
    State.DISTRIBUTING,
    State.HANDLING,
    State.RETURN_ASKED,
    State.EXTENSION_ASKED,
    State.DRAFTING,
    State.REVIEWING,
)
HANDED_IN = tuple(state for state in BEFORE_REPLY if state not in WRITING)
IN_WORK = (
    State.HANDED_OVER,
    State.HANDLING,
    State.EXTENSION_ASKED,
    State.DRAFTING,
    State.REDOING,
)
NUMBERED = (
    State.REGISTERED,
    State.MERGED,
    State.ASSIGNING,
    State.DISTRIBUTING,
    *IN_WORK,
    State.RETURN_ASKED,
    State.REVIEWING,
    State.REPLIED,
    State.RATED,
    State.COORDINATING,
    State.TRACKING,
    State.CLOSED,
    State.REFERRED,
)
AT_THE_DESK = (State.EXAMINING, *NUMBERED)
# A lead item takes others in from its number until its letter is signed.
TAKES_OTHERS = (
    State.REGISTERED,
    State.ASSIGNING,
    State.HANDED_OVER,
    State.DISTRIBUTING,
    State.HANDLING,
    State.RETURN_ASKED,
    State.EXTENSION_ASKED,
    State.DRAFTING,
    State.REVIEWING,
)
RATEABLE = (State.REPLIED, State.RATED, State.TRACKING, State.CLOSED)

AT_WORK = (
    AssignmentState.HANDLING,
    AssignmentState.EXTENSION_ASKED,
    AssignmentState.OPINION_GIVEN,
    AssignmentState.AGREED,
)
UNDER_WAY = (AssignmentState.PROPOSED, AssignmentState.HANDED_OVER, *AT_WORK)
UNENDED = (
    *UNDER_WAY,
    AssignmentState.RETURN_ASKED,
    AssignmentState.REVIEWING,
    AssignmentState.REPLIED,
    AssignmentState.RECALL_ASKED,
)
