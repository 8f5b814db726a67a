"""One item in every situation that has a door of its own, and one person for every role."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile

from huiyin.accounts import actions as accounts
from huiyin.congress.choices import Role
from huiyin.kernel import clock
from huiyin.kernel.imports import stored
from huiyin.notices import actions as notices
from huiyin.opinions import actions as opinions
from huiyin.opinions.models import Picture, VoiceImport
from huiyin.rulebook.choices import Key
from huiyin.suggestions import actions
from huiyin.suggestions.choices import ResultClass, Score
from huiyin.suggestions.models import OldItemFile, Suggestion
from tests.accounts.factories import UserFactory
from tests.congress.factories import (
    CongressFactory,
    DeputyFactory,
    TermFactory,
    UnitFactory,
    person_as,
)
from tests.doors import moved, reported, supervised
from tests.notices.factories import MessageFactory
from tests.opinions.factories import MatterFactory, MergeProposalFactory, VoiceFactory
from tests.papers import paper
from tests.suggestions import ways
from tests.suggestions.walk import TEXT, fresh, promised, rate
from tests.supervision.house import House
from tests.venues.factories import DutyFactory, OfficerFactory, PlacementFactory, VenueFactory

MARK = "加装电梯"  # stands in every title of ours, and must not be read by strangers
HERE = (
    "lead", "cosigner", "deputy", "officer", "clerk", "director", "member", "committee", "government",
    "unit_clerk", "unit_leader", "cohandler", "other_unit", "administrator", "security", "auditor",
)  # fmt: skip
ELSEWHERE = tuple(
    f"{role} elsewhere"
    for role in (
        "deputy", "officer", "clerk", "director", "member", "committee", "government", "unit_clerk",
        "unit_leader", "administrator", "security", "auditor",
    )
)  # fmt: skip


class World:
    """Everything hangs on one city; people of another city knock at its doors."""

    def __init__(self) -> None:
        self.city = House()
        self.other = CongressFactory(other=True)
        self._people()
        self._matters()
        self._suggestions()
        self._rooms()
        self._supervision()
        moved.fill(self)

    def _people(self) -> None:
        city, here = self.city, self.city.congress
        self.venue = VenueFactory(congress=here)
        PlacementFactory(deputy=city.lead, venue=self.venue)
        self.people = {
            "lead": city.deputy_user,
            "cosigner": city.cosigner_user,
            "deputy": DeputyFactory(term=city.term, with_user=True).person.user,
            "officer": OfficerFactory(venue=self.venue).user,
            "clerk": city.clerk,
            "director": city.director,
            "government": city.government,
            "unit_clerk": city.unit_clerk,
            "unit_leader": city.leader,
            "cohandler": city.finance_clerk,
            "other_unit": person_as(Role.UNIT_CLERK, unit=UnitFactory(congress=here)),
            "nobody": UserFactory(),
            **self._seated(here, "member", "committee", "administrator", "security", "auditor"),
        }
        theirs = self._seated(
            self.other,
            "clerk", "director", "member", "committee", "government", "unit_clerk", "unit_leader",
            "administrator", "security", "auditor",
        )  # fmt: skip
        theirs["deputy"] = DeputyFactory(
            term=TermFactory(congress=self.other), with_user=True
        ).person.user
        theirs["officer"] = OfficerFactory(venue=VenueFactory(of_other=True)).user
        keeper = self.people["administrator"]  # as an appointment by the action makes him
        keeper.keeps_rules_of = here.region
        keeper.save(update_fields=["keeps_rules_of"])
        self.people |= {f"{role} elsewhere": user for role, user in theirs.items()}
        self.token, _secret = accounts.make_token(
            city.clerk, name="取数程序", can_write=False, days=30, by=city.clerk
        )

    def _seated(self, congress: Any, *names: str) -> dict[str, Any]:
        roles = {
            "administrator": Role.SYSTEM_ADMINISTRATOR,
            "security": Role.SECURITY_ADMINISTRATOR,
        }
        of_a_unit = {"government", "unit_clerk", "unit_leader"}
        return {
            name: person_as(
                roles.get(name, name),
                congress=congress,
                unit=UnitFactory(congress=congress) if name in of_a_unit else None,
            )
            for name in names
        }

    def _matters(self) -> None:
        here, city = self.city.congress, self.city
        self.received = MatterFactory(congress=here, venue=self.venue, timed=True)
        self.public = MatterFactory(congress=here, public=True)
        self.with_deputy = MatterFactory(congress=here, with_deputy=True, deputy=city.lead)
        self.with_department = MatterFactory(congress=here, with_department=True, unit=city.unit)
        self.merged = MatterFactory(congress=here)
        opinions.merge(self.received, others=[self.merged], by=city.clerk)
        for name in ("received", "merged"):
            setattr(self, name, fresh(getattr(self, name)))
        self.voice = VoiceFactory(
            matter=self.received,
            walk_in=True,
            with_phone=True,
            has_news=True,
            entered_by=self.people["officer"],
        )
        self.asked = VoiceFactory(matter=MatterFactory(congress=here, answered=True), asked=True)
        self.picture = Picture.objects.create(
            voice=self.voice, file=ContentFile(b"\xff\xd8\xff", "a.jpg"), added_at=clock.now()
        )
        self.proposal = MergeProposalFactory(congress=here)
        self.accepted = MergeProposalFactory(congress=here)
        opinions.accept(self.accepted, matters=list(self.accepted.matters.all()), by=city.clerk)
        self.voice_import = VoiceImport.objects.create(
            congress=here,
            name="voices.csv",
            source="12345",
            by=city.clerk,
            file=stored("内容\n".encode()),
        )

    def _suggestions(self) -> None:
        city = self.city
        self.old_item_file = OldItemFile.objects.create(
            congress=city.congress,
            name="old.csv",
            sha256="0" * 64,
            by=city.clerk,
            file=stored("标题,正文\n".encode()),
        )
        self.draft = city.written()
        self.collecting = city.invited()
        self.examining = city.submitted()
        self.returned = actions.return_for_revision(
            city.submitted(), reasons=["N08"], words="内容太空", by=city.clerk
        )
        self.joint = city.submitted(joint=True)
        actions.ask_withdrawal(self.joint, words="情况有变", by=city.deputy_user)
        self.registered = city.registered()
        self.assigning = city.assigned(cohandled=True)
        self.handed_over = city.handed_over()
        self.handling = city.handling(cohandled=True)
        self.laid = actions.attach(
            self.handling, place="signed_paper", title="签收单", paper=paper(), by=city.clerk
        )
        self.spoken = city.handling(cohandled=True)
        actions.give_opinion(
            city.cotask(self.spoken), opinion="我局同意安排补助资金。", by=city.finance_clerk
        )
        self.return_asked = city.handed_over()
        actions.ask_return(city.task(self.return_asked), reason="不属我局", by=city.unit_clerk)
        self._other_ways()
        self.drafted = city.drafted()
        self.reviewing = city.reviewing()
        self.replied = city.replied(joint=True)
        self.rated = city.replied()
        rate(self.rated, by=city.deputy_user)
        self._quarrels()
        self._promises()

    def _other_ways(self) -> None:
        """Handled divided, jointly, through the office, for reference, merged; asked for more time."""
        city = self.city
        self.divided = ways.divided(city)
        self.part_sent, _theirs = ways.parts(ways.divided(city))
        letter = {"result_class": "A", "body": "已列入计划。"}
        actions.draft_part(self.part_sent, **letter, by=city.unit_clerk)
        self.part_drafted, _theirs = ways.parts(ways.divided(city))
        actions.draft_part(self.part_drafted, **letter, by=city.unit_clerk)
        actions.send_part(self.part_sent, by=city.unit_clerk)
        self.joint_drafted = ways.joint_drafted(city)
        self.joint_task = ways.joint_task(self.joint_drafted)
        self.distributing = ways.distributing(city)
        self.for_reference = ways.for_reference(city)
        self.referred = actions.refer(ways.for_reference(city), by=city.director)
        self.merged_item = ways.merged(city)
        self.extending = ways.extension_asked(city)
        self.recalling = ways.recall_asked(city)
        closed = city.replied(result_class=ResultClass.C)
        rate(closed, by=city.deputy_user)
        self.closed = actions.close(fresh(closed), by=city.clerk)

        secret = replace(TEXT, title="关于食堂的建议", is_secret=True)
        written = actions.write(city.lead, text=secret, by=city.deputy_user)
        self.confided = actions.submit(written, by=city.deputy_user)
        self.noted_remark, self.passed_remark = ways.remark(city), ways.remark(city)
        actions.pass_remark(self.passed_remark, unit=city.unit, by=city.clerk)

    def _quarrels(self) -> None:
        city = self.city
        promises = [promised("三号楼加装电梯")]
        self.coordinating = city.replied(result_class=ResultClass.B, promises=promises)
        for again in (True, False):
            rate(self.coordinating, score=Score.DISSATISFIED, words="太慢", by=city.deputy_user)
            if again:
                self.coordinating = city.reply_again(self.coordinating)
        self.quarrel = city.replied()
        for again in (True, False):
            rate(self.quarrel, score=Score.DISSATISFIED, words="太慢", by=city.deputy_user)
            if again:
                self.quarrel = city.reply_again(self.quarrel)
        for item in (self.coordinating, self.quarrel):
            ways.convened(city, item)

    def _promises(self) -> None:
        city = self.city
        self.open_promise = city.promise(city.tracking())
        self.left_over = city.promise(city.tracking())
        over = TermFactory(congress=city.congress, number=16, ends_on=dt.date(2022, 1, 4))
        Suggestion.objects.filter(pk=self.left_over.suggestion_id).update(term=over)
        self.claimed = city.promise(city.tracking())
        actions.claim_done(self.claimed, evidence="已办完", by=city.unit_clerk)
        self.published = city.tracking()
        self.kept = city.promise(self.published)
        actions.claim_done(self.kept, evidence="已办完", by=city.unit_clerk)
        actions.confirm(self.kept, by=city.clerk)
        self.copy = actions.propose_publication(self.rated, by=city.clerk)
        self.public_copy = actions.propose_publication(self.published, by=city.clerk)
        actions.publish(self.public_copy, title="老楼加装电梯", text="见答复", by=city.clerk)
        self.published = fresh(self.published)

    def _rooms(self) -> None:
        here = self.city.congress
        self.planned = DutyFactory(venue=self.venue, deputies=[self.city.lead])
        self.opened = DutyFactory(venue=self.venue, opened=True, deputies=[self.city.lead])
        self.message = MessageFactory(user=self.city.clerk, congress=here)
        self.failed = MessageFactory(user=self.city.clerk, congress=here, email=True, failed=True)
        self.hook, _secret = notices.subscribe(
            here,
            name="督查系统",
            address="https://receiver.example/hook",
            reads_as=self.city.clerk,
            by=self.people["administrator"],
        )
        self.delivery = notices.try_out(self.hook, by=self.people["administrator"])
        self.suspended = DeputyFactory(term=self.city.term, suspended=True)
        self.appointment = self.people["member"].appointments.get()
        self.officer_row = self.venue.officers.get()
        self.placement = self.venue.placements.get()
        self.rule_key = Key.RATING_WINDOW.value

    def _supervision(self) -> None:
        city = self.city
        self.key_candidate = city.consulted(city.handling())
        self.key_decided = city.decided(city.handling())
        self.key_supervised = city.supervised(city.handling())
        city.act(self.key_supervised)
        self.key_reported = city.reported()
        self.key_public = city.published()
        supervised.fill(self)
        reported.fill(self)

    def filled(self) -> dict[str, Any]:
        """One answer to every question any form asks, so that only the right to ask is missing."""
        unit, deputy = self.city.finance.pk, self.city.lead.pk
        return {
            "account": self.people["member"].username,
            "agrees": "yes",
            "answer": "satisfied",
            "attitude": "satisfied",
            "body": "已列入计划。",
            "brief": "加装电梯",
            "channel": "walk_in",
            "committee": self.city.committee.pk,
            "conclusion": "solved",
            "contact_kind": "visit",
            "criteria": ["major"],
            "day": "2026-03-09",
            "decided_on": "2026-03-05",
            "delegation": "城关区代表团",
            "deputies": [deputy],
            "deputy": deputy,
            "door": "court",
            "ends_at": "11:00",
            "ends_on": "2026-12-31",
            "evidence": "已办完。",
            "ground": "resigned",
            "into": "17-5-B001",
            "is_working": "on",
            "kind": "visit",
            "lead": unit,
            "leader": self.city.leading.pk,
            "n_people": "1",
            "n_visitors": "1",
            "meeting": "第40次主任会议",
            "is_secret": "yes",
            "jurors": [self.people["member"].pk],
            "minutes": "主席团会议纪要第2号",
            "name": "某某",
            "number": "6",
            "occasion": "meeting",
            "said_on": "2026-03-04",
            "on": "2026-03-05",
            "openness": "full",
            "opinion": "我局同意安排补助资金，随进度拨付。",
            "outcome": "已接待",
            "persons": "李科长",
            "person": "王某",
            "points": "80",
            "picked": [self.with_deputy.pk],
            "place": "翠园小区",
            "plan": "四月视察。",
            "promise-INITIAL_FORMS": "0",
            "promise-TOTAL_FORMS": "0",
            "proposals": "列入计划。",
            "present": [member.pk for member in self.city.members],
            "reason": "工作需要",
            "reasons": ["N08"],
            "reply": "已列入计划。",
            "report": "进展顺利。",
            "result": "satisfied",
            "result_class": "A",
            "role": "clerk",
            "row": ":".join(map(str, self.card.rows_against()[0])),
            "ruling": "同意",
            "score": "satisfied",
            "short_name": "某某",
            "situation": "没有电梯。",
            "solved": "yes",
            "starts_at": "09:00",
            "starts_on": "2026-12-30",
            "subject": "construction",
            "suggestion_number": self.rated.number,
            "summary": "说明进展",
            "text": "翠园小区没有电梯，希望加装。",
            "text_hash": self.collecting.text_hash,
            "ticket_number": "2026-1",
            "title": "关于加装电梯的建议",
            "unit": unit,
            "until": "2026-08-05",
            "user": self.people["member"].pk,
            "username": "zhangsan",
            "wanted": "left_out",
            "users": [self.city.clerk.pk],
            "what": "department",
            "year": "2026",
            "words": "情况有变，请研究。",
        }

    def task(self, suggestion: Any) -> int:
        return self.city.task(suggestion).pk

    def cotask(self, suggestion: Any) -> int:
        return self.city.cotask(suggestion).pk

    def returning(self) -> int:
        return self.return_asked.assignments.get(state="return_asked").pk

    def signature(self, suggestion: Any, deputy: Any) -> int:
        return suggestion.signatures.get(deputy=deputy).pk
