"""Who may do what in supervision. Pure questions, no side effects."""

from typing import Any

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel import trail
from huiyin.supervision.models import Appraisal, CardObjection, KeyItem, Review, Scorecard


def can_propose_key_item(user: Any, congress: Congress) -> bool:
    """The committees analyse and propose (Qingdao art. 21)."""
    return seats_of(user).has(congress.pk, *STAFF, Role.COMMITTEE)


def can_revise_key_item(user: Any, item: KeyItem) -> bool:
    return seats_of(user).has(item.congress_id, *STAFF, Role.COMMITTEE)


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
