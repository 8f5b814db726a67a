"""The ways out of the house: e-mail, text messages over HTTP, and group robots."""

from collections.abc import Callable

from huiyin.notices.adapters import chat, email, sms
from huiyin.notices.adapters.errors import NoWayOut, Undelivered
from huiyin.notices.choices import Channel
from huiyin.notices.models import Message

__all__ = ["NoWayOut", "Undelivered", "deliver"]

ADAPTERS: dict[str, Callable[[Message], None]] = {
    Channel.EMAIL: email.deliver,
    Channel.SMS: sms.deliver,
    Channel.CHAT: chat.deliver,
}


def deliver(message: Message) -> None:
    """Send by the message's channel. Raises Undelivered with words for the outbox page."""
    ADAPTERS[message.channel](message)
