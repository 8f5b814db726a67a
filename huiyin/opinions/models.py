"""Voices (民意) and the matters they speak of.

A voice is what one resident said and is never changed. A matter is what it is about: the way
it goes, its clock and its deputy. Each voice begins with a matter of its own; merging moves
voices under one matter and can be undone, because each voice remembers its first matter.
"""

import datetime as dt
from typing import Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress, Deputy, Unit
from huiyin.kernel import identity
from huiyin.kernel.fields import BlindIndexField, EncryptedTextField
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.opinions import visibility
from huiyin.opinions.choices import Channel, Door, ProposalState, State, Subject, Way
from huiyin.regions.models import Region
from huiyin.rulebook.models import Clock
from huiyin.venues.models import Duty, Venue

OPEN_STATES = (
    State.RECEIVED,
    State.WITH_DEPUTY,
    State.WITH_DEPARTMENT,
    State.IN_SUGGESTION,
    State.ANSWERED,
    State.REOPENED,
)


class MatterQuerySet(models.QuerySet["Matter"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_matters(user))

    def standing(self) -> Self:
        """Matters that were not merged into another."""
        return self.exclude(state=State.MERGED)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def neglected(self, today: dt.date) -> Self:
        """Reopened, and the deputy's time has passed: the clerk's."""
        late = Clock.overdue_q(today, prefix="clock__")
        return self.filter(late, state=State.REOPENED, is_passed_on=False)

    def public(self) -> Self:
        """What anyone may see: the title a clerk approved, and a count."""
        return self.standing().filter(is_public=True).exclude(public_title="")

    def for_list(self) -> Self:
        return self.select_related("region", "venue", "clock", "deputy__person").defer("search")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["search"])
class Matter(Trailed):
    untrailed = frozenset({"search", "n_voices", "last_voice_at"})

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="matters")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="matters", null=True, blank=True
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, related_name="matters", null=True, blank=True
    )
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.RECEIVED)
    way = models.CharField(_("去向"), max_length=15, choices=Way, blank=True)
    subject = models.CharField(_("类别"), max_length=15, choices=Subject, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    public_title = models.CharField(_("公开标题"), max_length=120, blank=True)
    is_public = models.BooleanField(_("公开"), default=False)
    door = models.CharField(_("去处"), max_length=15, choices=Door, blank=True)
    deputy = models.ForeignKey(
        Deputy, on_delete=models.PROTECT, related_name="matters", null=True, blank=True
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="matters", null=True, blank=True
    )
    # What the department is told: the desk leaves out whatever names the resident.
    brief = models.TextField(_("转办内容"), max_length=2000, blank=True)
    ticket_number = models.CharField(_("工单号"), max_length=40, blank=True)
    ticket_due_on = models.DateField(_("热线答复期限"), null=True, blank=True)
    answer = models.TextField(_("结果"), max_length=2000, blank=True)
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="matters", null=True, blank=True
    )
    is_reopened = models.BooleanField(_("重新跟进过"), default=False)
    is_passed_on = models.BooleanField(_("已交代工委"), default=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="absorbed", null=True, blank=True
    )
    # How it stood before a merge, so that an undo puts it back.
    state_before_merge = models.CharField(max_length=20, choices=State, blank=True)
    n_voices = models.PositiveIntegerField(_("人数"), default=0)
    last_voice_at = models.DateTimeField(_("最近一次"))
    search = SearchVectorField(null=True, editable=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="matter_merged_means_merged_into",
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | ~Q(state=State.MERGED) & Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="matter_public_has_a_public_title",
                condition=Q(is_public=False) | ~Q(public_title=""),
            ),
        ]
        indexes = [
            models.Index(name="matter_queue", fields=["congress", "state", "-last_voice_at"]),
            models.Index(name="matter_deputy", fields=["deputy", "state"]),
            models.Index(name="matter_public", fields=["congress"], condition=Q(is_public=True)),
            GinIndex(name="matter_search", fields=["search"]),
        ]

    def __str__(self) -> str:
        return self.title


