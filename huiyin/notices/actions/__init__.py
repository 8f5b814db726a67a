"""Telling people something, and keeping count of what went out."""

from huiyin.notices.actions.delivery import send_due
from huiyin.notices.actions.reading import mark_all_read, mark_read, send_again
from huiyin.notices.actions.sending import (
    News,
    send,
    send_to_deputy,
    send_to_role,
    send_to_unit,
)

__all__ = [
    "News",
    "mark_all_read",
    "mark_read",
    "send",
    "send_again",
    "send_due",
    "send_to_deputy",
    "send_to_role",
    "send_to_unit",
]
