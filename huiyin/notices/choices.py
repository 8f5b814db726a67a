"""Channels and states of a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    IN_APP = "in_app", _("站内")
    EMAIL = "email", _("邮件")
    SMS = "sms", _("短信")
    CHAT = "chat", _("群机器人")


class State(models.TextChoices):
    WAITING = "waiting", _("待发")
    HELD = "held", _("安静时段暂存")
    SENDING = "sending", _("正在发")
    SENT = "sent", _("已发")
    FAILED = "failed", _("未送达")
    CANCELLED = "cancelled", _("已取消")


class HookState(models.TextChoices):
    ACTIVE = "active", _("在用")
    PAUSED = "paused", _("暂停")


class Outcome(models.TextChoices):
    """How a delivery to another system stands."""

    WAITING = "waiting", _("待发")
    SENT = "sent", _("已送达")
    GIVEN_UP = "given_up", _("不再试")
