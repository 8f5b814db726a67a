"""Putting messages into the outbox: rows only, the worker sends them."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from huiyin.accounts.models import User
from huiyin.congress import actions as congress_actions
from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Deputy, Unit
from huiyin.kernel import clock, compiled, crypto, identity
from huiyin.kernel.compiled import Statement
from huiyin.kernel.models import Trailed
from huiyin.kernel.wording import kept
from huiyin.notices.calculations import earliest
from huiyin.notices.choices import Channel, State
from huiyin.notices.models import Message

LONGEST_KEY = 100
LONGEST_SUBJECT = 120
KEPT = 2_000  # statements, each for one body or unit on one day
UNIT_ROLES = (Role.UNIT_CLERK, Role.UNIT_LEADER, Role.GOVERNMENT)

_gathered: ContextVar[list[Message] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering() -> Iterator[None]:
    """What is said inside is written at its end by one statement; after an error nothing of it is.

    Stand inside the transaction of one step, which is kept or lost as a whole.
    """
    if _gathered.get() is not None:  # a part of what is being gathered already
        yield
        return
    messages: list[Message] = []
    token = _gathered.set(messages)
    try:
        yield
    finally:
        _gathered.reset(token)
    _post(messages)


@dataclass(frozen=True)
class News:
    """What is said, the same for everybody who is told."""

    key: str
    subject: str
    words: str
    about: Trailed | None = None
    path: str = ""
    congress_id: int | None = None

    def message(
        self,
        channel: str,
        receiver: str,
        *,
        user_id: int | None = None,
        phone: str = "",
        robot: str = "",
    ) -> Message:
        now = clock.now()
        not_before = now if channel == Channel.IN_APP else earliest(now)
        message = Message(
            key=f"{_short(self.key)}:{channel}:{receiver}",
            channel=channel,
            state=_first_state(channel, is_held=not_before > now),
            user_id=user_id,
            phone=phone,
            robot=robot,
            subject=kept(self.subject)[:LONGEST_SUBJECT],
            words=kept(self.words),
            path=self.path,
            congress_id=self.congress_id,
            not_before=not_before,
            sent_at=now if channel == Channel.IN_APP else None,
        )
        if self.about is not None:
            message.about_kind, message.about_id = self.about.item_kind(), self.about.pk
        return message


def send(
    *,
    to: User | None = None,
    phone: str = "",
    key: str,
    subject: str,
    words: str,
    about: Trailed | None = None,
    path: str = "",
    congress: Congress | None = None,
    is_calm: bool = False,
) -> None:
    """Tell one person: an account by every address it has, or a bare phone.

    The same key to the same person is one message, however often it is sent. What is calm, a
    digest for instance, makes nobody's phone ring.
    """
    news = _news(key, subject, words, about, path, congress.pk if congress else None)
    if to is None:
        _post(_to_phone(news, phone))
        return
    messages = _to_accounts(news, [_account(to)])
    _post([m for m in messages if m.channel != Channel.SMS] if is_calm else messages)


def sends_text_messages() -> bool:
    """Whether a page may promise one."""
    return bool(settings.SMS_ADDRESS) or settings.SMS_TO_LOG


def send_to_role(
    congress: Congress,
    *roles: str,
    key: str,
    subject: str,
    words: str,
    about: Trailed | None = None,
    path: str = "",
    committee_id: int | None = None,
) -> None:
    """Tell everybody who holds one of the roles today, and the group's robot where there is one.

    With a committee the other committees' staff hear nothing.
    """
    news = _news(key, subject, words, about, path, congress.pk)
    accounts = _accounts(_of_roles(congress.pk, roles, committee_id, clock.today()))
    _post([*_to_accounts(news, accounts), *_to_robot(news, congress)])


def send_to_deputy(
    deputy: Deputy,
    *,
    key: str,
    subject: str,
    words: str,
    about: Trailed | None = None,
    path: str = "",
) -> None:
    """Tell a deputy by account, or by phone where there is no account yet."""
    news = _news(key, subject, words, about, path, deputy.congress_id)
    if deputy.person.user:
        _post(_to_accounts(news, [_account(deputy.person.user)]))
    else:
        _post(_to_phone(news, deputy.person.phone.reveal()))


def send_to_unit(
    unit: Unit,
    *,
    key: str,
    subject: str,
    words: str,
    about: Trailed | None = None,
    path: str = "",
) -> None:
    """Tell the clerks and leaders of a unit, or the office that distributes, and the unit's robot."""
    news = _news(key, subject, words, about, path, unit.congress_id)
    messages = _to_accounts(news, _accounts(_of_unit(unit.pk, unit.congress_id, clock.today())))
    _post([*messages, *(_to_robot(news, unit.congress, unit) if settings.CHAT_ROBOTS else [])])


