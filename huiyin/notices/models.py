"""The outbox: every message, before and after it is sent."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, congresses_of
from huiyin.kernel import identity
from huiyin.kernel.fields import BlindIndexField, EncryptedTextField
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.notices.choices import Channel, HookState, Outcome, State

KEEPERS = (Role.CLERK, Role.DIRECTOR, Role.SYSTEM_ADMINISTRATOR)


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: dt.datetime) -> Self:
        """What may go out now, oldest first."""
        waiting = Q(state__in=[State.WAITING, State.HELD], not_before__lte=now)
        return self.filter(waiting).order_by("not_before", "pk")

    def about(self, kind: str, ids: Iterable[int]) -> Self:
        return self.filter(about_kind=kind, about_id__in=ids)

    def with_number(self) -> Self:
        """Those that keep a bare telephone number, of somebody without an account."""
        return self.exclude(phone_index="")

    def inbox_of(self, user_id: int) -> Self:
        return self.filter(user_id=user_id, channel=Channel.IN_APP).order_by("-created_at")

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def naming(self, *, q: str = "", unread: bool = False) -> Self:
        found = self.filter(Q(subject__contains=q) | Q(words__contains=q)) if q else self
        return found.unread() if unread else found

    def unread_first(self) -> Self:
        unread = Case(When(read_at=None, then=1), default=0, output_field=models.IntegerField())
        return self.annotate(unread=unread)

    def visible_to(self, user: Any) -> Self:
        """In the outbox: what goes out for the congress of its staff and administrators."""
        return self.filter(congress__in=congresses_of(user, *KEEPERS))

    def unmaskable_by(self, user: Any) -> Self:
        """Whose number it is, staff may look up; who keeps the machine need not know (PIPL art. 6)."""
        theirs = self.filter(congress__in=congresses_of(user, Role.CLERK, Role.DIRECTOR))
        return theirs.annotate(seen_for=F("congress"))

    def outgoing(self) -> Self:
        """What leaves the house: in-app messages arrive by themselves."""
        return self.exclude(channel=Channel.IN_APP)

    def matching(self, *, q: str = "", channel: str = "", state: str = "") -> Self:
        found = self.filter(Q(subject__contains=q) | Q(user__name__contains=q)) if q else self
        found = found.filter(channel=channel) if channel else found
        return found.filter(state=state) if state else found


class Message(TimeStamped):
    """One message to one person by one channel.

    `key` makes sending idempotent: the same news to the same person by the same channel is
    one row. `robot` names a group's robot in the settings. The words never carry personal data; a
    resident's phone stays encrypted here, and only until nobody will send to it any more.
    """

    congress = models.ForeignKey(
        Congress, on_delete=models.PROTECT, related_name="messages", null=True
    )
    key = models.CharField(max_length=160, unique=True)
    channel = models.CharField(_("方式"), max_length=10, choices=Channel)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages", null=True
    )
    phone = EncryptedTextField(_("手机"), mask=identity.mask_phone, blank=True, default="")
    phone_index = BlindIndexField(of="phone", purpose="phone")
    robot = models.CharField(_("群机器人"), max_length=120, blank=True, default="")
    subject = models.CharField(_("标题"), max_length=120)
    words = models.TextField(_("内容"))
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    path = models.CharField(max_length=200, blank=True)
    not_before = models.DateTimeField(_("最早发送"))
    sent_at = models.DateTimeField(_("发出"), null=True)
    read_at = models.DateTimeField(_("已读"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(_("未送达原因"), max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_has_one_receiver",
                condition=~Q(state__in=[State.WAITING, State.HELD])
                | ~Q(user=None)
                | ~Q(phone_index="")
                | ~Q(robot=""),
            )
        ]
        indexes = [
            models.Index(
                name="message_due",
                fields=["not_before", "id"],
                condition=Q(state__in=[State.WAITING, State.HELD]),
            ),
            models.Index(name="message_inbox", fields=["user", "channel", "-created_at"]),
            models.Index(name="message_about", fields=["about_kind", "about_id"]),
            models.Index(
                name="message_number",
                fields=["congress", "updated_at"],
                condition=~Q(phone_index=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def has_receiver(self) -> bool:
        return self.user_id is not None or bool(self.phone_index or self.robot)


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: Any) -> Self:
        """Whoever keeps the machine of the congress."""
        return self.filter(congress__in=congresses_of(user, Role.SYSTEM_ADMINISTRATOR))

    def active(self) -> Self:
        return self.filter(state=HookState.ACTIVE, reads_as__is_active=True)


class Webhook(Trailed):
    """Another system that is told of steps: which, where, and whose eyes decide what it may know.

    It is told that a step was taken on an item, never what stands in it. `last_block` is how far
    in the chain of sealed steps it has been told.
    """

    untrailed = frozenset({"secret", "last_block"})

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="webhooks")
    name = models.CharField(_("名称"), max_length=40)
    address = models.CharField(_("地址"), max_length=300)
    secret = EncryptedTextField(_("签名密钥"))
    reads_as = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="webhooks",
        verbose_name=_("按谁的权限"),
    )
    kinds = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=HookState, default=HookState.ACTIVE)
    last_block = models.PositiveBigIntegerField(default=0)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "对接的系统")

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: dt.datetime) -> Self:
        """What may be sent now, oldest first; a paused receiver waits with all of it."""
        waiting = self.filter(outcome=Outcome.WAITING, not_before__lte=now)
        return waiting.filter(webhook__state=HookState.ACTIVE).order_by("not_before", "pk")

    def matching(self, *, q: str = "", outcome: str = "") -> Self:
        found = self.filter(event__contains=q) if q else self
        return found.filter(outcome=outcome) if outcome else found


class Delivery(TimeStamped):
    """One event on its way to one receiver: written once, sent until it is taken or given up."""

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry_id = models.BigIntegerField(null=True)  # none for a try
    event = models.CharField(_("事件"), max_length=120)
    body = models.JSONField()
    outcome = models.CharField(_("状态"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    tries = models.PositiveSmallIntegerField(_("试了几次"), default=0)
    not_before = models.DateTimeField(_("最早发送"))
    sent_at = models.DateTimeField(_("送达"), null=True)
    answer = models.PositiveSmallIntegerField(_("对方回应"), null=True)
    problem = models.CharField(_("未送达原因"), max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="delivery_once_an_entry", fields=["webhook", "entry_id"])
        ]
        indexes = [
            models.Index(
                name="delivery_due",
                fields=["not_before", "id"],
                condition=Q(outcome=Outcome.WAITING),
            ),
            models.Index(name="delivery_log", fields=["webhook", "-id"]),
        ]

    def __str__(self) -> str:
        return self.event
