"""What a receiver or a clerk does with a message."""

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import clock
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.notices.choices import State
from huiyin.notices.models import Message


def mark_read(message: Message, *, by: User) -> Message:
    """The receiver has seen it; the first look counts."""
    Message.objects.inbox_of(by.pk).filter(pk=message.pk).unread().update(read_at=clock.now())
    message.refresh_from_db()
    return message


def mark_all_read(*, by: User) -> int:
    return Message.objects.inbox_of(by.pk).unread().order_by().update(read_at=clock.now())


@transaction.atomic
def send_again(message: Message, *, by: User) -> Message:
    """Put a message that did not arrive back into the outbox."""
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.state != State.FAILED:
        raise NotPossible(_("只有未送达的消息可以重发。"))
    if not message.has_receiver:
        raise NotPossible(_("收件人的号码已经删掉，不能重发。"))
    message.state, message.tries, message.problem = State.WAITING, 0, ""
    message.not_before = clock.now()
    message.save(update_fields=["state", "tries", "problem", "not_before"])
    return message
