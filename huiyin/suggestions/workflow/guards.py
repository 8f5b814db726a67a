"""Why a step is closed now: questions about the item only, answered with words or None."""

from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock
from huiyin.kernel.workflow import Words
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    Openness,
    ResultClass,
    State,
)
from huiyin.suggestions.models import Assignment, Publication, Signature, Suggestion
from huiyin.suggestions.workflow.stages import WITH_DEPUTIES


def paper_is_complete(suggestion: Suggestion) -> Words | None:
    """The parts Beijing art. 9 demands, and every name asked for has answered (Chongqing art. 8)."""
    if not suggestion.situation.strip() or not suggestion.proposals.strip():
        return _("“情况和问题”“具体建议”都要写。")
    if names := [str(signature.deputy) for signature in suggestion.unsettled]:
        return _("还要等%(names)s确认联名，或先移除。") % {"names": _("、").join(names)}
    return None


def has_one_proposed_lead(suggestion: Suggestion) -> Words | None:
    proposed = [a for a in suggestion.assignments.all() if a.state == AssignmentState.PROPOSED]
    leads = [a for a in proposed if a.role == AssignmentRole.LEAD]
    return None if len(leads) == 1 else _("要先拟定一个主办单位。")


def opinions_are_in(suggestion: Suggestion) -> Words | None:
    """The lead answers for all, so it waits for all (Qingdao art. 24)."""
    missing = suggestion.n_cohandlers - suggestion.n_opinions
    if missing > 0:
        return _("还差%(count)d个会办单位的意见。") % {"count": missing}
    return None


def reply_is_ready(suggestion: Suggestion) -> Words | None:
    """What a leader must not sign: no answer, no class, a class B without a promise (domain.md 2.6)."""
    reply = suggestion.current_reply
    if reply is None or not reply.body.strip():
        return _("还没有写答复正文。")
    if not reply.result_class:
        return _("还没有定结果类别。")
    if reply.result_class == ResultClass.B and not suggestion.promises_of(reply):
        return _("B 类答复至少要列一项承诺，写明日期和责任人。")
    return opinions_are_in(suggestion)


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


def reply_is_not_sent(assignment: Assignment) -> Words | None:
    if assignment.suggestion.state not in {State.HANDLING, State.DRAFTING, State.REDOING}:
        return _("答复已经送审，不能再要求重送。")
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
