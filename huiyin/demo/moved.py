"""Motions of the last session, a delegation's paper, and a draft that still lacks names."""

import datetime as dt
from typing import Any

from huiyin.accounts.models import User
from huiyin.congress import actions as congress
from huiyin.congress.models import Deputy, Session
from huiyin.demo.office import account_of
from huiyin.demo.oversight import Bench, on
from huiyin.kernel import clock
from huiyin.suggestions import actions
from huiyin.suggestions.actions import motions
from huiyin.suggestions.choices import (
    Advice,
    AssignmentRole,
    MotionKind,
    Outcome,
    Proposer,
    ResultClass,
    Score,
)
from huiyin.suggestions.models import Motion, Suggestion

DAY = dt.timedelta(days=1)
NAMES = 10  # 地方组织法 art. 22: ten deputies, the lead among them
MISSING = 4
HAND_OVER_AFTER = 24  # days after the session, at the meeting where its papers are handed over
GROUNDS = "近三年市民反映集中，现有规定不完善，部门职责交叉，单靠部门工作难以解决。"
PLAN = "请大会审议，明确适用范围、部门职责、资金保障和监督措施，主要内容附后。"
REPLY = "您们提出的议案转为建议后，我们逐条研究，现将办理情况答复如下。"
# title, kind, what the presidium made of it
MOTIONS = (
    ("关于制定兰州市物业管理条例的议案", MotionKind.REGULATION, "refer"),
    ("关于制定兰州市电动自行车管理条例的议案", MotionKind.REGULATION, "refer"),
    ("关于修改兰州市城市绿化条例的议案", MotionKind.REGULATION, "refer"),
    ("关于对老旧小区改造资金使用开展监督的议案", MotionKind.SUPERVISION, "convert"),
    ("关于加快城区停车设施建设的议案", MotionKind.MAJOR_MATTER, "convert"),
    ("关于加强黄河兰州段岸线保护的议案", MotionKind.MAJOR_MATTER, "convert"),
    ("关于某企业用地纠纷的议案", MotionKind.OTHER, "refuse"),
)
DELEGATIONS = ("关于作出加强养老服务体系建设决定的议案", MotionKind.MAJOR_MATTER)


def move(bench: Bench, today: dt.date) -> None:
    """What the last session left, and what is being written for the next one."""
    session = bench.city.sessions[-1]
    deputies = list(
        Deputy.objects.sitting()
        .filter(congress=bench.congress)
        .select_related("person__user", "congress__region", "term")
        .order_by("-pk")
    )
    heads = _name_heads(bench, deputies)
    for place, (title, kind, decision) in enumerate(MOTIONS):
        names = deputies[place * NAMES : (place + 1) * NAMES]
        motion = _deliberated(bench, session, names, title, kind)
        _DECIDED[decision](bench, session, motion, place)
    _adopted(bench, session, heads[0])
    _delegations_suggestion(bench, heads[1], today)
    _unfinished(deputies, today)


def _name_heads(bench: Bench, deputies: list[Deputy]) -> list[Deputy]:
    """The first deputy of each delegation heads it."""
    first: dict[str, Deputy] = {}
    for deputy in deputies:
        first.setdefault(deputy.delegation, deputy)
    with on(bench.city.sessions[-1].starts_on - DAY * 3):
        named = [
            congress.name_head(deputy, by=bench.office.clerk)
            for delegation, deputy in sorted(first.items())
            if delegation
        ]
    rows = Deputy.objects.filter(pk__in=[deputy.pk for deputy in named])
    return list(rows.select_related("person__user", "congress__region", "term").order_by("pk"))


def _text(title: str) -> actions.Text:
    return actions.Text(title=title, situation=GROUNDS, proposals=PLAN)


def _deliberated(
    bench: Bench, session: Session, names: list[Deputy], title: str, kind: str
) -> Motion:
    """Written, signed by ten, handed in on the first day, examined, before the presidium."""
    lead, *others = names
    author = account_of(lead)
    with _at(session.starts_on - DAY * 2, 10):
        motion = motions.write(lead, text=_text(title), kind=kind, by=author)
        _sign(motion.suggestion, others, author)
    with _at(session.starts_on, 14):
        motion = motions.submit(Motion.objects.get(pk=motion.pk), by=author)
    return _examined(bench, session, motion)


