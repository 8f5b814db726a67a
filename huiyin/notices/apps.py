"""The floor of messages; hears what becomes of accounts, and warns where text messages would not go."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from huiyin.accounts import events


class NoticesConfig(AppConfig):
    name = "huiyin.notices"

    def ready(self) -> None:
        receivers = import_module("huiyin.notices.receivers")
        events.account_changed.connect(receivers.tell_of_account)
        checks.register(text_messages_go, checks.Tags.security, deploy=True)


def text_messages_go(**_options: object) -> list[checks.CheckMessage]:
    """What `check --deploy` says of text messages: none go, or they only seem to."""
    if settings.SMS_TO_LOG and not settings.SMS_ADDRESS:
        words = "SMS_TO_LOG is on: text messages count as sent and reach nobody."
        return [checks.Warning(words, id="notices.W002")]
    if not settings.SMS_ADDRESS:
        words = "SMS_ADDRESS is not set: no text message goes, residents have to be told by hand."
        return [checks.Warning(words, id="notices.W001")]
    return []
