"""Background work that somebody was promised: lost with its worker or its database, it begins again.

The step that promises and the job are written in one transaction: procrastinate's connector for
Django asks over Django's own connection. A job may therefore begin twice, and each looks first how
far it came: what it writes and the note that it is written are one transaction too.
"""

from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy

# The database went away, stopped or was too busy: nothing is wrong with the work itself.
LOST = (OperationalError, InterfaceError)
PROMISED = RetryStrategy(wait=30, retry_exceptions=LOST)
# A worker sends a sign of life every ten seconds.
SILENT_SECONDS = 60
# Work that ended its worker so often would end the next one too.
MOST_TRIES = 5

_given_up: dict[str, Callable[..., object]] = {}


def when_given_up(task: str, say: Callable[..., object]) -> None:
    """Who waits for this task is told by `say`, called with the task's own arguments."""
    _given_up[task] = say


def tell_given_up(task: str, arguments: dict[str, Any]) -> None:
    if task in _given_up:
        _given_up[task](**arguments)
