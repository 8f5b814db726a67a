"""The ledger of promises: done is claimed, checked, rated; what fails is explained in writing."""

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.seats import seats_of
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook.choices import Key
from huiyin.suggestions.actions import telling, timing
from huiyin.suggestions.choices import PromiseState, Score, State
from huiyin.suggestions.models import Promise, PromiseRating, Suggestion
from huiyin.suggestions.workflow import PROMISE, SUGGESTION


@transaction.atomic
def claim_done(promise: Promise, *, evidence: str, by: User) -> Promise:
    """The unit says it is done and what shows it; the committee checks within its time."""
    if not evidence.strip():
        raise NotPossible(_("请写明完成情况。"))
    suggestion, promise = _lock_both(promise)
    begun = steps.begin_held(PROMISE, "claim_done", promise, by=by)
    changes = {
        "claimed_at": clock.now(),
        "evidence": evidence.strip(),
        "clock": timing.start(Key.PROMISE_CHECK, suggestion, _("单位报告完成")),
    }
    begun.finish(changes=changes)
    subject = _("%(unit)s报告承诺完成，请核实") % {"unit": promise.unit}
    telling.tell_of_promise(promise, "claimed", subject, to_desk=True)
    telling.tell_deputies(suggestion, f"claimed:{promise.pk}:{promise.version}", subject)
    return promise


@transaction.atomic
def confirm(promise: Promise, *, words: str = "", by: User) -> Promise:
    """It is done as promised. Deputies rate it, residents hear of it."""
    suggestion, promise = _lock_both(promise)
    running = promise.clock_id
    changes = {"checked_at": clock.now(), "check_words": words.strip()}
    promise = steps.take_held(PROMISE, "confirm", promise, by=by, changes=changes, words=words)
    timing.stop(running)
    named = suggestion.shown_name if suggestion.is_secret else telling.short(promise.text)
    subject = _("承诺已兑现，请您评价：%(promise)s") % {"promise": named}
    telling.tell_deputies(suggestion, f"kept:{promise.pk}:{promise.version}", subject)
    kept = _("承诺的事已办成：%(promise)s。") % {"promise": telling.short(promise.text)}
    _tell_or_ask(suggestion, kept)
    return promise


@transaction.atomic
def send_back_promise(promise: Promise, *, words: str, by: User) -> Promise:
    """Not done yet, or not as promised: the promise stays open."""
    if not words.strip():
        raise NotPossible(_("请写明哪里没有完成。"))
    _suggestion, promise = _lock_both(promise)
    running = promise.clock_id
    changes = {"check_words": words.strip(), "clock": None}
    promise = steps.take_held(
        PROMISE, "send_back_promise", promise, by=by, changes=changes, words=words
    )
    timing.stop(running)
    subject = _("承诺还没有完成，请继续办")
    telling.tell_of_promise(promise, "sent_back", subject, to_desk=False)
    return promise


@transaction.atomic
def break_promise(promise: Promise, *, reason: str, by: User) -> Promise:
    """It cannot be kept: a written explanation over the leader's name (Shanghai art. 22)."""
    if not reason.strip():
        raise NotPossible(_("请写明未能兑现的原因和下一步打算。"))
    suggestion, promise = _lock_both(promise)
    changes = {"broken_reason": reason.strip()}
    promise = steps.take_held(
        PROMISE, "break_promise", promise, by=by, changes=changes, words=reason
    )
    subject = _("有承诺未能兑现，单位已书面说明")
    telling.tell_of_promise(promise, "broken", subject, to_desk=True)
    telling.tell_deputies(suggestion, f"broken:{promise.pk}:{promise.version}", subject)
    words = _("承诺的事没能办成：%(promise)s。承办单位已向代表书面说明。")
    _tell_or_ask(suggestion, words % {"promise": telling.short(promise.text)})
    return promise


