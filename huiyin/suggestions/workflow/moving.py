"""Why a step of a motion is closed now (地方组织法 art. 22, 25)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Deputy, Session
from huiyin.kernel import clock
from huiyin.kernel.workflow import Words
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions.choices import MotionState, Proposer
from huiyin.suggestions.models import DelegationVote, Motion, Signature, Suggestion

# From the day it is handed in until the vote a signer may take the name back (代表法 art. 15).
BEFORE_THE_VOTE = (
    MotionState.SUBMITTED,
    MotionState.REGISTERED,
    MotionState.EXAMINING,
    MotionState.DECIDING,
    MotionState.ON_AGENDA,
)
WITH_DEPUTIES = (MotionState.WRITING, MotionState.RETURNED)
PUBLIC_FROM = (
    MotionState.ON_AGENDA,
    MotionState.REFERRED,
    MotionState.CONVERTED,
    MotionState.REFUSED,
    MotionState.ADOPTED,
    MotionState.REJECTED,
    MotionState.REPORTED,
    MotionState.HANDED_OVER,
    MotionState.ANSWERED,
    MotionState.CLOSED,
)
HALF = 2


def motion_is_complete(motion: Motion) -> Words | None:
    """Title, grounds and plan (代表法 art. 15), the names or the vote, and the session's deadline."""
    paper = motion.suggestion
    if not paper.situation.strip() or not paper.proposals.strip():
        return _("案由、案据、方案都要写。")
    if names := [str(signature.deputy) for signature in paper.unsettled]:
        return _("还要等%(names)s确认联名，或先移除。") % {"names": _("、").join(names)}
    return _not_enough_behind(paper) or deadline_has_passed(paper)


def _not_enough_behind(paper: Suggestion) -> Words | None:
    if paper.proposer == Proposer.DELEGATION:
        return delegation_may_move(paper) or vote_is_missing(paper)
    needed, there = signers_needed(paper), len(paper.signed)
    if there < needed:
        words = _("议案须%(needed)d名以上代表联名（含领衔），现在%(there)d名，还差%(missing)d名。")
        return words % {"needed": needed, "there": there, "missing": needed - there}
    return None


def signers_needed(paper: Suggestion) -> int:
    """地方组织法 art. 22: ten at county level and above, five in a township."""
    congress = paper.congress
    return int(
        Rule.objects.value(Key.MOTION_SIGNERS, congress.region, clock.today(), congress.level)
    )


def delegation_may_move(paper: Suggestion) -> Words | None:
    if Rule.objects.value(Key.MOTION_BY_DELEGATION, paper.congress.region, clock.today()):
        return None
    return _("按本地规则，代表团不能提出议案，可以作为建议提出。")


def vote_is_missing(paper: Suggestion) -> Words | None:
    """The vote is about exactly this wording, and more than the rule's share of all members agree."""
    vote = DelegationVote.objects.filter(suggestion=paper.pk).first()
    if vote is None:
        return _("还没有记录代表团的表决结果。")
    if vote.text_hash != paper.text_hash:
        return _("文本在代表团表决以后改过，请重新表决。")
    share = Rule.objects.value(Key.DELEGATION_MAJORITY, paper.congress.region, clock.today())
    if vote.n_for * 100 <= vote.n_members * share:
        words = _("%(for)d人同意，没有超过全团%(members)d人的%(share)d%%。")
        return words % {"for": vote.n_for, "members": vote.n_members, "share": share}
    return None


def is_of_deputies(suggestion: Suggestion) -> Words | None:
    if suggestion.proposer == Proposer.DELEGATION:
        return _("以代表团名义提出的，由全团表决，不用邀请联名。")
    return None


def deadline_has_passed(paper: Suggestion) -> Words | None:
    """In session until the presidium's deadline; between sessions only where the place allows it."""
    session = Session.objects.filter(term=paper.term_id).open_on(clock.today()).first()
    if session is None:
        if Rule.objects.value(Key.MOTION_BETWEEN, paper.congress.region, clock.today()):
            return None
        return _("按本地规则，议案在大会期间提出；现在可以作为建议提出。")
    if session.motion_deadline and clock.now() > session.motion_deadline:
        last = session.motion_deadline.astimezone(clock.ZONE)
        words = _("本次会议的议案截止时间是%(last)s，已经过了；可以作为建议提出。")
        return words % {"last": f"{last:%m-%d %H:%M}"}
    return None


def is_convertible(motion: Motion) -> Words | None:
    """Only what meets the demands on a suggestion becomes one (Chongqing art. 11)."""
    paper = motion.suggestion
    if paper.situation.strip() and paper.proposals.strip():
        return None
    return _("“情况和问题”“具体建议”写全了才能转为建议。")


def was_asked_back(motion: Motion) -> Words | None:
    return None if motion.withdrawal_asked_at else _("领衔代表没有申请撤回。")


def was_not_asked_back(motion: Motion) -> Words | None:
    return _("已经申请过，等主席团决定。") if motion.withdrawal_asked_at else None


def is_publishable(motion: Motion) -> Words | None:
    if motion.suggestion.is_secret or motion.suggestion.openness == "closed":
        return _("代表认为不宜公开。")
    return _("已经公开。") if motion.is_published else None


def is_public(motion: Motion) -> Words | None:
    return None if motion.is_published else _("还没有公开。")


def may_be_reconsidered(signature: Signature) -> Words | None:
    """In writing, four hours before the last meeting of the presidium (Shanghai on motions 14)."""
    motion = _motion_under(signature)
    if motion is None or motion.state != MotionState.REFUSED:
        return _("只有主席团决定不作为议案的，才能要求复议。")
    if signature.reconsideration_asked_at:
        return _("您已经要求复议。")
    last = reconsider_until(motion)
    if last is None or clock.now() > last:
        return _("要求复议的时间已经过了。")
    return None


def reconsider_until(motion: Motion) -> dt.datetime | None:
    if motion.last_meeting_at is None:
        return None
    region = motion.suggestion.congress.region
    hours = Rule.objects.value(Key.MOTION_RECONSIDER, region, clock.today())
    return motion.last_meeting_at - dt.timedelta(hours=hours)


def enough_ask_again(motion: Motion) -> Words | None:
    """More than half of the signers and no fewer than a motion needs."""
    asked, all_ = motion.n_reconsidering, motion.n_behind
    needed = signers_needed(motion.suggestion)
    if motion.suggestion.proposer == Proposer.DELEGATION:
        needed = 1
    if asked * HALF > all_ and asked >= needed:
        return None
    return _("要求复议的还不够：须过半数且不少于%(needed)d名。") % {"needed": needed}


def name_can_be_taken_back(signature: Signature) -> Words | None:
    motion = _motion_under(signature)
    if motion is None or motion.state not in BEFORE_THE_VOTE:
        return _("只有已提出、还没有表决的议案才能退出联名。")
    return None


def too_few_behind(motion: Motion) -> Words | None:
    """Fewer than a motion needs: it ends by itself (Shanghai on motions, art. 13)."""
    return None if motion.n_behind < signers_needed(motion.suggestion) else _("联名仍然足够。")


def all_deputies(motion: Motion) -> int:
    """All deputies of the congress: what a majority is counted of (地方组织法 art. 25)."""
    return Deputy.objects.sitting().filter(congress=motion.suggestion.congress_id).count()


def _motion_under(signature: Signature) -> Motion | None:
    """The motion whose name this is; asks nothing where the paper is none."""
    paper = signature.suggestion
    if not paper.is_motion:
        return None
    return Motion.objects.select_related("suggestion__congress__region").get(suggestion=paper.pk)
