"""The transition table T1 to T37 of a suggestion: actor, limit, law, and what walks it.

`steps` name rows of the workflow tables and with them their cases (who may, who may not, in
which state). `follows` are steps that the system takes by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huiyin.rulebook.choices import Key
from huiyin.suggestions import actions
from huiyin.suggestions.choices import Score
from tests.suggestions import cases, walk, ways
from tests.suggestions.walk import City, fresh

REFUSED, LATE = "refused", "late"


@dataclass(frozen=True)
class Limit:
    """A time limit: the clock that measures it, the act that keeps it, and what follows when missed."""

    key: Key
    arrange: Callable[[City], Any]
    clock: Callable[[Any], Any]
    act: Callable[[City, Any], Any]
    past: str = LATE


@dataclass(frozen=True)
class Transition:
    number: str
    way: str
    actor: str
    law: str
    steps: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()

    def __str__(self) -> str:
        return f"{self.number} {self.way}"


def _task_clock(item: Any) -> Any:
    return fresh(item).clock


def _contact_clock(item: Any) -> Any:
    return fresh(item).contact_clock


def _reply_clock(item: Any) -> Any:
    return fresh(item).reply_clock


def _returned_to_another(city: City) -> Any:
    task = city.task(city.handling())
    actions.ask_return(task, reason="职责在别处", by=city.unit_clerk)
    return actions.grant_return(task, ruling="同意", unit=city.finance, by=city.clerk)


def _ruling_clock(suggestion: Any) -> Any:
    return suggestion.assignments.get(state="returned").return_requests.get().clock


def _opinion_asked_again(city: City) -> Any:
    task = city.cotask(city.handling(cohandled=True))
    actions.give_opinion(task, opinion=walk.OPINION, by=city.finance_clerk)
    return actions.ask_again(task, words="请写明金额", by=city.unit_clerk)


def _redoing(city: City) -> Any:
    suggestion = city.replied()
    walk.rate(suggestion, by=city.deputy_user, score=Score.DISSATISFIED, words="没有说清")
    return fresh(suggestion)


def _finish_if_late(city: City, suggestion: Any) -> Any:
    """The night's job comes before the morning's rating."""
    actions.finish_silent_rounds()
    return walk.rate(suggestion, by=city.deputy_user)


def _opinion(city: City, task: Any) -> Any:
    return actions.give_opinion(task, opinion=walk.OPINION, by=city.finance_clerk)


def _contact(city: City, task: Any) -> Any:
    day = walk.clock.today()
    return actions.log_contact(
        task, kind="visit", on=day, persons="李科长", summary="看了现场", by=city.unit_clerk
    )


def _extend(city: City, task: Any) -> Any:
    until = walk.dt.date(2026, 8, 5)
    return actions.ask_extension(task, reason="管线", until=until, by=city.unit_clerk)


def _grant_extension(city: City, task: Any) -> Any:
    return actions.grant_extension(task, ruling="同意", by=city.clerk)


def _extension_clock(task: Any) -> Any:
    return task.unit_requests.get().clock


def _distribute(city: City, suggestion: Any) -> Any:
    tasks = [actions.Task(city.unit, "lead")]
    return actions.distribute(suggestion, tasks=tasks, by=city.government)


def _claimed(city: City) -> Any:
    promise = city.promise(city.tracking())
    return actions.claim_done(promise, evidence="已投入使用", by=city.unit_clerk)


def _agreement_asked(city: City) -> Any:
    suggestion = ways.joint_drafted(city)
    actions.ask_agreement(suggestion, by=city.unit_clerk)
    return ways.joint_task(suggestion)


SIGNED_FOR = Limit(
    Key.SIGNING_WINDOW,
    lambda city: city.task(city.handed_over()),
    _task_clock,
    lambda city, task: actions.sign_for(task, by=city.unit_clerk),
)
ANSWERED = Limit(
    Key.REPLY_NORMAL,
    City.reviewing,
    _reply_clock,
    lambda city, item: actions.sign_reply(item, by=city.leader),
)
S = "suggestion."
A = "assignment."

# fmt: off
TABLE = (
    Transition("T1",  "S0 → S1/S2",          "代表",           "北京9 代表法24",       (S + "submit", S + "invite", "signature.invite")),
    Transition("T2",  "S1 → S2",             "联名代表",       "重庆8 上海4",          ("signature.sign", "signature.decline", "signature.remove_signer")),
    Transition("T3",  "S2 → S3",             "系统",           "重庆13",               (S + "submit",)),
    Transition("T4",  "S3 → S3R/SN/SL",      "代工委",         "重庆13 青岛11",        (S + "return_for_revision", S + "refuse", S + "treat_as_letter")),
    Transition("T5",  "S3 → S4",             "代工委",         "",                     (S + "register",)),
    Transition("T6",  "S4 → SM",             "代工委",         "重庆13 浙江18",        (S + "merge", S + "unmerge")),
    Transition("T7",  "S4 → S5",             "代工委",         "重庆14",               (S + "propose_units",)),
    Transition("T8",  "S5 → S6",             "代工委负责人",   "青岛14 山东10 上海11", (S + "hand_over",), limits=(
        Limit(Key.HANDOVER_BETWEEN_SESSION, City.assigned, _task_clock, lambda city, item: actions.hand_over(item, by=city.director)),)),
    Transition("T9",  "S6 → S6G → S6",       "系统、政府办",   "上海11",               (S + "distribute",), (S + "pass_to_office", A + "distribute"), (
        Limit(Key.DISTRIBUTE_WINDOW, ways.distributing, lambda item: item.assignments.get(role="office").clock, _distribute),)),
    Transition("T10", "S6/S6G → S7",         "承办单位",       "",                     (A + "sign_for",), (S + "sign_for",), (SIGNED_FOR,)),
    Transition("T11", "S7/S6 → S7B",         "承办单位",       "青岛19 山东12",        (A + "ask_return",), (S + "ask_return",)),
    Transition("T12", "S7B → S6",            "代工委、政府办", "重庆16 青岛19",        (A + "grant_return", S + "hand_over"), (S + "grant_return",), (
        Limit(Key.REHANDOVER_WINDOW, _returned_to_another, _ruling_clock, lambda city, item: actions.hand_over(item, by=city.director)),)),
    Transition("T13", "S7B → S7",            "代工委",         "青岛19",               (A + "refuse_return",), (S + "refuse_return",)),
    Transition("T14", "S7 → S7",             "承办单位、代表", "代表法51 重庆18",      (A + "log_contact", "face_record.confirm", "face_record.dispute"), limits=(
        Limit(Key.CONTACT_WINDOW, lambda city: city.task(city.handling()), _contact_clock, _contact),)),
    Transition("T15", "会办任务 → 办完",     "会办单位",       "青岛24 上海17 重庆20", (A + "give_opinion", A + "ask_again"), limits=(
        Limit(Key.COHANDLER_WINDOW, lambda city: city.cotask(city.handling(cohandled=True)), _task_clock, _opinion),
        Limit(Key.COHANDLER_AGAIN, _opinion_asked_again, _task_clock, _opinion))),
    Transition("T16", "S7 → S7E",            "承办单位",       "代表法51 青岛25",      (A + "ask_extension",), (S + "ask_extension",), (
        Limit(Key.REPLY_NORMAL, lambda city: city.task(city.handling()), _task_clock, _extend, REFUSED),)),
    Transition("T17", "S7 → S8 → S8A → S9",  "承办单位",       "代表法51",             (S + "draft_reply", S + "send_for_review", S + "sign_reply", A + "draft_part", A + "send_part", A + "sign_part"), (A + "reply_jointly",), (
        ANSWERED, Limit(Key.COUNTERSIGN_WINDOW, _agreement_asked, _task_clock, lambda city, task: actions.agree(task, by=city.finance_leader)))),
    Transition("T18", "S9 → S10",            "系统",           "重庆26 山东23",        (S + "sign_reply",), (S + "answer_in_parts",)),
    Transition("T19", "S10 → S11",           "代表",           "重庆27 北京23",        (S + "rate",), limits=(
        Limit(Key.RATING_WINDOW, City.replied, _task_clock, _finish_if_late),)),
    Transition("T20", "S10 → S11 未表态",    "系统",           "重庆29",               (), (S + "finish_round",)),
    Transition("T21", "S11 不满意 → S12",    "系统",           "上海21 重庆27",        (), (S + "redo", A + "redo"), (
        Limit(Key.REDO_WINDOW, _redoing, _task_clock, lambda city, item: city.reply_again(item)),)),
    Transition("T22", "S12 → S9",            "承办单位",       "上海21",               (S + "draft_reply", S + "sign_reply"), limits=(
        Limit(Key.REDO_WINDOW, lambda city: city.task(_redoing(city)), _task_clock, lambda city, task: city.reply_again(task.suggestion)),)),
    Transition("T23", "再不满意 → S12B",     "系统",           "重庆27 河南22",        (S + "convene",), (S + "coordinate",)),
    Transition("T24", "S11 → S13",           "代工委",         "",                     (S + "close",)),
    Transition("T25", "S11 → S14",           "系统",           "重庆24 青岛27 上海22", (), (S + "track", "promise.open")),
    Transition("T26", "S14 → S13",           "代工委",         "上海22 重庆28",        ("promise.confirm", "promise.send_back_promise", "promise.break_promise"), (S + "settle",), (
        Limit(Key.PROMISE_CHECK, _claimed, _task_clock, lambda city, promise: actions.confirm(promise, by=city.clerk)),)),
    Transition("T27", "答复前 → SX",         "代表",           "重庆12 青岛12 上海10", (S + "withdraw", S + "ask_withdrawal"), (A + "end", S + "release")),
    Transition("T28", "临近、逾期提醒",      "系统",           "",                     ()),
    Transition("T29", "S3R → S2",            "代表",           "青岛11",               (S + "revise", S + "resubmit")),
    Transition("T30", "S7E → S7",            "代工委、政府办", "上海19 青岛25",        (A + "grant_extension", A + "refuse_extension"), (S + "grant_extension", S + "refuse_extension"), (
        Limit(Key.EXTENSION_RULING, ways.extension_asked, _extension_clock, _grant_extension),)),
    Transition("T31", "S7 → S7",             "代工委、政府办", "上海14",               (S + "add_cohandler", A + "remove_cohandler")),
    Transition("T32", "S8A → S8",            "单位负责人、政府办", "青岛29",           (S + "send_back", A + "send_back_part")),
    Transition("T33", "S9 → S8",             "代工委",         "",                     (A + "ask_recall", A + "grant_recall", A + "refuse_recall"), (S + "recall", S + "recall_part", "promise.undo_promise", A + "drop_recall")),
    Transition("T34", "SM 随主件",           "系统",           "浙江18 湖南21",        (), (S + "follow_hand_over", S + "follow_reply", S + "follow_recall", S + "release")),
    Transition("T35", "未表态 → S13/S14",    "代工委",         "重庆29",               (S + "close", S + "rate")),
    Transition("T36", "S12B → S12/S13/S14",  "代工委",         "重庆27 河南22",        (S + "decide_redo", S + "decide_accept", S + "decide_track"), (A + "redo",)),
    Transition("T37", "S13 → S12",           "代工委",         "青岛31",               (S + "reopen_handling", "promise.reopen_promise"), (S + "reopen",)),
)
# fmt: on

CASES_OF = {str(case): case for case in cases.CASES}
