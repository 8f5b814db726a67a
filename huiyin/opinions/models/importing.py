"""Files of voices on their way in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress
from huiyin.kernel.imports import Failure
from huiyin.kernel.models import TimeStamped
from huiyin.opinions.choices import Channel


class VoiceImport(TimeStamped):
    """One file of voices on its way in: checked first, then written whole or not at all."""

    class State(models.TextChoices):
        CHECKED = "checked", _("已试读，待确认")
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("导入中")
        DONE = "done", _("已导入")
        FAILED = "failed", _("未导入")

    class Stage(models.TextChoices):
        """What a running one is at. Past the first, every voice is in and stays."""

        WRITING = "writing", _("写入")
        COMPARING = "comparing", _("找同一件事")

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="voice_imports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="voice_imports"
    )
    file = models.FileField(upload_to="imports/%Y/%m/")
    name = models.CharField(_("文件"), max_length=200)
    source = models.CharField(_("来源平台"), max_length=40)
    channel = models.CharField(_("来源"), max_length=10, choices=Channel, default=Channel.PLATFORM)
    mapping = models.JSONField(default=dict)
    is_semantic = models.BooleanField(_("也比较语意"), default=False)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.CHECKED)
    n_rows = models.PositiveIntegerField(_("行数"), default=0)
    n_done = models.PositiveIntegerField(_("已处理"), default=0)
    n_problems = models.PositiveIntegerField(_("问题"), default=0)
    n_repeated = models.PositiveIntegerField(_("已有"), default=0)
    n_personal = models.PositiveIntegerField(_("疑似含个人信息"), default=0)
    n_proposals = models.PositiveIntegerField(_("合并建议"), default=0)
    problem = models.CharField(max_length=300, blank=True)
    stage = models.CharField(max_length=60, blank=True)

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def is_taken_in(self) -> bool:
        return self.state == self.State.DONE or self.stage == self.Stage.COMPARING

    @property
    def is_uncompared(self) -> bool:
        """All is in, but the search for the same matters broke off."""
        return self.state == self.State.DONE and self.stage == self.Stage.COMPARING

    @property
    def stage_words(self) -> str:
        return "" if self.is_finished else str(dict(self.Stage.choices).get(self.stage, self.stage))

    @property
    def problem_words(self) -> str:
        """In the language of the reader; older files kept the words themselves."""
        return str(dict(Failure.choices).get(self.problem, self.problem))

    def __str__(self) -> str:
        return self.name
