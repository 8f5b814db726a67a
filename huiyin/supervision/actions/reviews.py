"""Two units a year before the standing committee: chosen, heard, voted on, made to mend."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from huiyin.accounts.models import User
from huiyin.congress import actions as congress_actions
from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Unit
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.supervision import permissions
from huiyin.supervision.actions import telling, timing
from huiyin.supervision.choices import ReviewState, Vote
from huiyin.supervision.models import OpenVote, Review, ReviewTally, ReviewVoter
from huiyin.supervision.workflow import REVIEW

PAGE = "supervision:review"


@transaction.atomic
def choose_unit(
    congress: Congress, *, unit: Unit, year: int, meeting: str, reason: str, by: User
) -> Review:
    """The council has chosen who reports this year; the unit has its time to write."""
    if not permissions.can_choose_unit(by, congress):
        raise NotAllowed(f"{by} may not choose")
    if unit.congress_id != congress.pk:
        raise NotPossible(_("这个单位不在本级。"))
    Congress.objects.select_for_update(of=("self",)).get(pk=congress.pk)
    standing = Review.objects.filter(congress=congress, year=year, unit=unit)
    if standing.exclude(state=ReviewState.CANCELLED).exists():
        raise NotPossible(_("%(unit)s今年已经选定。") % {"unit": unit})
    review = Review(
        congress=congress,
        year=year,
        unit=unit,
        reason=reason,
        chosen_by_meeting=meeting,
        clock=timing.start(congress, Key.REVIEW_REPORT, _("选定为报告单位")),
    )
    steps.create(review, "choose_unit", by=by, words=meeting)
    subject = _("请向常委会报告代表建议办理情况并接受测评")
    _tell_unit(review, "chosen", subject)
    return review


@transaction.atomic
def hand_in_report(review: Review, *, report: str, by: User) -> Review:
    changes = {"report": report, "reported_at": clock.now()}
    review = steps.take(REVIEW, "hand_in_report", review, by=by, changes=changes)
    timing.stop(review.clock)
    subject = _("%(unit)s送交了办理情况报告") % {"unit": review.unit}
    told = (Role.CLERK, Role.DIRECTOR, Role.MEMBER)
    said = telling.message(review, "reported", subject, PAGE)
    telling.tell_roles(review.congress, *told, **said)
    return review


@transaction.atomic
def open_ballot(
    review: Review, *, meeting: str, is_secret: bool, present: Sequence[User], by: User
) -> Review:
    """The members who are present may vote; no ballot without more than half of all (组织法 art. 51)."""
    locked = steps.lock(review)
    members = set(congress_actions.users_with(locked.congress, Role.MEMBER))
    if not set(present) <= members:
        raise NotPossible(_("只有常委会组成人员能参加测评。"))
    n_present, n_members = len(set(present)), len(members)
    if n_present * 2 <= n_members:
        counts = {"present": n_present, "members": n_members}
        raise NotPossible(
            _("出席%(present)d人，不过全体组成人员%(members)d人的半数，不能测评。") % counts
        )
    changes = {
        "meeting": meeting,
        "is_secret": is_secret,
        "n_members": n_members,
        "n_present": n_present,
        "opened_at": clock.now(),
    }
    words = _("出席%(present)d人，全体%(members)d人") % {
        "present": n_present,
        "members": n_members,
    }
    locked = steps.take(REVIEW, "open_ballot", locked, by=by, changes=changes, words=words)
    ReviewVoter.objects.bulk_create([ReviewVoter(review=locked, user=user) for user in present])
    ReviewTally.objects.bulk_create([ReviewTally(review=locked, vote=vote) for vote in Vote])
    subject = _("请对%(unit)s的办理工作投票") % {"unit": locked.unit}
    for user in present:
        said = telling.message(locked, "ballot", subject, PAGE)
        telling.tell_person(user, locked.congress, **said)
    return locked


@transaction.atomic
def vote(review: Review, *, answer: str, by: User) -> Review:
    """One ballot of one present member; the trail says that he voted, never what."""
    begun = steps.begin(REVIEW, "vote", review, by=by)
    locked = begun.item
    voter = ReviewVoter.objects.select_for_update().filter(review=locked, user=by).first()
    if voter is None:
        raise NotPossible(_("您没有签到，不能投票。"))
    if voter.has_voted:
        raise NotPossible(_("您已经投过票。"))
    ReviewVoter.objects.filter(pk=voter.pk).update(has_voted=True)
    ReviewTally.objects.filter(review=locked, vote=Vote(answer)).update(n=F("n") + 1)
    if not locked.is_secret:
        OpenVote.objects.create(review=locked, user=by, vote=answer)
    return begun.finish()


@transaction.atomic
def close_ballot(review: Review, *, by: User) -> Review:
    """Count, and say whether more than the rule's share of all members were content."""
    begun = steps.begin(REVIEW, "close_ballot", review, by=by)
    locked = begun.item
    counts = dict(ReviewTally.objects.filter(review=locked).values_list("vote", "n"))
    voted = locked.voters.filter(has_voted=True).count()
    if sum(counts.values()) != voted:
        raise NotPossible(_("票数和投票人数对不上，不能公布结果。"))
    content = counts[Vote.SATISFIED] + counts[Vote.BASICALLY]
    needed = Rule.objects.value(Key.REVIEW_PASS, locked.congress.region, clock.today())
    is_passed = content * 100 > needed * locked.n_members
    changes = {
        "n_satisfied": counts[Vote.SATISFIED],
        "n_basically": counts[Vote.BASICALLY],
        "n_dissatisfied": counts[Vote.DISSATISFIED],
        "n_abstained": counts[Vote.ABSTAINED],
        "n_silent": locked.n_present - voted,
        "is_passed": is_passed,
        "counted_at": clock.now(),
    }
    words = _("测评通过") if is_passed else _("测评没有通过")
    locked = begun.finish(changes=changes, words=words)
    _tell_unit(locked, "counted", words)
    said = telling.message(locked, "counted", words, PAGE)
    telling.tell_roles(locked.congress, Role.CLERK, Role.MEMBER, Role.GOVERNMENT, **said)
    return locked


