"""Who may do what with a suggestion and what grows on it. Pure questions, no side effects.

`user` is whoever acts: an account, or the system itself when a time limit runs out.
"""

from typing import Any

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Deputy
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import trail
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    Mode,
    Openness,
    Proposer,
    ReplyState,
    State,
)
from huiyin.suggestions.models import (
    Assignment,
    Confidant,
    FaceRecord,
    Promise,
    Publication,
    Rating,
    Remark,
    Reply,
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


def can_bring_in_old_items(user: Any, congress: Congress) -> bool:
    """What another system finished; the director and the clerks of that congress."""
    return seats_of(user).has(congress.pk, *STAFF)


def can_examine(user: Any, suggestion: Suggestion) -> bool:
    return sits(user, suggestion, *STAFF)


can_return_for_revision = can_refuse = can_treat_as_letter = can_register = can_examine
can_propose_units = can_close = can_decide = can_merge = can_recall = can_examine


def can_hand_over(user: Any, suggestion: Suggestion) -> bool:
    """The director; a returned task of an administrative unit also the government office (T12)."""
    if sits(user, suggestion, Role.DIRECTOR):
        return True
    is_second_time = suggestion.handed_over_at is not None
    return is_second_time and _distributes(user, suggestion)


def can_handle(user: Any, suggestion: Suggestion) -> bool:
    """The lead unit's people; before the first hand-over there is none, and parts have no lead."""
    return suggestion.mode != Mode.SEPARATE and _is_lead_units(user, suggestion)


def can_begin(user: Any, suggestion: Suggestion) -> bool:
    """The first unit that signs for its part sets the whole to work."""
    if suggestion.mode != Mode.SEPARATE:
        return can_handle(user, suggestion)
    units = units_of(user, suggestion)
    return any(task.unit_id in units and task.answers for task in suggestion.assignments.all())


def can_distribute(user: Any, suggestion: Suggestion) -> bool:
    """The government office among the units of the administration (Shanghai art. 11)."""
    return sits(user, suggestion, Role.GOVERNMENT)


def can_change_cohandlers(user: Any, suggestion: Suggestion) -> bool:
    """The committee, or the government office among administrative units (T31)."""
    return can_examine(user, suggestion) or _distributes(user, suggestion)


can_draft_reply = can_send_for_review = can_ask_agreement = can_handle


def can_sign_reply(user: Any, suggestion: Suggestion) -> bool:
    """The responsible person of the lead unit (Chongqing art. 23)."""
    is_leader = suggestion.lead_unit_id in units_of(user, suggestion, Role.UNIT_LEADER)
    return is_leader and suggestion.mode != Mode.SEPARATE


def can_send_back(user: Any, suggestion: Suggestion) -> bool:
    """The leader, or the government office that reviews the administration's replies (T32)."""
    return can_sign_reply(user, suggestion) or _distributes(user, suggestion)


def can_rule_return(user: Any, suggestion: Suggestion) -> bool:
    """As for co-handlers: whoever distributes the tasks rules on their return (T12, T13)."""
    return can_change_cohandlers(user, suggestion)


def can_rate(user: Any, suggestion: Suggestion) -> bool:
    """Every signer for himself, also when the term is over (Shanghai art. 19)."""
    deputies = seats_of(user).signer_ids
    return bool(deputies) and any(s.deputy_id in deputies for s in suggestion.signed)


def can_propose_publication(user: Any, suggestion: Suggestion) -> bool:
    """The unit proposes, the committee may too (docs/practice.md, publication)."""
    return _is_lead_units(user, suggestion) or can_examine(user, suggestion)


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
    """Whoever has to work on it; an office passes on and a reference is only read."""
    passive = {AssignmentRole.OFFICE, AssignmentRole.REFERENCE}
    return assignment.role not in passive and assignment.unit_id in units_of(
        user, assignment.suggestion
    )


can_ask_return = can_log_contact = can_sign_for


def can_note(user: Any, assignment: Assignment) -> bool:
    is_reference = assignment.role == AssignmentRole.REFERENCE
    return is_reference and assignment.unit_id in units_of(user, assignment.suggestion)


def can_distribute_task(user: Any, assignment: Assignment) -> bool:
    is_office = assignment.role == AssignmentRole.OFFICE
    return is_office and can_distribute(user, assignment.suggestion)


def can_ask_extension(user: Any, assignment: Assignment) -> bool:
    """Who owes the letter asks for time for all (Qingdao art. 25)."""
    return assignment.answers and can_sign_for(user, assignment)


def can_agree(user: Any, assignment: Assignment) -> bool:
    """The responsible person of a unit that leads together with others (Shanghai art. 17)."""
    is_joint = assignment.role == AssignmentRole.JOINT
    return is_joint and assignment.unit_id in units_of(
        user, assignment.suggestion, Role.UNIT_LEADER
    )


def can_draft_part(user: Any, assignment: Assignment) -> bool:
    return assignment.role == AssignmentRole.SEPARATE and can_sign_for(user, assignment)


def can_sign_part(user: Any, assignment: Assignment) -> bool:
    is_part = assignment.role == AssignmentRole.SEPARATE
    return is_part and assignment.unit_id in units_of(user, assignment.suggestion, Role.UNIT_LEADER)


def can_ask_recall(user: Any, assignment: Assignment) -> bool:
    """Over the name of the person who signed for the unit: its leader."""
    return assignment.answers and assignment.unit_id in units_of(
        user, assignment.suggestion, Role.UNIT_LEADER
    )


def can_rule_recall(user: Any, assignment: Assignment) -> bool:
    return can_examine(user, assignment.suggestion)


def can_give_opinion(user: Any, assignment: Assignment) -> bool:
    return assignment.role == AssignmentRole.COHANDLER and can_sign_for(user, assignment)


def can_ask_again(user: Any, assignment: Assignment) -> bool:
    """The lead unit may ask a co-handler for an opinion that says something (Chongqing art. 20)."""
    return assignment.role == AssignmentRole.COHANDLER and can_handle(user, assignment.suggestion)


def can_reply(user: Any, assignment: Assignment) -> bool:
    leads = assignment.role == AssignmentRole.LEAD
    return leads and assignment.unit_id in units_of(user, assignment.suggestion, Role.UNIT_LEADER)


def can_hand_over_task(user: Any, assignment: Assignment) -> bool:
    """With the suggestion; who joins later, by whoever may change them."""
    suggestion = assignment.suggestion
    joins_later = assignment.role != AssignmentRole.LEAD and suggestion.handed_over_at
    return can_hand_over(user, suggestion) or bool(joins_later and can_rule_task(user, assignment))


def can_rule_task(user: Any, assignment: Assignment) -> bool:
    """As for the suggestion, but by the unit that asks to be released."""
    suggestion = assignment.suggestion
    distributes = sits(user, suggestion, Role.GOVERNMENT)
    return can_examine(user, suggestion) or (distributes and assignment.unit.is_administrative)


def can_remove_cohandler(user: Any, assignment: Assignment) -> bool:
    """The committee or the government office takes a co-handler off (T31)."""
    return assignment.role == AssignmentRole.COHANDLER and can_rule_task(user, assignment)


# Whoever distributes the tasks asks how they stand (docs/practice.md, roles: both offices urge).
can_urge = can_rule_task


def can_claim_done(user: Any, promise: Promise) -> bool:
    return promise.unit_id in units_of(user, promise.suggestion)


def can_break_promise(user: Any, promise: Promise) -> bool:
    """A change of circumstances is explained over the responsible person's name (Shanghai art. 22)."""
    return promise.unit_id in units_of(user, promise.suggestion, Role.UNIT_LEADER)


can_open_promise = can_explain_promise = can_break_promise


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


def can_archive(user: Any, suggestion: Suggestion) -> bool:
    """Whoever keeps the committee's files, of what was numbered."""
    return bool(suggestion.number) and can_examine(user, suggestion)


def can_see_rating(user: Any, suggestion: Suggestion, rating: Rating) -> bool:
    """One's own at once; everybody else's when the round has closed."""
    is_closed = rating.reply.round < suggestion.round or suggestion.state != State.REPLIED
    return is_closed or is_own_rating(user, rating) or can_see_ratings(user, suggestion)


def is_own_rating(user: Any, rating: Rating) -> bool:
    return rating.signature.deputy_id in seats_of(user).signer_ids


def can_see_task(user: Any, suggestion: Suggestion, task: Assignment) -> bool:
    """A proposed hand-over is nobody's business but the committee's."""
    is_staff = seats_of(user).has(suggestion.congress_id, *STAFF)
    if task.state == AssignmentState.ENDED and task.handed_over_at is None:
        return False
    return is_staff or task.state != AssignmentState.PROPOSED


def can_see_reply(user: Any, reply: Reply) -> bool:
    """A draft belongs to the unit until it is signed."""
    is_own = reply.assignment.unit_id in seats_of(user).units()
    return is_own or reply.state == ReplyState.SIGNED


def is_text_public(suggestion: Suggestion) -> bool:
    """The deputy's wish binds: a text said to be unsuitable is not published (Henan art. 29)."""
    return suggestion.openness == Openness.FULL


def can_confide(user: Any, suggestion: Suggestion) -> bool:
    """The director who knows of it says who else may."""
    return sits(user, suggestion, Role.DIRECTOR)


def can_note_remark(user: Any, congress_id: int) -> bool:
    """Whoever writes the minutes, or heard it as a member of the standing committee."""
    return seats_of(user).has(congress_id, *STAFF, Role.MEMBER)


def can_answer_on_the_spot(user: Any, remark: Remark) -> bool:
    return can_note_remark(user, remark.congress_id)


def can_pass_remark(user: Any, remark: Remark) -> bool:
    return seats_of(user).has(remark.congress_id, *STAFF)


def can_answer_remark(user: Any, remark: Remark) -> bool:
    return remark.unit_id is not None and remark.unit_id in seats_of(user).units()


def can_turn_into_suggestion(user: Any, remark: Remark) -> bool:
    """The words of a suggestion are the deputy's own."""
    return remark.deputy_id in seats_of(user).deputy_ids


def can_write_for_delegation(user: Any, lead: Deputy) -> bool:
    """The head hands in what the delegation proposes (Chongqing art. 8)."""
    return lead.heads_delegation and can_write_as(user, lead)


def can_record_vote(user: Any, suggestion: Suggestion) -> bool:
    """The head, under a paper in the delegation's name."""
    return suggestion.proposer == Proposer.DELEGATION and can_submit(user, suggestion)


def can_move(user: Any, suggestion: Suggestion) -> bool:
    """The lead hands in as a motion what is drafted as one, or leaves that way."""
    return suggestion.is_motion and can_submit(user, suggestion)


def can_confirm_face(user: Any, record: FaceRecord) -> bool:
    """Only the deputy who was met says how it was."""
    return record.deputy_id in seats_of(user).signer_ids


can_dispute_face = can_confirm_face


def knows(user: Any, suggestion: Suggestion) -> bool:
    """Of what is handled in confidence nobody at a desk knows who was not named."""
    return not suggestion.is_secret or Confidant.objects.knows(user, suggestion)


def sits(user: Any, suggestion: Suggestion, *roles: str) -> bool:
    return seats_of(user).has(suggestion.congress_id, *roles) and knows(user, suggestion)


def units_of(user: Any, suggestion: Suggestion, *roles: str) -> set[int]:
    """The units the person acts for in this matter."""
    units = seats_of(user).units(*roles)
    return units if units and knows(user, suggestion) else set()


def _is_lead_units(user: Any, suggestion: Suggestion) -> bool:
    return suggestion.lead_unit_id in units_of(user, suggestion)


def _distributes(user: Any, suggestion: Suggestion) -> bool:
    unit = suggestion.lead_unit
    is_office = sits(user, suggestion, Role.GOVERNMENT)
    return is_office and unit is not None and unit.is_administrative
