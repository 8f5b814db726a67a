"""The lives of a suggestion, a signature, a task, a promise and a publication, as tables.

docs/workflows/ is drawn from here by `manage.py draw_workflows`. The T numbers are those of
the transition table in domain.md 2.4; a later mode of handling is a further row.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock
from huiyin.kernel.workflow import Step, Words, Workflow
from huiyin.suggestions import permissions as may
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    Openness,
    PromiseState,
    PublicationState,
    ResultClass,
    SignatureState,
    State,
)
from huiyin.suggestions.models import Assignment, Promise, Publication, Signature, Suggestion

WRITING = (State.DRAFT, State.COLLECTING)
WITH_DEPUTIES = (*WRITING, State.RETURNED)
BEFORE_REPLY = (
    *WITH_DEPUTIES,
    State.EXAMINING,
    State.REGISTERED,
    State.ASSIGNING,
    State.HANDED_OVER,
    State.HANDLING,
    State.RETURN_ASKED,
    State.DRAFTING,
    State.REVIEWING,
)
HANDED_IN = tuple(state for state in BEFORE_REPLY if state not in WRITING)
IN_WORK = (State.HANDED_OVER, State.HANDLING, State.DRAFTING, State.REDOING)
NUMBERED = (
    State.REGISTERED,
    State.ASSIGNING,
    *IN_WORK,
    State.RETURN_ASKED,
    State.REVIEWING,
    State.REPLIED,
    State.RATED,
    State.COORDINATING,
    State.TRACKING,
    State.CLOSED,
)
RATEABLE = (State.REPLIED, State.RATED, State.TRACKING, State.CLOSED)
AT_WORK = (AssignmentState.HANDLING, AssignmentState.OPINION_GIVEN)
UNDER_WAY = (AssignmentState.PROPOSED, AssignmentState.HANDED_OVER, *AT_WORK)


def paper_is_complete(suggestion: Suggestion) -> Words | None:
    """The parts Beijing art. 9 demands, and every name asked for has answered (Chongqing art. 8)."""
    if not suggestion.situation.strip() or not suggestion.proposals.strip():
        return _("“情况和问题”“具体建议”都要写。")
    if names := [str(signature.deputy) for signature in suggestion.unsettled]:
        return _("还要等%(names)s确认联名，或先移除。") % {"names": _("、").join(names)}
    return None


def has_one_proposed_lead(suggestion: Suggestion) -> Words | None:
    proposed = [a for a in suggestion.assignments.all() if a.state == AssignmentState.PROPOSED]
    leads = [a for a in proposed if a.role == AssignmentRole.LEAD]
    return None if len(leads) == 1 else _("要先拟定一个主办单位。")


def opinions_are_in(suggestion: Suggestion) -> Words | None:
    """The lead answers for all, so it waits for all (Qingdao art. 24)."""
    missing = suggestion.n_cohandlers - suggestion.n_opinions
    if missing > 0:
        return _("还差%(count)d个会办单位的意见。") % {"count": missing}
    return None


def reply_is_ready(suggestion: Suggestion) -> Words | None:
    """What a leader must not sign: no answer, no class, a class B without a promise (domain.md 2.6)."""
    reply = suggestion.current_reply
    if reply is None or not reply.body.strip():
        return _("还没有写答复正文。")
    if not reply.result_class:
        return _("还没有定结果类别。")
    if reply.result_class == ResultClass.B and not suggestion.promises_of(reply):
        return _("B 类答复至少要列一项承诺，写明日期和责任人。")
    return opinions_are_in(suggestion)


def nothing_is_promised(suggestion: Suggestion) -> Words | None:
    if suggestion.outstanding_promises:
        return _("还有承诺没有办完，应转入台账跟踪。")
    return None


def something_is_promised(suggestion: Suggestion) -> Words | None:
    return None if suggestion.outstanding_promises else _("没有在办的承诺，可以直接办结。")


def everyone_agrees(suggestion: Suggestion) -> Words | None:
    """A handed-in joint paper is withdrawn by all its signers (Shanghai art. 10)."""
    if suggestion.submitted_at is None:
        return None
    silent = [s for s in suggestion.signed if not s.is_lead and s.withdrawal_agreed_at is None]
    if silent:
        names = _("、").join(str(signature.deputy) for signature in silent)
        return _("联名建议要全体同意才能撤回，还差%(names)s。") % {"names": names}
    return None


def still_with_deputies(signature: Signature) -> Words | None:
    if signature.suggestion.state not in WITH_DEPUTIES:
        return _("建议已经提交，签名不能再变。")
    return None


def return_is_in_time(assignment: Assignment) -> Words | None:
    """No sitting on it: past the window the unit goes on (Qingdao art. 19)."""
    last_day = assignment.return_until
    if last_day and clock.today() > last_day:
        return _("退办申请应在%(day)s前提出，现在已过期限。") % {"day": last_day}
    return None


def was_not_urged_today(assignment: Assignment) -> Words | None:
    """A unit that is asked every hour stops listening: once a working day."""
    again_on = assignment.urge_again_on
    if again_on and clock.today() < again_on:
        return _("刚催办过，%(day)s起可以再催。") % {"day": again_on}
    return None


def reply_is_not_sent(assignment: Assignment) -> Words | None:
    if assignment.suggestion.state not in {State.HANDLING, State.DRAFTING, State.REDOING}:
        return _("答复已经送审，不能再要求重送。")
    return None


def is_joint(suggestion: Suggestion) -> Words | None:
    return None if suggestion.n_cosigners else _("没有联名代表，可以直接撤回。")


def lead_has_asked(signature: Signature) -> Words | None:
    lead = next((s for s in signature.suggestion.signed if s.is_lead), None)
    if signature.is_lead or (lead and lead.withdrawal_agreed_at):
        return None
    return _("领衔代表没有提出撤回。")


def wish_allows(suggestion: Suggestion) -> Words | None:
    """The deputy's wish binds (Henan art. 29)."""
    return _("代表认为不宜公开。") if suggestion.openness == Openness.CLOSED else None


