"""The life of a suggestion. The T numbers name the transitions of a suggestion (docs/practice.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.workflow import Step, Workflow
from huiyin.suggestions import permissions as may
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.permissions import motions
from huiyin.suggestions.workflow import guards, lettering, moving, stages

# fmt: off
SUGGESTION = Workflow[Any, Suggestion](
    "suggestion",
    #    name                  button             from                                                     to                  who                             closed while           law
    Step("revise",              _("修改"),         stages.WITH_DEPUTIES,                            None,                  may.can_revise,              None,                         "T29 青岛11"),
    Step("invite",              _("邀请联名"),     stages.WRITING,                                  State.COLLECTING,      may.can_invite,              moving.is_of_deputies,        "T1 重庆8"),
    Step("invite_more",         _("邀请联名"),     (State.RETURNED,),                               None,                  may.can_invite,              moving.is_of_deputies,        "T29 重庆8"),
    Step("submit",              _("提交"),         stages.WRITING,                                  State.EXAMINING,       may.can_submit,              guards.may_be_handed_in,      "T1 T2 T3 代表法24 重庆13"),
    Step("resubmit",            _("重新提交"),     (State.RETURNED,),                               State.EXAMINING,       may.can_resubmit,            guards.may_be_handed_in,      "T29 青岛11"),
    Step("record_vote",         _("记录代表团表决"), stages.WITH_DEPUTIES,                          None,                  may.can_record_vote,         None,                         "重庆8"),
    Step("move",                _("提出议案"),     stages.WITH_DEPUTIES,                            State.MOVED,           may.can_move,                None,                         "M2 地方组织法22"),
    Step("return_motion",       _("请修改议案"),   (State.MOVED,),                                  State.RETURNED,        may.can_examine,             None,                         "M3 上海议案9"),
    Step("leave_motion",        _("改作建议提出"), stages.WITH_DEPUTIES,                            None,                  may.can_move,                None,                         "M3 上海议案9"),
    Step("convert",             _("议案转为建议"), (State.MOVED,),                                  State.REGISTERED,      motions.can_convert_motion,  None,                         "M8 重庆11"),
    Step("finish_motion",       _("议案办结"),     (State.MOVED,),                                  State.MOTION_DONE,     may.by_the_system,           None,                         "M14 上海议案21"),
    Step("end_motion",          _("议案撤回"),     (State.MOVED,),                                  State.WITHDRAWN,       may.by_the_system,           None,                         "MX 上海议案13"),
    Step("return_for_revision", _("退回修改"),     (State.EXAMINING,),                              State.RETURNED,        may.can_return_for_revision, None,                         "T4 重庆13"),
    Step("refuse",              _("不予受理"),     (State.EXAMINING,),                              State.REFUSED,         may.can_refuse,              None,                         "T4 青岛11"),
    Step("treat_as_letter",     _("作来信处理"),   (State.EXAMINING,),                              State.LETTER,          may.can_treat_as_letter,     None,                         "T4 北京15"),
    Step("register",            _("立案编号"),     (State.EXAMINING,),                              State.REGISTERED,      may.can_register,            None,                         "T5"),
    Step("merge",               _("并案"),         (State.REGISTERED, State.ASSIGNING),             State.MERGED,          may.can_merge,               None,                         "T6 重庆13 浙江18"),
    Step("unmerge",             _("撤销并案"),     (State.MERGED,),                                 State.REGISTERED,      may.can_merge,               None,                         "T6 浙江18"),
    Step("release",             _("并案主件撤回"), (State.MERGED,),                                 State.REGISTERED,      may.by_the_system,           None,                         "T27 T34"),
    Step("follow_hand_over",    _("随主件交办"),   (State.MERGED,),                                 None,                  may.by_the_system,           None,                         "T34 浙江18 湖南21"),
    Step("follow_reply",        _("随主件答复"),   (State.MERGED,),                                 State.REPLIED,         may.by_the_system,           None,                         "T34 浙江18 湖南21"),
    Step("follow_recall",       _("随主件收回"),   (State.REPLIED,),                                State.MERGED,          may.by_the_system,           None,                         "T33 T34"),
    Step("propose_units",       _("拟定承办单位"), (State.REGISTERED, State.ASSIGNING),             State.ASSIGNING,       may.can_propose_units,       None,                         "T7 重庆14"),
    Step("hand_over",           _("交办"),         (State.ASSIGNING,),                              State.HANDED_OVER,     may.can_hand_over,           guards.proposal_is_whole,     "T8 T12 代表法51 青岛14 山东10 上海11"),
    Step("pass_to_office",      _("交政府办"),     (State.HANDED_OVER,),                            State.DISTRIBUTING,    may.by_the_system,           None,                         "T9 上海11"),
    Step("distribute",          _("分办"),         (State.DISTRIBUTING,),                           State.HANDED_OVER,     may.can_distribute,          None,                         "T9 上海11"),
    Step("refer",               _("转作参考"),     (State.ASSIGNING,),                              State.REFERRED,        may.can_hand_over,           guards.is_for_reference,      "上海18"),
    Step("sign_for",            _("签收"),         (State.HANDED_OVER,),                            State.HANDLING,        may.can_begin,               None,                         "T10"),
    Step("ask_return",          _("申请退办"),     (State.HANDED_OVER, State.HANDLING),             State.RETURN_ASKED,    may.can_handle,              None,                         "T11 青岛19"),
    Step("grant_return",        _("同意退办"),     (State.RETURN_ASKED,),                           State.ASSIGNING,       may.can_rule_return,         None,                         "T12 青岛19"),
    Step("refuse_return",       _("不同意退办"),   (State.RETURN_ASKED,),                           State.HANDLING,        may.can_rule_return,         None,                         "T13 青岛19"),
    Step("ask_extension",       _("申请延期"),     (State.HANDLING, State.DRAFTING),                State.EXTENSION_ASKED, may.can_handle,              None,                         "T16 代表法51 青岛25"),
    Step("inform_extension",    _("告知延期"),     (State.HANDLING, State.DRAFTING),                None,                  may.can_handle,              None,                         "T16 河南20"),
    Step("grant_extension",     _("同意延期"),     (State.EXTENSION_ASKED,),                        State.HANDLING,        may.can_rule_return,         None,                         "T30 上海19 青岛25"),
    Step("refuse_extension",    _("不同意延期"),   (State.EXTENSION_ASKED,),                        State.HANDLING,        may.can_rule_return,         None,                         "T30 上海19"),
    Step("draft_reply",         _("拟写答复"),     (State.HANDLING, State.REDOING, State.DRAFTING), State.DRAFTING,        may.can_draft_reply,         None,                         "T17 T22 代表法51 上海21"),
    Step("ask_agreement",       _("请会签"),       (State.DRAFTING,),                               None,                  may.can_ask_agreement,       lettering.has_joint_leads,    "上海17"),
    Step("send_for_review",     _("送审"),         (State.DRAFTING,),                               State.REVIEWING,       may.can_send_for_review,     lettering.reply_is_ready,     "T17 青岛24"),
    Step("send_back",           _("退回重拟"),     (State.REVIEWING,),                              State.DRAFTING,        may.can_send_back,           None,                         "T32 青岛29"),
    Step("sign_reply",          _("签发"),         (State.REVIEWING,),                              State.REPLIED,         may.can_sign_reply,          lettering.reply_is_ready,     "T17 T18 T22 代表法51 重庆26 山东23"),
    Step("answer_in_parts",     _("分办答复到齐"), (State.HANDLING, State.REDOING),                 State.REPLIED,         may.by_the_system,           lettering.parts_are_answered, "T17 T18 青岛16"),
    Step("recall",              _("收回答复"),     (State.REPLIED,),                                State.DRAFTING,        may.can_recall,              lettering.nobody_has_rated,   "T33"),
    Step("recall_part",         _("收回分办答复"), (State.REPLIED,),                                State.HANDLING,        may.can_recall,              lettering.nobody_has_rated,   "T33"),
    Step("rate",                _("评价"),         stages.RATEABLE,                                 None,                  may.can_rate,                lettering.letter_is_ours,     "T19 T35 重庆27 重庆29 北京23"),
    Step("finish_round",        _("评价结束"),     (State.REPLIED,),                                State.RATED,           may.by_the_system,           None,                         "T19 T20 重庆29"),
    Step("redo",                _("重新办理"),     (State.RATED,),                                  State.REDOING,         may.by_the_system,           None,                         "T21 重庆27"),
    Step("coordinate",          _("协调研究"),     (State.RATED,),                                  State.COORDINATING,    may.by_the_system,           None,                         "T23 重庆27"),
    Step("track",               _("转入台账"),     (State.RATED,),                                  State.TRACKING,        may.by_the_system,           guards.something_is_promised, "T25 上海22"),
    Step("close",               _("办结"),         (State.RATED,),                                  State.CLOSED,          may.can_close,               guards.nothing_is_promised,   "T24 T35 重庆29"),
    Step("convene",             _("记录面商"),     (State.COORDINATING,),                           None,                  may.can_decide,              None,                         "T23 T36 重庆27 河南22"),
    Step("decide_redo",         _("再次办理"),     (State.COORDINATING,),                           State.REDOING,         may.can_decide,              guards.was_convened,          "T36 重庆27"),
    Step("decide_accept",       _("采纳说明"),     (State.COORDINATING,),                           State.CLOSED,          may.can_decide,              guards.may_be_accepted,       "T36 河南22"),
    Step("decide_track",        _("跟踪承诺"),     (State.COORDINATING,),                           State.TRACKING,        may.can_decide,              guards.may_be_tracked,        "T36 河南22"),
    Step("settle",              _("承诺了结"),     (State.TRACKING,),                               State.CLOSED,          may.by_the_system,           guards.nothing_is_promised,   "T26 上海22"),
    Step("reopen",              _("重新跟踪"),     (State.CLOSED,),                                 State.TRACKING,        may.can_decide,              guards.something_is_promised, "T37 青岛31"),
    Step("reopen_handling",     _("发回重新办理"), (State.CLOSED,),                                 State.REDOING,         may.can_decide,              lettering.has_a_task,         "T37 青岛31"),
    Step("confide",             _("指定知悉人"),   stages.AT_THE_DESK,                              None,                  may.can_confide,             guards.is_in_confidence,      "青岛18 山东11"),
    Step("unconfide",           _("取消知悉人"),   stages.AT_THE_DESK,                              None,                  may.can_confide,             guards.is_in_confidence,      "青岛18 山东11"),
    Step("add_cohandler",       _("增加会办"),     stages.IN_WORK,                                  None,                  may.can_change_cohandlers,   guards.takes_cohandlers,      "T31 上海14"),
    Step("propose_publication", _("提出公开"),     stages.NUMBERED,                                 None,                  may.can_propose_publication, guards.wish_allows,           "重庆36 青岛30"),
    Step("ask_withdrawal",      _("请同意撤回"),   stages.HANDED_IN,                                None,                  may.can_withdraw,            guards.is_joint,              "T27 上海10"),
    Step("withdraw",            _("撤回"),         stages.BEFORE_REPLY,                             State.WITHDRAWN,       may.can_withdraw,            guards.everyone_agrees,       "T27 重庆12"),
)
# fmt: on
