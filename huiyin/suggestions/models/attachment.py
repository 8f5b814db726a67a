"""Files that deputies, units and the desk lay to a suggestion: pictures and PDFs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.congress.seats import Seats, seats_of
from huiyin.kernel.models import Trailed
from huiyin.suggestions.choices import AttachmentPart, AttachmentState, PaperKind, ReplyState
from huiyin.suggestions.models.handling import Assignment, Contact
from huiyin.suggestions.models.reply import UNMADE, Promise, Reply
from huiyin.suggestions.models.suggestion import Suggestion

MOST = 10  # kept at one place
LONGEST_TITLE = 80
ENDINGS = {PaperKind.JPEG: "jpg", PaperKind.PDF: "pdf"}
CONTENT_TYPES = {PaperKind.JPEG: "image/jpeg", PaperKind.PDF: "application/pdf"}
PLACES = ("contact", "reply", "promise")

_OUT = Q(reply=None) | Q(reply__state=ReplyState.SIGNED)
_MADE = Q(promise=None) | ~Q(promise__state__in=UNMADE)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: Any) -> Self:
        seats = seats_of(user)
        seen = Suggestion.objects.visible_from(seats).values("pk")
        return self.readable_from(seats).filter(suggestion__in=seen)

    def readable_from(self, seats: Seats) -> Self:
        """Of a suggestion one sees all but what lies at another unit's letter before it is signed."""
        return self.filter(_OUT | Q(reply__assignment__unit__in=seats.units()), _MADE)

    def out(self) -> Self:
        """What everybody reads who sees the suggestion."""
        return self.filter(_OUT, _MADE)

    def kept(self) -> Self:
        return self.filter(state=AttachmentState.KEPT)

    def at_place(self, place: "Attachment") -> Self:
        """Everything that was laid where this one is laid."""
        names = ("suggestion", "part", "assignment", *PLACES)
        return self.filter(**{name: getattr(place, name) for name in names})

    def for_list(self) -> Self:
        """Everything a row shows, in one query."""
        rows = self.select_related("added_by", "assignment__unit", *PLACES)
        return rows.select_related("contact__assignment", "reply__assignment").order_by("pk")


class Attachment(Trailed):
    """One file. What is removed stays as a line that says so; its file is deleted.

    `assignment` is the task of a unit that lays it there, where a unit does; `reply` also of a
    letter's signed paper, which is read by whoever reads the letter. `sha256` is of the file as
    it is kept.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="attachments")
    part = models.CharField(_("属于"), max_length=15, choices=AttachmentPart)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="attachments", null=True, blank=True
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="attachments", null=True, blank=True
    )
    reply = models.ForeignKey(
        Reply, on_delete=models.CASCADE, related_name="attachments", null=True, blank=True
    )
    promise = models.ForeignKey(
        Promise, on_delete=models.CASCADE, related_name="attachments", null=True, blank=True
    )
    title = models.CharField(_("名称"), max_length=LONGEST_TITLE)
    state = models.CharField(
        _("状态"), max_length=10, choices=AttachmentState, default=AttachmentState.KEPT
    )
    kind = models.CharField(_("类型"), max_length=5, choices=PaperKind)
    size = models.PositiveIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="attachments/%Y/%m/", blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("添加时间"))
    removed_words = models.CharField(_("移除原因"), max_length=500, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("事物", "附件")
        constraints = [
            models.CheckConstraint(
                name="attachment_removed_has_no_file_and_says_why",
                condition=Q(state=AttachmentState.KEPT, removed_words="") & ~Q(file="")
                | Q(state=AttachmentState.REMOVED, file="") & ~Q(removed_words=""),
            ),
            models.CheckConstraint(
                name="attachment_names_what_it_belongs_to",
                condition=Q(part=AttachmentPart.CONTACT, contact__isnull=False)
                | Q(part=AttachmentPart.REPLY, reply__isnull=False)
                | Q(part=AttachmentPart.PROMISE, promise__isnull=False)
                | Q(part__in=[AttachmentPart.TEXT, AttachmentPart.SIGNED_PAPER]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_kept(self) -> bool:
        return self.state == AttachmentState.KEPT

    @property
    def file_name(self) -> str:
        """What it is called once it is outside."""
        return f"{self.title}.{ENDINGS[PaperKind(self.kind)]}"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[PaperKind(self.kind)]

    @property
    def place(self) -> str:
        """Names where it lies, as a form sends it."""
        if self.part == AttachmentPart.SIGNED_PAPER:
            at = self.assignment_id
        else:
            at = next((pk for name in PLACES if (pk := getattr(self, f"{name}_id"))), None)
        return f"{self.part}:{at}" if at else str(self.part)

    @property
    def place_label(self) -> str:
        """Where it lies, in words."""
        at: Any = self.contact or self.promise
        if self.part == AttachmentPart.REPLY and self.reply:
            at = _("第 %(round)s 轮") % {"round": self.reply.round}
        elif self.part == AttachmentPart.SIGNED_PAPER and self.assignment:
            at = self.assignment.unit
        part = self.get_part_display()
        return _("%(part)s：%(at)s") % {"part": part, "at": at} if at else part

    def hang_on(self, suggestion: Suggestion) -> None:
        """Everything it names belongs to this suggestion, which is read already."""
        named = (self.assignment, self.contact, self.reply, self.promise)
        tasks = (getattr(row, "assignment", None) for row in named)
        for row in (self, *named, *tasks):
            if row is not None and not isinstance(row, Contact):
                row.suggestion = suggestion


def places_of(
    suggestion: Suggestion, contacts: Iterable[Contact] | None = None
) -> Iterator[Attachment]:
    """Every place of a suggestion where something could be laid, each as a file that is not there yet."""
    yield Attachment(suggestion=suggestion, part=AttachmentPart.TEXT)
    yield Attachment(suggestion=suggestion, part=AttachmentPart.SIGNED_PAPER)
    # Nothing is handed over, answered or promised before there is a number.
    tasks = suggestion.assignments.all() if suggestion.number else ()
    signed_for = {task.pk: task for task in tasks if task.signed_at}
    if signed_for:
        found = _talks(signed_for) if contacts is None else contacts
        yield from _places_of_tasks(suggestion, signed_for, found)


def _talks(tasks: Mapping[int, Assignment]) -> Iterable[Contact]:
    return Contact.objects.filter(assignment__in=list(tasks)).order_by("on", "pk")


def _places_of_tasks(
    suggestion: Suggestion, tasks: Mapping[int, Assignment], contacts: Iterable[Contact]
) -> Iterator[Attachment]:
    for talk in contacts:
        if talk.assignment_id in tasks:
            talk.assignment = task = tasks[talk.assignment_id]
            yield _place(suggestion, AttachmentPart.CONTACT, assignment=task, contact=talk)
    for reply in suggestion.replies.all():
        if reply.assignment_id in tasks:
            reply.assignment = task = tasks[reply.assignment_id]
            yield _place(suggestion, AttachmentPart.REPLY, assignment=task, reply=reply)
    for promise in suggestion.promises.all():
        yield _place(suggestion, AttachmentPart.PROMISE, promise=promise)
    for task in tasks.values():
        letter = suggestion.reply_of(task)
        # Who answers lays the scan of a letter to that letter, or others would read it too early.
        if letter or not task.answers:
            yield _place(suggestion, AttachmentPart.SIGNED_PAPER, assignment=task, reply=letter)


def _place(suggestion: Suggestion, part: str, **named: Any) -> Attachment:
    return Attachment(suggestion=suggestion, part=part, **named)
