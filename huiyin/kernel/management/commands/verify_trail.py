"""Proves the trail or says where it breaks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.kernel import verify
from huiyin.kernel.models import Block, Entry

SHOWN = 50


class Command(BaseCommand):
    help = "Prove rows, order, tails, items and seals of the trail."

    def handle(self, *args: Any, **options: Any) -> None:
        with verify.one_moment():
            found = list(verify.faults())
            entries, blocks = Entry.objects.count(), Block.objects.count()
        for fault in found[:SHOWN]:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"the trail does not hold: {len(found)} faults")
        self.stdout.write(f"the trail holds: {entries} entries, {blocks} blocks")
