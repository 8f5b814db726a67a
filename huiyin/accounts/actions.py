"""Opening accounts, changing them, and the one look at what is masked."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from huiyin.accounts import events
from huiyin.accounts.models import Access, Token, Unmasking, User
from huiyin.kernel import clock, identity, steps, trail
from huiyin.kernel.fields import EncryptedTextField
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible

LONGEST_LABEL = 200
LONGEST_QUERY, LONGEST_NAME = 500, 20
MOST_FILTERS = 20  # of one list
MOST_TOKENS, LONGEST_LIFE = 10, 366  # alive at a time; days
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
START = "huiyin_"  # so that a scanner of repositories knows what it has found


@dataclass(frozen=True)
class Opened:
    """An account that was opened, and its one-time password: in no table, shown now and never again."""

    user: User
    password: str


@transaction.atomic
def create_account(
    username: str,
    *,
    name: str,
    password: str | None = None,
    email: str = "",
    phone: str = "",
    by: HasActor,
) -> User:
    """Open an account without any seat; without a password nobody can log in with it yet.

    A password that comes with it is known to whoever opened it: its owner chooses another first.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise NotPossible(_("登录名“%(username)s”已经有人用了。") % {"username": username})
    user = User(
        username=username,
        name=name,
        email=email,
        phone=identity.normalise_phone(phone),
        must_change_password=password is not None,
    )
    user.set_password(password)
    user.save()
    steps.create(Access(user=user), "open_account", by=by)
    return user


def create_accounts(names: Sequence[tuple[str, str]], *, by: HasActor) -> list[Opened]:
    """Many accounts at once from login names and names, each with a one-time password.

    A password costs a fifth of a second (Argon2): ask for no more than a reader waits for. They
    are hashed first, so that no row is held meanwhile.
    """
    passwords = [one_time_password() for _number in names]
    users = [
        User(
            username=username,
            name=name,
            password=make_password(password),
            must_change_password=True,
        )
        for (username, name), password in zip(names, passwords, strict=True)
    ]
    with transaction.atomic():
        User.objects.bulk_create(users)
        accesses = Access.objects.bulk_create(Access(user=user) for user in users)
        trail.record_many(accesses, "open_account", by=by)
    return [Opened(user, password) for user, password in zip(users, passwords, strict=True)]


def one_time_password() -> str:
    """Twelve characters (59 bits) without look-alikes: it is read from paper and typed once."""
    return "".join(secrets.choice(READABLE) for _number in range(12))


@transaction.atomic
def set_phone(user: User, *, phone: str, by: HasActor) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    user.phone = identity.normalise_phone(phone)
    user.save(update_fields=["phone", "phone_index"])
    return user


@transaction.atomic
def give_password(user: User, *, reason: str, by: User, allowed: bool) -> Opened:
    """A new one-time password where the old one is forgotten; every session ends with the old one."""
    user = _locked(user, by=by, allowed=allowed)
    if not user.is_active:
        raise NotPossible(_("账号已经停用，请先恢复。"))
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _record(user, "give_password", reason=reason, by=by)
    return Opened(user, password)


@transaction.atomic
def choose_password(user: User, *, password: str) -> User:
    """Its owner's own choice, which nobody else knows."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    if locked.must_change_password:
        _write_down(user, "choose_password", words="", by=user)
    return user


@transaction.atomic
def reset_second_factor(user: User, *, reason: str, by: User, allowed: bool) -> User:
    """Lost with the telephone, and no recovery code left: at the next login a new one is set up."""
    user = _locked(user, by=by, allowed=allowed)
    gone, _kinds = Authenticator.objects.filter(user=user).delete()
    if not gone:
        raise NotPossible(_("这个账号没有设第二因素。"))
    _end_sessions(user)
    user.save(update_fields=["n_sessions_ended"])
    return _record(user, "reset_second_factor", reason=reason, by=by)


@transaction.atomic
def close_account(user: User, *, reason: str, by: User, allowed: bool) -> User:
    """Nobody logs in with it any more; what was done with it stays in every trail."""
    user = _locked(user, by=by, allowed=allowed)
    if not user.is_active:
        raise NotPossible(_("账号已经停用。"))
    user.is_active = False
    _end_sessions(user)
    user.save(update_fields=["is_active", "n_sessions_ended"])
    return _record(user, "close_account", reason=reason, by=by)


@transaction.atomic
def reopen_account(user: User, *, reason: str, by: User, allowed: bool) -> User:
    """It opens with the password it had; the sessions of before stay ended."""
    user = _locked(user, by=by, allowed=allowed)
    if user.is_active:
        raise NotPossible(_("账号没有停用。"))
    user.is_active = True
    user.save(update_fields=["is_active"])
    return _record(user, "reopen_account", reason=reason, by=by)


def _locked(user: User, *, by: User, allowed: bool) -> User:
    """The account, held; who may keep it is for the floor that knows the seats to say."""
    if not allowed:
        raise NotAllowed(f"{by} does not keep this account")
    if by.pk == user.pk:
        raise NotPossible(_("自己的账号不能自己来管，请找另一位管理员。"))
    return User.objects.select_for_update().get(pk=user.pk)


def _end_sessions(user: User) -> None:
    user.n_sessions_ended += 1


def _record(user: User, step: str, *, reason: str, by: User) -> User:
    """A line in the account's trail with the reason, and news for whoever is to be told."""
    if not reason.strip():
        raise NotPossible(_("请写明原因。"))
    entry = _write_down(user, step, words=reason.strip()[:LONGEST_LABEL], by=by)
    news = partial(
        events.account_changed.send,
        User,
        user_id=user.pk,
        step=step,
        line=entry.version,
        by=by.name,
    )
    transaction.on_commit(news)
    return user


