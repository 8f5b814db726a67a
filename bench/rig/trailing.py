"""Run on one database: write steps on matters, seal them, prove the whole trail, print the speeds."""

import os
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()

from django.db import transaction  # noqa: E402 -- Django first

from huiyin.congress.models import Congress  # noqa: E402
from huiyin.kernel import clock, steps, trail, verify  # noqa: E402
from huiyin.kernel.models import Entry  # noqa: E402
from huiyin.opinions.models import Matter  # noqa: E402

ITEMS, STEPS = 400, 5


def main() -> int:
    trail.seal_all()
    congress = Congress.objects.get(region__code="620100")
    written = _seconds(lambda: [_live(congress, number) for number in range(ITEMS)])
    sealed = _seconds(trail.seal_all)
    faults: list[str] = []
    proved = _seconds(lambda: faults.extend(verify.faults()))
    new, entries = ITEMS * STEPS, Entry.objects.count()
    print(f"written {new / written:8,.0f} entries/s, each in its own transaction, one writer")
    print(f"sealed  {new / sealed:8,.0f} entries/s")
    print(f"proved  {entries / proved:8,.0f} entries/s ({entries:,} entries, {len(faults)} faults)")
    return len(faults)


def _live(congress: Congress, number: int) -> None:
    """One matter: opened, then changed step by step."""
    matter = Matter(congress=congress, title=f"路灯 {number}", last_voice_at=clock.now())
    with transaction.atomic():
        steps.create(matter, "open", by=trail.SYSTEM)
    for step in range(1, STEPS):
        with transaction.atomic():
            changes = {"title": f"路灯 {number}，第 {step} 次"}
            steps.change(steps.lock(matter), "change", by=trail.SYSTEM, changes=changes)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
