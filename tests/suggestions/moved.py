"""Motions at every turn, in a township where five names are enough, on a day of its session."""

import datetime as dt
from typing import Any

from huiyin.congress import actions as congress
from huiyin.congress.choices import Level
from huiyin.congress.models import Congress, Session
from huiyin.kernel import clock
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions import actions
from huiyin.suggestions.actions import motions
from huiyin.suggestions.choices import Advice, MotionKind, Proposer
from huiyin.suggestions.models import Motion, Signature, Suggestion
from huiyin.suggestions.workflow import moving
from tests.congress.factories import DeputyFactory
from tests.remembering import remembered
from tests.suggestions.walk import TODAY, City, fresh, user_of

ENOUGH = 5
TEXT = actions.Text(
    title="关于制定物业管理条例的议案",
    situation="物业纠纷三年增加两倍，现有规定已不适用。",
    proposals="请大会制定物业管理条例，主要内容附后。",
)
HELD: dict[str, Any] = {"decided_on": TODAY, "minutes": "主席团会议纪要第2号"}
LAST_MEETING = clock.at(TODAY + dt.timedelta(days=2), 16)


def in_session(city: City) -> City:
    """The session sits, motions are taken until six o'clock today."""
    Congress.objects.filter(pk=city.congress.pk).update(level=Level.TOWNSHIP)
    city.congress.level = city.lead.congress.level = Level.TOWNSHIP
    Session.objects.filter(pk=city.session.pk).update(
        starts_on=TODAY - dt.timedelta(days=1),
        ends_on=TODAY + dt.timedelta(days=3),
        motion_deadline=clock.at(TODAY, 18),
    )
    return city


def taken_between(city: City) -> City:
    """No session, and a place that takes motions all the same (Shanghai)."""
    Congress.objects.filter(pk=city.congress.pk).update(level=Level.TOWNSHIP)
    Rule.objects.filter(key=Key.MOTION_BETWEEN).update(value=True)
    return city


@remembered
def written(city: City, **more: Any) -> Motion:
    return motions.write(
        city.lead, text=TEXT, kind=MotionKind.REGULATION, by=city.deputy_user, **more
    )


@remembered
def signed(city: City, names: int | None = None) -> Motion:
    """With as many names as the number says, the lead's among them; else just enough."""
    motion = written(in_session(city))
    put_names(city, motion, (names or moving.signers_needed(motion.suggestion)) - 1)
    return fresh(motion)


def put_names(city: City, motion: Motion, count: int) -> list[Signature]:
    others = [DeputyFactory(term=city.term, with_user=True) for _number in range(count)]
    if others:
        paper = actions.invite(motion.suggestion, deputies=others, by=city.deputy_user)
        for deputy in others:
            signature = paper.signatures.get(deputy=deputy)
            actions.sign(signature, text_hash=paper.text_hash, by=user_of(deputy))
    return list(Signature.objects.filter(suggestion=motion.suggestion_id, is_lead=False))


@remembered
def submitted(city: City) -> Motion:
    return motions.submit(signed(city), by=city.deputy_user)


@remembered
def submitted_between(city: City) -> Motion:
    motion = written(taken_between(city))
    put_names(city, motion, ENOUGH - 1)
    return motions.submit(fresh(motion), by=city.deputy_user)


@remembered
def returned(city: City) -> Motion:
    return fresh(motions.ask_revision(submitted(city), words="请写明主要内容", by=city.clerk))


@remembered
def registered(city: City) -> Motion:
    return motions.register(submitted(city), by=city.clerk)


@remembered
def registered_between(city: City) -> Motion:
    return motions.register(submitted_between(city), by=city.clerk)


@remembered
def examining(city: City, motion: Motion | None = None) -> Motion:
    found = motion or registered(city)
    return motions.pass_to_committee(found, committee=city.committee, by=city.clerk)


def opine(city: City, motion: Motion, by: Any) -> Motion:
    return motions.give_opinion(
        motion,
        advice=Advice.SUGGESTION,
        heard_on=clock.today(),
        opinion="属于政府日常工作，建议转为建议办理。",
        by=by,
    )


