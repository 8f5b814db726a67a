"""The app, and where it listens."""

from importlib import import_module

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "huiyin.opinions"

    def ready(self) -> None:
        import_module("huiyin.opinions.receivers")
