"""News of accounts, sent on commit; the sender is the model class."""

from django.dispatch import Signal

# user_id: int, step: str, line: int (its place in the account's trail), by: str (a name);
# a password given, a second factor reset, closed or reopened by an administrator
account_changed = Signal()
