"""What the deputy says of a talk face to face, and what is convened after a second "not satisfied"."""

import datetime as dt

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions.actions import telling
from huiyin.suggestions.choices import FACE_TO_FACE, ConveningKind
from huiyin.suggestions.models import Contact, Convening, FaceRecord, Suggestion
from huiyin.suggestions.workflow import FACE_RECORD, SUGGESTION


def record_face(contact: Contact, suggestion: Suggestion, *, by: User) -> FaceRecord | None:
    """A meeting or a visit waits for the deputy's word; a telephone call does not."""
    if contact.kind not in FACE_TO_FACE:
        return None
    record = FaceRecord(suggestion=suggestion, contact=contact, deputy=suggestion.lead)
    return steps.create(record, "log_contact", by=by, words=contact.summary)


@transaction.atomic
def confirm_face(record: FaceRecord, *, words: str = "", by: User) -> FaceRecord:
    """The deputy's signature under the record (Shandong art. 22)."""
    return _settle("confirm", record, words, by=by)


@transaction.atomic
def dispute_face(record: FaceRecord, *, words: str, by: User) -> FaceRecord:
    """It was not so, or did not take place: it counts for nothing until it is confirmed."""
    if not words.strip():
        raise NotPossible(_("请写明有什么不对。"))
    return _settle("dispute", record, words, by=by)


@transaction.atomic
def convene(
    suggestion: Suggestion,
    *,
    kind: str,
    held_on: dt.date,
    convened_by: str,
    attended: str,
    agreed: str,
    next_step: str,
    place: str = "",
    by: User,
) -> Convening:
    """Who convened, who came, what was agreed and what comes next (T23, T36)."""
    if held_on > clock.today():
        raise NotPossible(_("日期不能晚于今天。"))
    words = _("%(how)s，%(who)s召集，%(came)s参加。商定：%(agreed)s。下一步：%(next)s。") % {
        "how": kept(ConveningKind(kind).label),
        "who": convened_by.strip(),
        "came": attended.strip(),
        "agreed": agreed.strip().rstrip("。"),
        "next": next_step.strip().rstrip("。"),
    }
    locked = steps.take(SUGGESTION, "convene", suggestion, by=by, words=words)
    convening = Convening.objects.create(
        suggestion=locked,
        round=locked.round,
        kind=kind,
        held_on=held_on,
        place=place.strip(),
        convened_by=convened_by.strip(),
        attended=attended.strip(),
        agreed=agreed.strip(),
        next_step=next_step.strip(),
        noted_by=by,
    )
    telling.tell_deputies(locked, f"convened:{convening.pk}", _("协调情况已记录，请您看看"))
    return convening


def _settle(name: str, record: FaceRecord, words: str, *, by: User) -> FaceRecord:
    suggestion = steps.lock(Suggestion(pk=record.suggestion_id))
    changes = {"words": words.strip(), "settled_at": clock.now()}
    record = steps.take(FACE_RECORD, name, record, by=by, words=words, changes=changes)
    unit_told = _("代表确认了面复记录") if name == "confirm" else _("代表对面复记录有异议")
    telling.tell_unit(record.contact.assignment, f"face:{record.pk}:{record.version}", unit_told)
    if name == "dispute":
        telling.tell_desk(suggestion, f"face:{record.pk}:{record.version}", unit_told)
    return record
