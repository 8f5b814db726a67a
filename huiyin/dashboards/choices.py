"""States of what dashboards keep: the reports of a year."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    DRAFT = "draft", _("拟编")
    WAITING = "waiting", _("排队中")
    MAKING = "making", _("正在编")
    MADE = "made", _("已编成")
    FAILED = "failed", _("没有编成")


UNDER_WAY = (ReportState.WAITING, ReportState.MAKING)


class FileKind(models.TextChoices):
    DOCX = "docx", "DOCX"
    PDF = "pdf", "PDF"
