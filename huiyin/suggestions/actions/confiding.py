"""Who may know of a suggestion handled in confidence: named one by one, and each naming is on record."""

from collections.abc import Iterable

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress import actions as congress
from huiyin.congress.choices import Role
from huiyin.kernel import steps
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions.actions import telling
from huiyin.suggestions.models import Confidant, Suggestion
from huiyin.suggestions.workflow import SUGGESTION


@transaction.atomic
def confide(suggestion: Suggestion, *, users: Iterable[User], by: User) -> Suggestion:
    """Let these people know of it; they are told, by number and without the title."""
    named = list(users)
    if not named:
        raise NotPossible(_("请至少选一位知悉人。"))
    names = "、".join(user.name for user in named)
    locked = steps.take(SUGGESTION, "confide", suggestion, by=by, words=names)
    _write_down(locked, named)
    telling.tell_users(locked, named, f"confided:{locked.version}", _("有保密办理的建议请您知悉"))
    return locked


@transaction.atomic
def unconfide(suggestion: Suggestion, *, users: Iterable[User], by: User) -> Suggestion:
    """They see it no longer; what they did stays in the trail."""
    begun = steps.begin(SUGGESTION, "unconfide", suggestion, by=by)
    named = list(users)
    if any(user.pk == by.pk for user in named):
        raise NotPossible(_("不能取消自己。"))
    names = "、".join(user.name for user in named)
    locked = begun.finish(words=names)
    locked.confidants.filter(user__in=named).delete()
    return locked


def confide_to_directors(suggestion: Suggestion) -> None:
    """Somebody must open the envelope: the directors of the congress, and nobody else at first."""
    _write_down(suggestion, congress.users_with(suggestion.congress, Role.DIRECTOR))


def _write_down(suggestion: Suggestion, users: Iterable[User]) -> None:
    rows = [Confidant(suggestion=suggestion, user=user) for user in users]
    Confidant.objects.bulk_create(rows, ignore_conflicts=True)
