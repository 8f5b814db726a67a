"""The life of a motion. The M numbers name its states (docs/practice.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.workflow import Step, Workflow
from huiyin.suggestions import permissions
from huiyin.suggestions.choices import MotionState
from huiyin.suggestions.models import Motion
from huiyin.suggestions.permissions import motions as may
from huiyin.suggestions.workflow import moving

M = MotionState
REPORT_TAKEN = (M.REPORTED, M.ADOPTED)

# fmt: off
MOTION = Workflow[Any, Motion](
    "motion",
    #    name                  button               from                            to              who                      closed while               law
    Step("set_kind",            _("改类别"),         moving.WITH_DEPUTIES,           None,           may.can_submit_motion,   None,                       "M1 上海议案6"),
    Step("submit",              _("提出议案"),       (M.WRITING,),                   M.SUBMITTED,    may.can_submit_motion,   moving.motion_is_complete,  "M2 代表法15 地方组织法22 上海议案5"),
    Step("resubmit",            _("重新提出"),       (M.RETURNED,),                  M.SUBMITTED,    may.can_submit_motion,   moving.motion_is_complete,  "M2 上海议案9"),
    Step("become_suggestion",   _("改作建议提出"),   moving.WITH_DEPUTIES,           M.CONVERTED,    may.can_submit_motion,   None,                       "M3 上海议案9"),
    Step("drop",                _("不再提出"),       moving.WITH_DEPUTIES,           M.WITHDRAWN,    may.can_submit_motion,   None,                       "MX 代表法15"),
    Step("ask_revision",        _("请代表修改"),     (M.SUBMITTED,),                 M.RETURNED,     may.can_register_motion, None,                       "M3 上海议案9"),
    Step("register",            _("登记编号"),       (M.SUBMITTED,),                 M.REGISTERED,   may.can_register_motion, None,                       "M3 上海议案9"),
    Step("pass_to_committee",   _("交委员会"),       (M.REGISTERED,),                M.EXAMINING,    may.can_register_motion, None,                       "M4 上海议案10"),
    Step("give_opinion",        _("提出审查意见"),   (M.EXAMINING,),                 M.DECIDING,     may.can_examine_motion,  None,                       "M5 上海议案10 上海议案11 代表法50"),
    Step("put_on_agenda",       _("列入议程"),       (M.DECIDING,),                  M.ON_AGENDA,    may.can_decide_motion,   None,                       "M6 地方组织法22 上海议案11"),
    Step("refer",               _("交会后审议"),     (M.DECIDING,),                  M.REFERRED,     may.can_decide_motion,   None,                       "M7 地方组织法22 上海议案12"),
    Step("convert",             _("转为建议"),       (M.DECIDING,),                  M.CONVERTED,    may.can_decide_motion,   moving.is_convertible,      "M8 重庆11 北京2 青岛2"),
    Step("refuse",              _("不作为议案"),     (M.DECIDING,),                  M.REFUSED,      may.can_decide_motion,   None,                       "M9 上海议案12"),
    Step("reconsider",          _("复议"),           (M.REFUSED,),                   M.DECIDING,     permissions.by_the_system,     moving.enough_ask_again,    "M5 上海议案14"),
    Step("adopt",               _("记录表决"),       (M.ON_AGENDA,),                 M.ADOPTED,      may.can_decide_motion,   None,                       "M10 地方组织法25"),
    Step("reject",              _("表决未通过"),     (M.ON_AGENDA,),                 M.REJECTED,     may.can_decide_motion,   None,                       "M10 地方组织法25"),
    Step("report",              _("提出审议报告"),   (M.REFERRED,),                  M.REPORTED,     may.can_examine_motion,  None,                       "M11 上海议案15"),
    Step("hand_to_organ",       _("交有关机关"),     REPORT_TAKEN,                   M.HANDED_OVER,  may.can_decide_motion,   None,                       "M12 上海议案19"),
    Step("conclude",            _("记录审议结果"),   (M.REPORTED,),                  M.CLOSED,       may.can_decide_motion,   None,                       "M14 上海议案19"),
    Step("answer",              _("报告办理情况"),   (M.HANDED_OVER,),               M.ANSWERED,     may.can_answer_motion,   None,                       "M13 上海议案20"),
    Step("answer_again",        _("退回重报"),       (M.ANSWERED,),                  M.HANDED_OVER,  may.can_decide_motion,   None,                       "M13 上海议案21"),
    Step("close",               _("办结"),           (M.ANSWERED, M.ADOPTED, M.REJECTED, M.REFUSED), M.CLOSED, may.can_decide_motion, None,                 "M14 上海议案21"),
    Step("ask_withdrawal",      _("申请撤回"),       moving.BEFORE_THE_VOTE,         None,           may.can_submit_motion,   moving.was_not_asked_back,  "MX 代表法15"),
    Step("withdraw",            _("同意撤回"),       moving.BEFORE_THE_VOTE,         M.WITHDRAWN,    may.can_decide_motion,   moving.was_asked_back,      "MX 代表法15 上海议案13"),
    Step("lapse",               _("联名不足，终止"), moving.BEFORE_THE_VOTE,         M.WITHDRAWN,    permissions.by_the_system,     moving.too_few_behind,      "MX 上海议案13"),
    Step("publish",             _("公开"),           moving.PUBLIC_FROM,             None,           may.can_decide_motion,   moving.is_publishable,      "代表法51"),
    Step("take_back",           _("撤下"),           moving.PUBLIC_FROM,             None,           may.can_decide_motion,   moving.is_public,           "平台"),
)
# fmt: on
