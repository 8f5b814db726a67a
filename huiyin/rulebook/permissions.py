"""Who may change rules and calendar. Reading them is open to everybody."""

from huiyin.accounts.models import User
from huiyin.regions.models import Region
from huiyin.rulebook.choices import Latitude
from huiyin.rulebook.models import Rule


def can_change(user: User, rule: Rule | None = None, *, at: Region | None = None) -> bool:
    """A system administrator in the own region; nobody where a law leaves no room."""
    if rule and rule.is_law and rule.latitude == Latitude.NONE:
        return False
    if user.is_superuser:
        return True
    return at is not None and user.keeps_rules_of_id == at.pk
