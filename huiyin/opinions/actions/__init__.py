"""Everything that changes voices and matters: one verb, one transaction, one trail line."""

from huiyin.opinions.actions.answers import (
    close_silent,
    neglected,
    overdue_answers,
    pass_on,
    resident_answers,
)
from huiyin.opinions.actions.merging import accept, merge, reject, undo, unmerge
from huiyin.opinions.actions.personal import forget_phone
from huiyin.opinions.actions.publishing import hide, publish
from huiyin.opinions.actions.receiving import receive, title_of
from huiyin.opinions.actions.telling import look, tell, tell_by_hand
from huiyin.opinions.actions.ways import (
    answer_on_the_spot,
    deputy_answers,
    give_back,
    give_to_deputy,
    hand_to_department,
    hand_to_hotline,
    link_suggestion,
    point_elsewhere,
    report_back,
    report_result,
    take_up,
    unlink_suggestion,
)

__all__ = [
    "accept",
    "answer_on_the_spot",
    "close_silent",
    "deputy_answers",
    "forget_phone",
    "give_back",
    "give_to_deputy",
    "hand_to_department",
    "hand_to_hotline",
    "hide",
    "link_suggestion",
    "look",
    "merge",
    "neglected",
    "overdue_answers",
    "pass_on",
    "point_elsewhere",
    "publish",
    "receive",
    "reject",
    "report_back",
    "report_result",
    "resident_answers",
    "take_up",
    "tell",
    "tell_by_hand",
    "title_of",
    "undo",
    "unlink_suggestion",
    "unmerge",
]
