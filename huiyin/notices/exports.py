"""The outbox as rows for a spreadsheet. Phones stay masked."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from huiyin.notices.models import Delivery, Message, Webhook


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
            _receiver(message),
            message.get_state_display(),
            message.not_before,
            message.sent_at,
            message.tries,
            message.problem,
        ]


def _receiver(message: Message) -> str:
    if message.user:
        return message.user.name
    return (message.robot or str(message.phone)) if message.has_receiver else _("号码已删")


def webhooks(hooks: Iterable[Webhook]) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [_("名称"), _("地址"), _("按谁的权限"), _("通知哪些事"), _("状态")]
    rows = (
        [h.name, h.address, h.reads_as.name, "、".join(h.kinds), h.get_state_display()]
        for h in hooks
    )
    return headers, rows


def deliveries(found: Iterable[Delivery]) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [_("事件"), _("状态"), _("试了几次"), _("最早发送"), _("送达"), _("对方回应")]
    headers.append(_("未送达原因"))
    rows = (
        [d.event, d.get_outcome_display(), d.tries, d.not_before, d.sent_at, d.answer, d.problem]
        for d in found
    )
    return headers, rows


def inbox(found: Iterable[Message]) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [_("标题"), _("内容"), _("时间"), _("已读")]
    return headers, ([m.subject, m.words, m.created_at, m.read_at] for m in found)
