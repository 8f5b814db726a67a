"""What the public may read of a suggestion: a redacted copy, approved, and taken back with a log."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.models import Trailed
from huiyin.suggestions.choices import PublicationState
from huiyin.suggestions.models.suggestion import Suggestion


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

    def __str__(self) -> str:
        return self.title
