"""Who may do what with a suggestion and what grows on it. Pure questions, no side effects.

`user` is whoever acts: an account, or the system itself when a time limit runs out.
"""

from typing import Any

from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import trail
from huiyin.suggestions.choices import AssignmentRole, Openness
from huiyin.suggestions.models import (
    Assignment,
    Promise,
    Publication,
    Signature,
    Suggestion,
)


def can_write(user: Any) -> bool:
    """A sitting deputy writes (代表法 art. 24, 36)."""
    return bool(seats_of(user).deputy_ids)


def can_write_as(user: Any, lead: Deputy) -> bool:
    return lead.pk in seats_of(user).deputy_ids


def can_submit(user: Any, suggestion: Suggestion) -> bool:
    """Only the lead deputy changes the text, invites, hands in and withdraws."""
    return suggestion.lead_id in seats_of(user).deputy_ids


can_revise = can_invite = can_resubmit = can_withdraw = can_submit


def can_examine(user: Any, suggestion: Suggestion) -> bool:
    return seats_of(user).has(suggestion.congress_id, *STAFF)


can_return_for_revision = can_refuse = can_treat_as_letter = can_register = can_examine
can_propose_units = can_close = can_decide = can_examine


def can_hand_over(user: Any, suggestion: Suggestion) -> bool:
    """The director; a returned task of an administrative unit also the government office (T12)."""
    seats = seats_of(user)
    if seats.has(suggestion.congress_id, Role.DIRECTOR):
        return True
    is_second_time = suggestion.handed_over_at is not None
    return is_second_time and _distributes(user, suggestion)


def can_handle(user: Any, suggestion: Suggestion) -> bool:
    """The lead unit's people; before the first hand-over there is none."""
    return suggestion.lead_unit_id in seats_of(user).units()


def can_change_cohandlers(user: Any, suggestion: Suggestion) -> bool:
    """The committee, or the government office among administrative units (T31)."""
    return can_examine(user, suggestion) or _distributes(user, suggestion)


can_draft_reply = can_send_for_review = can_handle


def can_sign_reply(user: Any, suggestion: Suggestion) -> bool:
    """The responsible person of the lead unit (Chongqing art. 23)."""
    return suggestion.lead_unit_id in seats_of(user).units(Role.UNIT_LEADER)


can_send_back = can_sign_reply


def can_rule_return(user: Any, suggestion: Suggestion) -> bool:
    """As for co-handlers: whoever distributes the tasks rules on their return (T12, T13)."""
    return can_change_cohandlers(user, suggestion)


def can_rate(user: Any, suggestion: Suggestion) -> bool:
    """Every signer for himself."""
    deputies = seats_of(user).deputy_ids
    return bool(deputies) and any(s.deputy_id in deputies for s in suggestion.signed)


def can_propose_publication(user: Any, suggestion: Suggestion) -> bool:
    """The unit proposes, the committee may too (domain.md 2.12)."""
    return can_handle(user, suggestion) or can_examine(user, suggestion)


def by_the_system(user: Any, item: Any) -> bool:
    """Steps that follow by themselves from another step or from a time limit."""
    return user is trail.SYSTEM


def can_sign(user: Any, signature: Signature) -> bool:
    return not signature.is_lead and signature.deputy_id in seats_of(user).deputy_ids


can_decline = can_sign


def can_remove_signer(user: Any, signature: Signature) -> bool:
    """The lead deputy takes a name off the paper; his own stays."""
    return not signature.is_lead and can_submit(user, signature.suggestion)


def can_agree_withdrawal(user: Any, signature: Signature) -> bool:
    return signature.deputy_id in seats_of(user).deputy_ids


def can_sign_for(user: Any, assignment: Assignment) -> bool:
    return assignment.unit_id in seats_of(user).units()


can_ask_return = can_log_contact = can_sign_for


def can_give_opinion(user: Any, assignment: Assignment) -> bool:
    return assignment.role == AssignmentRole.COHANDLER and can_sign_for(user, assignment)


def can_ask_again(user: Any, assignment: Assignment) -> bool:
    """The lead unit may ask a co-handler for an opinion that says something (Chongqing art. 20)."""
    return assignment.role == AssignmentRole.COHANDLER and can_handle(user, assignment.suggestion)


def can_reply(user: Any, assignment: Assignment) -> bool:
    leads = assignment.role == AssignmentRole.LEAD
    return leads and assignment.unit_id in seats_of(user).units(Role.UNIT_LEADER)


def can_hand_over_task(user: Any, assignment: Assignment) -> bool:
    """With the suggestion; a further co-handler by whoever may change them."""
    suggestion = assignment.suggestion
    joins_later = assignment.role == AssignmentRole.COHANDLER and suggestion.handed_over_at
    return can_hand_over(user, suggestion) or bool(joins_later and can_rule_task(user, assignment))


def can_rule_task(user: Any, assignment: Assignment) -> bool:
    """As for the suggestion, but by the unit that asks to be released."""
    suggestion, seats = assignment.suggestion, seats_of(user)
    distributes = seats.has(suggestion.congress_id, Role.GOVERNMENT)
    return can_examine(user, suggestion) or (distributes and assignment.unit.is_administrative)


def can_remove_cohandler(user: Any, assignment: Assignment) -> bool:
    """The committee or the government office takes a co-handler off (T31)."""
    return assignment.role == AssignmentRole.COHANDLER and can_rule_task(user, assignment)


# Whoever distributes the tasks asks how they stand (domain.md 1.2: both offices urge).
can_urge = can_rule_task


def can_claim_done(user: Any, promise: Promise) -> bool:
    return promise.unit_id in seats_of(user).units()


def can_break_promise(user: Any, promise: Promise) -> bool:
    """A change of circumstances is explained over the responsible person's name (Shanghai art. 22)."""
    return promise.unit_id in seats_of(user).units(Role.UNIT_LEADER)


can_open_promise = can_break_promise


def can_check_promise(user: Any, promise: Promise) -> bool:
    return can_examine(user, promise.suggestion)


def can_rate_promise(user: Any, promise: Promise) -> bool:
    return can_rate(user, promise.suggestion)


def can_publish(user: Any, publication: Publication) -> bool:
    return can_examine(user, publication.suggestion)


can_take_back = can_keep_closed = can_publish


def can_propose_again(user: Any, publication: Publication) -> bool:
    return can_propose_publication(user, publication.suggestion)


def can_see_ratings(user: Any, suggestion: Suggestion) -> bool:
    """While a round is open nobody but its author and the committee reads a rating."""
    return can_examine(user, suggestion)


def is_text_public(suggestion: Suggestion) -> bool:
    """The deputy's wish binds: a text said to be unsuitable is not published (Henan art. 29)."""
    return suggestion.openness == Openness.FULL


def _distributes(user: Any, suggestion: Suggestion) -> bool:
    unit = suggestion.lead_unit
    is_office = seats_of(user).has(suggestion.congress_id, Role.GOVERNMENT)
    return is_office and unit is not None and unit.is_administrative
