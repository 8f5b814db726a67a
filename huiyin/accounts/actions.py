"""Opening accounts, changing them, and the one look at what is masked."""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from huiyin.accounts.models import Token, Unmasking, User
from huiyin.kernel import clock, identity, steps
from huiyin.kernel.fields import EncryptedTextField
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible

LONGEST_LABEL = 200
LONGEST_QUERY, LONGEST_NAME = 500, 20
MOST_FILTERS = 20  # of one list
MOST_TOKENS, LONGEST_LIFE = 10, 366  # alive at a time; days
START = "huiyin_"  # so that a scanner of repositories knows what it has found


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
    """Open an account without any seat; without a password nobody can log in with it yet."""
    if User.objects.filter(username__iexact=username).exists():
        raise NotPossible(_("登录名“%(username)s”已经有人用了。") % {"username": username})
    user = User(username=username, name=name, email=email, phone=identity.normalise_phone(phone))
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def set_phone(user: User, *, phone: str, by: HasActor) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    user.phone = identity.normalise_phone(phone)
    user.save(update_fields=["phone", "phone_index"])
    return user


@transaction.atomic
def set_password(user: User, *, password: str, by: HasActor) -> User:
    """An administrator hands out a first password; its owner changes it after logging in."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def close_account(user: User, *, by: HasActor) -> User:
    """Nobody logs in with it any more; what was done with it stays in every trail."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


@transaction.atomic
def keep_filter(*, name: str, path: str, query: str, by: User) -> User:
    """Give a search of one list a name; the same name again means the new search.

    `query` is what of the list's address narrows and orders it.
    """
    name = name.strip()
    if not query or len(query) > LONGEST_QUERY:
        raise NotPossible(_("先选好条件，再存为常用。"))
    if not 0 < len(name) <= LONGEST_NAME:
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
def unmask(item: models.Model, *, field: str, reason: str, allowed: bool, by: User) -> str:
    """The plain value of a masked field, against a reason, with a line in the log.

    The one place that shows such a value. Whether this person may is for the floor that knows the
    item to say; the log is written before the value leaves.
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
    )
    value: Any = getattr(item, field)
    return value.reveal()


def is_masked(model: type[models.Model], field: str) -> bool:
    try:
        return isinstance(model._meta.get_field(field), EncryptedTextField)
    except FieldDoesNotExist:
        return False