class VoiceQuerySet(models.QuerySet["Voice"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(visibility.of_voices(user))

    def untold(self) -> Self:
        """Voices with news that nobody has seen and no telephone to send it to."""
        return self.filter(phone_index="", has_news=True)

    def by_hand(self) -> Self:
        """Untold visitors: someone who met them tells them in person."""
        return self.untold().filter(channel__in=[Channel.WALK_IN, Channel.PHONE])

    def waiting_for_an_answer(self) -> Self:
        """Asked whether it is solved, and silent since."""
        silent = Q(solved_at=None) | Q(solved_at__lt=models.F("asked_at"))
        return self.filter(asked_at__isnull=False).filter(silent)


class Voice(Trailed):
    """What one resident said, in the resident's words."""

    # Telling and asking are steps of the matter and stand in its trail.
    untrailed = frozenset(
        {
            "phone",
            "phone_index",
            "visitor_name",
            "search",
            "has_news",
            "opened_at",
            "told_at",
            "asked_at",
        }
    )

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="voices")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="voices")
    first_matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="first_voices", null=True
    )
    code = models.CharField(_("查询码"), max_length=16, unique=True)
    channel = models.CharField(_("来源"), max_length=10, choices=Channel)
    text = models.TextField(_("内容"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="voices", null=True, blank=True
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, related_name="voices", null=True, blank=True
    )
    deputy = models.ForeignKey(
        Deputy, on_delete=models.PROTECT, related_name="voices", null=True, blank=True
    )
    duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, related_name="voices", null=True, blank=True
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="entered_voices",
        null=True,
        blank=True,
    )
    received_at = models.DateTimeField(_("收到"))
    phone = EncryptedTextField(_("手机"), mask=identity.mask_phone, blank=True, default="")
    phone_index = BlindIndexField(of="phone", purpose="phone")
    visitor_name = EncryptedTextField(_("来访人"), mask=identity.mask_name, blank=True, default="")
    n_people = models.PositiveSmallIntegerField(_("人数"), default=1)
    # One press of the button is one voice, however often it is pressed.
    submission = models.CharField(max_length=40, unique=True, null=True, editable=False)  # noqa: DJ001  null is not unique
    source = models.CharField(_("来源平台"), max_length=40, blank=True)
    external_id = models.CharField(_("原编号"), max_length=60, blank=True)
    has_news = models.BooleanField(default=False)
    opened_at = models.DateTimeField(_("最近查看"), null=True, blank=True)
    told_at = models.DateTimeField(_("已告知"), null=True, blank=True)
    asked_at = models.DateTimeField(_("询问解决与否"), null=True, blank=True)
    is_solved = models.BooleanField(_("解决了吗"), null=True, blank=True)
    solved_at = models.DateTimeField(_("回答时间"), null=True, blank=True)
    solved_words = models.CharField(_("补充"), max_length=500, blank=True)
    search = SearchVectorField(null=True, editable=False)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voice_imported_once",
                fields=["congress", "source", "external_id"],
                condition=~Q(external_id=""),
            )
        ]
        indexes = [
            models.Index(name="voice_matter", fields=["matter", "received_at"]),
            models.Index(name="voice_received", fields=["congress", "-received_at"]),
            models.Index(
                name="voice_by_hand",
                fields=["venue"],
                condition=Q(has_news=True, phone_index=""),
            ),
            GinIndex(name="voice_search", fields=["search"]),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_asked(self) -> bool:
        """Whether an answer to "solved?" is awaited."""
        if self.asked_at is None:
            return False
        return self.solved_at is None or self.solved_at < self.asked_at


class Picture(models.Model):
    """A photo of a voice, decoded and written anew without its metadata."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="voices/%Y/%m/")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file.name


class ProgressLine(models.Model):
    """One turn of a matter in plain words, as the resident reads it."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="progress")
    at = models.DateTimeField()
    words = models.TextField()
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(null=True)
    about_label = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(name="progress_of_matter", fields=["matter", "at"])]

    def __str__(self) -> str:
        return self.words


class MergeProposal(TimeStamped):
    """Matters that look like the same one, with the words that say so. A person decides."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="merge_proposals")
    matters = models.ManyToManyField(Matter, related_name="merge_proposals")
    state = models.CharField(
        _("状态"), max_length=10, choices=ProposalState, default=ProposalState.OPEN
    )
    host = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="hosted_proposals", null=True, blank=True
    )
    cohesion = models.FloatField(_("相似度"))
    shared_words = models.JSONField(_("共同的词"), default=list)
    n_matters = models.PositiveIntegerField(default=0)
    method = models.CharField(_("方法"), max_length=20, default="characters")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="merge_proposal_open", fields=["congress", "state", "-n_matters"])
        ]

    def __str__(self) -> str:
        return "、".join(self.shared_words)


class VoiceImport(TimeStamped):
    """One file of voices on its way in: checked first, then written whole or not at all."""

    class State(models.TextChoices):
        CHECKED = "checked", _("已试读，待确认")
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("导入中")
        DONE = "done", _("已导入")
        FAILED = "failed", _("未导入")

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

    def __str__(self) -> str:
        return self.name
