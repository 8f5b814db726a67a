"""Kinds of venues and forms of duty."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    HOME = "home", _("代表之家")
    STATION = "station", _("代表工作站")


class Clinic(models.TextChoices):
    """The three forms (三诊) a station meets residents in."""

    SITTING = "sitting", _("在站坐诊")
    GOING_OUT = "going_out", _("外出问诊")
    ROUND = "round", _("定期巡诊")


class DutyState(models.TextChoices):
    PLANNED = "planned", _("待接待")
    OPEN = "open", _("接待中")
    CLOSED = "closed", _("已接待")
    CANCELLED = "cancelled", _("已取消")
