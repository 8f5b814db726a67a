"""What the public may read of a suggestion: a redacted copy, approved, and taken back with a log."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.models import Trailed
from huiyin.suggestions.choices import PublicationState, ReplyState
from huiyin.suggestions.models.queries import UNLISTED
from huiyin.suggestions.models.reply import Reply
from huiyin.suggestions.models.suggestion import Suggestion

MOST_WORDS = 5


class PublicationQuerySet(models.QuerySet["Publication"]):
    def published(self) -> Self:
        return self.filter(state=PublicationState.PUBLISHED, suggestion__is_published=True)

    def of_this_house(self) -> Self:
        """What was brought in from another system is no news."""
        return self.filter(suggestion__old_item=None)

    def numbered(self, number: str) -> Self:
        """Two congresses may give the same number; whoever shows one of these says whose it is."""
        return self.filter(suggestion__number=number).order_by("suggestion__congress__region__code")

    def matching(
        self,
        *,
        q: str = "",
        congress: str = "",
        subject: str = "",
        year: str = "",
        result: str = "",
    ) -> Self:
        """Found by what is public only: a redacted word must not lead to its text."""
        found = self
        for word in q.split()[:MOST_WORDS]:
            found = found.filter(
                Q(title__icontains=word)
                | Q(text__icontains=word)
                | Q(suggestion__number__startswith=word)
            )
        conditions = {
            "suggestion__congress__region__code": congress,
            "suggestion__subject": subject,
            "suggestion__submitted_at__year": year,
        }
        found = found.filter(**{name: value for name, value in conditions.items() if value})
        if result:
            signed = Reply.objects.filter(
                suggestion=OuterRef("suggestion"), state=ReplyState.SIGNED, result_class=result
            )
            found = found.filter(Exists(signed))
        return found

    def for_list(self) -> Self:
        return self.select_related(
            "suggestion__congress__region", "suggestion__lead__person", "suggestion__lead_unit"
        ).defer("text", "reply", *(f"suggestion__{name}" for name in UNLISTED))

    def for_page(self) -> Self:
        return self.select_related(
            "suggestion__lead__person",
            "suggestion__lead_unit",
            "suggestion__congress__region",
            "suggestion__reply_clock",
        ).defer(*(f"suggestion__{name}" for name in UNLISTED))


class Publication(Trailed):
    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.CASCADE, related_name="publication"
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=PublicationState, default=PublicationState.PROPOSED
    )
    title = models.CharField(_("标题"), max_length=80)
    text = models.TextField(_("建议正文"), blank=True)
    reply = models.TextField(_("答复正文"), blank=True)
    reason = models.CharField(_("不公开或撤下的理由"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title
