"""Who may do what in supervision. Pure questions, no side effects."""

from typing import Any

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress
from huiyin.congress.seats import OF_A_UNIT, STAFF, seats_of
from huiyin.kernel import trail
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.models import (
    Appraisal,
    Award,
    AwardObjection,
    Call,
    Candidate,
    CardObjection,
    Clue,
    KeyItem,
    Precheck,
    Review,
    Scorecard,
)

READERS = (*STAFF, Role.COMMITTEE, Role.MEMBER, Role.GOVERNMENT, *OF_A_UNIT)


def can_open_lists(user: Any) -> bool:
    """The lists of key items, reviews and score sheets; what stands in them visibility says."""
    return bool(seats_of(user).congresses(*READERS))


def can_propose_key_item(user: Any, congress: Congress) -> bool:
    """The committees analyse and propose (Qingdao art. 21)."""
    return seats_of(user).has(congress.pk, *STAFF, Role.COMMITTEE)


def can_revise_key_item(user: Any, item: KeyItem) -> bool:
    """The desk, and the committee that follows up; any committee until one is named."""
    seats = seats_of(user)
    is_staff = seats.has(item.congress_id, *STAFF)
    return is_staff or seats.serves(item.congress_id, item.committee_id)


def can_give_key_opinion(user: Any, item: KeyItem) -> bool:
    """Members, committees and the committee's own staff are asked before the council decides."""
    return seats_of(user).has(item.congress_id, *STAFF, Role.COMMITTEE, Role.MEMBER)


def can_decide_key_item(user: Any, item: KeyItem) -> bool:
    """The council of chairpersons decides (代表法 art. 52); the director records its decision."""
    return seats_of(user).has(item.congress_id, Role.DIRECTOR)


can_drop_key_item = can_issue_notice = can_conclude_key_item = can_decide_key_item


def can_log_act(user: Any, item: KeyItem) -> bool:
    """The leading member, the committee that follows up, the desk."""
    return can_revise_key_item(user, item) or is_leader(user, item)


can_report_key_item = can_log_act
can_send_back_key_report = can_decide_key_item
can_publish_key_item = can_take_back_key_item = can_decide_key_item


def is_leader(user: Any, item: KeyItem) -> bool:
    leads = item.leader_id is not None and item.leader_id == user.pk
    return leads and seats_of(user).has(item.congress_id, Role.MEMBER)


def can_open_appraisal(user: Any, congress: Congress) -> bool:
    return seats_of(user).has(congress.pk, *STAFF)


def can_recount(user: Any, appraisal: Appraisal) -> bool:
    """Staff at any time, and the system every night."""
    if user is trail.SYSTEM:
        return True
    return seats_of(user).has(appraisal.congress_id, *STAFF)


def can_show_cards(user: Any, appraisal: Appraisal) -> bool:
    return seats_of(user).has(appraisal.congress_id, Role.DIRECTOR)


can_finish_appraisal = can_show_cards


def can_object_to_row(user: Any, card: Scorecard) -> bool:
    """The unit's right of reply: whoever acts for it."""
    return card.unit_id in seats_of(user).units()


def can_agree_card(user: Any, card: Scorecard) -> bool:
    return card.unit_id in seats_of(user).units(Role.UNIT_LEADER)


def can_rule_objection(user: Any, objection: CardObjection) -> bool:
    return can_show_cards(user, objection.card.appraisal)


can_grant_objection = can_refuse_objection = can_rule_objection


def can_choose_unit(user: Any, congress: Congress) -> bool:
    """The council of chairpersons chooses; the director records it."""
    return seats_of(user).has(congress.pk, Role.DIRECTOR)


def can_hand_in_report(user: Any, review: Review) -> bool:
    """A report bears the name of the unit's responsible person."""
    return review.unit_id in seats_of(user).units(Role.UNIT_LEADER)


can_report_rectified = can_hand_in_report


def can_open_ballot(user: Any, review: Review) -> bool:
    return seats_of(user).has(review.congress_id, Role.DIRECTOR)


can_close_ballot = can_order_rectify = can_accept_rectified = can_open_ballot
can_rectify_again = can_cancel_review = can_open_ballot


def can_vote(user: Any, review: Review) -> bool:
    return seats_of(user).has(review.congress_id, Role.MEMBER)


def by_the_system(user: Any, item: Any) -> bool:
    """Steps that follow by themselves from another step."""
    return user is trail.SYSTEM


def can_open_award(user: Any, congress: Congress) -> bool:
    return seats_of(user).has(congress.pk, *STAFF)


def can_nominate(user: Any, award: Award) -> bool:
    """The desk and the special committees may add to the short list."""
    return seats_of(user).has(award.congress_id, *STAFF, Role.COMMITTEE)


def can_keep_award(user: Any, award: Award) -> bool:
    """The director conducts the selection; he neither scores nor decides."""
    return seats_of(user).has(award.congress_id, Role.DIRECTOR)


can_appoint_jury = can_start_judging = can_close_judging = can_keep_award
can_publish_award = can_decide_award = can_keep_award


def can_remove_candidate(user: Any, candidate: Candidate) -> bool:
    return can_keep_award(user, candidate.award)


def can_score(user: Any, candidate: Candidate) -> bool:
    """A juror of this award; whom a rule excludes from this candidate is told so."""
    return user.pk in candidate.award.juror_ids


can_recuse = can_score


def can_object_to_award(user: Any, candidate: Candidate) -> bool:
    """Anybody of this congress, by name; the desk also for who writes or calls."""
    return candidate.award.congress_id in seats_of(user).any_congress


def can_rule_award_objection(user: Any, objection: AwardObjection) -> bool:
    return can_keep_award(user, objection.candidate.award)


can_uphold_objection = can_dismiss_objection = can_rule_award_objection


def can_draft_call(user: Any, congress: Congress) -> bool:
    return seats_of(user).has(congress.pk, *STAFF)


def can_change_call(user: Any, call: Call) -> bool:
    return seats_of(user).has(call.congress_id, *STAFF)


def can_issue_call(user: Any, call: Call) -> bool:
    return seats_of(user).has(call.congress_id, Role.DIRECTOR)


can_close_call = can_change_call


def can_offer_clue(user: Any, call: Call) -> bool:
    """The committee itself and those of the counties below."""
    own = seats_of(user).congresses(*STAFF)
    if call.congress_id in own:
        return True
    below = Congress.objects.filter(pk__in=own, region__parent=call.congress.region_id)
    return below.exists()


def can_take_clue(user: Any, clue: Clue) -> bool:
    """A sitting deputy of the congress that calls."""
    return clue.call.congress_id in seats_of(user).deputy_congresses


def can_drop_clue(user: Any, clue: Clue) -> bool:
    staff = seats_of(user).congresses(*STAFF)
    return clue.call.congress_id in staff or clue.offered_by_id in staff


def can_offer_draft(user: Any, suggestion: Suggestion) -> bool:
    """Only the lead deputy shows an unfinished paper to anybody."""
    return suggestion.lead_id in seats_of(user).deputy_ids


def can_comment(user: Any, precheck: Precheck) -> bool:
    return seats_of(user).has(precheck.congress_id, *STAFF)


def can_withdraw_precheck(user: Any, precheck: Precheck) -> bool:
    return precheck.deputy_id in seats_of(user).deputy_ids
