"""News of people's seats, sent on commit; the sender is the model class."""

from django.dispatch import Signal

dismissed = Signal()  # appointment_id: int
mandate_changed = Signal()  # deputy_id: int; suspended, resumed or ended
