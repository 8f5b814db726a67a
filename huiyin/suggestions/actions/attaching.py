"""Laying files to a suggestion and taking them away: both stand in the trail."""

import hashlib
from collections.abc import Iterable
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import clock, codes, steps, trail
from huiyin.kernel.papers import Paper
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions.actions import telling
from huiyin.suggestions.actions.agreeing import withdraw_agreements
from huiyin.suggestions.choices import AttachmentPart, PaperKind
from huiyin.suggestions.models import Attachment, Reply, Suggestion
from huiyin.suggestions.models.attachment import ENDINGS, LONGEST_TITLE, MOST, places_of
from huiyin.suggestions.permissions.attachments import can_attach
from huiyin.suggestions.workflow import ATTACHMENT
from huiyin.suggestions.workflow.attaching import place_is_open


@transaction.atomic
def attach(suggestion: Suggestion, *, place: str, title: str, paper: Paper, by: User) -> Attachment:
    """Lay a file there. `place` is one that `places_of` names, as the form sends it."""
    locked = steps.lock(suggestion)
    attachment = _found(place, locked)
    if not can_attach(by, attachment):
        raise NotAllowed(f"attach to {place}")
    if reason := place_is_open(attachment):
        raise NotPossible(reason)
    if Attachment.objects.at_place(attachment).kept().count() >= MOST:
        raise NotPossible(_("一处最多放%(most)d个附件，请先移除不用的。") % {"most": MOST})
    # One line: it becomes the name of a file.
    attachment.title, attachment.added_by = " ".join(title.split())[:LONGEST_TITLE], by
    attachment = _put(attachment, paper, by=by)
    if attachment.part == AttachmentPart.TEXT:
        _tell_signers(attachment, _("您联名的建议增加了附件，请看看"))
    return attachment


@transaction.atomic
def remove_attachment(attachment: Attachment, *, words: str, by: User) -> Attachment:
    """The file goes, the line stays and says why."""
    if not words.strip():
        raise NotPossible(_("请写明移除的原因。"))
    suggestion = steps.lock(Suggestion(pk=attachment.suggestion_id))
    locked = _take_away("remove", attachment, suggestion, words=words.strip(), by=by)
    if locked.part == AttachmentPart.TEXT:
        _tell_signers(locked, _("您联名的建议移除了一个附件"))
    return locked


def discard_all(suggestion: Suggestion, *, words: str) -> None:
    """Of a draft that was given up before anybody else got it. The suggestion is held."""
    _discard(Attachment.objects.filter(suggestion=suggestion), suggestion, words)


def follow_letter(reply: Reply, own: Reply) -> None:
    """A letter that repeats the lead item's comes with its files (T34). Both suggestions are held."""
    words = _("随主件答复")
    _discard(own.attachments.filter(part=AttachmentPart.REPLY), own.suggestion, words)
    for theirs in reply.attachments.kept().filter(part=AttachmentPart.REPLY).order_by("pk"):
        # A file that is lost must not hold up the letter; the lead item's line still names it.
        if not default_storage.exists(str(theirs.file.name)):
            continue
        with theirs.file.open("rb") as file:
            paper = Paper(theirs.kind, file.read())
        copy = Attachment(
            suggestion=own.suggestion,
            part=theirs.part,
            assignment=own.assignment,
            reply=own,
            title=theirs.title,
            added_by_id=theirs.added_by_id,
        )
        _put(copy, paper, by=trail.SYSTEM)


def _found(place: str, suggestion: Suggestion) -> Attachment:
    """As it is now that the suggestion is held."""
    found = next((each for each in places_of(suggestion) if each.place == place), None)
    if found is None:
        raise NotPossible(_("要放附件的地方已经不在了，请刷新页面再试。"))
    return found


def _put(attachment: Attachment, paper: Paper, *, by: HasActor) -> Attachment:
    attachment.kind, attachment.size = paper.kind, len(paper.content)
    attachment.sha256 = hashlib.sha256(paper.content).hexdigest()
    attachment.added_at = clock.now()
    # The file is written with the row. Its name says nothing and cannot be guessed.
    attachment.file = ContentFile(
        paper.content, f"{codes.new_code()}.{ENDINGS[PaperKind(paper.kind)]}"
    )
    attachment = steps.create(attachment, "attach", by=by, words=attachment.title)
    _renew_agreements(attachment)
    return attachment


def _take_away(
    step: str, attachment: Attachment, suggestion: Suggestion, *, words: str, by: HasActor
) -> Attachment:
    locked = steps.lock(attachment)
    locked.hang_on(suggestion)
    name = str(locked.file.name)
    changes = {"file": "", "removed_words": words[:500]}
    told = _("%(title)s：%(words)s") % {"title": locked.title, "words": words}
    locked = steps.take_held(ATTACHMENT, step, locked, by=by, changes=changes, words=told)
    transaction.on_commit(partial(default_storage.delete, name))
    _renew_agreements(locked)
    return locked


def _discard(attachments: Iterable[Attachment], suggestion: Suggestion, words: str) -> None:
    for attachment in attachments:
        if attachment.is_kept:
            _take_away("discard", attachment, suggestion, words=words, by=trail.SYSTEM)


def _renew_agreements(attachment: Attachment) -> None:
    """Joint leads agree to a draft with all that lies at it."""
    if attachment.part == AttachmentPart.REPLY:
        withdraw_agreements(attachment.suggestion)


def _tell_signers(attachment: Attachment, subject: str) -> None:
    """Their signatures are bound to the words and stand; what lies beside them has changed."""
    suggestion = attachment.suggestion
    given = suggestion.signatures.standing().filter(is_lead=False)
    deputies = [name.deputy for name in given.select_related("deputy__person__user")]
    news = f"attachment:{attachment.pk}:{attachment.version}"
    telling.tell_deputies(suggestion, news, subject, deputies=deputies)
