"""Everything that changes voices and matters: one verb, one transaction, one trail line."""

from huiyin.opinions.actions.answers import (
    close_silent,
    close_silent_matters,
    pass_on,
    pass_on_neglected,
    resident_answers,
)
from huiyin.opinions.actions.bulk import Received, receive_many
from huiyin.opinions.actions.by_code import find_voice
from huiyin.opinions.actions.importing import (
    choose_columns,
    finish_import,
    forget_import_files,
    note_check,
    note_progress,
    open_import,
    start_import,
    uncompared,
)
from huiyin.opinions.actions.merging import accept, merge, reject, undo, unmerge
from huiyin.opinions.actions.personal import (
    forget_old_contacts,
    forget_old_pictures,
    forget_old_words,
    forget_phone,
)
from huiyin.opinions.actions.proposing import propose_among, propose_for, propose_waiting
from huiyin.opinions.actions.publishing import hide, publish
from huiyin.opinions.actions.receiving import receive, receive_visitor, title_of
from huiyin.opinions.actions.reminding import remind
from huiyin.opinions.actions.rights import correct, forget_words, withdraw
from huiyin.opinions.actions.telling import look, note_text_message, tell, tell_by_hand
from huiyin.opinions.actions.waiting import (
    drop_picture,
    keep_picture,
    sweep_pictures,
    waiting_picture,
)
from huiyin.opinions.actions.ways import (
    answer_on_the_spot,
    deputy_answers,
    give_back,
    give_to_deputy,
    hand_many,
    hand_to_department,
    hand_to_hotline,
    link_suggestion,
    point_elsewhere,
    report_back,
    report_result,
    set_subject,
    take_up,
    unlink_suggestion,
)

__all__ = [
    "Received",
    "accept",
    "answer_on_the_spot",
    "choose_columns",
    "close_silent",
    "close_silent_matters",
    "correct",
    "deputy_answers",
    "drop_picture",
    "find_voice",
    "finish_import",
    "forget_import_files",
    "forget_old_contacts",
    "forget_old_pictures",
    "forget_old_words",
    "forget_phone",
    "forget_words",
    "give_back",
    "give_to_deputy",
    "hand_many",
    "hand_to_department",
    "hand_to_hotline",
    "hide",
    "keep_picture",
    "link_suggestion",
    "look",
    "merge",
    "note_check",
    "note_progress",
    "note_text_message",
    "open_import",
    "pass_on",
    "pass_on_neglected",
    "point_elsewhere",
    "propose_among",
    "propose_for",
    "propose_waiting",
    "publish",
    "receive",
    "receive_many",
    "receive_visitor",
    "reject",
    "remind",
    "report_back",
    "report_result",
    "resident_answers",
    "set_subject",
    "start_import",
    "sweep_pictures",
    "take_up",
    "tell",
    "tell_by_hand",
    "title_of",
    "uncompared",
    "undo",
    "unlink_suggestion",
    "unmerge",
    "waiting_picture",
    "withdraw",
]
