"""The outbox as rows for a spreadsheet. Phones stay masked."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from huiyin.notices.models import Message


def headers() -> list[str]:
    return [
        _("标题"),
        _("方式"),
        _("收件人"),
        _("状态"),
        _("最早发送"),
        _("发出"),
        _("试了几次"),
        _("未送达原因"),
    ]


def rows(messages: Iterable[Message]) -> Iterator[list[Any]]:
    for message in messages:
        yield [
            message.subject,
            message.get_channel_display(),
            message.user.name if message.user else message.robot or str(message.phone),
            message.get_state_display(),
            message.not_before,
            message.sent_at,
            message.tries,
            message.problem,
        ]
