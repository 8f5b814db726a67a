"""Voices: what residents said, in their words, with their pictures and what they were told."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.models import Congress, Deputy
from huiyin.congress.seats import Seats, seats_of
from huiyin.kernel import identity
from huiyin.kernel.fields import BlindIndexField, EncryptedTextField
from huiyin.kernel.models import Trailed
from huiyin.opinions import visibility
from huiyin.opinions.choices import MET, Channel
from huiyin.opinions.models.matters import Matter
from huiyin.regions.models import Region
from huiyin.venues.models import Duty, Venue


class VoiceQuerySet(models.QuerySet["Voice"]):
    def visible_to(self, user: Any) -> Self:
        return self.visible_from(seats_of(user))

    def visible_from(self, seats: Seats) -> Self:
        return self.filter(visibility.of_voices(seats))

    def unmaskable_by(self, user: Any) -> Self:
        """A telephone or a name is looked up by staff and by the venue's own officers only."""
        theirs = self.filter(visibility.of_personal_facts(seats_of(user)))
        return theirs.annotate(seen_for=models.F("congress"))

    def written_down_by(self, user: Any, on: dt.date) -> Self:
        """Whose code this person may hand out: whoever met the visitor, on the day itself."""
        met = self.filter(channel__in=MET)
        return met.filter(entered_by=user.pk, created_at__date=on)

    def untold(self) -> Self:
        """Voices with news that nobody has seen and that no text message could bring."""
        return self.filter(Q(phone_index="") | Q(is_unreached=True), has_news=True)

    def by_hand(self) -> Self:
        """Untold people somebody can tell: visitors in person, others by the number they left."""
        return self.untold().filter(Q(channel__in=MET) | ~Q(phone_index=""))

    def standing(self) -> Self:
        """Voices that nobody took back."""
        return self.filter(withdrawn_at=None)

    def with_news(self) -> Self:
        """What there is to tell: the newest line of the matter."""
        lines = ProgressLine.objects.filter(matter=models.OuterRef("matter"))
        newest = lines.order_by("-at", "-pk").values("words")[:1]
        return self.annotate(news=models.Subquery(newest))

    def waiting_for_an_answer(self) -> Self:
        """Asked whether it is solved, and silent since."""
        silent = Q(solved_at=None) | Q(solved_at__lt=models.F("asked_at"))
        return self.standing().filter(asked_at__isnull=False).filter(silent)


class Voice(Trailed):
    """What one resident said, in the resident's words, until the resident or the rules have them deleted."""

    # Telling and asking are steps of the matter and stand in its trail.
    untrailed = frozenset(
        {
            "phone",
            "phone_index",
            "visitor_name",
            "search",
            "has_news",
            "is_unreached",
            "opened_at",
            "told_at",
            "asked_at",
        }
    )
    unremembered = frozenset({"text", "place", "solved_words"})

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
    received_by = models.ManyToManyField(Deputy, related_name="received_voices", blank=True)
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
    # A text message was given up, and nobody has told the resident since.
    is_unreached = models.BooleanField(default=False)
    opened_at = models.DateTimeField(_("最近查看"), null=True, blank=True)
    told_at = models.DateTimeField(_("已告知"), null=True, blank=True)
    asked_at = models.DateTimeField(_("询问解决与否"), null=True, blank=True)
    is_solved = models.BooleanField(_("解决了吗"), null=True, blank=True)
    solved_at = models.DateTimeField(_("回答时间"), null=True, blank=True)
    solved_words = models.CharField(_("补充"), max_length=500, blank=True)
    corrected_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("删除时间"), null=True, blank=True)
    search = SearchVectorField(null=True, editable=False)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "居民的话")
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
                condition=(Q(phone_index="") | Q(is_unreached=True)) & Q(has_news=True),
            ),
            models.Index(
                name="voice_kept", fields=["congress", "created_at"], condition=Q(forgotten_at=None)
            ),
            GinIndex(name="voice_search", fields=["search"]),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_asked(self) -> bool:
        """Whether an answer to "solved?" is awaited."""
        if self.asked_at is None or self.withdrawn_at:
            return False
        return self.solved_at is None or self.solved_at < self.asked_at

    def told(self) -> "models.QuerySet[ProgressLine]":
        """What its resident reads: of the matter it began with and all it was merged into."""
        begun = {self.matter_id, self.first_matter_id or self.matter_id}
        matters = Matter.objects.with_hosts(begun).values("pk")
        return ProgressLine.objects.filter(matter__in=matters).order_by("at", "pk")


class Picture(models.Model):
    """A photo of a voice, decoded and written anew without its metadata."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="voices/%Y/%m/")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file.name or ""


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
