"""The life of a matter. docs/workflows/matter.md is drawn from here."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.workflow import Step, Workflow
from huiyin.opinions import permissions
from huiyin.opinions.choices import State
from huiyin.opinions.models import Matter

# Anywhere on the way, a wrong way may be put right.
ROUTABLE = (
    State.RECEIVED,
    State.ELSEWHERE,
    State.WITH_DEPUTY,
    State.WITH_DEPARTMENT,
    State.REOPENED,
)
STANDING = tuple(state for state in State if state != State.MERGED)
MERGEABLE = (
    State.RECEIVED,
    State.WITH_DEPUTY,
    State.WITH_DEPARTMENT,
    State.IN_SUGGESTION,
    State.REOPENED,
)
LINKABLE = (
    State.RECEIVED,
    State.WITH_DEPUTY,
    State.WITH_DEPARTMENT,
    State.ANSWERED,
    State.REOPENED,
)
RESULT = (*LINKABLE, State.IN_SUGGESTION, State.CLOSED)


def only_once(matter: Matter) -> Promise | None:
    return _("这件事已经重新跟进过一次。") if matter.is_reopened else None


def still_with_deputy(matter: Matter) -> Promise | None:
    return _("这件事已经交给代工委。") if matter.is_passed_on else None


def has_public_title(matter: Matter) -> Promise | None:
    return None if matter.is_public else _("标题还没有公开。")


# fmt: off
MATTER = Workflow[Any, Matter](
    "matter",
    #     name                  button                     from                                   to                     who                                      guard
    Step("point_elsewhere",    _("指明去处"),              ROUTABLE,                              State.ELSEWHERE,       permissions.can_point_elsewhere,         law="代表法第四十五条"),
    Step("answer_on_the_spot", _("当场答复"),              ROUTABLE,                              State.ANSWERED,        permissions.can_answer_on_the_spot),
    Step("give_to_deputy",     _("请代表跟进"),            ROUTABLE,                              State.WITH_DEPUTY,     permissions.can_give_to_deputy),
    Step("hand_to_department", _("转部门办理"),            ROUTABLE,                              State.WITH_DEPARTMENT, permissions.can_hand_to_department),
    Step("hand_to_hotline",    _("转 12345 热线"),         ROUTABLE,                              State.WITH_DEPARTMENT, permissions.can_hand_to_hotline),
    Step("take_up",            _("我来跟进"),              (State.RECEIVED, State.REOPENED),      State.WITH_DEPUTY,     permissions.can_take_up),
    Step("deputy_answers",     _("答复居民"),              (State.WITH_DEPUTY, State.REOPENED),   State.ANSWERED,        permissions.can_deputy_answers),
    Step("give_back",          _("请代工委转办"),          (State.WITH_DEPUTY, State.REOPENED),   State.RECEIVED,        permissions.can_give_back),
    Step("report_back",        _("登记办理结果"),          (State.WITH_DEPARTMENT,),              State.ANSWERED,        permissions.can_report_back),
    Step("link_suggestion",    _("写成代表建议"),          LINKABLE,                              State.IN_SUGGESTION,   permissions.can_link_suggestion),
    Step("unlink_suggestion",  _("建议未成，重新分类"),    (State.IN_SUGGESTION,),                State.RECEIVED,        permissions.can_unlink_suggestion),
    Step("report_result",      _("告知建议办理结果"),      RESULT,                                State.ANSWERED,        permissions.can_report_result),
    Step("close",              _("办结"),                  (State.ANSWERED,),                     State.CLOSED,          permissions.can_close),
    Step("withdraw",           _("居民撤回"),              (State.RECEIVED,),                     State.CLOSED,          permissions.can_answer_for_resident,     law="个人信息保护法第十五条"),
    Step("reopen",             _("没解决，重新跟进"),      (State.ANSWERED, State.CLOSED),        State.REOPENED,        permissions.can_answer_for_resident,     guard=only_once),
    Step("pass_on",            _("代表逾期未跟进，交代工委"), (State.REOPENED,),                  None,                  permissions.can_pass_on,                 guard=still_with_deputy),
    Step("set_subject",        _("改类别"),                STANDING,                              None,                  permissions.can_route),
    Step("publish",            _("公开标题"),              STANDING,                              None,                  permissions.can_publish),
    Step("hide",               _("不再公开"),              STANDING,                              None,                  permissions.can_hide,                    guard=has_public_title),
    Step("merge",              _("并入同一件事"),          MERGEABLE,                             State.MERGED,          permissions.can_merge),
    Step("gather",             _("收拢同一件事"),          (*MERGEABLE, State.ANSWERED),          None,                  permissions.can_merge),
    Step("unmerge",            _("撤销合并"),              (State.MERGED,),                       None,                  permissions.can_unmerge),
)
# fmt: on