def _news(
    key: str,
    subject: str,
    words: str,
    about: Trailed | None,
    path: str,
    congress_id: int | None,
) -> News:
    said_in = congress_id or getattr(about, "congress_id", None)
    return News(key, subject, words, about, path, said_in)


class Account(NamedTuple):
    """Whom a message is for, and which addresses there are; the addresses are read when it goes out."""

    user_id: int
    has_email: bool
    has_phone: bool


def _account(user: User) -> Account:
    return Account(user.pk, bool(user.email), bool(user.phone))


def _accounts(asked: Statement) -> list[Account]:
    return [Account(pk, bool(email), bool(sealed)) for pk, email, sealed in compiled.rows(asked)]


@lru_cache(maxsize=KEPT)
def _of_roles(
    congress_id: int, roles: tuple[str, ...], committee_id: int | None, today: dt.date
) -> Statement:
    congress = Congress(pk=congress_id)
    return _asking(congress_actions.users_with(congress, *roles, committee_id=committee_id))


@lru_cache(maxsize=KEPT)
def _of_unit(unit_id: int, congress_id: int, today: dt.date) -> Statement:
    unit = Unit(pk=unit_id, congress_id=congress_id)
    return _asking(congress_actions.users_of(unit, *UNIT_ROLES))


def _asking(users: QuerySet[User]) -> Statement:
    return compiled.statement(users.values_list("pk", "email", "phone"))


def _to_accounts(news: News, accounts: Iterable[Account]) -> list[Message]:
    messages = []
    for each in accounts:
        channels = [Channel.IN_APP]
        channels += [Channel.EMAIL] if each.has_email else []
        channels += [Channel.SMS] if each.has_phone else []
        receiver, user_id = f"u{each.user_id}", each.user_id
        messages += [news.message(channel, receiver, user_id=user_id) for channel in channels]
    return messages


def _to_phone(news: News, typed: str) -> list[Message]:
    phone = identity.normalise_phone(typed)
    if not phone:
        return []
    receiver = crypto.blind_index(phone, "message")[:24]
    return [news.message(Channel.SMS, receiver, phone=phone)]


def _to_robot(news: News, congress: Congress, unit: Unit | None = None) -> list[Message]:
    """The robot of the unit's group, or of the committee's; most houses have none."""
    if not settings.CHAT_ROBOTS:
        return []
    name = congress.region.code + (f"/{unit.name}" if unit else "")
    if name not in settings.CHAT_ROBOTS:
        return []
    receiver = hashlib.sha256(name.encode()).hexdigest()[:24]
    return [news.message(Channel.CHAT, receiver, robot=name)]


def _post(messages: list[Message]) -> None:
    gathered = _gathered.get()
    if gathered is not None:
        gathered += messages
    elif messages:
        Message.objects.bulk_create(messages, ignore_conflicts=True)


def _first_state(channel: str, *, is_held: bool) -> State:
    if channel == Channel.IN_APP:
        return State.SENT
    return State.HELD if is_held else State.WAITING


def _short(key: str) -> str:
    """The key as it is, or its digest where it would not fit the column."""
    if len(key) <= LONGEST_KEY:
        return key
    return hashlib.sha256(key.encode()).hexdigest()
