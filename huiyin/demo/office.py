"""The people one congress works with."""

from dataclasses import dataclass

from huiyin.accounts.models import User
from huiyin.congress.models import Deputy


def account_of(deputy: Deputy) -> User:
    """The account a city deputy acts with; everyone here has one."""
    user = deputy.person.user
    if user is None:
        raise LookupError(f"{deputy} has no account")
    return user


@dataclass(frozen=True)
class Office:
    """The people one congress works with."""

    clerk: User
    director: User
    handlers: dict[int, tuple[User, User]]  # unit id: clerk, leader
