"""Taking messages out of the outbox, one by one, and sending each at most once a try."""

import datetime as dt
import logging
from functools import partial

from django.db import transaction

from huiyin.kernel import clock
from huiyin.kernel.wording import written as _
from huiyin.notices import adapters, events
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
    messages = list(lost.order_by("pk")[:BATCH])
    for message in messages:
        _settle(message, State.FAILED, problem=_("发送时中断，不知是否送达"))
    return len(messages)


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
        _note_failure(message, problem)
        return False
    _settle(message, State.SENT, sent_at=clock.now())
    return True


@transaction.atomic
def _note_failure(message: Message, problem: adapters.Undelivered) -> None:
    """Later once more; not where nothing could send it, nor where its receiver was forgotten meanwhile."""
    logger.warning("message %s was not delivered", message.pk)
    held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    again = next_try(clock.now(), held.tries)
    if again is None or isinstance(problem, adapters.NoWayOut) or not held.has_receiver:
        _settle(held, State.FAILED, problem=str(problem))
        return
    held.state, held.not_before, held.problem = State.WAITING, again, str(problem)[:200]
    held.updated_at = clock.now()
    held.save(update_fields=["state", "not_before", "problem", "updated_at"])


def _settle(
    message: Message, state: State, *, problem: str = "", sent_at: dt.datetime | None = None
) -> None:
    """How it ended, for the outbox and for whoever listens."""
    message.state, message.problem, message.sent_at = state, problem[:200], sent_at
    message.updated_at = clock.now()
    message.save(update_fields=["state", "problem", "sent_at", "updated_at"])
    transaction.on_commit(partial(events.settled.send, Message, message=message))
