"""The lives of what grows on a suggestion: signatures, tasks, promises, the public copy."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.workflow import Step, Workflow
from huiyin.suggestions import permissions as may
from huiyin.suggestions.choices import (
    AssignmentState,
    PromiseState,
    PublicationState,
    RecordState,
    RemarkState,
    SignatureState,
)
from huiyin.suggestions.models import (
    Assignment,
    FaceRecord,
    Promise,
    Publication,
    Remark,
    Signature,
)
from huiyin.suggestions.permissions import motions
from huiyin.suggestions.workflow import guards, lettering, moving, stages

# fmt: off
SIGNATURE = Workflow[Any, Signature](
    "signature",
    Step("sign",             _("签名"),     (SignatureState.INVITED, SignatureState.STALE),                                                 SignatureState.SIGNED,   may.can_sign,             guards.still_with_deputies, "T2 上海4"),
    Step("decline",          _("不附议"),   (SignatureState.INVITED, SignatureState.STALE),                                                 SignatureState.DECLINED, may.can_decline,          guards.still_with_deputies, "T2"),
    Step("remove_signer",    _("移除"),     (SignatureState.INVITED, SignatureState.STALE, SignatureState.SIGNED, SignatureState.DECLINED), SignatureState.REMOVED,  may.can_remove_signer,    guards.still_with_deputies, "T2"),
    Step("invite",           _("再次邀请"), (SignatureState.DECLINED, SignatureState.REMOVED),                                              SignatureState.INVITED,  may.can_remove_signer,    guards.still_with_deputies, "T1"),
    Step("ask_again",        _("请重签"),   (SignatureState.SIGNED, SignatureState.STALE),                                                  SignatureState.STALE,    may.can_remove_signer,    guards.still_with_deputies, "T29"),
    Step("ask_reconsideration", _("要求复议"), (SignatureState.SIGNED,),                                                                       None,                    motions.can_ask_reconsideration, moving.may_be_reconsidered, "M5 上海议案14"),
    Step("leave_motion",     _("退出联名"), (SignatureState.SIGNED,),                                                                       SignatureState.REMOVED,  motions.can_leave_motion, moving.name_can_be_taken_back, "MX 上海议案13"),
    Step("agree_withdrawal", _("同意撤回"), (SignatureState.SIGNED,),                                                                       None,                    may.can_agree_withdrawal, guards.lead_has_asked,      "上海10"),
)

ASSIGNMENT = Workflow[Any, Assignment](
    "assignment",
    Step("hand_over",          _("交办"),         (AssignmentState.PROPOSED,),                             AssignmentState.HANDED_OVER,     may.can_hand_over_task,   None,                                "T8 T12"),
    Step("sign_for",           _("签收"),         (AssignmentState.HANDED_OVER,),                          AssignmentState.HANDLING,        may.can_sign_for,         None,                                "T10"),
    Step("ask_return",         _("申请退办"),     (AssignmentState.HANDED_OVER, AssignmentState.HANDLING), AssignmentState.RETURN_ASKED,    may.can_ask_return,       guards.return_is_in_time,            "T11 青岛19"),
    Step("grant_return",       _("同意退办"),     (AssignmentState.RETURN_ASKED,),                         AssignmentState.RETURNED,        may.can_rule_task,        None,                                "T12 青岛19"),
    Step("refuse_return",      _("不同意退办"),   (AssignmentState.RETURN_ASKED,),                         AssignmentState.HANDLING,        may.can_rule_task,        None,                                "T13 青岛19"),
    Step("ask_extension",      _("申请延期"),     (AssignmentState.HANDLING,),                             AssignmentState.EXTENSION_ASKED, may.can_ask_extension,    lettering.extension_is_in_time,      "T16 代表法51 青岛25"),
    Step("inform_extension",   _("告知延期"),     (AssignmentState.HANDLING,),                             None,                            may.can_ask_extension,    lettering.extension_is_in_time,      "T16 河南20"),
    Step("grant_extension",    _("同意延期"),     (AssignmentState.EXTENSION_ASKED,),                      AssignmentState.HANDLING,        may.can_rule_task,        None,                                "T30 上海19 青岛25"),
    Step("refuse_extension",   _("不同意延期"),   (AssignmentState.EXTENSION_ASKED,),                      AssignmentState.HANDLING,        may.can_rule_task,        None,                                "T30 上海19"),
    Step("log_contact",        _("记录沟通"),     stages.AT_WORK,                                          None,                            may.can_log_contact,      None,                                "T14 代表法51"),
    Step("give_opinion",       _("送会办意见"),   (AssignmentState.HANDLING,),                             AssignmentState.OPINION_GIVEN,   may.can_give_opinion,     None,                                "T15 青岛24"),
    Step("ask_again",          _("请重送意见"),   (AssignmentState.OPINION_GIVEN,),                        AssignmentState.HANDLING,        may.can_ask_again,        guards.reply_is_not_sent,            "T15 重庆20"),
    Step("reply",              _("答复"),         (AssignmentState.HANDLING,),                             AssignmentState.REPLIED,         may.can_reply,            None,                                "T17"),
    Step("reply_jointly",      _("联合答复"),     (AssignmentState.AGREED,),                               AssignmentState.REPLIED,         may.by_the_system,        None,                                "T17 上海17"),
    Step("agree",              _("会签同意"),     (AssignmentState.HANDLING,),                             AssignmentState.AGREED,          may.can_agree,            lettering.draft_waits_for_agreement, "上海17"),
    Step("disagree",           _("会签不同意"),   (AssignmentState.HANDLING,),                             None,                            may.can_agree,            lettering.draft_waits_for_agreement, "上海17 重庆20"),
    Step("withdraw_agreement", _("会签失效"),     (AssignmentState.AGREED, AssignmentState.REPLIED),       AssignmentState.HANDLING,        may.by_the_system,        None,                                "上海17"),
    Step("draft_part",         _("拟写答复"),     (AssignmentState.HANDLING,),                             None,                            may.can_draft_part,       None,                                "T17 T22 青岛16"),
    Step("send_part",          _("送审"),         (AssignmentState.HANDLING,),                             AssignmentState.REVIEWING,       may.can_draft_part,       lettering.part_is_ready,             "T17 青岛16"),
    Step("send_back_part",     _("退回重拟"),     (AssignmentState.REVIEWING,),                            AssignmentState.HANDLING,        may.can_sign_part,        None,                                "T32 青岛29"),
    Step("sign_part",          _("签发"),         (AssignmentState.REVIEWING,),                            AssignmentState.REPLIED,         may.can_sign_part,        lettering.part_is_ready,             "T17 T18 青岛16"),
    Step("note",               _("收阅"),         (AssignmentState.HANDED_OVER,),                          AssignmentState.NOTED,           may.can_note,             None,                                "平台"),
    Step("distribute",         _("分办"),         (AssignmentState.HANDED_OVER,),                          AssignmentState.ENDED,           may.can_distribute_task,  None,                                "T9 上海11"),
    Step("ask_recall",         _("申请收回答复"), (AssignmentState.REPLIED,),                              AssignmentState.RECALL_ASKED,    may.can_ask_recall,       lettering.reply_is_unrated,          "T33"),
    Step("grant_recall",       _("同意收回"),     (AssignmentState.RECALL_ASKED,),                         AssignmentState.HANDLING,        may.can_rule_recall,      lettering.reply_is_unrated,          "T33"),
    Step("refuse_recall",      _("不同意收回"),   (AssignmentState.RECALL_ASKED,),                         AssignmentState.REPLIED,         may.can_rule_recall,      None,                                "T33"),
    Step("drop_recall",        _("收回申请作罢"), (AssignmentState.RECALL_ASKED,),                         AssignmentState.REPLIED,         may.by_the_system,        None,                                "T33"),
    Step("urge",               _("催办"),         (AssignmentState.HANDED_OVER, AssignmentState.HANDLING), None,                            may.can_urge,             guards.was_not_urged_today,          "平台"),
    Step("redo",               _("重新办理"),     (AssignmentState.REPLIED,),                              AssignmentState.HANDLING,        may.by_the_system,        None,                                "T21 T36"),
    Step("remove_cohandler",   _("撤销会办"),     stages.UNDER_WAY,                                        AssignmentState.ENDED,           may.can_remove_cohandler, guards.cohandlers_may_change,        "T31 上海14"),
    Step("end",                _("终止"),         stages.UNENDED,                                          AssignmentState.ENDED,           may.by_the_system,        None,                                "T7 T27"),
)

PROMISE = Workflow[Any, Promise](
    "promise",
    Step("open",              _("作出承诺"),   (PromiseState.DRAFT,),                     PromiseState.OPEN,    may.can_open_promise,    None,                "T25 重庆24"),
    Step("drop",              _("删去"),       (PromiseState.DRAFT,),                     PromiseState.DROPPED, may.can_claim_done,      None,                "T17"),
    Step("undo_promise",      _("随答复收回"), (PromiseState.OPEN,),                      PromiseState.DRAFT,   may.can_check_promise,   None,                "T33"),
    Step("claim_done",        _("报告完成"),   (PromiseState.OPEN,),                      PromiseState.CLAIMED, may.can_claim_done,      None,                "上海22"),
    Step("confirm",           _("核实完成"),   (PromiseState.CLAIMED,),                   PromiseState.KEPT,    may.can_check_promise,   None,                "T26"),
    Step("send_back_promise", _("退回继续办"), (PromiseState.CLAIMED,),                   PromiseState.OPEN,    may.can_check_promise,   None,                "T26"),
    Step("break_promise",     _("说明未兑现"), (PromiseState.OPEN,),                      PromiseState.BROKEN,  may.can_break_promise,   None,                "T26 上海22"),
    Step("explain_promise",   _("换届说明"),   (PromiseState.OPEN, PromiseState.CLAIMED), None,                 may.can_explain_promise, guards.term_is_over, "上海22"),
    Step("rate_promise",      _("评价兑现"),   (PromiseState.KEPT, PromiseState.BROKEN),  None,                 may.can_rate_promise,    None,                "重庆28"),
    Step("reopen_promise",    _("重新跟踪"),   (PromiseState.KEPT, PromiseState.BROKEN),  PromiseState.OPEN,    may.can_check_promise,   None,                "T37 青岛31"),
)

PUBLICATION = Workflow[Any, Publication](
    "publication",
    Step("publish",            _("公开"),         (PublicationState.PROPOSED,),                                PublicationState.PUBLISHED,   may.can_publish,       guards.may_be_published, "重庆36 青岛30"),
    Step("update_publication", _("更新公开内容"), (PublicationState.PUBLISHED,),                               None,                         may.can_publish,       guards.may_be_published, "平台"),
    Step("keep_closed",        _("不公开"),       (PublicationState.PROPOSED,),                                PublicationState.KEPT_CLOSED, may.can_keep_closed,   None,                    "河南29"),
    Step("take_back",          _("撤下"),         (PublicationState.PUBLISHED,),                               PublicationState.TAKEN_BACK,  may.can_take_back,     None,                    "平台"),
    Step("propose_again",      _("重新提出公开"), (PublicationState.KEPT_CLOSED, PublicationState.TAKEN_BACK), PublicationState.PROPOSED,    may.can_propose_again, guards.may_be_published, "平台"),
)

REMARK = Workflow[Any, Remark](
    "remark",
    Step("answer_on_the_spot",   _("当场已答复"), (RemarkState.NOTED,),                                            RemarkState.ANSWERED, may.can_answer_on_the_spot,   None, "青岛32"),
    Step("pass_remark",          _("交单位答复"), (RemarkState.NOTED,),                                            RemarkState.ASSIGNED, may.can_pass_remark,          None, "青岛32"),
    Step("answer_remark",        _("答复代表"),   (RemarkState.ASSIGNED,),                                         RemarkState.ANSWERED, may.can_answer_remark,        None, "青岛32"),
    Step("turn_into_suggestion", _("写成建议"),   (RemarkState.NOTED, RemarkState.ASSIGNED, RemarkState.ANSWERED), RemarkState.TURNED,   may.can_turn_into_suggestion, None, "青岛32"),
)

FACE_RECORD = Workflow[Any, FaceRecord](
    "face_record",
    Step("confirm", _("确认面复"), (RecordState.RECORDED, RecordState.DISPUTED), RecordState.CONFIRMED, may.can_confirm_face, None, "T14 山东22"),
    Step("dispute", _("有异议"),   (RecordState.RECORDED,),                      RecordState.DISPUTED,  may.can_dispute_face, None, "T14 山东22"),
)
# fmt: on
