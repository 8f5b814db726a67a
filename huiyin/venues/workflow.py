"""What may become of a reception in the timetable."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock
from huiyin.kernel.workflow import Step, Workflow
from huiyin.venues import permissions
from huiyin.venues.choices import DutyState
from huiyin.venues.models import Duty


def not_on_its_day(duty: Duty) -> Promise | None:
    if duty.day > clock.today():
        return _("还没到接待的那一天。")
    return None


DUTY = Workflow[Any, Duty](
    "duty",
    Step(
        name="open_duty",
        label=_("开始接待"),
        sources=(DutyState.PLANNED,),
        target=DutyState.OPEN,
        allowed=permissions.can_open_duty,
        guard=not_on_its_day,
    ),
    Step(
        name="close_duty",
        label=_("结束接待"),
        sources=(DutyState.OPEN,),
        target=DutyState.CLOSED,
        allowed=permissions.can_close_duty,
    ),
    Step(
        name="cancel",
        label=_("取消接待"),
        sources=(DutyState.PLANNED,),
        target=DutyState.CANCELLED,
        allowed=permissions.can_cancel,
    ),
)