def may_be_published(publication: Publication) -> Words | None:
    return wish_allows(publication.suggestion)


# fmt: off
SUGGESTION = Workflow[Any, Suggestion](
    "suggestion",
    #    name                  button             from                                                     to                  who                             closed while           law
    Step("revise",              _("修改"),         WITH_DEPUTIES,                                          None,               may.can_revise,                 None,                  "T29 青岛11"),
    Step("invite",              _("邀请联名"),     WRITING,                                                State.COLLECTING,   may.can_invite,                 None,                  "T1 重庆8"),
    Step("invite_more",         _("邀请联名"),     (State.RETURNED,),                                      None,               may.can_invite,                 None,                  "T29 重庆8"),
    Step("submit",              _("提交"),         WRITING,                                                State.EXAMINING,    may.can_submit,                 paper_is_complete,     "T1 T2 T3 代表法24、36"),
    Step("resubmit",            _("重新提交"),     (State.RETURNED,),                                      State.EXAMINING,    may.can_resubmit,               paper_is_complete,     "T29 青岛11"),
    Step("return_for_revision", _("退回修改"),     (State.EXAMINING,),                                     State.RETURNED,     may.can_return_for_revision,    None,                  "T4 重庆13"),
    Step("refuse",              _("不予受理"),     (State.EXAMINING,),                                     State.REFUSED,      may.can_refuse,                 None,                  "T4 青岛11"),
    Step("treat_as_letter",     _("作来信处理"),   (State.EXAMINING,),                                     State.LETTER,       may.can_treat_as_letter,        None,                  "T4 北京15"),
    Step("register",            _("立案编号"),     (State.EXAMINING,),                                     State.REGISTERED,   may.can_register,               None,                  "T5"),
    Step("propose_units",       _("拟定承办单位"), (State.REGISTERED, State.ASSIGNING),                    State.ASSIGNING,    may.can_propose_units,          None,                  "T7 重庆14"),
    Step("hand_over",           _("交办"),         (State.ASSIGNING,),                                     State.HANDED_OVER,  may.can_hand_over,              has_one_proposed_lead, "T8 T12 代表法51"),
    Step("sign_for",            _("签收"),         (State.HANDED_OVER,),                                   State.HANDLING,     may.can_handle,                 None,                  "T10"),
    Step("ask_return",          _("申请退办"),     (State.HANDED_OVER, State.HANDLING),                    State.RETURN_ASKED, may.can_handle,                 None,                  "T11 青岛19"),
    Step("grant_return",        _("同意退办"),     (State.RETURN_ASKED,),                                  State.ASSIGNING,    may.can_rule_return,            None,                  "T12 青岛19"),
    Step("refuse_return",       _("不同意退办"),   (State.RETURN_ASKED,),                                  State.HANDLING,     may.can_rule_return,            None,                  "T13 青岛19"),
    Step("draft_reply",         _("拟写答复"),     (State.HANDLING, State.REDOING, State.DRAFTING),        State.DRAFTING,     may.can_draft_reply,            None,                  "T17 T22"),
    Step("send_for_review",     _("送审"),         (State.DRAFTING,),                                      State.REVIEWING,    may.can_send_for_review,        reply_is_ready,        "T17 青岛24"),
    Step("send_back",           _("退回重拟"),     (State.REVIEWING,),                                     State.DRAFTING,     may.can_send_back,              None,                  "T32 青岛29"),
    Step("sign_reply",          _("签发"),         (State.REVIEWING,),                                     State.REPLIED,      may.can_sign_reply,             reply_is_ready,        "T17 T18 代表法51"),
    Step("rate",                _("评价"),         RATEABLE,                                               None,               may.can_rate,                   None,                  "T19 T35 重庆27、29"),
    Step("finish_round",        _("评价结束"),     (State.REPLIED,),                                       State.RATED,        may.by_the_system,              None,                  "T19 T20 重庆29"),
    Step("redo",                _("重新办理"),     (State.RATED,),                                         State.REDOING,      may.by_the_system,              None,                  "T21 重庆27"),
    Step("coordinate",          _("协调研究"),     (State.RATED,),                                         State.COORDINATING, may.by_the_system,              None,                  "T23 重庆27"),
    Step("track",               _("转入台账"),     (State.RATED,),                                         State.TRACKING,     may.by_the_system,              something_is_promised, "T25 上海22"),
    Step("close",               _("办结"),         (State.RATED,),                                         State.CLOSED,       may.can_close,                  nothing_is_promised,   "T24 T35"),
    Step("decide_redo",         _("再次办理"),     (State.COORDINATING,),                                  State.REDOING,      may.can_decide,                 None,                  "T36 重庆27"),
    Step("decide_accept",       _("采纳说明"),     (State.COORDINATING,),                                  State.CLOSED,       may.can_decide,                 nothing_is_promised,   "T36 河南22"),
    Step("decide_track",        _("跟踪承诺"),     (State.COORDINATING,),                                  State.TRACKING,     may.can_decide,                 something_is_promised, "T36 河南22"),
    Step("settle",              _("承诺了结"),     (State.TRACKING,),                                      State.CLOSED,       may.by_the_system,              nothing_is_promised,   "T26 上海22"),
    Step("reopen",              _("重新跟踪"),     (State.CLOSED,),                                        State.TRACKING,     may.can_decide,                 something_is_promised, "T37 青岛31"),
    Step("add_cohandler",       _("增加会办"),     IN_WORK,                                                None,               may.can_change_cohandlers,      None,                  "T31 上海14"),
    Step("propose_publication", _("提出公开"),     NUMBERED,                                               None,               may.can_propose_publication,    wish_allows,           "重庆36 青岛30"),
    Step("ask_withdrawal",      _("请同意撤回"),   HANDED_IN,                                              None,               may.can_withdraw,               is_joint,              "T27 上海10"),
    Step("withdraw",            _("撤回"),         BEFORE_REPLY,                                           State.WITHDRAWN,    may.can_withdraw,               everyone_agrees,       "T27 重庆12"),
)

