"""The app, where it listens, and what it proves."""

from importlib import import_module

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "huiyin.suggestions"

    def ready(self) -> None:
        import_module("huiyin.suggestions.receivers")
        import_module("huiyin.suggestions.proofs")