def _write_down(user: User, step: str, *, words: str, by: HasActor) -> Access:
    """The next line of the trail; the first one of an account older than the trail. The account is held."""
    known = Access.objects.filter(user=user).first()
    if known is None:
        return steps.create(Access(user=user, is_open=user.is_active), step, by=by, words=words)
    changes = {"is_open": user.is_active} if known.is_open != user.is_active else {}
    return steps.change(steps.lock(known), step, by=by, changes=changes, words=words)


@transaction.atomic
def keep_filter(*, name: str, path: str, query: str, by: User) -> User:
    """Give a search of one list a name; the same name again means the new search.

    `query` is what of the list's address narrows and orders it.
    """
    name = name.strip()
    if not query or len(query) > LONGEST_QUERY:
        raise NotPossible(_("先选好条件，再存为常用。"))
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
        raise NotPossible(_("给常用条件起个名字，最多 %(most)d 个字。") % {"most": LONGEST_NAME})
    user = User.objects.select_for_update().get(pk=by.pk)
    others = _filters_besides(user, name, path)
    if sum(kept["path"] == path for kept in others) >= MOST_FILTERS:
        raise NotPossible(
            _("一个列表最多存 %(most)d 个常用条件，请先删掉几个。") % {"most": MOST_FILTERS}
        )
    user.kept_filters = [*others, {"path": path, "name": name, "query": query}]
    user.save(update_fields=["kept_filters"])
    return user


@transaction.atomic
def drop_filter(*, name: str, path: str, by: User) -> User:
    user = User.objects.select_for_update().get(pk=by.pk)
    user.kept_filters = _filters_besides(user, name, path)
    user.save(update_fields=["kept_filters"])
    return user


def _filters_besides(user: User, name: str, path: str) -> list[dict[str, str]]:
    kept: list[dict[str, str]] = user.kept_filters
    return [each for each in kept if (each["path"], each["name"]) != (path, name)]


@transaction.atomic
def make_token(user: User, *, name: str, can_write: bool, days: int, by: User) -> tuple[Token, str]:
    """A new key for a program, and its words: they are shown now and never again."""
    if by.pk != user.pk:
        raise NotAllowed("make a token for another person")
    if not 1 <= days <= LONGEST_LIFE:
        raise NotPossible(_("有效期最长%(most)d天。") % {"most": LONGEST_LIFE})
    User.objects.select_for_update().get(pk=user.pk)
    if user.tokens.alive(clock.today()).count() >= MOST_TOKENS:
        raise NotPossible(_("一个人最多有%(most)d个令牌，请先撤销几个。") % {"most": MOST_TOKENS})
    secret = START + secrets.token_urlsafe(32)
    token = Token(
        user=user,
        name=name.strip(),
        hash=_hash(secret),
        can_write=can_write,
        expires_on=clock.today() + dt.timedelta(days=days),
    )
    return steps.create(token, "make_token", by=by, words=token.name), secret


@transaction.atomic
def revoke_token(token: Token, *, by: User, allowed: bool = False) -> Token:
    """From now on it opens nothing; the row and its trail stay.

    Its owner always may. Who else does is for the floor that knows the seats to say.
    """
    locked = steps.lock(token)
    if by.pk != locked.user_id and not allowed:
        raise NotAllowed("revoke another person's token")
    if locked.revoked_at:
        raise NotPossible(_("这个令牌已经撤销。"))
    return steps.change(locked, "revoke_token", by=by, changes={"revoked_at": clock.now()})


def use_token(secret: str) -> Token | None:
    """The living token of these words, with its person; the day of its last use is noted."""
    today = clock.today()
    alive = Token.objects.alive(today).select_related("user")
    token = alive.filter(hash=_hash(secret)).first()
    if token and token.used_on != today:
        Token.objects.filter(pk=token.pk).update(used_on=today)
    return token


def _hash(secret: str) -> str:
    """Plain SHA-256: 256 random bits are not guessed, however fast the hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


@transaction.atomic
def unmask(
    item: models.Model,
    *,
    field: str,
    reason: str,
    allowed: bool,
    congress_key: int | None,
    by: User,
) -> str:
    """The plain value of a masked field, against a reason, with a line in the log.

    The one place that shows such a value. Whether this person may, and which congress it concerns,
    is for the floor that knows the item to say; the log is written before the value leaves.
    """
    if not allowed:
        raise NotAllowed(f"{by} may not see {field}")
    if not reason.strip():
        raise NotPossible(_("请写明为什么要看。"))
    if not is_masked(type(item), field):
        raise NotPossible(_("这一项没有打码。"))
    Unmasking.objects.create(
        by=by,
        item_kind=item._meta.label_lower,
        item_id=item.pk,
        item_label=str(item)[:LONGEST_LABEL],
        field=field,
        reason=reason.strip()[:LONGEST_LABEL],
        congress_key=congress_key,
    )
    value: Any = getattr(item, field)
    return value.reveal()


def is_masked(model: type[models.Model], field: str) -> bool:
    try:
        return isinstance(model._meta.get_field(field), EncryptedTextField)
    except FieldDoesNotExist:
        return False