def _sign(paper: Suggestion, others: list[Deputy], author: User) -> None:
    paper = actions.invite(paper, deputies=others, by=author)
    for signature in paper.signatures.filter(deputy__in=others).select_related(
        "deputy__person__user", "suggestion"
    ):
        actions.sign(signature, text_hash=paper.text_hash, by=account_of(signature.deputy))


def _examined(bench: Bench, session: Session, motion: Motion) -> Motion:
    clerk = bench.office.clerk
    with _at(session.starts_on, 17):
        motion = motions.register(motion, by=clerk)
        motion = motions.pass_to_committee(motion, committee=bench.committees[0], by=clerk)
    with _at(session.starts_on + DAY, 11):
        return motions.give_opinion(
            motion,
            advice=Advice.AFTER_SESSION,
            heard_on=clock.today(),
            opinion="听取了提案代表的意见。所提事项确有必要，请主席团决定。",
            by=bench.committee_clerk,
        )


def _refer(bench: Bench, session: Session, motion: Motion, place: int) -> None:
    """To a committee; one report is before the standing committee, one organ is at work."""
    director = bench.office.director
    with _at(session.ends_on, 10):
        words = "第三次主席团会议决定，交专门委员会会后审议。"
        committee = bench.committees[place % len(bench.committees)]
        motion = motions.refer(
            motion, committee=committee, words=words, **_held("主席团", 3), by=director
        )
    with _at(session.ends_on + DAY * (60 + place), 10):
        report = "经审议，立法有必要，条件基本成熟，建议由有关机关研究起草。"
        motion = motions.report(motion, report=report, by=bench.committee_clerk)
    if place == 0:
        with _at(session.ends_on + DAY * 75, 10):
            motions.conclude(
                motion,
                outcome=Outcome.PLAN,
                deliberated_on=clock.today(),
                minutes="常委会会议纪要第12号",
                lead_was_invited=True,
                words="列入明年立法计划。",
                by=director,
            )
    if place == 1:
        _hand_to_organ(bench, session, motion)


def _hand_to_organ(bench: Bench, session: Session, motion: Motion) -> None:
    unit = bench.city.units["住建局"]
    _clerk, leader = bench.office.handlers[unit.pk]
    with _at(session.ends_on + DAY * 80, 10):
        motion = motions.hand_to_organ(
            motion,
            unit=unit,
            deliberated_on=clock.today(),
            minutes="常委会会议纪要第12号",
            lead_was_invited=True,
            words="请三个月内向常委会报告。",
            by=bench.office.director,
        )
    with _at(session.ends_on + DAY * 150, 10):
        motions.answer(motion, answer="已会同公安、消防完成调研，形成条例草案初稿。", by=leader)


def _convert(bench: Bench, session: Session, motion: Motion, place: int) -> None:
    """The usual way: handled as a suggestion, answered, rated by all who signed."""
    office = bench.office
    unit = bench.city.units["住建局"]
    clerk, leader = office.handlers[unit.pk]
    with _at(session.ends_on, 10):
        words = "第三次主席团会议决定，转为建议办理。"
        paper = motions.convert(motion, words=words, **_held("主席团", 3), by=office.director)
    with _at(session.ends_on + DAY * HAND_OVER_AFTER, 9):
        tasks = [actions.Task(unit, AssignmentRole.LEAD)]
        paper = actions.propose_units(paper, tasks=tasks, by=office.clerk)
        paper = actions.hand_over(paper, by=office.director)
    with _at(session.ends_on + DAY * (HAND_OVER_AFTER + 1), 9):
        task = actions.sign_for(paper.assignments.get(), by=clerk)
    with _at(session.ends_on + DAY * (HAND_OVER_AFTER + 20), 9):
        contact = actions.log_contact(
            task,
            kind="meeting",
            on=clock.today(),
            persons=f"{paper.lead}代表、分管负责人",
            summary="当面听取意见，商定办理打算。",
            by=clerk,
        )
        actions.confirm_face(contact.face_record, by=account_of(paper.lead))
    with _at(session.ends_on + DAY * (HAND_OVER_AFTER + 60 + place), 9):
        letter: dict[str, Any] = {"result_class": ResultClass.A, "body": REPLY}
        actions.draft_reply(paper, **letter, by=clerk)
        actions.send_for_review(paper, by=clerk)
        actions.sign_reply(paper, by=leader)
    with _at(session.ends_on + DAY * (HAND_OVER_AFTER + 65 + place), 9):
        _rate(paper)
        actions.close(paper, by=office.clerk)


