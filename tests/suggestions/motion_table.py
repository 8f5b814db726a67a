"""The transition table M0 to M14 of a motion (docs/practice.md, motions): actor, limit, law, and what walks it.

`number` is the state a row leads to; the rest is as in the table of suggestions.
"""

from typing import Any

from huiyin.rulebook.choices import Key
from huiyin.suggestions.actions import motions
from tests.suggestions import moved
from tests.suggestions.transitions import Limit, Transition
from tests.suggestions.walk import City, fresh


def _clock(motion: Any) -> Any:
    return fresh(motion).clock


def _pass(city: City, motion: Any) -> Any:
    return moved.examining(city, motion)


M = "motion."

# fmt: off
MOTION_TABLE = (
    Transition("M1",  "M0 → M1",         "领衔代表、联名代表", "上海议案6 重庆8",           (M + "set_kind", "suggestion.invite", "signature.sign")),
    Transition("M2",  "M1 → M2",         "领衔代表",           "代表法15 地方组织法22",     (M + "submit", M + "resubmit", "suggestion.record_vote"), ("suggestion.move",)),
    Transition("M3",  "M2 → M3",         "秘书处",             "上海议案9",                 (M + "register", M + "ask_revision", M + "become_suggestion"), ("suggestion.return_motion", "suggestion.leave_motion")),
    Transition("M4",  "M3 → M4",         "秘书处、代工委",     "上海议案10",                (M + "pass_to_committee",), limits=(
        Limit(Key.MOTION_PASS, moved.registered_between, _clock, _pass),)),
    Transition("M5",  "M4 → M5",         "委员会",             "上海议案10 代表法50",       (M + "give_opinion",), limits=(
        Limit(Key.MOTION_OPINION, lambda city: moved.examining(city, moved.registered_between(city)), _clock, lambda city, item: moved.opine(city, item, city.committee_user)),)),
    Transition("M6",  "M5 → M6",         "主席团",             "地方组织法22",              (M + "put_on_agenda",)),
    Transition("M7",  "M5 → M7",         "主席团",             "地方组织法22",              (M + "refer",)),
    Transition("M8",  "M5 → M8 → S4",    "主席团",             "重庆11 北京2 青岛2",        (M + "convert",), ("suggestion.convert",)),
    Transition("M9",  "M5 → M9",         "主席团",             "上海议案12",                (M + "refuse",)),
    Transition("M5",  "M9 → M5",         "提案代表",           "上海议案14",                ("signature.ask_reconsideration",), (M + "reconsider",)),
    Transition("M10", "M6 → M10",        "全体会议",           "地方组织法25",              (M + "adopt",), (M + "reject",)),
    Transition("MX",  "M2…M6 → MX",      "提案代表、主席团",   "代表法15 上海议案13",       (M + "ask_withdrawal", M + "withdraw", "signature.leave_motion"), (M + "lapse", M + "drop", "suggestion.end_motion")),
    Transition("M11", "M7 → M11",        "专门委员会",         "上海议案15",                (M + "report",), limits=(
        Limit(Key.MOTION_REPORT, moved.referred, _clock, lambda city, item: motions.report(item, report="审议完毕。", by=city.committee_user)),)),
    Transition("M12", "M11 → M12",       "常委会",             "上海议案19",                (M + "hand_to_organ",)),
    Transition("M13", "M12 → M13",       "有关机关",           "上海议案20 上海议案21",     (M + "answer", M + "answer_again"), limits=(
        Limit(Key.MOTION_ORGAN, moved.handed_over, _clock, lambda city, item: moved.answer(city, item, city.leader)),
        Limit(Key.MOTION_AGAIN, moved.asked_again, _clock, lambda city, item: moved.answer(city, item, city.leader)))),
    Transition("M14", "M11、M13 → M14",  "常委会、主席团",     "上海议案19 上海议案21",     (M + "conclude", M + "close"), ("suggestion.finish_motion",)),
)
# fmt: on
