"""Old items: finished papers of another system, and the files that brought them in."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress, Session, Term
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel.imports import Failure
from huiyin.kernel.models import TimeStamped, Trailed
from huiyin.suggestions.choices import Gap, OldKind
from huiyin.suggestions.models.suggestion import Suggestion


class OldItemFileQuerySet(models.QuerySet["OldItemFile"]):
    def visible_to(self, user: Any) -> Self:
        """The clerks and the director of the congress the items belong to."""
        return self.filter(congress__in=seats_of(user).congresses(*STAFF))


class OldItemFile(TimeStamped):
    """One file of old items: tried first, then taken in whole or not at all."""

    class State(models.TextChoices):
        CHECKED = "checked", _("已试读，待确认")
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("导入中")
        DONE = "done", _("已导入")
        FAILED = "failed", _("未导入")

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="old_item_files")
    # None where it was brought in from the command line.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="old_item_files", null=True
    )
    file = models.FileField(upload_to="old_items/%Y/%m/", blank=True)
    name = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)  # by kind of name: what stands in the file to whom
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.CHECKED)
    n_rows = models.PositiveIntegerField(_("行数"), default=0)
    n_done = models.PositiveIntegerField(_("已处理"), default=0)
    n_problems = models.PositiveIntegerField(_("问题"), default=0)
    problem = models.CharField(max_length=300, blank=True)

    objects = OldItemFileQuerySet.as_manager()

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def problem_words(self) -> str:
        """In the language of the reader; older files kept the words themselves."""
        return str(dict(Failure.choices).get(self.problem, self.problem))

    def __str__(self) -> str:
        return self.name


class OldItemQuerySet(models.QuerySet["OldItem"]):
    def for_page(self) -> Self:
        return self.select_related("file__by")


class OldItem(Trailed):
    """Where an old item came from, and what its file could not tell.

    The other system's id is unique in one session, or between the sessions of one term: the
    same item never comes in twice.
    """

    suggestion = models.OneToOneField(Suggestion, on_delete=models.CASCADE, related_name="old_item")
    file = models.ForeignKey(OldItemFile, on_delete=models.PROTECT, related_name="items")
    row = models.PositiveIntegerField(_("行"))
    kind = models.CharField(_("类型"), max_length=12, choices=OldKind)
    old_id = models.CharField(_("原系统编号"), max_length=60, blank=True)
    old_number = models.CharField(_("原编号"), max_length=30, blank=True)
    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="old_items")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="old_items")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="old_items", null=True
    )
    handed_over_on = models.DateField(_("交办日期"), null=True)
    closed_on = models.DateField(_("办结日期"), null=True)
    gaps = ArrayField(models.CharField(max_length=12, choices=Gap), default=list)

    objects = OldItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="old_item_id_once_a_session",
                fields=["congress", "term", "session", "old_id"],
                condition=~Q(old_id=""),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.row}"

    @property
    def missing(self) -> list[str]:
        """What the file does not tell, in words."""
        return [str(Gap(gap).label) for gap in self.gaps]
