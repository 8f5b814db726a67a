"""The floor of venues."""

from importlib import import_module

from django.apps import AppConfig

from huiyin.congress import events


class VenuesConfig(AppConfig):
    name = "huiyin.venues"

    def ready(self) -> None:
        receivers = import_module("huiyin.venues.receivers")
        events.dismissed.connect(receivers.drop_dismissed_officer)
