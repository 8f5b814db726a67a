"""What a whole module stands on: made once, undone at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from tests.remembering import MEMORY


@contextmanager
def until_undone(blocker: Any) -> Iterator[None]:
    """What a test changes meanwhile is undone by `db`, which nests inside this transaction."""
    with blocker.unblock(), transaction.atomic():
        with MEMORY.beginning(), MEMORY.standing_on(None):
            yield
        transaction.set_rollback(True)
