"""Everything that changes a motion: verbs named as the steps of its table.

The paper is locked first, then its motion, so that nobody waits crosswise.
"""

from huiyin.suggestions.actions.motions.committees import (
    ask_reconsideration,
    give_opinion,
    leave_motion,
    report,
)
from huiyin.suggestions.actions.motions.decisions import (
    answer,
    answer_again,
    close,
    conclude,
    convert,
    hand_to_organ,
    publish,
    put_on_agenda,
    record_plenary_vote,
    refer,
    refuse,
    take_back,
    withdraw,
)
from huiyin.suggestions.actions.motions.papers import (
    ask_revision,
    ask_withdrawal,
    become_suggestion,
    drop,
    pass_to_committee,
    record_vote,
    register,
    resubmit,
    set_kind,
    submit,
    write,
)

__all__ = [
    "answer",
    "answer_again",
    "ask_reconsideration",
    "ask_revision",
    "ask_withdrawal",
    "become_suggestion",
    "close",
    "conclude",
    "convert",
    "drop",
    "give_opinion",
    "hand_to_organ",
    "leave_motion",
    "pass_to_committee",
    "publish",
    "put_on_agenda",
    "record_plenary_vote",
    "record_vote",
    "refer",
    "refuse",
    "register",
    "report",
    "resubmit",
    "set_kind",
    "submit",
    "take_back",
    "withdraw",
    "write",
]
