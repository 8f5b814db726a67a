"""News from lower floors that people are told of."""

from typing import Any

from django.urls import reverse

from huiyin.accounts.models import User
from huiyin.kernel.wording import written as _
from huiyin.notices import actions

SUBJECTS = {
    "give_password": _("您的密码换成了一次性密码"),
    "reset_second_factor": _("您的第二因素被去掉了"),
    "close_account": _("您的账号已停用"),
    "reopen_account": _("您的账号已恢复"),
}


def tell_of_account(*, user_id: int, step: str, line: int, by: str, **_news: Any) -> None:
    """So that nobody's way in is changed behind their back."""
    actions.send(
        to=User.objects.get(pk=user_id),
        key=f"account:{user_id}:{line}",
        subject=SUBJECTS[step],
        words=_("这是管理员%(by)s办的。不是您要求的，请马上找代工委核对。") % {"by": by},
        path=reverse("accounts:profile"),
    )
