"""A deputy's paper until it is handed in, and its withdrawal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.choices import MandateState, Role
from huiyin.congress.models import Deputy, Session
from huiyin.kernel import clock, search_fields, steps, trail
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.rulebook.choices import Key
from huiyin.suggestions import permissions
from huiyin.suggestions.actions import telling, timing
from huiyin.suggestions.actions.attaching import discard_all
from huiyin.suggestions.actions.confiding import confide_to_directors
from huiyin.suggestions.actions.merging import release_followers
from huiyin.suggestions.choices import Openness, Proposer, SignatureState, State, Subject
from huiyin.suggestions.models import Origin, Signature, Suggestion, TextVersion
from huiyin.suggestions.models.suggestion import hash_of_text
from huiyin.suggestions.workflow import ASSIGNMENT, MOTION, SIGNATURE, SUGGESTION

# The law sets no number; a paper with more names than this is a petition drive.
MOST_COSIGNERS = 60


@dataclass(frozen=True)
class Cited:
    """What a suggestion came from: a residents' matter, an activity, an old promise."""

    kind: str
    item_id: int
    label: str


@dataclass(frozen=True)
class Text:
    """What the deputy writes: the wording signatures are bound to, and what stands beside it."""

    title: str
    situation: str = ""
    proposals: str = ""
    subject: str = Subject.OTHER
    openness: str = Openness.FULL
    wished_unit: str = ""
    is_secret: bool = False

    def __post_init__(self) -> None:
        if self.is_secret:  # what is handled in confidence is never published
            object.__setattr__(self, "openness", Openness.CLOSED)

    @property
    def hash(self) -> str:
        return hash_of_text(self.title, self.situation, self.proposals)


@transaction.atomic
def write(
    lead: Deputy,
    *,
    text: Text,
    origins: Iterable[Cited] = (),
    proposer: str = Proposer.DEPUTIES,
    is_motion: bool = False,
    by: User,
) -> Suggestion:
    """Begin a draft in the lead deputy's name; the head of a delegation also in its name."""
    if not permissions.can_write_as(by, lead):
        raise NotAllowed("write for another deputy")
    if proposer == Proposer.DELEGATION and not permissions.can_write_for_delegation(by, lead):
        raise NotAllowed("write for a delegation one does not head")
    suggestion = Suggestion(
        congress=lead.congress,
        term=lead.term,
        lead=lead,
        proposer=proposer,
        is_motion=is_motion,
        text_hash=text.hash,
        **vars(text),
    )
    suggestion.search = found_by(suggestion)
    suggestion = steps.create(suggestion, "write", by=by)
    TextVersion.objects.create(
        suggestion=suggestion, number=suggestion.text_version, **_wording(suggestion)
    )
    signature = Signature(suggestion=suggestion, deputy=lead, is_lead=True, **_signed(suggestion))
    steps.create(signature, "sign", by=by)
    Origin.objects.bulk_create(
        [Origin(suggestion=suggestion, **vars(cited)) for cited in origins],
        ignore_conflicts=True,
    )
    return suggestion


@transaction.atomic
def revise(suggestion: Suggestion, *, text: Text, by: User) -> Suggestion:
    """Change the text. A new wording puts every other signature aside until it is given again."""
    suggestion = steps.lock(suggestion)
    others = suggestion.signatures.filter(is_lead=False).exists()
    is_new = text.hash != suggestion.text_hash
    changes: dict[str, Any] = {**vars(text), "text_hash": text.hash}
    # Nobody else has seen a lonely draft: it needs no history of versions.
    if is_new and (others or suggestion.state == State.RETURNED):
        changes["text_version"] = suggestion.text_version + 1
    suggestion = steps.take_held(SUGGESTION, "revise", suggestion, by=by, changes=changes)
    if is_new:
        _write_version(suggestion)
        _renew_signatures(suggestion, by=by)
    return suggestion


@transaction.atomic
def invite(suggestion: Suggestion, *, deputies: Sequence[Deputy], by: User) -> Suggestion:
    """Ask sitting deputies of the same congress to put their names under the text (代表法 art. 61)."""
    locked = steps.lock(suggestion)
    name = "invite_more" if locked.state == State.RETURNED else "invite"
    begun = steps.begin_held(SUGGESTION, name, locked, by=by)
    for deputy in deputies:
        _refuse_guest(locked, deputy)
    if locked.signatures.count() + len(deputies) > MOST_COSIGNERS:
        raise NotPossible(_("联名人数太多，最多%(most)d人。") % {"most": MOST_COSIGNERS})
    for deputy in deputies:
        _ask_to_sign(locked, deputy, by=by)
    names = "、".join(str(deputy) for deputy in deputies)
    locked = begun.finish(words=names)
    telling.tell_deputies(locked, "invited", _("请您看看是否联名"), deputies=deputies)
    return locked


