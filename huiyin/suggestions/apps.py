"""The app, and where it listens."""

from importlib import import_module

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "huiyin.suggestions"

    def ready(self) -> None:
        import_module("huiyin.suggestions.receivers")
