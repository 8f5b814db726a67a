"""`manage.py verify_clocks`: proves that every running due date follows from its rule and start."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.rulebook import actions
from huiyin.rulebook.models import Clock

SHOWN = 50


class Command(BaseCommand):
    help = "Reckon every running clock anew and name those whose stored date does not follow."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(actions.verify_clocks())
        for fault in found[:SHOWN]:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} clocks do not follow from their rules")
        self.stdout.write(
            f"{Clock.objects.running().count()} running clocks follow from their rules"
        )
