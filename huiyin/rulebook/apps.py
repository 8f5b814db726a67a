"""The app, and what it proves."""

from importlib import import_module

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "huiyin.rulebook"

    def ready(self) -> None:
        import_module("huiyin.rulebook.proofs")
