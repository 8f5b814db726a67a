"""News from the floors below."""

from typing import Any

from django.dispatch import receiver

from huiyin.notices import events as notices
from huiyin.notices.choices import State
from huiyin.notices.models import Message
from huiyin.opinions import actions
from huiyin.opinions.models import Voice


@receiver(notices.settled)
def note_text_message(sender: Any, *, message: Message, **more: Any) -> None:
    """Only residents' text messages are about a voice."""
    if message.about_kind == Voice.item_kind() and message.about_id is not None:
        actions.note_text_message(message.about_id, went=message.state == State.SENT)
