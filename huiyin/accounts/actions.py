"""Opening accounts, changing them, and the one look at what is masked."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from huiyin.accounts.models import Unmasking, User
from huiyin.kernel import identity
from huiyin.kernel.fields import EncryptedTextField
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible

LONGEST_LABEL = 200


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
