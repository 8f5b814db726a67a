"""What may become of a mandate."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.congress import permissions
from huiyin.congress.choices import MandateState
from huiyin.congress.models import Deputy
from huiyin.kernel.workflow import Step, Words, Workflow


def belongs_to_a_delegation(deputy: Deputy) -> Words | None:
    if not deputy.delegation:
        return _("还没有写明属于哪个代表团。")
    return _("已经是团长。") if deputy.heads_delegation else None


def is_head(deputy: Deputy) -> Words | None:
    return None if deputy.heads_delegation else _("不是代表团团长。")


def has_no_account(deputy: Deputy) -> Words | None:
    return _("已经有账号了。") if deputy.person.user_id else None


MANDATE = Workflow[Any, Deputy](
    "mandate",
    Step(
        name="suspend",
        label=_("暂停执行职务"),
        sources=(MandateState.ACTIVE,),
        target=MandateState.SUSPENDED,
        allowed=permissions.can_suspend,
        law=_("代表法第六十一条"),
    ),
    Step(
        name="resume",
        label=_("恢复执行职务"),
        sources=(MandateState.SUSPENDED,),
        target=MandateState.ACTIVE,
        allowed=permissions.can_resume,
        law=_("代表法第六十一条"),
    ),
    Step(
        name="end",
        label=_("终止资格"),
        sources=(MandateState.ACTIVE, MandateState.SUSPENDED),
        target=MandateState.ENDED,
        allowed=permissions.can_end,
        law=_("代表法第六十二条"),
    ),
    Step(
        name="name_head",
        label=_("任代表团团长"),
        sources=(MandateState.ACTIVE,),
        target=None,
        allowed=permissions.can_name_head,
        guard=belongs_to_a_delegation,
        law=_("重庆市条例第八条"),
    ),
    Step(
        name="relieve_head",
        label=_("不再任代表团团长"),
        sources=(MandateState.ACTIVE, MandateState.SUSPENDED, MandateState.ENDED),
        target=None,
        allowed=permissions.can_name_head,
        guard=is_head,
        law=_("重庆市条例第八条"),
    ),
    Step(
        name="give_account",
        label=_("开通账号"),
        sources=(MandateState.ACTIVE,),
        target=None,
        allowed=permissions.can_give_account,
        guard=has_no_account,
    ),
    Step(
        name="link_account",
        label=_("接用已有的账号"),
        sources=(MandateState.ACTIVE,),
        target=None,
        allowed=permissions.can_link_account,
        guard=has_no_account,
    ),
)
