"""Who takes which step of a motion."""

from typing import Any

from huiyin.congress.choices import Role
from huiyin.congress.seats import OF_A_UNIT, STAFF, seats_of
from huiyin.suggestions.models import Motion, Signature, Suggestion
from huiyin.suggestions.permissions import can_examine, can_submit, knows, sits, units_of


def can_list_motions(user: Any) -> bool:
    """Committees and organs read theirs; the list is open to them, staff and members."""
    readers = (*STAFF, Role.MEMBER, Role.COMMITTEE, *OF_A_UNIT)
    return bool(seats_of(user).congresses(*readers))


def can_submit_motion(user: Any, motion: Motion) -> bool:
    return can_submit(user, motion.suggestion)


def can_register_motion(user: Any, motion: Motion) -> bool:
    """The secretariat in session, the committee between sessions (Shanghai on motions, art. 9)."""
    return can_examine(user, motion.suggestion)


def can_examine_motion(user: Any, motion: Motion) -> bool:
    """The committee's own people, and the secretariat that writes its opinion down."""
    paper = motion.suggestion
    serves = seats_of(user).serves(paper.congress_id, motion.committee_id)
    return sits(user, paper, *STAFF) or (serves and knows(user, paper))


def can_decide_motion(user: Any, motion: Motion) -> bool:
    """The director writes down what presidium, plenary and standing committee decided."""
    return sits(user, motion.suggestion, Role.DIRECTOR)


def can_convert_motion(user: Any, suggestion: Suggestion) -> bool:
    return sits(user, suggestion, Role.DIRECTOR)


def can_answer_motion(user: Any, motion: Motion) -> bool:
    """The organ reports over its leader's name."""
    units = units_of(user, motion.suggestion, Role.UNIT_LEADER)
    return motion.unit_id is not None and motion.unit_id in units


def can_ask_reconsideration(user: Any, signature: Signature) -> bool:
    return signature.deputy_id in seats_of(user).deputy_ids


def can_leave_motion(user: Any, signature: Signature) -> bool:
    """A co-signer's name is the co-signer's own; the lead asks for the whole to be withdrawn."""
    return not signature.is_lead and can_ask_reconsideration(user, signature)
