"""What upper apps may hear of: sent on commit."""

from django.dispatch import Signal

settled = Signal()  # message: it went, or nobody will try again
