"""Who may look after the outbox."""

from typing import Any

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, seats_of
from huiyin.notices.models import Message


def can_send_again(user: Any, message: Message) -> bool:
    seats = seats_of(user)
    return seats.has(message.congress_id, *STAFF, Role.SYSTEM_ADMINISTRATOR)


def can_keep_webhooks(user: Any, congress_id: int) -> bool:
    """Whoever keeps the machine says which other systems are told."""
    return seats_of(user).has(congress_id, Role.SYSTEM_ADMINISTRATOR)
