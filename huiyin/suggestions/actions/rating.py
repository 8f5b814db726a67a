"""Rating a reply, and what follows: a second round, coordination, tracking, the end."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.seats import seats_of
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.notices import actions as notices
from huiyin.rulebook.choices import Key
from huiyin.suggestions.actions import telling, timing
from huiyin.suggestions.actions.recalling import drop_recalls
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    Mode,
    ReopenGround,
    ReplyState,
    ResultClass,
    Score,
    SignatureState,
    State,
)
from huiyin.suggestions.models import Assignment, Rating, Reply, Signature, Suggestion
from huiyin.suggestions.workflow import ASSIGNMENT, SUGGESTION

LAST_ROUND = 2  # a second dissatisfaction is talked over, not sent round again (T23)


@transaction.atomic
def rate(
    suggestion: Suggestion,
    *,
    attitude: str,
    result: str,
    contact_kind: str = "",
    words: str = "",
    reply: Reply | None = None,
    by: User,
) -> Rating:
    """One signer's own judgement of this round's reply. The last one ends the round.

    `reply` names the letter where a round has several, one a part.
    """
    begun = steps.begin(SUGGESTION, "rate", suggestion, by=by)
    locked = begun.item
    letters = signed_replies(locked)
    reply, signature = _letter_among(letters, reply), _signature_of(by, locked)
    if Score.DISSATISFIED in {attitude, result} and not words.strip():
        raise NotPossible(_("“不满意”请写明理由。"))
    if Rating.objects.filter(reply=reply, signature=signature).exists():
        raise NotPossible(_("您已经评价过这份答复。"))
    rating = Rating(
        reply=reply,
        signature=signature,
        attitude=attitude,
        result=result,
        contact_kind=contact_kind,
        words=words.strip(),
        rated_at=clock.now(),
        is_late=locked.state != State.REPLIED,
    )
    rating = steps.create(rating, "rate", by=by)
    locked = begun.finish()
    if locked.state == State.REPLIED and not waiting_raters(locked, letters):
        _finish_round(locked, letters, silent=0)
    return rating


@transaction.atomic
def finish_round(suggestion: Suggestion) -> Suggestion:
    """Everybody has rated, or the time is up: who kept silent counts as no statement (T20)."""
    locked = steps.lock(suggestion)
    letters = signed_replies(locked)
    return _finish_round(locked, letters, silent=len(waiting_raters(locked, letters)))


@transaction.atomic
def close(suggestion: Suggestion, *, words: str = "", by: User) -> Suggestion:
    """The committee closes what is answered, rated and has no open promise (T24)."""
    locked = steps.lock(suggestion)
    reply = signed_reply(locked)
    locked = _end(locked, "close", words=words, by=by)
    if not _is_solved(reply):  # where it was, the residents have been asked already
        telling.ask_residents(locked, _result(reply), by=by)
    return locked


@transaction.atomic
def decide_redo(suggestion: Suggestion, *, words: str, by: User) -> Suggestion:
    """After the talk: the unit goes at it again (T36)."""
    _demand_words(words)
    return _redo("decide_redo", suggestion, words=words, by=by)


@transaction.atomic
def reopen_handling(suggestion: Suggestion, *, ground: str, words: str, by: User) -> Suggestion:
    """A test, an assessment or an inspection found that it was not carried out (T37, Qingdao 31)."""
    if not words.strip():
        raise NotPossible(_("请写明发现了什么。"))
    found = f"{kept(ReopenGround(ground).label)}：{words.strip()}"
    return _redo("reopen_handling", suggestion, words=found, by=by)


@transaction.atomic
def decide_accept(suggestion: Suggestion, *, words: str, by: User) -> Suggestion:
    """After the talk: the explanation stands and the matter ends."""
    _demand_words(words)
    locked = steps.lock(suggestion)
    reply = signed_reply(locked)
    locked = _end(locked, "decide_accept", words=words, by=by)
    telling.ask_residents(locked, _result(reply), by=by)
    return locked


@transaction.atomic
def decide_track(suggestion: Suggestion, *, words: str, by: User) -> Suggestion:
    """After the talk: what was promised is followed up."""
    _demand_words(words)
    locked = steps.take(SUGGESTION, "decide_track", suggestion, by=by, words=words)
    telling.tell_deputies(locked, "tracking", _("建议转入承诺跟踪"))
    return locked


def waiting_raters(suggestion: Suggestion, letters: Sequence[Reply]) -> list[Signature]:
    """Signers who have not rated every letter of this round."""
    complete = (
        Rating.objects.filter(reply__in=letters)
        .values("signature")
        .annotate(n=Count("pk"))
        .filter(n=len(letters))
    )
    standing = suggestion.signatures.filter(state=SignatureState.SIGNED)
    rated = complete.values("signature")
    return list(standing.exclude(pk__in=rated).select_related("deputy__person"))


def _finish_round(held: Suggestion, letters: Sequence[Reply], *, silent: int) -> Suggestion:
    begun = steps.begin_held(SUGGESTION, "finish_round", held, by=trail.SYSTEM)
    timing.stop(held.clock_id)
    drop_recalls(held)
    words = _("未表态%(count)d人") % {"count": silent} if silent else ""
    with notices.gathering():
        return _go_on(begun.finish(changes={"clock": None}, words=words), letters)


def _go_on(suggestion: Suggestion, replies: Sequence[Reply]) -> Suggestion:
    """What a finished round leads to by itself."""
    if Rating.objects.filter(reply__in=replies).in_time().dissatisfied().exists():
        if suggestion.round < LAST_ROUND:
            return _redo("redo", suggestion, words=_("代表不满意"), by=trail.SYSTEM)
        return _coordinate(suggestion)
    if suggestion.outstanding_promises:
        suggestion = steps.take_held(SUGGESTION, "track", suggestion, by=trail.SYSTEM)
        telling.tell_deputies(suggestion, "tracking", _("建议转入承诺跟踪"))
    elif all(_is_solved(reply) for reply in replies):
        telling.ask_residents(suggestion, _result(replies[0]), by=trail.SYSTEM)
    telling.tell_desk(suggestion, "rated", _("代表评价已结束"))
    return suggestion


def _redo(name: str, suggestion: Suggestion, *, words: str, by: HasActor) -> Suggestion:
    """A new round: the same unit, a new document, a new clock (T21)."""
    begun = steps.begin(SUGGESTION, name, suggestion, by=by)
    locked = begun.item
    tasks = _displeasing(locked)
    changes: dict[str, Any] = {
        "round": locked.round + 1,
        "closed_at": None,
        "clock": timing.start(Key.REDO_WINDOW, locked, _("重新办理")),
    }
    locked = begun.finish(changes=changes, words=words)
    with notices.gathering():
        for task in tasks:
            _begin_again(task, locked)
        telling.tell_deputies(locked, "redo", _("建议重新办理"))
        telling.tell_desk(locked, "redo", _("有代表不满意，已重新办理"))
    telling.tell_residents(locked, _("代表对答复不满意，承办单位正在重新办理。"))
    return locked


def _displeasing(suggestion: Suggestion) -> list[Assignment]:
    """The units whose letter did not satisfy; where nothing says which, all that answered."""
    answered = suggestion.assignments.filter(state=AssignmentState.REPLIED)
    tasks = steps.lock_all(answered.exclude(role=AssignmentRole.COHANDLER))
    bad = Rating.objects.filter(reply__in=signed_replies(suggestion)).dissatisfied()
    units = set(bad.values_list("reply__assignment", flat=True))
    parts = [task for task in tasks if task.pk in units]
    return parts if parts and suggestion.mode == Mode.SEPARATE else tasks


def _begin_again(task: Assignment, suggestion: Suggestion) -> None:
    task.suggestion = suggestion
    running = timing.start(Key.REDO_WINDOW, suggestion, _("重新办理"))
    changes = {"clock": running, "contact_clock": None}
    steps.take_held(ASSIGNMENT, "redo", task, by=trail.SYSTEM, changes=changes)
    telling.tell_unit(task, f"redo:{task.pk}", _("代表不满意，请重新办理并再次答复"))


def _coordinate(suggestion: Suggestion) -> Suggestion:
    suggestion = steps.take_held(
        SUGGESTION, "coordinate", suggestion, by=trail.SYSTEM, words=_("第二次仍不满意")
    )
    subject = _("代表第二次不满意，请召集协调")
    telling.tell_desk(suggestion, "coordinate", subject, Role.CLERK, Role.DIRECTOR)
    return suggestion


def _end(suggestion: Suggestion, name: str, *, words: str, by: User) -> Suggestion:
    changes = {"closed_at": clock.now(), "clock": suggestion.reply_clock}
    suggestion = steps.take_held(SUGGESTION, name, suggestion, by=by, changes=changes, words=words)
    telling.tell_deputies(suggestion, "closed", _("建议已办结"))
    return suggestion


def signed_reply(suggestion: Suggestion) -> Reply:
    """The newest signed reply: of this round, or the last one given."""
    replies = signed_replies(suggestion)
    if not replies:
        raise NotPossible(_("还没有答复。"))
    return replies[0]


def signed_replies(suggestion: Suggestion) -> list[Reply]:
    """The letters of the newest answered round: one, or one a part."""
    signed = suggestion.replies.filter(state=ReplyState.SIGNED).select_related("assignment__unit")
    rows = list(signed.order_by("-round", "pk"))
    return [reply for reply in rows if reply.round == rows[0].round]


def _letter_among(replies: Sequence[Reply], reply: Reply | None) -> Reply:
    """The letter that is judged; a round of several parts must say which."""
    if reply is not None:
        replies = [each for each in replies if each.pk == reply.pk]
    if not replies:
        raise NotPossible(_("还没有答复。"))
    if len(replies) > 1:
        raise NotPossible(_("请选您评价的是哪个单位的答复。"))
    return replies[0]


def _signature_of(user: User, suggestion: Suggestion) -> Signature:
    deputies = seats_of(user).signer_ids
    return next(s for s in suggestion.signed if s.deputy_id in deputies)


def _is_solved(reply: Reply) -> bool:
    return reply.result_class == ResultClass.A


def _result(reply: Reply) -> str:
    return _("%(unit)s答复：%(result)s。") % {
        "unit": reply.assignment.unit.name,
        "result": telling.class_words(reply),
    }


def _demand_words(words: str) -> None:
    if not words.strip():
        raise NotPossible(_("请写明协调的结果。"))