@transaction.atomic
def order_rectify(review: Review, *, words: str, by: User) -> Review:
    """A unit that did not pass mends its work within its time and reports again."""
    changes = {"clock": timing.start(review.congress, Key.REVIEW_RECTIFY, _("测评未通过"))}
    review = steps.take(REVIEW, "order_rectify", review, by=by, changes=changes, words=words)
    _tell_unit(review, "rectify", _("测评没有通过，请按期整改并报告"))
    return review


@transaction.atomic
def report_rectified(review: Review, *, report: str, by: User) -> Review:
    changes = {"rectification": report}
    review = steps.take(REVIEW, "report_rectified", review, by=by, changes=changes)
    timing.stop(review.clock)
    subject = _("%(unit)s报告了整改情况") % {"unit": review.unit}
    said = telling.message(review, "rectified", subject, PAGE)
    telling.tell_roles(review.congress, Role.CLERK, Role.DIRECTOR, **said)
    return review


@transaction.atomic
def rectify_again(review: Review, *, words: str, by: User) -> Review:
    """Not enough: the same clock runs on."""
    review = steps.take(REVIEW, "rectify_again", review, by=by, words=words)
    timing.resume(review.clock)
    _tell_unit(review, "again", _("整改还不够，请继续整改"))
    return review


@transaction.atomic
def accept_rectified(review: Review, *, words: str = "", by: User) -> Review:
    review = steps.take(REVIEW, "accept_rectified", review, by=by, words=words)
    _tell_unit(review, "ended", _("整改通过"))
    return review


@transaction.atomic
def cancel_review(review: Review, *, words: str, by: User) -> Review:
    review = steps.take(REVIEW, "cancel_review", review, by=by, words=words)
    timing.void(review.clock)
    _tell_unit(review, "cancelled", _("今年的办理情况报告取消了"))
    return review


def _tell_unit(review: Review, news: str, subject: str) -> None:
    telling.tell_units([review.unit], **telling.message(review, news, subject, PAGE))