@transaction.atomic
def explain_promise(promise: Promise, *, reason: str, by: User) -> Promise:
    """Still open when the term ends: why, in writing; the unit goes on with it (Shanghai art. 22)."""
    if not reason.strip():
        raise NotPossible(_("请写明没有完成的原因和下一步打算。"))
    suggestion, promise = _lock_both(promise)
    changes = {"term_words": reason.strip()}
    promise = steps.take_held(
        PROMISE, "explain_promise", promise, by=by, changes=changes, words=reason
    )
    subject = _("换届时还没有办完的承诺，单位已书面说明")
    telling.tell_of_promise(promise, "explained", subject, to_desk=True)
    telling.tell_deputies(suggestion, f"explained:{promise.pk}:{promise.version}", subject)
    return promise


@transaction.atomic
def reopen_promise(promise: Promise, *, words: str, by: User) -> Promise:
    """An inspection found that it was not so: the ledger takes it up again (T37)."""
    if not words.strip():
        raise NotPossible(_("请写明重新跟踪的原因。"))
    suggestion, promise = _lock_both(promise)
    promise = steps.take_held(PROMISE, "reopen_promise", promise, by=by, words=words)
    if suggestion.state == State.CLOSED:
        changes = {"closed_at": None, "clock": None}
        steps.take_held(SUGGESTION, "reopen", suggestion, by=by, changes=changes, words=words)
    subject = _("承诺重新跟踪，请继续办")
    telling.tell_of_promise(promise, "reopened", subject, to_desk=False)
    return promise


@transaction.atomic
def rate_promise(promise: Promise, *, score: str, words: str = "", by: User) -> PromiseRating:
    """A signer's second rating: was what was promised kept?"""
    if score == Score.DISSATISFIED and not words.strip():
        raise NotPossible(_("“不满意”请写明理由。"))
    suggestion, promise = _lock_both(promise)
    begun = steps.begin_held(PROMISE, "rate_promise", promise, by=by)
    deputies = seats_of(by).signer_ids
    signature = next(s for s in suggestion.signed if s.deputy_id in deputies)
    if PromiseRating.objects.filter(promise=promise, signature=signature).exists():
        raise NotPossible(_("您已经评价过这项承诺。"))
    rating = PromiseRating(
        promise=promise,
        signature=signature,
        score=score,
        words=words.strip(),
        rated_at=clock.now(),
    )
    rating = steps.create(rating, "rate_promise", by=by)
    begun.finish()
    if score == Score.DISSATISFIED:
        subject = _("代表对承诺兑现不满意")
        telling.tell_of_promise(promise, f"dissatisfied:{rating.pk}", subject, to_desk=True)
    return rating


def _lock_both(promise: Promise) -> tuple[Suggestion, Promise]:
    suggestion = steps.lock(Suggestion(pk=promise.suggestion_id))
    locked = steps.lock(promise)
    locked.suggestion = suggestion
    return suggestion, locked


def _tell_or_ask(suggestion: Suggestion, words: str) -> None:
    """While others are open the residents only hear of it; with the last one they are asked."""
    if suggestion.outstanding_promises:
        telling.tell_residents(suggestion, words)
        return
    telling.ask_residents(suggestion, words, by=trail.SYSTEM)
    for item in (suggestion, *steps.lock_all(suggestion.followers.filter(state=State.TRACKING))):
        if item.state == State.TRACKING:
            _settle(item)


def _settle(suggestion: Suggestion) -> None:
    """All promises are kept or explained: the suggestion is closed (T26)."""
    made = (suggestion.merged_into or suggestion).promises
    broken = made.filter(state=PromiseState.BROKEN).count()
    words = _("承诺全部兑现")
    if broken:
        words = _("承诺已了结，其中%(count)d项未兑现并已说明") % {"count": broken}
    changes = {"closed_at": clock.now(), "clock": suggestion.reply_clock}
    suggestion = steps.take_held(
        SUGGESTION, "settle", suggestion, by=trail.SYSTEM, changes=changes, words=words
    )
    telling.tell_deputies(suggestion, "closed", _("承诺全部了结，建议已办结"))
