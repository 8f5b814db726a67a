"""Who is logged in. Every request reads its account, by a statement that is written once."""

from functools import lru_cache
from typing import Any

from django.contrib.auth.backends import ModelBackend

from huiyin.accounts.models import User
from huiyin.kernel.compiled import Place, Question


class PasswordBackend(ModelBackend):
    """By name and password, as Django's own."""

    def get_user(self, user_id: Any) -> User | None:
        user = _account().row(pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


@lru_cache
def _account() -> Question[User]:
    return Question(User.objects.filter(pk=Place("pk")))
