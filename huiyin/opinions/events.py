"""What upper apps may hear of: sent on commit."""

from django.dispatch import Signal

reopened = Signal()  # matter_id: a resident said that it is not solved
