"""Who is logged in: the session of a request and its account, by statements that are written once."""

from functools import lru_cache
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from huiyin.accounts.models import User
from huiyin.kernel.compiled import Place, Question


class SessionStore(db.SessionStore):
    """Sessions in the database, as Django's own."""

    def _get_session_from_db(self) -> Session | None:
        now = timezone.now()  # noqa: TID251  Django ends sessions by the clock on the wall
        session = _alive().row(key=self.session_key, now=now)
        if session is None:
            self._session_key = None
        return session


class PasswordBackend(ModelBackend):
    """By name and password, as Django's own."""

    def get_user(self, user_id: Any) -> User | None:
        user = _account().row(pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


@lru_cache
def _alive() -> Question[Session]:
    return Question(Session.objects.filter(session_key=Place("key"), expire_date__gt=Place("now")))


@lru_cache
def _account() -> Question[User]:
    return Question(User.objects.filter(pk=Place("pk")))
