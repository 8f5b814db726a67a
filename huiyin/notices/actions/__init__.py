"""Telling people something, and keeping count of what went out."""

from huiyin.notices.actions.delivery import send_due
from huiyin.notices.actions.forgetting import forget_numbers, forget_old_numbers, reword
from huiyin.notices.actions.hours import congresses_at_work
from huiyin.notices.actions.reading import mark_all_read, mark_read, send_again
from huiyin.notices.actions.sending import (
    News,
    gathering,
    send,
    send_to_deputy,
    send_to_role,
    send_to_unit,
    sends_text_messages,
)
from huiyin.notices.actions.webhooks import (
    collect,
    deliver_again,
    event_kinds,
    pause,
    resume,
    send_webhooks,
    subscribe,
    try_out,
)

__all__ = [
    "News",
    "collect",
    "congresses_at_work",
    "deliver_again",
    "event_kinds",
    "forget_numbers",
    "forget_old_numbers",
    "gathering",
    "mark_all_read",
    "mark_read",
    "pause",
    "resume",
    "reword",
    "send",
    "send_again",
    "send_due",
    "send_to_deputy",
    "send_to_role",
    "send_to_unit",
    "send_webhooks",
    "sends_text_messages",
    "subscribe",
    "try_out",
]
