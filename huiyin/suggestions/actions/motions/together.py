"""What every step of a motion shares: both rows locked, clocks, and who hears of it."""

import datetime as dt
from typing import Any

from huiyin.congress.choices import Role
from huiyin.congress.models import Committee
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock
from huiyin.suggestions.actions import telling, timing
from huiyin.suggestions.choices import MotionState, State
from huiyin.suggestions.models import Motion, Suggestion
from huiyin.suggestions.workflow import MOTION, SUGGESTION, moving

# The paper ends with its motion; as a suggestion it lives on.
ENDS = {MotionState.CLOSED: "finish_motion", MotionState.WITHDRAWN: "end_motion"}


def lock_both(motion: Motion) -> Motion:
    paper = steps.lock(Suggestion(pk=motion.suggestion_id))
    locked = steps.lock(motion)
    locked.suggestion = paper
    return locked


def take(name: str, motion: Motion, *, by: HasActor, words: str = "", **changes: Any) -> Motion:
    """The step on both rows as they are now; a clock that ran for the earlier state stops."""
    locked = lock_both(motion)
    running = locked.clock_id
    taken = steps.take_held(MOTION, name, locked, by=by, words=words, changes=changes)
    if "clock" in changes:
        timing.stop(running)
    if ending := ENDS.get(MotionState(taken.state)):
        _end(taken, ending)
    return taken


def _end(motion: Motion, name: str) -> None:
    """Of a draft nothing is handed in: the deputy's own step on the paper ends it."""
    paper = motion.suggestion
    if paper.state != State.MOVED:
        return
    changes = {"closed_at": clock.now()}
    steps.take_held(SUGGESTION, name, paper, by=trail.SYSTEM, changes=changes)


def start_clock(rule: Key, motion: Motion, start: dt.date, words: str) -> Clock:
    region = motion.suggestion.congress.region
    return rulebook.start_clock(rule=rule, region=region, start=start, start_words=words)


def tell_signers(motion: Motion, news: str, subject: str) -> None:
    telling.tell_deputies(motion.suggestion, _once(motion, news), subject)


def tell_desk(motion: Motion, news: str, subject: str, *roles: str) -> None:
    paper = motion.suggestion
    wanted = roles or ((Role.DIRECTOR,) if paper.is_secret else (Role.CLERK,))
    telling.tell_desk(paper, _once(motion, news), subject, *wanted)


def tell_committee(motion: Motion, committee: Committee, news: str, subject: str) -> None:
    telling.tell_committee(motion.suggestion, committee, _once(motion, news), subject)


def tell_organ(motion: Motion, news: str, subject: str) -> None:
    if motion.unit is not None:
        message = telling.message_about(motion.suggestion, _once(motion, news), subject)
        telling.post_to_unit(motion.suggestion, motion.unit, message)


def end_if_too_few(motion: Motion) -> Motion:
    """Fewer stand behind it than a motion needs: it ends (Shanghai on motions, art. 13)."""
    if moving.too_few_behind(motion) is not None:
        return motion
    motion = take("lapse", motion, by=trail.SYSTEM, closed_at=clock.now(), clock=None)
    tell_signers(motion, "lapsed", _("议案联名不足，已终止"))
    tell_desk(motion, "lapsed", _("议案联名不足，已终止"))
    return motion


def _once(motion: Motion, news: str) -> str:
    return f"motion_{news}:{motion.version}"