@remembered
def deciding(city: City) -> Motion:
    return opine(city, examining(city), city.committee_user)


@remembered
def on_agenda(city: City) -> Motion:
    return motions.put_on_agenda(deciding(city), words="第二次主席团会议", **HELD, by=city.director)


def refer(city: City, motion: Motion, by: Any) -> Motion:
    return motions.refer(motion, committee=city.committee, words="第二次主席团会议", **HELD, by=by)


@remembered
def referred(city: City) -> Motion:
    return refer(city, deciding(city), city.director)


def refuse(city: City, motion: Motion, by: Any) -> Motion:
    return motions.refuse(motion, words="已有法规", last_meeting_at=LAST_MEETING, **HELD, by=by)


@remembered
def refused(city: City) -> Motion:
    return refuse(city, deciding(city), city.director)


@remembered
def lead_of_refused(city: City) -> Signature:
    return refused(city).suggestion.signatures.get(is_lead=True)


@remembered
def cosigner_of(city: City) -> Signature:
    """A further name whose account the city knows."""
    motion = signed(city)
    paper = actions.invite(motion.suggestion, deputies=[city.cosigner], by=city.deputy_user)
    signature = paper.signatures.get(deputy=city.cosigner)
    actions.sign(signature, text_hash=paper.text_hash, by=city.cosigner_user)
    motions.submit(fresh(motion), by=city.deputy_user)
    return fresh(signature)


def vote(city: City, motion: Motion, by: Any, n_for: int = ENOUGH) -> Motion:
    return motions.record_plenary_vote(
        motion, n_for=n_for, n_against=0, n_abstained=0, **HELD, by=by
    )


@remembered
def reported(city: City) -> Motion:
    return motions.report(referred(city), report="建议交有关机关办理。", by=city.committee_user)


def hand(city: City, motion: Motion, by: Any) -> Motion:
    return motions.hand_to_organ(
        motion,
        unit=city.unit,
        deliberated_on=clock.today(),
        minutes="常委会会议纪要第5号",
        lead_was_invited=True,
        words="请三个月内报告",
        by=by,
    )


def conclude(city: City, motion: Motion, by: Any) -> Motion:
    return motions.conclude(
        motion,
        outcome="plan",
        deliberated_on=clock.today(),
        minutes="常委会会议纪要第5号",
        lead_was_invited=True,
        words="列入明年立法计划",
        by=by,
    )


@remembered
def handed_over(city: City) -> Motion:
    return hand(city, reported(city), city.director)


def answer(city: City, motion: Motion, by: Any) -> Motion:
    return motions.answer(motion, answer="已起草条例草案。", by=by)


@remembered
def answered(city: City) -> Motion:
    return answer(city, handed_over(city), city.leader)


@remembered
def asked_again(city: City) -> Motion:
    return motions.answer_again(answered(city), words="请写明时间", by=city.director)


@remembered
def withdrawal_asked(city: City) -> Motion:
    return motions.ask_withdrawal(registered(city), words="另有安排", by=city.deputy_user)


@remembered
def public(city: City) -> Motion:
    return motions.publish(on_agenda(city), by=city.director)


@remembered
def of_delegation(city: City, *, as_motion: bool = True) -> Any:
    """A paper in the name of the delegation that the city's lead heads."""
    in_session(city)
    type(city.lead).objects.filter(pk=city.lead.pk).update(delegation="城关代表团")
    city.lead = congress.name_head(fresh(city.lead), by=city.clerk)
    if as_motion:
        return written(city, proposer=Proposer.DELEGATION)
    return actions.write(city.lead, text=TEXT, proposer=Proposer.DELEGATION, by=city.deputy_user)


def record_vote(city: City, paper: Suggestion, by: Any, n_for: int = 30) -> Suggestion:
    return motions.record_vote(
        paper,
        held_on=clock.today(),
        n_members=42,
        n_present=40,
        n_for=n_for,
        n_against=40 - n_for,
        by=by,
    )
