"""Taking everything of one suggestion out of the house, with a line in its trail."""

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import steps
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed
from huiyin.suggestions import permissions
from huiyin.suggestions.models import Suggestion


@transaction.atomic
def note_archive(suggestion: Suggestion, *, digest: str, by: User) -> Suggestion:
    """Write down which package was taken: `digest` is the SHA-256 of its manifest."""
    locked = steps.lock(suggestion)
    if not permissions.can_archive(by, locked):
        raise NotAllowed("archive")
    words = _("归档包 %(digest)s") % {"digest": digest}
    return steps.change(locked, "archive", by=by, changes={}, words=words)