SIGNATURE = Workflow[Any, Signature](
    "signature",
    Step("sign",                _("签名"),         (SignatureState.INVITED, SignatureState.STALE),         SignatureState.SIGNED,   may.can_sign,              still_with_deputies, "T2 上海4"),
    Step("decline",             _("不附议"),       (SignatureState.INVITED, SignatureState.STALE),         SignatureState.DECLINED, may.can_decline,           still_with_deputies, "T2"),
    Step("remove_signer",       _("移除"),         (SignatureState.INVITED, SignatureState.STALE, SignatureState.SIGNED, SignatureState.DECLINED), SignatureState.REMOVED, may.can_remove_signer, still_with_deputies, "T2"),
    Step("invite",              _("再次邀请"),     (SignatureState.DECLINED, SignatureState.REMOVED),      SignatureState.INVITED,  may.can_remove_signer,     still_with_deputies, "T1"),
    Step("ask_again",           _("请重签"),       (SignatureState.SIGNED, SignatureState.STALE),          SignatureState.STALE,    may.can_remove_signer,     still_with_deputies, "T29"),
    Step("agree_withdrawal",    _("同意撤回"),     (SignatureState.SIGNED,),                               None,                    may.can_agree_withdrawal,  lead_has_asked,                  "上海10"),
)

