"""People who log in, and the log of every look at what is masked."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

import pgtrigger
from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock, identity
from huiyin.kernel.fields import BlindIndexField, EncryptedTextField
from huiyin.kernel.models import Trailed
from huiyin.kernel.trail import Actor
from huiyin.regions.models import Region


class User(AbstractUser):
    """An account. What it may do follows from appointments, one floor up.

    `name` is shown everywhere; `acting_as` says in words what the person is, for the trail
    ("兰州市人大常委会代工委 经办"), and is kept by congress.actions.appoint.
    """

    first_name = None  # type: ignore[assignment]  # Django's way to drop a field
    last_name = None  # type: ignore[assignment]  # Django's way to drop a field
    name = models.CharField(_("姓名"), max_length=60)
    acting_as = models.CharField(_("身份"), max_length=200, blank=True)
    phone = EncryptedTextField(_("手机"), mask=identity.mask_phone, blank=True, default="")
    phone_index = BlindIndexField(of="phone", purpose="phone")
    date_joined = models.DateTimeField(_("开通时间"), default=clock.now, editable=False)
    keeps_rules_of = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="rule_keepers", null=True, blank=True
    )
    is_second_factor_demanded = models.BooleanField(_("须第二因素"), default=False)
    # Somebody else knows the password: nothing opens before its owner has chosen another.
    must_change_password = models.BooleanField(_("须换密码"), default=False, editable=False)
    n_sessions_ended = models.PositiveSmallIntegerField(default=0, editable=False)
    # Names given to searches of the desk's lists, {"path", "name", "query"} each. They lie in the
    # account, which every request reads anyway: a list asks the database nothing more for them.
    kept_filters = models.JSONField(default=list, blank=True, editable=False)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def as_actor(self) -> Actor:
        return Actor("user", self.name, self.pk, self.acting_as)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's hook for what a session must know: count one more, and none of before is let in."""
        known: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{known}{self.n_sessions_ended}" if self.n_sessions_ended else known


class Access(Trailed):
    """An account's way in, as administrators opened, changed and closed it: what its trail hangs on.

    The account itself changes with every login and has no trail of its own.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="access")
    is_open = models.BooleanField(_("能登录"), default=True)

    def __str__(self) -> str:
        return self.user.username


class UnmaskingQuerySet(models.QuerySet["Unmasking"]):
    def concerning(self, congress_ids: Iterable[int], people: models.QuerySet[Any, Any]) -> Self:
        """Looks at what is of these congresses; of old ones, which name none, those of their people."""
        unnamed = Q(congress_key=None, by__in=people)
        return self.filter(Q(congress_key__in=set(congress_ids)) | unnamed)

    def matching(
        self, *, q: str = "", since: dt.date | None = None, until: dt.date | None = None
    ) -> Self:
        """Who looked, at whom, or why; in a span of days."""
        found = self
        if q:
            found = found.filter(
                Q(by__name__contains=q) | Q(item_label__contains=q) | Q(reason__contains=q)
            )
        if since:
            found = found.filter(at__gte=clock.at(since, 0))
        if until:
            found = found.filter(at__lt=clock.at(until + dt.timedelta(days=1), 0))
        return found


class Unmasking(models.Model):
    """One look at a masked value: who, what, why, as whose staff. Never the value itself."""

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="unmaskings")
    at = models.DateTimeField(default=clock.now)
    item_kind = models.CharField(max_length=60)
    item_id = models.BigIntegerField()
    item_label = models.CharField(max_length=200)
    field = models.CharField(max_length=60)
    reason = models.CharField(_("理由"), max_length=200)
    # By key, as the item is named: this floor knows no congress. Looks from before it was kept have none.
    congress_key = models.BigIntegerField(null=True)

    objects = UnmaskingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="unmasking_at", fields=["-at"])]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.item_label} {self.field}"

    @property
    def field_label(self) -> str:
        """What the field is called; its bare name where the table is gone."""
        try:
            return str(apps.get_model(self.item_kind)._meta.get_field(self.field).verbose_name)
        except (LookupError, FieldDoesNotExist):
            return self.field


class TokenQuerySet(models.QuerySet["Token"]):
    def alive(self, today: dt.date) -> Self:
        """Neither revoked nor past its last day, of an account that may still log in."""
        return self.filter(revoked_at=None, expires_on__gte=today, user__is_active=True)

    def of_people(self, people: models.QuerySet[Any, Any]) -> Self:
        return self.filter(user__in=people)

    def matching(self, *, q: str = "", state: str = "", today: dt.date) -> Self:
        """By person or purpose; those that open something, or with the spent and revoked ones."""
        found = self
        if q:
            by_person = Q(user__name__contains=q) | Q(user__username__icontains=q)
            found = found.filter(by_person | Q(name__contains=q))
        return found if state == "all" else found.alive(today)


class Token(Trailed):
    """A key with which a program acts for one person; only its hash is kept.

    It never opens more than the person may see and do; without `can_write` it only reads.
    """

    untrailed = frozenset({"used_on"})

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(_("用途"), max_length=40)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    can_write = models.BooleanField(_("可以写"), default=False)
    expires_on = models.DateField(_("有效期到"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    used_on = models.DateField(_("最近使用"), null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="token_of_user", fields=["user", "-id"])]

    def __str__(self) -> str:
        return self.name

    def is_alive(self, today: dt.date) -> bool:
        return self.revoked_at is None and self.expires_on >= today
