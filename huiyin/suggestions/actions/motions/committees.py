"""Committees' opinions and reports, and what signers may still do: leave, ask again."""

import datetime as dt

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions.actions import telling, writing
from huiyin.suggestions.actions.motions import together
from huiyin.suggestions.choices import Advice
from huiyin.suggestions.models import Motion, Signature
from huiyin.suggestions.workflow import SIGNATURE, moving


@transaction.atomic
def give_opinion(
    motion: Motion, *, advice: str, heard_on: dt.date, opinion: str, by: User
) -> Motion:
    """In writing, and only after the deputies who proposed it were heard (代表法 art. 50)."""
    if heard_on > clock.today():
        raise NotPossible(_("日期不能晚于今天。"))
    if not opinion.strip():
        raise NotPossible(_("请写明审查意见。"))
    words = f"{kept(Advice(advice).label)}：{opinion.strip()}"
    motion = together.take(
        "give_opinion",
        motion,
        by=by,
        words=words,
        advice=advice,
        heard_on=heard_on,
        opinion=opinion.strip(),
        clock=None,
    )
    together.tell_desk(motion, "opinion", _("委员会已提出议案审查意见"), Role.DIRECTOR)
    together.tell_signers(motion, "opinion", _("委员会已提出议案审查意见"))
    return motion


@transaction.atomic
def report(motion: Motion, *, report: str, by: User) -> Motion:
    """What the committee found after the session, for the standing committee (Shanghai 15)."""
    if not report.strip():
        raise NotPossible(_("请写审议结果报告。"))
    motion = together.take(
        "report", motion, by=by, report=report.strip(), reported_at=clock.now(), clock=None
    )
    together.tell_desk(motion, "reported", _("议案审议结果报告已提出"), Role.DIRECTOR)
    together.tell_signers(motion, "reported", _("议案审议结果报告已提出"))
    return motion


@transaction.atomic
def ask_reconsideration(signature: Signature, *, words: str, by: User) -> Signature:
    """One signer's demand; when more than half have asked, the presidium decides again."""
    motion = together.lock_both(Motion.objects.get(suggestion=signature.suggestion_id))
    changes = {"reconsideration_asked_at": clock.now()}
    signature = steps.take(
        SIGNATURE, "ask_reconsideration", signature, by=by, words=words, changes=changes
    )
    motion.suggestion.refresh_from_db()
    if moving.enough_ask_again(motion) is None:
        motion = together.take("reconsider", motion, by=trail.SYSTEM)
        together.tell_desk(
            motion, "reconsider", _("提案人要求复议，请主席团再次决定"), Role.DIRECTOR
        )
        together.tell_signers(motion, "reconsider", _("复议要求已达到人数，送主席团再次决定"))
    return signature


@transaction.atomic
def leave_motion(signature: Signature, *, words: str = "", by: User) -> Signature:
    """A co-signer stands behind it no longer; with too few it ends (Shanghai on motions 13)."""
    motion = together.lock_both(Motion.objects.get(suggestion=signature.suggestion_id))
    signature = steps.take(SIGNATURE, "leave_motion", signature, by=by, words=words)
    writing.count_cosigners(motion.suggestion)
    subject = _("%(name)s退出联名") % {"name": signature.deputy}
    telling.tell_lead(motion.suggestion, f"left:{signature.pk}:{signature.version}", subject)
    together.end_if_too_few(motion)
    return signature
