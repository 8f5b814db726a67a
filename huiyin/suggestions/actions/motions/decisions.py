"""What presidium, plenary and standing committee decided, as the director writes it down.

`decided_on` is the day of the body's meeting and `minutes` the number of its minutes or of the
decision: the director only records, and whoever reads can look it up.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.models import Committee, Unit
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions.actions import telling, writing
from huiyin.suggestions.actions.motions import together
from huiyin.suggestions.actions.numbering import next_number
from huiyin.suggestions.choices import Body, Outcome
from huiyin.suggestions.models import Motion, Suggestion
from huiyin.suggestions.workflow import MOTION, SUGGESTION, moving

HALF = 2


class Held(NamedTuple):
    """Which body decided, on which day, under which number of its minutes."""

    body: Body
    on: dt.date
    minutes: str


@transaction.atomic
def put_on_agenda(
    motion: Motion, *, words: str, decided_on: dt.date, minutes: str, by: User
) -> Motion:
    held = Held(Body.PRESIDIUM, decided_on, minutes)
    motion = _decide("put_on_agenda", motion, words, held, by=by)
    together.tell_signers(motion, "decided", _("主席团决定：议案列入本次会议议程"))
    return motion


@transaction.atomic
def refer(
    motion: Motion,
    *,
    committee: Committee,
    words: str,
    decided_on: dt.date,
    minutes: str,
    by: User,
) -> Motion:
    """To a committee, which reports within three months after the session (Shanghai 12, 15)."""
    locked = together.lock_both(motion)
    if committee.congress_id != locked.suggestion.congress_id:
        raise NotPossible(_("只能交给本级的委员会。"))
    session = locked.suggestion.session
    since = max(session.ends_on, clock.today()) if session else clock.today()
    running = together.start_clock(Key.MOTION_REPORT, locked, since, _("大会闭会"))
    held = Held(Body.PRESIDIUM, decided_on, minutes)
    locked = _decide("refer", locked, words, held, by=by, committee=committee, clock=running)
    told = _("主席团决定：议案交%(committee)s会后审议") % {"committee": committee}
    together.tell_signers(locked, "decided", told)
    together.tell_desk(locked, "referred", told, "committee")
    return locked


@transaction.atomic
def convert(
    motion: Motion, *, decided_on: dt.date, minutes: str, words: str = "", by: User
) -> Suggestion:
    """One step, and the same paper is a registered suggestion: its signers, text versions,
    origins and motion number are where they were (Chongqing art. 11)."""
    held = Held(Body.PRESIDIUM, decided_on, minutes)
    motion = _decide("convert", motion, words, held, by=by)
    paper = steps.lock(motion.suggestion)
    changes = {
        "is_motion": False,
        "number": _number_as_suggestion(paper),
        "registered_at": clock.now(),
    }
    told = _("主席团决定：议案转为建议办理，编号%(number)s") % {"number": changes["number"]}
    paper = steps.take(SUGGESTION, "convert", paper, by=by, changes=changes, words=told)
    writing.index(paper)
    telling.tell_deputies(paper, "converted", told)
    telling.tell_desk(paper, "converted", _("议案转为建议，请拟定承办单位"))
    return paper


@transaction.atomic
def refuse(
    motion: Motion,
    *,
    words: str,
    last_meeting_at: dt.datetime,
    decided_on: dt.date,
    minutes: str,
    by: User,
) -> Motion:
    """Not a motion: the reasons go to the deputies in writing, who may ask again in time."""
    if not words.strip():
        raise NotPossible(_("请写明理由。"))
    held = Held(Body.PRESIDIUM, decided_on, minutes)
    motion = _decide("refuse", motion, words, held, by=by, last_meeting_at=last_meeting_at)
    asked = motion.suggestion.signatures.filter(reconsideration_asked_at__isnull=False)
    for signature in asked:  # a second refusal: who asked may not count twice
        locked = steps.lock(signature)
        steps.change(locked, "refuse", by=by, changes={"reconsideration_asked_at": None})
    until = moving.reconsider_until(motion)
    told = _("主席团决定不作为议案，请看理由；过半数提案人可以要求复议")
    together.tell_signers(motion, f"decided:{until}", told)
    return motion


@transaction.atomic
def record_plenary_vote(
    motion: Motion,
    *,
    n_for: int,
    n_against: int,
    n_abstained: int,
    decided_on: dt.date,
    minutes: str,
    words: str = "",
    by: User,
) -> Motion:
    """Adopted by more than half of all deputies, not of those present (地方组织法 art. 25)."""
    n_members = moving.all_deputies(motion)
    if n_for + n_against + n_abstained > n_members:
        raise NotPossible(_("票数超过了全体代表%(n)d人。") % {"n": n_members})
    is_adopted = n_for * HALF > n_members
    told = _("全体代表%(all)d人，赞成%(for)d，反对%(against)d，弃权%(abstained)d") % {
        "all": n_members,
        "for": n_for,
        "against": n_against,
        "abstained": n_abstained,
    }
    motion = _on_record(
        "adopt" if is_adopted else "reject",
        motion,
        "\n".join(filter(None, [told, words.strip()])),
        Held(Body.PLENARY, decided_on, minutes),
        by=by,
        n_members=n_members,
        n_for=n_for,
        n_against=n_against,
        n_abstained=n_abstained,
    )
    result = _("议案已获大会通过") if is_adopted else _("议案未获大会通过")
    together.tell_signers(motion, "voted", result)
    return motion


@transaction.atomic
def hand_to_organ(
    motion: Motion,
    *,
    unit: Unit,
    deliberated_on: dt.date,
    minutes: str,
    lead_was_invited: bool,
    words: str,
    by: User,
) -> Motion:
    """The organ reports within three months (Shanghai on motions, art. 19, 20)."""
    locked = together.lock_both(motion)
    if unit.congress_id != locked.suggestion.congress_id:
        raise NotPossible(_("只能交给本级的承办单位。"))
    MOTION.check("hand_to_organ", locked, by=by)
    running = together.start_clock(Key.MOTION_ORGAN, locked, clock.today(), _("交办"))
    locked = _on_record(
        "hand_to_organ",
        locked,
        f"{unit}。{words.strip()}",
        Held(Body.STANDING_COMMITTEE, deliberated_on, minutes),
        by=by,
        unit=unit,
        clock=running,
        **_deliberated(Outcome.ORGAN, deliberated_on, words, lead_was_invited=lead_was_invited),
    )
    together.tell_organ(locked, "handed", _("有议案交你单位研究办理，请按期报告"))
    told = _("常委会审议后，议案已交%(unit)s研究办理") % {"unit": unit}
    together.tell_signers(locked, "handed", told)
    return locked


@transaction.atomic
def conclude(
    motion: Motion,
    *,
    outcome: str,
    deliberated_on: dt.date,
    minutes: str,
    lead_was_invited: bool,
    words: str,
    by: User,
) -> Motion:
    """What else the standing committee may make of the report: a plan, an agenda, reference."""
    label = kept(Outcome(outcome).label)
    motion = _on_record(
        "conclude",
        motion,
        f"{label}。{words.strip()}",
        Held(Body.STANDING_COMMITTEE, deliberated_on, minutes),
        by=by,
        closed_at=clock.now(),
        **_deliberated(outcome, deliberated_on, words, lead_was_invited=lead_was_invited),
    )
    together.tell_signers(motion, "concluded", _("常委会审议结果：%(words)s") % {"words": label})
    return motion


@transaction.atomic
def answer(motion: Motion, *, answer: str, by: User) -> Motion:
    if not answer.strip():
        raise NotPossible(_("请写办理情况。"))
    motion = together.take(
        "answer", motion, by=by, answer=answer.strip(), answered_at=clock.now(), clock=None
    )
    told = _("%(unit)s已报告议案办理情况") % {"unit": motion.unit}
    together.tell_desk(motion, "answered", told)
    together.tell_signers(motion, "answered", told)
    return motion


@transaction.atomic
def answer_again(motion: Motion, *, words: str, by: User) -> Motion:
    """The report was not accepted: once more within a month (Shanghai on motions, art. 21)."""
    locked = together.lock_both(motion)
    MOTION.check("answer_again", locked, by=by)
    running = together.start_clock(Key.MOTION_AGAIN, locked, clock.today(), _("报告未获同意"))
    locked = together.take("answer_again", locked, by=by, words=words, clock=running)
    together.tell_organ(locked, "again", _("议案办理情况报告未获同意，请重新办理并报告"))
    return locked


@transaction.atomic
def close(motion: Motion, *, words: str = "", by: User) -> Motion:
    motion = together.take("close", motion, by=by, words=words, closed_at=clock.now())
    together.tell_signers(motion, "closed", _("议案已办结"))
    return motion


@transaction.atomic
def withdraw(
    motion: Motion, *, decided_on: dt.date, minutes: str, words: str = "", by: User
) -> Motion:
    """The presidium agrees; until then the motion goes on."""
    held = Held(Body.PRESIDIUM, decided_on, minutes)
    motion = _on_record(
        "withdraw", motion, words.strip(), held, by=by, closed_at=clock.now(), clock=None
    )
    together.tell_signers(motion, "withdrawn", _("主席团同意撤回议案"))
    told = _("代表撤回了议案，工作人员会另找办法处理您反映的事。")
    telling.unlink_origins(motion.suggestion, told, by=by)
    return motion


@transaction.atomic
def publish(motion: Motion, *, by: User) -> Motion:
    return together.take("publish", motion, by=by, is_published=True)


@transaction.atomic
def take_back(motion: Motion, *, reason: str, by: User) -> Motion:
    return together.take("take_back", motion, by=by, words=reason, is_published=False)


def _decide(
    name: str, motion: Motion, words: str, held: Held, *, by: User, **changes: Any
) -> Motion:
    said = words.strip()
    changes |= {"decision_words": said, "decided_at": clock.now()}
    return _on_record(name, motion, said, held, by=by, **changes)


def _on_record(
    name: str, motion: Motion, said: str, held: Held, *, by: User, **changes: Any
) -> Motion:
    """The step, with the body, its day and its minutes in the trail and beside the motion."""
    if held.on > clock.today():
        raise NotPossible(_("日期不能晚于今天。"))
    minutes = held.minutes.strip()
    if not minutes:
        raise NotPossible(_("请写会议纪要或者决定的文号。"))
    words = "\n".join(filter(None, [f"{kept(held.body.label)} {held.on} {minutes}", said]))
    motion = together.take(name, motion, by=by, words=words, **changes)
    motion.decisions.create(
        step=name, body=held.body, decided_on=held.on, minutes=minutes, noted_by=by
    )
    return motion


def _deliberated(
    outcome: str, on: dt.date, words: str, *, lead_was_invited: bool
) -> dict[str, Any]:
    if on > clock.today():
        raise NotPossible(_("日期不能晚于今天。"))
    return {
        "outcome": outcome,
        "outcome_words": words.strip(),
        "deliberated_on": on,
        "lead_was_invited": lead_was_invited,
    }


def _number_as_suggestion(paper: Suggestion) -> str:
    """A second number or the motion's own: a setting of the place; both are found."""
    gives = Rule.objects.value(Key.MOTION_SECOND_NUMBER, paper.congress.region, clock.today())
    if gives or not paper.motion_number:
        return next_number(paper)
    return paper.motion_number
