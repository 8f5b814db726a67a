"""Taking messages out of the outbox, one by one, and sending each at most once a try."""

import datetime as dt
import logging

from django.db import transaction

from huiyin.kernel import clock
from huiyin.kernel.wording import written as _
from huiyin.notices import adapters
from huiyin.notices.calculations import next_try
from huiyin.notices.choices import State
from huiyin.notices.models import Message

BATCH = 500
LOST_AFTER = dt.timedelta(minutes=10)
logger = logging.getLogger(__name__)


def send_due(limit: int = BATCH) -> int:
    """Send what may go out now; how many went."""
    give_up_lost()
    sent = 0
    for _number in range(limit):
        message = _claim()
        if message is None:
            break
        sent += _deliver(message)
    return sent


def give_up_lost() -> int:
    """A worker died between sending and noting it: whether it arrived is unknown, so say so."""
    lost = Message.objects.filter(state=State.SENDING, updated_at__lt=clock.now() - LOST_AFTER)
    return lost.update(
        state=State.FAILED, problem=_("发送时中断，不知是否送达"), updated_at=clock.now()
    )


@transaction.atomic
def _claim() -> Message | None:
    """Take the oldest due message away from every other worker before anything is sent."""
    due = Message.objects.due(clock.now()).select_for_update(of=("self",), skip_locked=True)
    message = due.select_related("user").first()
    if message is None:
        return None
    message.state = State.SENDING
    message.tries += 1
    message.updated_at = clock.now()
    message.save(update_fields=["state", "tries", "updated_at"])
    return message


def _deliver(message: Message) -> bool:
    try:
        adapters.deliver(message)
    except adapters.Undelivered as problem:
        _note_failure(message, str(problem))
        return False
    message.state, message.problem = State.SENT, ""
    message.sent_at = message.updated_at = clock.now()
    message.save(update_fields=["state", "problem", "sent_at", "updated_at"])
    return True


def _note_failure(message: Message, problem: str) -> None:
    logger.warning("message %s was not delivered", message.pk)
    again = next_try(clock.now(), message.tries)
    message.state = State.WAITING if again else State.FAILED
    message.not_before = again or message.not_before
    message.problem = problem[:200]
    message.updated_at = clock.now()
    message.save(update_fields=["state", "not_before", "problem", "updated_at"])
