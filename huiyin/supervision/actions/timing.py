"""Starting and stopping the clocks of supervision, by the rules of the congress."""

from huiyin.congress.models import Congress
from huiyin.kernel import clock
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock


def start(congress: Congress, rule: Key, words: str) -> Clock:
    return rulebook.start_clock(
        rule=rule, region=congress.region, start=clock.today(), start_words=words
    )


def stop(running: Clock | None) -> None:
    """What it measured is done."""
    if running is not None and running.is_running:
        rulebook.stop_clock(running, on=clock.today())


def void(running: Clock | None) -> None:
    """What it measured has gone away."""
    if running is not None and running.is_running:
        rulebook.void_clocks([running.pk], on=clock.today())


def resume(running: Clock | None) -> None:
    """What was handed in is not enough: the time runs on from its old start."""
    if running is not None and not running.is_running:
        rulebook.resume_clock(running)
