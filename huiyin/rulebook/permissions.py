"""Who may change rules and calendar. Reading them is open to everybody."""

from huiyin.accounts.models import User
from huiyin.rulebook.choices import Latitude
from huiyin.rulebook.models import Rule


def can_change(user: User, rule: Rule | None = None) -> bool:
    """System administrators; nobody where a law leaves no room."""
    return user.is_superuser and not (rule and rule.is_law and rule.latitude == Latitude.NONE)