@transaction.atomic
def sign(signature: Signature, *, text_hash: str, by: User) -> Signature:
    """Put the name under exactly the wording that was shown."""
    suggestion = steps.lock(signature.suggestion)
    locked = _lock_signature(signature, suggestion)
    begun = steps.begin_held(SIGNATURE, "sign", locked, by=by)
    if text_hash != suggestion.text_hash:
        raise NotPossible(_("文本刚刚改过，请看过新的一稿再签。"))
    words = _("第%(number)d稿") % {"number": suggestion.text_version}
    begun.finish(changes=_signed(suggestion), words=words)
    count_cosigners(suggestion)
    subject = _("%(name)s已联名") % {"name": locked.deputy}
    telling.tell_lead(suggestion, f"signed:{locked.pk}:{locked.version}", subject)
    return locked


@transaction.atomic
def decline(signature: Signature, *, words: str = "", by: User) -> Signature:
    suggestion = steps.lock(signature.suggestion)
    signature = _lock_signature(signature, suggestion)
    signature = steps.take_held(SIGNATURE, "decline", signature, by=by, words=words)
    count_cosigners(suggestion)
    subject = _("%(name)s不附议") % {"name": signature.deputy}
    telling.tell_lead(suggestion, f"declined:{signature.pk}:{signature.version}", subject)
    return signature


@transaction.atomic
def remove_signer(signature: Signature, *, by: User) -> Signature:
    suggestion = steps.lock(signature.suggestion)
    signature = _lock_signature(signature, suggestion)
    signature = steps.take_held(SIGNATURE, "remove_signer", signature, by=by)
    count_cosigners(suggestion)
    return signature


@transaction.atomic
def submit(suggestion: Suggestion, *, by: User) -> Suggestion:
    """Hand the paper in: to the session's secretariat, between sessions to the committee."""
    begun = steps.begin(SUGGESTION, "submit", suggestion, by=by)
    session, is_between = session_of_today(begun.item)
    changes = {
        "submitted_at": clock.now(),
        "session": session,
        "is_between": is_between,
        "clock": _examination_clock(begun.item, is_between=is_between),
        "search": found_by(begun.item),
    }
    locked = begun.finish(changes=changes)
    if locked.is_secret:
        confide_to_directors(locked)
    telling.link_origins(locked, by=by)
    desk = (Role.DIRECTOR,) if locked.is_secret else (Role.CLERK,)
    telling.tell_desk(locked, "submitted", _("收到一件代表建议，请审查"), *desk)
    return locked


@transaction.atomic
def resubmit(suggestion: Suggestion, *, by: User) -> Suggestion:
    """The revised paper comes back to the desk as a new version; the old one is kept (T29)."""
    begun = steps.begin(SUGGESTION, "resubmit", suggestion, by=by)
    running = _examination_clock(begun.item, is_between=begun.item.is_between)
    changes = {"clock": running, "reasons": [], "search": found_by(begun.item)}
    locked = begun.finish(changes=changes)
    if locked.is_secret:
        confide_to_directors(locked)
    telling.tell_desk(locked, "resubmitted", _("代表已修改建议，请再次审查"))
    return locked


@transaction.atomic
def ask_withdrawal(suggestion: Suggestion, *, words: str, by: User) -> Suggestion:
    """The lead wants to withdraw a joint paper: the others are asked to agree."""
    suggestion = steps.take(SUGGESTION, "ask_withdrawal", suggestion, by=by, words=words)
    own = suggestion.signatures.get(is_lead=True)
    steps.take(SIGNATURE, "agree_withdrawal", own, by=by, changes=_agreed())
    others = [s.deputy for s in suggestion.signed if not s.is_lead]
    subject = _("领衔代表请您同意撤回建议")
    telling.tell_deputies(suggestion, "withdrawal_asked", subject, deputies=others)
    return suggestion


@transaction.atomic
def agree_withdrawal(signature: Signature, *, by: User) -> Signature:
    suggestion = steps.lock(signature.suggestion)
    signature = _lock_signature(signature, suggestion)
    signature = steps.take_held(SIGNATURE, "agree_withdrawal", signature, by=by, changes=_agreed())
    subject = _("%(name)s同意撤回") % {"name": signature.deputy}
    telling.tell_lead(suggestion, f"withdrawal_agreed:{signature.pk}", subject)
    return signature


@transaction.atomic
def withdraw(suggestion: Suggestion, *, words: str = "", by: User) -> Suggestion:
    """Give the paper up. Handling ends, units and residents are told (Chongqing art. 12)."""
    locked = steps.lock(suggestion)
    was_handed_in = locked.submitted_at is not None
    changes = {"closed_at": clock.now()}
    running = (locked.clock_id, locked.reply_clock_id)
    locked = steps.take_held(SUGGESTION, "withdraw", locked, by=by, changes=changes, words=words)
    if locked.is_motion:
        steps.take(MOTION, "drop", locked.motion, by=by, changes=changes)
    timing.void(*running)
    _end_tasks(locked)
    release_followers(locked)
    if was_handed_in:
        telling.tell_desk(locked, "withdrawn", _("代表撤回了一件建议"))
        told = _("代表撤回了这件建议，工作人员会另找办法处理您反映的事。")
        telling.unlink_origins(locked, told, by=by)
    else:
        discard_all(locked, words=_("随草稿删去"))
    return locked


