"""What may become of a mandate."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.congress import permissions
from huiyin.congress.choices import MandateState
from huiyin.congress.models import Deputy
from huiyin.kernel.workflow import Step, Workflow

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
)
