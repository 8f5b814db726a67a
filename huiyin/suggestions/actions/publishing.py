"""What the public may read: proposed, redacted, approved, and taken back with a reason."""

from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions.actions import telling
from huiyin.suggestions.choices import Openness, ReplyState
from huiyin.suggestions.models import Publication, Suggestion
from huiyin.suggestions.workflow import PUBLICATION, SUGGESTION
from huiyin.texts.redacting import redact


@transaction.atomic
def propose_publication(suggestion: Suggestion, *, words: str = "", by: User) -> Publication:
    """Make the redacted copy that the committee will read before anyone else does."""
    locked = steps.take(SUGGESTION, "propose_publication", suggestion, by=by, words=words)
    copy = redacted_copy(locked)
    found = Publication.objects.filter(suggestion=locked).first()
    if found is None:
        publication = Publication(suggestion=locked, **copy)
        publication = steps.create(publication, "propose_publication", by=by, words=words)
    else:
        publication = steps.take(PUBLICATION, "propose_again", found, by=by, changes=copy)
    telling.tell_desk(locked, "publication", _("有建议待审定公开"))
    return publication


@transaction.atomic
def publish(
    publication: Publication, *, title: str, text: str, reply: str = "", by: User
) -> Publication:
    """Put the read and corrected copy before the public."""
    suggestion, publication = _lock_both(publication)
    changes = _copy(suggestion, title, text, reply) | {"published_at": clock.now(), "reason": ""}
    publication = steps.take_held(PUBLICATION, "publish", publication, by=by, changes=changes)
    steps.change(suggestion, "publish", by=by, changes={"is_published": True})
    telling.tell_deputies(suggestion, "published", _("您的建议已公开"))
    return publication


@transaction.atomic
def update_publication(
    publication: Publication, *, title: str, text: str, reply: str = "", by: User
) -> Publication:
    """A reply has come, or something was overlooked: the public copy is brought up to date."""
    suggestion, publication = _lock_both(publication)
    changes = _copy(suggestion, title, text, reply)
    return steps.take_held(PUBLICATION, "update_publication", publication, by=by, changes=changes)


@transaction.atomic
def keep_closed(publication: Publication, *, reason: str, by: User) -> Publication:
    return _leave(publication, "keep_closed", reason=reason, by=by)


@transaction.atomic
def take_back(publication: Publication, *, reason: str, by: User) -> Publication:
    """Off the public pages at once; the copy and the reason stay on record."""
    publication = _leave(publication, "take_back", reason=reason, by=by)
    suggestion = steps.lock(publication.suggestion)
    changes = {"is_published": False}
    steps.change(suggestion, "take_back", by=by, changes=changes, words=reason)
    return publication


def redacted_copy(suggestion: Suggestion) -> dict[str, str]:
    """Title, text and newest reply as far as the deputy's wish goes, without personal data."""
    signed = list(suggestion.replies.filter(state=ReplyState.SIGNED).order_by("-round", "pk"))
    newest = [reply.body for reply in signed if reply.round == signed[0].round]  # one a part
    full = suggestion.openness == Openness.FULL
    text = f"{suggestion.situation}\n\n{suggestion.proposals}" if full else ""
    return {
        "title": redact(suggestion.title),
        "text": redact(text),
        "reply": redact("\n\n".join(newest)),
    }


def _copy(suggestion: Suggestion, title: str, text: str, reply: str) -> dict[str, Any]:
    """A deputy who agreed to the title alone keeps the text to himself, whatever was typed."""
    if not title.strip():
        raise NotPossible(_("公开的标题不能空。"))
    is_full = suggestion.openness == Openness.FULL
    return {
        "title": title.strip(),
        "text": text.strip() if is_full else "",
        "reply": reply.strip(),
    }


def _leave(publication: Publication, name: str, *, reason: str, by: User) -> Publication:
    if not reason.strip():
        raise NotPossible(_("请写明理由。"))
    _suggestion, publication = _lock_both(publication)
    changes = {"reason": reason.strip()}
    return steps.take_held(PUBLICATION, name, publication, by=by, changes=changes, words=reason)


def _lock_both(publication: Publication) -> tuple[Suggestion, Publication]:
    suggestion = steps.lock(Suggestion(pk=publication.suggestion_id))
    locked = steps.lock(publication)
    locked.suggestion = suggestion
    return suggestion, locked