def _held(body: str, number: int) -> dict[str, Any]:
    """Decided today, as the minutes of that meeting have it."""
    return {"decided_on": clock.today(), "minutes": f"{body}会议纪要第{number}号"}


def _rate(paper: Suggestion) -> None:
    """Every fourth is only basically satisfied."""
    signatures = paper.signatures.standing().order_by("pk")
    for place, signature in enumerate(signatures.select_related("deputy__person__user"), start=1):
        person = account_of(signature.deputy)
        score = Score.SATISFIED if place % 4 else Score.BASICALLY
        actions.rate(paper, attitude=Score.SATISFIED, result=score, by=person)


def _refuse(bench: Bench, session: Session, motion: Motion, place: int) -> None:
    with _at(session.starts_on + DAY * 2, 10):
        motion = motions.refuse(
            motion,
            words="属于具体的用地纠纷，由行政和司法程序处理，不属于大会职权范围。",
            last_meeting_at=clock.at(session.ends_on, 9),
            **_held("主席团", 2),
            by=bench.office.director,
        )
    with _at(session.ends_on + DAY * 10, 10):
        motions.close(motion, words="代表没有要求复议。", by=bench.office.director)


_DECIDED = {"refer": _refer, "convert": _convert, "refuse": _refuse}


def _adopted(bench: Bench, session: Session, head: Deputy) -> None:
    """A delegation's motion, voted on by the whole congress and open to everyone."""
    title, kind = DELEGATIONS
    author, director = account_of(head), bench.office.director
    with _at(session.starts_on - DAY, 10):
        motion = motions.write(
            head, text=_text(title), kind=kind, proposer=Proposer.DELEGATION, by=author
        )
        _vote(motion.suggestion, head)
    with _at(session.starts_on, 15):
        motion = motions.submit(Motion.objects.get(pk=motion.pk), by=author)
    motion = _examined(bench, session, motion)
    with _at(session.starts_on + DAY * 2, 9):
        words = "第二次主席团会议决定，列入本次会议议程。"
        motion = motions.put_on_agenda(motion, words=words, **_held("主席团", 2), by=director)
    with _at(session.ends_on, 11):
        members = Deputy.objects.sitting().filter(congress=bench.congress).count()
        motion = motions.record_plenary_vote(
            motion,
            n_for=members - 15,
            n_against=2,
            n_abstained=6,
            **_held("大会全体", 4),
            by=director,
        )
        motion = motions.close(motion, words="决定已公布。", by=director)
        motions.publish(motion, by=director)


def _vote(paper: Suggestion, head: Deputy) -> None:
    """Almost the whole delegation was there, and almost all of it agreed."""
    members = Deputy.objects.sitting().filter(term=head.term_id, delegation=head.delegation)
    count = members.count()
    motions.record_vote(
        paper,
        held_on=clock.today(),
        n_members=count,
        n_present=count - 1,
        n_for=count - 2,
        n_abstained=1,
        by=account_of(head),
    )


def _delegations_suggestion(bench: Bench, head: Deputy, today: dt.date) -> None:
    author = account_of(head)
    text = actions.Text(
        title="关于在郊县建设区域医疗中心的建议",
        situation="代表团视察发现，远郊群众看专科要进城，来回三个多小时。",
        proposals="选两个县建设区域医疗中心，市级医院派驻专科。",
        subject="education_health",
    )
    with _at(today - DAY * 5, 10):
        paper = actions.write(head, text=text, proposer=Proposer.DELEGATION, by=author)
        _vote(paper, head)
        actions.submit(Suggestion.objects.get(pk=paper.pk), by=author)


def _unfinished(deputies: list[Deputy], today: dt.date) -> None:
    """The visiting deputy's own draft for the next session: some names are still missing."""
    visitor = next(d for d in deputies if account_of(d).username == "deputy")
    others = [deputy for deputy in deputies if deputy != visitor][: NAMES - MISSING]
    author = account_of(visitor)
    with _at(today - DAY * 4, 20):
        text = _text("关于制定兰州市无障碍环境建设条例的议案")
        motion = motions.write(visitor, text=text, kind=MotionKind.REGULATION, by=author)
        _sign(motion.suggestion, others, author)


def _at(day: dt.date, hour: int) -> Any:
    return clock.set_to(clock.at(day, hour))
