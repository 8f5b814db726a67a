"""News from the rulebook, sent on commit."""

from django.dispatch import Signal

clock_moved = Signal()  # sender Clock; clock_id: int, before: date, after: date
