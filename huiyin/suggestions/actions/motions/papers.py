"""A motion until a committee has it: written, signed or voted on, handed in, registered."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.models import Committee, Deputy
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook.choices import Key
from huiyin.suggestions.actions import telling, writing
from huiyin.suggestions.actions.confiding import confide_to_directors
from huiyin.suggestions.actions.motions import together
from huiyin.suggestions.actions.numbering import next_motion_number
from huiyin.suggestions.actions.writing import Cited, Text
from huiyin.suggestions.choices import MotionKind, Proposer
from huiyin.suggestions.models import DelegationVote, Motion, Suggestion
from huiyin.suggestions.workflow import MOTION, SUGGESTION


@transaction.atomic
def write(
    lead: Deputy,
    *,
    text: Text,
    kind: str = MotionKind.OTHER,
    proposer: str = Proposer.DEPUTIES,
    origins: Iterable[Cited] = (),
    by: User,
) -> Motion:
    """Begin a motion: a paper as any other, and beside it what becomes of it as a motion."""
    paper = writing.write(
        lead, text=text, origins=origins, proposer=proposer, is_motion=True, by=by
    )
    return steps.create(Motion(suggestion=paper, kind=kind), "write", by=by)


@transaction.atomic
def set_kind(motion: Motion, *, kind: str, by: User) -> Motion:
    words = kept(MotionKind(kind).label)
    return together.take("set_kind", motion, by=by, words=words, kind=kind)


@transaction.atomic
def record_vote(
    suggestion: Suggestion,
    *,
    held_on: dt.date,
    n_members: int,
    n_present: int,
    n_for: int,
    n_against: int = 0,
    n_abstained: int = 0,
    by: User,
) -> Suggestion:
    """How the delegation voted on the wording as it stands; a changed text is voted on again."""
    if held_on > clock.today():
        raise NotPossible(_("日期不能晚于今天。"))
    if n_present > n_members or n_for + n_against + n_abstained != n_present:
        raise NotPossible(_("人数对不上：同意、不同意、弃权相加应等于到会人数，到会不超过全团。"))
    told = _(
        "全团%(members)d人，到会%(present)d人，同意%(for)d人，不同意%(against)d人，弃权%(abstained)d人"
    )
    words = told % {
        "members": n_members,
        "present": n_present,
        "for": n_for,
        "against": n_against,
        "abstained": n_abstained,
    }
    locked = steps.take(SUGGESTION, "record_vote", suggestion, by=by, words=words)
    counts = {"n_members": n_members, "n_present": n_present, "n_for": n_for}
    counts |= {"n_against": n_against, "n_abstained": n_abstained}
    DelegationVote.objects.update_or_create(
        suggestion=locked,
        defaults={
            "delegation": locked.lead.delegation,
            "held_on": held_on,
            "text_hash": locked.text_hash,
            **counts,
        },
    )
    return locked


@transaction.atomic
def submit(motion: Motion, *, by: User) -> Motion:
    """Hand it in, with enough names or the delegation's vote, before the session's deadline."""
    locked = together.lock_both(motion)
    MOTION.check("submit", locked, by=by)
    session, is_between = writing.session_of_today(locked.suggestion)
    changes = {"session": session, "is_between": is_between, "submitted_at": clock.now()}
    return _hand_in("submit", locked, changes, by=by)


@transaction.atomic
def resubmit(motion: Motion, *, by: User) -> Motion:
    """The revised text is a new version which every signer has signed again."""
    locked = together.lock_both(motion)
    MOTION.check("resubmit", locked, by=by)
    return _hand_in("resubmit", locked, {}, by=by)


@transaction.atomic
def become_suggestion(motion: Motion, *, by: User) -> Suggestion:
    """The deadline has passed or names are missing: the same paper goes on as a suggestion."""
    motion = together.take("become_suggestion", motion, by=by)
    paper = motion.suggestion
    changes = {"is_motion": False}
    return steps.take(SUGGESTION, "leave_motion", paper, by=by, changes=changes)


@transaction.atomic
def drop(motion: Motion, *, by: User) -> Motion:
    """Nothing is handed in, or not again: the paper itself is withdrawn."""
    writing.withdraw(motion.suggestion, by=by)
    return Motion.objects.get(pk=motion.pk)


@transaction.atomic
def ask_revision(motion: Motion, *, words: str, by: User) -> Motion:
    """Back to the deputies with what is to be changed, or with the advice to make it a suggestion."""
    if not words.strip():
        raise NotPossible(_("请写清楚意见。"))
    motion = together.take(
        "ask_revision", motion, by=by, words=words, returned_words=words.strip(), clock=None
    )
    steps.take(SUGGESTION, "return_motion", motion.suggestion, by=by, words=words)
    together.tell_signers(motion, "returned", _("议案请您修改，请看意见"))
    return motion


@transaction.atomic
def register(motion: Motion, *, by: User) -> Motion:
    """Give it the next number of its own series, which it keeps whatever becomes of it."""
    locked = together.lock_both(motion)
    MOTION.check("register", locked, by=by)
    paper = locked.suggestion
    number = paper.motion_number or next_motion_number(paper)
    locked = together.take("register", locked, by=by, words=number, registered_at=clock.now())
    if not paper.motion_number:
        changes = {"motion_number": number}
        paper = steps.change(locked.suggestion, "number_motion", by=by, changes=changes)
    writing.index(paper)
    together.tell_signers(locked, "registered", _("议案已登记，编号%(n)s") % {"n": number})
    return locked


@transaction.atomic
def pass_to_committee(motion: Motion, *, committee: Committee, by: User) -> Motion:
    """In session at once; between sessions within fifteen days, and it has thirty (Shanghai 10)."""
    locked = together.lock_both(motion)
    if committee.congress_id != locked.suggestion.congress_id:
        raise NotPossible(_("只能交给本级的委员会。"))
    MOTION.check("pass_to_committee", locked, by=by)
    running = None
    if locked.suggestion.is_between:
        running = together.start_clock(Key.MOTION_OPINION, locked, clock.today(), _("收到议案"))
    locked = together.take(
        "pass_to_committee", locked, by=by, words=str(committee), committee=committee, clock=running
    )
    told = _("有议案请%(committee)s审查") % {"committee": committee}
    together.tell_committee(locked, committee, "passed", told)
    together.tell_signers(locked, "passed", _("议案已交%(name)s审查") % {"name": committee})
    return locked


@transaction.atomic
def ask_withdrawal(motion: Motion, *, words: str, by: User) -> Motion:
    """Before the vote, and the presidium has to agree (代表法 art. 15)."""
    now = clock.now()
    motion = together.take("ask_withdrawal", motion, by=by, words=words, withdrawal_asked_at=now)
    together.tell_desk(motion, "withdrawal_asked", _("领衔代表申请撤回议案"), Role.DIRECTOR)
    together.tell_signers(motion, "withdrawal_asked", _("领衔代表申请撤回议案"))
    return motion


def _hand_in(name: str, locked: Motion, changes: dict[str, Any], *, by: User) -> Motion:
    running = None
    is_between = changes.get("is_between", locked.suggestion.is_between)
    if is_between:
        running = together.start_clock(Key.MOTION_PASS, locked, clock.today(), _("收到议案"))
    locked = together.take(name, locked, by=by, submitted_at=clock.now(), clock=running)
    paper = steps.take(SUGGESTION, "move", locked.suggestion, by=by, changes=changes)
    locked.suggestion = paper
    writing.index(paper)
    if paper.is_secret:
        confide_to_directors(paper)
    telling.link_origins(paper, by=by)
    together.tell_desk(locked, "submitted", _("收到一件议案，请登记"))
    return locked
