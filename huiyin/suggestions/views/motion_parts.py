"""What the page of a paper shows of the motion it is, or was."""

from typing import Any

from django.utils.translation import pgettext

from huiyin.suggestions.choices import MOTION_OVER, MotionState, Proposer
from huiyin.suggestions.models import DelegationVote, Motion, Suggestion

Stop = tuple[str, Any, Any]


def motion_of(suggestion: Suggestion) -> Motion | None:
    """One query, and only for a paper that is or was a motion."""
    if not suggestion.is_motion and not suggestion.motion_number:
        return None
    rows = Motion.objects.select_related("committee", "unit", "clock")
    motion = rows.filter(suggestion=suggestion.pk).first()
    if motion is not None:
        motion.suggestion = suggestion  # with the names the page has read already
    return motion


def vote_of(suggestion: Suggestion) -> DelegationVote | None:
    if suggestion.proposer != Proposer.DELEGATION:
        return None
    return DelegationVote.objects.filter(suggestion=suggestion.pk).first()


def hidden_steps(suggestion: Suggestion) -> set[str]:
    """Buttons that are no choice here: the other way of handing in, the other proposer's step."""
    hidden = {"submit", "resubmit"} if suggestion.is_motion else set()
    is_delegations = suggestion.proposer == Proposer.DELEGATION
    return hidden | ({"invite", "invite_more"} if is_delegations else {"record_vote"})


def motion_progress(motion: Motion) -> list[Stop]:
    """The road of a motion: handed in, registered, opinion, decision, what follows, the end."""
    is_voted = motion.n_for is not None
    after = motion.reported_at or motion.answered_at or (motion.decided_at if is_voted else None)
    stops = [
        (pgettext("阶段", "提出"), motion.submitted_at),
        (pgettext("阶段", "登记"), motion.registered_at),
        (pgettext("阶段", "委员会意见"), motion.heard_on),
        (pgettext("阶段", "主席团决定"), motion.decided_at),
        (pgettext("阶段", "审议"), after),
        (pgettext("阶段", "办结"), motion.closed_at),
    ]
    is_over = motion.state in MOTION_OVER and motion.state != MotionState.REFUSED
    road: list[Stop] = []
    now = False
    for label, moment in stops:
        state = "done" if moment else "next" if now else "now"
        now = now or not moment
        if moment or not is_over:
            road.append((state, label, moment))
    return road
