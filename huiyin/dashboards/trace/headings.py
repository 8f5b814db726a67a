"""How each step reads in the trace. A step without a heading is bookkeeping and is not told."""

from django.utils.translation import gettext_lazy as _

from huiyin.opinions.models import Matter
from huiyin.suggestions.models import Assignment, Promise, Signature, Suggestion

MATTER, SUGGESTION = Matter.item_kind(), Suggestion.item_kind()
ASSIGNMENT, SIGNATURE = Assignment.item_kind(), Signature.item_kind()
PROMISE = Promise.item_kind()

HEADINGS = {
    (MATTER, "point_elsewhere"): _("告诉居民该找哪里"),
    (MATTER, "answer_on_the_spot"): _("当场答复居民"),
    (MATTER, "give_to_deputy"): _("请代表跟进"),
    (MATTER, "take_up"): _("代表跟进"),
    (MATTER, "deputy_answers"): _("代表答复居民"),
    (MATTER, "give_back"): _("代表请代工委转办"),
    (MATTER, "hand_to_department"): _("转部门办理"),
    (MATTER, "hand_to_hotline"): _("转 12345 热线"),
    (MATTER, "report_back"): _("部门办理有了结果"),
    (MATTER, "link_suggestion"): _("写成代表建议"),
    (MATTER, "gather"): _("确认是同一件事"),
    (MATTER, "report_result"): _("结果告诉居民，问解决了没有"),
    (MATTER, "reopen"): _("居民说没解决，重新跟进"),
    (MATTER, "pass_on"): _("代表没有跟进，交代工委"),
    (MATTER, "close"): _("居民的事了结"),
    (SUGGESTION, "write"): _("代表起草建议"),
    (SIGNATURE, "sign"): _("代表在这一稿上签名"),
    (SUGGESTION, "submit"): _("代表提出建议"),
    (SUGGESTION, "return_for_revision"): _("退回代表修改"),
    (SUGGESTION, "resubmit"): _("代表修改后再提出"),
    (SUGGESTION, "refuse"): _("不予受理"),
    (SUGGESTION, "treat_as_letter"): _("作代表来信处理"),
    (SUGGESTION, "register"): _("审查立案，编号"),
    (SUGGESTION, "hand_over"): _("交办"),
    (SUGGESTION, "ask_return"): _("承办单位申请退办"),
    (SUGGESTION, "grant_return"): _("同意退办，另行交办"),
    (SUGGESTION, "refuse_return"): _("不同意退办"),
    (SUGGESTION, "send_back"): _("答复稿退回重拟"),
    (SUGGESTION, "sign_reply"): _("承办单位答复"),
    (SUGGESTION, "rate"): _("代表评价答复"),
    (SUGGESTION, "finish_round"): _("这一轮评价结束"),
    (SUGGESTION, "redo"): _("有代表不满意，重新办理"),
    (SUGGESTION, "coordinate"): _("再次不满意，协调研究"),
    (SUGGESTION, "decide_redo"): _("协调结果：再次办理"),
    (SUGGESTION, "decide_accept"): _("协调结果：采纳说明"),
    (SUGGESTION, "decide_track"): _("协调结果：跟踪承诺"),
    (SUGGESTION, "track"): _("承诺转入台账跟踪"),
    (SUGGESTION, "settle"): _("承诺全部了结"),
    (SUGGESTION, "close"): _("办结"),
    (SUGGESTION, "reopen"): _("重新跟踪"),
    (SUGGESTION, "withdraw"): _("代表撤回"),
    (ASSIGNMENT, "sign_for"): _("承办单位签收"),
    (ASSIGNMENT, "log_contact"): _("与代表沟通"),
    (ASSIGNMENT, "give_opinion"): _("会办意见送到"),
    (ASSIGNMENT, "ask_again"): _("请会办单位重送意见"),
    (ASSIGNMENT, "urge"): _("催办承办单位"),
    (PROMISE, "open"): _("作出承诺"),
    (PROMISE, "claim_done"): _("承办单位报告已完成"),
    (PROMISE, "confirm"): _("核实：已兑现"),
    (PROMISE, "send_back_promise"): _("核实：还没有办好"),
    (PROMISE, "break_promise"): _("未能兑现，书面说明"),
    (PROMISE, "rate_promise"): _("代表评价兑现"),
    (PROMISE, "reopen_promise"): _("承诺重新跟踪"),
}

# Outsiders read the turns, not what offices write to one another.
INSIDE = {
    (MATTER, "give_back"),
    (MATTER, "pass_on"),
    (MATTER, "gather"),
    (SUGGESTION, "write"),
    (SUGGESTION, "return_for_revision"),
    (SUGGESTION, "resubmit"),
    (SUGGESTION, "ask_return"),
    (SUGGESTION, "grant_return"),
    (SUGGESTION, "refuse_return"),
    (SUGGESTION, "send_back"),
    (SUGGESTION, "rate"),
    (ASSIGNMENT, "ask_again"),
    (ASSIGNMENT, "urge"),
    (PROMISE, "send_back_promise"),
    (PROMISE, "rate_promise"),
}
PUBLIC_STEPS = frozenset(HEADINGS) - INSIDE