ASSIGNMENT = Workflow[Any, Assignment](
    "assignment",
    Step("hand_over",           _("交办"),         (AssignmentState.PROPOSED,),                            AssignmentState.HANDED_OVER,   may.can_hand_over_task, None,               "T8 T12"),
    Step("sign_for",            _("签收"),         (AssignmentState.HANDED_OVER,),                         AssignmentState.HANDLING,      may.can_sign_for,       None,               "T10"),
    Step("ask_return",          _("申请退办"),     (AssignmentState.HANDED_OVER, AssignmentState.HANDLING), AssignmentState.RETURN_ASKED, may.can_ask_return,     return_is_in_time, "T11 青岛19"),
    Step("grant_return",        _("同意退办"),     (AssignmentState.RETURN_ASKED,),                        AssignmentState.RETURNED,      may.can_rule_task,      None,               "T12 青岛19"),
    Step("refuse_return",       _("不同意退办"),   (AssignmentState.RETURN_ASKED,),                        AssignmentState.HANDLING,      may.can_rule_task,      None,               "T13 青岛19"),
    Step("log_contact",         _("记录沟通"),     AT_WORK,                                                None,                          may.can_log_contact,    None,               "T14 代表法51"),
    Step("give_opinion",        _("送会办意见"),   (AssignmentState.HANDLING,),                            AssignmentState.OPINION_GIVEN, may.can_give_opinion,   None,               "T15 青岛24"),
    Step("ask_again",           _("请重送意见"),   (AssignmentState.OPINION_GIVEN,),                       AssignmentState.HANDLING,      may.can_ask_again,      reply_is_not_sent, "T15 重庆20"),
    Step("reply",               _("答复"),         (AssignmentState.HANDLING,),                            AssignmentState.REPLIED,       may.can_reply,          None,               "T17"),
    Step("urge",                _("催办"),         (AssignmentState.HANDED_OVER, AssignmentState.HANDLING), None,                         may.can_urge,           was_not_urged_today, "domain.md 1.2"),
    Step("redo",                _("重新办理"),     (AssignmentState.REPLIED,),                             AssignmentState.HANDLING,      may.by_the_system,      None,               "T21 T36"),
    Step("remove_cohandler",    _("撤销会办"),     UNDER_WAY,                                              AssignmentState.ENDED,         may.can_remove_cohandler, None,             "T31 上海14"),
    Step("end",                 _("终止"),         (*UNDER_WAY, AssignmentState.RETURN_ASKED),             AssignmentState.ENDED,         may.by_the_system,      None,               "T7 T27"),
)

PROMISE = Workflow[Any, Promise](
    "promise",
    Step("open",                _("作出承诺"),     (PromiseState.DRAFT,),                                  PromiseState.OPEN,    may.can_open_promise,  None, "T25 重庆24"),
    Step("drop",                _("删去"),         (PromiseState.DRAFT,),                                  PromiseState.DROPPED, may.can_claim_done,    None, "T17"),
    Step("claim_done",          _("报告完成"),     (PromiseState.OPEN,),                                   PromiseState.CLAIMED, may.can_claim_done,    None, "上海22"),
    Step("confirm",             _("核实完成"),     (PromiseState.CLAIMED,),                                PromiseState.KEPT,    may.can_check_promise, None, "T26"),
    Step("send_back_promise",   _("退回继续办"),   (PromiseState.CLAIMED,),                                PromiseState.OPEN,    may.can_check_promise, None, "T26"),
    Step("break_promise",       _("说明未兑现"),   (PromiseState.OPEN,),                                   PromiseState.BROKEN,  may.can_break_promise, None, "T26 上海22"),
    Step("rate_promise",        _("评价兑现"),     (PromiseState.KEPT, PromiseState.BROKEN),               None,                 may.can_rate_promise,  None, "重庆28"),
    Step("reopen_promise",      _("重新跟踪"),     (PromiseState.KEPT, PromiseState.BROKEN),               PromiseState.OPEN,    may.can_check_promise, None, "T37 青岛31"),
)

PUBLICATION = Workflow[Any, Publication](
    "publication",
    Step("publish",             _("公开"),         (PublicationState.PROPOSED,),                            PublicationState.PUBLISHED,   may.can_publish,       may_be_published, "重庆36 青岛30"),
    Step("update_publication",  _("更新公开内容"), (PublicationState.PUBLISHED,),                           None,                         may.can_publish,       may_be_published, "domain.md 2.12"),
    Step("keep_closed",         _("不公开"),       (PublicationState.PROPOSED,),                            PublicationState.KEPT_CLOSED, may.can_keep_closed, None, "河南29"),
    Step("take_back",           _("撤下"),         (PublicationState.PUBLISHED,),                           PublicationState.TAKEN_BACK,  may.can_take_back,   None, "domain.md 2.12"),
    Step("propose_again",       _("重新提出公开"), (PublicationState.KEPT_CLOSED, PublicationState.TAKEN_BACK), PublicationState.PROPOSED, may.can_propose_again, may_be_published, "domain.md 2.12"),
)
# fmt: on

ALL: Sequence[Workflow[Any, Any]] = (SUGGESTION, SIGNATURE, ASSIGNMENT, PROMISE, PUBLICATION)
