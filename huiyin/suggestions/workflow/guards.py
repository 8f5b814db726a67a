"""Why a step is closed now: questions about the item only, answered with words or None."""

from django.utils.translation import gettext_lazy as _

from huiyin.congress.choices import Role
from huiyin.congress.seats import OF_A_UNIT, seats_of
from huiyin.kernel import clock
from huiyin.kernel.workflow import Words
from huiyin.suggestions.choices import (
    HEADS,
    AssignmentState,
    Mode,
    Openness,
    Proposer,
    State,
)
from huiyin.suggestions.models import (
    Assignment,
    Confidant,
    Convening,
    Promise,
    Publication,
    Signature,
    Suggestion,
)
from huiyin.suggestions.workflow import moving
from huiyin.suggestions.workflow.stages import BEFORE_REPLY, WITH_DEPUTIES


def paper_is_complete(suggestion: Suggestion) -> Words | None:
    """The parts Beijing art. 9 demands, and every name asked for has answered (Chongqing art. 8)."""
    if not suggestion.situation.strip() or not suggestion.proposals.strip():
        return _("“情况和问题”“具体建议”都要写。")
    if names := [str(signature.deputy) for signature in suggestion.unsettled]:
        return _("还要等%(names)s确认联名，或先移除。") % {"names": _("、").join(names)}
    return None


def may_be_handed_in(suggestion: Suggestion) -> Words | None:
    """As a suggestion: a motion goes its own way, a delegation's paper comes with its vote."""
    if suggestion.is_motion:
        return _("这件按议案起草，请点“提出议案”，或者改作建议提出。")
    if reason := paper_is_complete(suggestion):
        return reason
    is_delegations = suggestion.proposer == Proposer.DELEGATION
    return moving.vote_is_missing(suggestion) if is_delegations else None


def proposal_is_whole(suggestion: Suggestion) -> Words | None:
    """What may be handed over; the shape of a proposal was checked when it was made."""
    if suggestion.mode == Mode.REFERENCE:
        return _("作参考的不用交办，请点“转作参考”。")
    proposed = [a for a in suggestion.assignments.all() if a.state == AssignmentState.PROPOSED]
    if not any(a.role in HEADS for a in proposed):
        return _("要先拟定一个主办单位。")
    return units_know(suggestion, proposed) if suggestion.is_secret else None


def units_know(suggestion: Suggestion, tasks: list[Assignment]) -> Words | None:
    """A secret item goes to a unit only where somebody there may open it."""
    told = [row.user for row in Confidant.objects.of(suggestion)]
    units = {unit for user in told for unit in seats_of(user).units(*OF_A_UNIT, Role.GOVERNMENT)}
    unknowing = [str(task.unit) for task in tasks if task.unit_id not in units]
    if unknowing:
        return _("请先在%(units)s指定知悉人。") % {"units": "、".join(unknowing)}
    return None


def is_in_confidence(suggestion: Suggestion) -> Words | None:
    return None if suggestion.is_secret else _("这件不是保密办理的。")


def is_for_reference(suggestion: Suggestion) -> Words | None:
    return None if suggestion.mode == Mode.REFERENCE else _("没有拟定为作参考。")


def takes_cohandlers(suggestion: Suggestion) -> Words | None:
    return _("分别办理的没有会办单位。") if suggestion.mode == Mode.SEPARATE else None


def was_convened(suggestion: Suggestion) -> Words | None:
    """The decision belongs to a talk of this round, and the talk is on record (Chongqing art. 27)."""
    held = Convening.objects.filter(suggestion=suggestion.pk, round=suggestion.round)
    return None if held.exists() else _("请先记录面商：谁召集、谁参加、商定了什么。")


def may_be_accepted(suggestion: Suggestion) -> Words | None:
    return was_convened(suggestion) or nothing_is_promised(suggestion)


def may_be_tracked(suggestion: Suggestion) -> Words | None:
    return was_convened(suggestion) or something_is_promised(suggestion)


def nothing_is_promised(suggestion: Suggestion) -> Words | None:
    if suggestion.outstanding_promises:
        return _("还有承诺没有办完，应转入台账跟踪。")
    return None


def something_is_promised(suggestion: Suggestion) -> Words | None:
    return None if suggestion.outstanding_promises else _("没有在办的承诺，可以直接办结。")


def everyone_agrees(suggestion: Suggestion) -> Words | None:
    """A handed-in joint paper is withdrawn by all its signers (Shanghai art. 10)."""
    if suggestion.submitted_at is None:
        return None
    silent = [s for s in suggestion.signed if not s.is_lead and s.withdrawal_agreed_at is None]
    if silent:
        names = _("、").join(str(signature.deputy) for signature in silent)
        return _("联名建议要全体同意才能撤回，还差%(names)s。") % {"names": names}
    return None


def still_with_deputies(signature: Signature) -> Words | None:
    if signature.suggestion.state not in WITH_DEPUTIES:
        return _("建议已经提交，签名不能再变。")
    return None


def return_is_in_time(assignment: Assignment) -> Words | None:
    """No sitting on it: past the window the unit goes on (Qingdao art. 19)."""
    last_day = assignment.return_until
    if last_day and clock.today() > last_day:
        return _("退办申请应在%(day)s前提出，现在已过期限。") % {"day": last_day}
    return None


def was_not_urged_today(assignment: Assignment) -> Words | None:
    """A unit that is asked every hour stops listening: once a working day."""
    again_on = assignment.urge_again_on
    if again_on and clock.today() < again_on:
        return _("刚催办过，%(day)s起可以再催。") % {"day": again_on}
    return None


def reply_is_not_sent(assignment: Assignment) -> Words | None:
    if assignment.suggestion.state not in {State.HANDLING, State.DRAFTING, State.REDOING}:
        return _("答复已经送审，不能再要求重送。")
    return None


def cohandlers_may_change(assignment: Assignment) -> Words | None:
    """Who handled a matter that is answered stays on its record."""
    if assignment.suggestion.state not in {*BEFORE_REPLY, State.REDOING}:
        return _("答复已经发出，会办单位不再变动。")
    return None


def is_joint(suggestion: Suggestion) -> Words | None:
    return None if suggestion.n_cosigners else _("没有联名代表，可以直接撤回。")


def lead_has_asked(signature: Signature) -> Words | None:
    lead = next((s for s in signature.suggestion.signed if s.is_lead), None)
    if signature.is_lead or (lead and lead.withdrawal_agreed_at):
        return None
    return _("领衔代表没有提出撤回。")


def wish_allows(suggestion: Suggestion) -> Words | None:
    """The deputy's wish binds (Henan art. 29)."""
    return _("代表认为不宜公开。") if suggestion.openness == Openness.CLOSED else None


def may_be_published(publication: Publication) -> Words | None:
    return wish_allows(publication.suggestion)


def term_is_over(promise: Promise) -> Words | None:
    """What a promise that outlives its term owes is an explanation (Shanghai art. 22)."""
    ends_on = promise.suggestion.term.ends_on
    return None if ends_on and ends_on < clock.today() else _("本届任期还没有结束。")