def _end_tasks(suggestion: Suggestion) -> None:
    for task in steps.lock_all(suggestion.assignments.working()):
        task.suggestion = suggestion
        timing.void(task.clock_id, task.contact_clock_id)
        steps.take_held(ASSIGNMENT, "end", task, by=trail.SYSTEM, words=_("代表撤回建议"))
        telling.tell_unit(task, "withdrawn", _("代表已撤回建议，停止办理"))


def _lock_signature(signature: Signature, suggestion: Suggestion) -> Signature:
    """A name under a paper that is held already."""
    locked = steps.lock(signature)
    locked.suggestion = suggestion
    return locked


def _write_version(suggestion: Suggestion) -> None:
    TextVersion.objects.update_or_create(
        suggestion=suggestion,
        number=suggestion.text_version,
        defaults=_wording(suggestion),
    )
    index(suggestion)


def _wording(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "title": suggestion.title,
        "situation": suggestion.situation,
        "proposals": suggestion.proposals,
        "hash": suggestion.text_hash,
        "written_at": clock.now(),
    }


def index(suggestion: Suggestion) -> None:
    """After a change that a step has written already."""
    Suggestion.objects.filter(pk=suggestion.pk).update(search=found_by(suggestion))


def found_by(suggestion: Suggestion, *, number: str = "") -> Any:
    """The search column: what it says and its number; a motion that became a suggestion has two.

    What is handled in confidence nobody finds by its words.
    """
    if suggestion.is_secret:
        return None
    numbers = (number or suggestion.number, suggestion.motion_number)
    return search_fields.vector(*numbers, suggestion.text())


def _renew_signatures(suggestion: Suggestion, *, by: User) -> None:
    """The lead has signed by writing; the others are asked again and see what changed."""
    (own,) = steps.lock_all(suggestion.signatures.filter(is_lead=True))
    steps.change(own, "sign", by=by, changes=_signed(suggestion))
    given = suggestion.signatures.filter(is_lead=False, state=SignatureState.SIGNED)
    asked = steps.lock_all(given)
    for signature in asked:
        signature.suggestion = suggestion
        steps.take_held(SIGNATURE, "ask_again", signature, by=by)
    count_cosigners(suggestion)
    deputies = [signature.deputy for signature in asked]
    telling.tell_deputies(suggestion, "changed", _("文本有改动，请重新签名"), deputies=deputies)


def _ask_to_sign(suggestion: Suggestion, deputy: Deputy, *, by: User) -> None:
    found = suggestion.signatures.filter(deputy=deputy).first()
    if found is None:
        steps.create(Signature(suggestion=suggestion, deputy=deputy), "invite", by=by)
    elif found.state in {SignatureState.DECLINED, SignatureState.REMOVED}:
        steps.take(SIGNATURE, "invite", found, by=by)


def _refuse_guest(suggestion: Suggestion, deputy: Deputy) -> None:
    is_sitting = deputy.state == MandateState.ACTIVE
    if not is_sitting or deputy.congress_id != suggestion.congress_id:
        raise NotPossible(_("%(name)s不是本级在任代表，不能联名。") % {"name": deputy})
    if deputy.pk == suggestion.lead_id:
        raise NotPossible(_("领衔代表不用再邀请自己。"))


def _signed(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "state": SignatureState.SIGNED,
        "text_hash": suggestion.text_hash,
        "signed_version": suggestion.text_version,
        "signed_at": clock.now(),
    }


def _agreed() -> dict[str, Any]:
    return {"withdrawal_agreed_at": clock.now()}


def count_cosigners(suggestion: Suggestion) -> None:
    count = suggestion.signatures.standing().filter(is_lead=False).count()
    if count == suggestion.n_cosigners:
        return
    Suggestion.objects.filter(pk=suggestion.pk).update(n_cosigners=count)
    suggestion.n_cosigners = count


def session_of_today(suggestion: Suggestion) -> tuple[Session | None, bool]:
    """The session that sits, or the last one and the word that it is over."""
    sessions = Session.objects.filter(term=suggestion.term_id)
    if sitting := sessions.open_on(clock.today()).first():
        return sitting, False
    return sessions.filter(ends_on__lt=clock.today()).order_by("-ends_on").first(), True


def _examination_clock(suggestion: Suggestion, *, is_between: bool) -> Any:
    """Between sessions the hand-over has a limit from receipt (Qingdao art. 14); in session it is at once."""
    if not is_between:
        return None
    return timing.start(Key.HANDOVER_BETWEEN_SESSION, suggestion, _("收到建议"))
