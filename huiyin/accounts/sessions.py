"""Sessions in the database. Every request reads its own, by a statement that is written once."""

from functools import lru_cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from huiyin.kernel.compiled import Place, Question


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        now = timezone.now()  # noqa: TID251  Django ends sessions by the clock on the wall
        session = _alive().row(key=self.session_key, now=now)
        if session is None:
            self._session_key = None
        return session


@lru_cache
def _alive() -> Question[Session]:
    return Question(Session.objects.filter(session_key=Place("key"), expire_date__gt=Place("now")))
