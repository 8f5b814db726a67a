"""The chain walked by its people, one real action after another."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.models import Committee, Congress, Deputy
from huiyin.kernel import clock
from huiyin.kernel.models import Entry
from huiyin.notices.models import Message
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AssignmentRole, ResultClass, Score
from huiyin.suggestions.models import Assignment, Promise, Reply, Suggestion
from tests.congress.factories import (
    CongressFactory,
    DeputyFactory,
    SessionFactory,
    TermFactory,
    UnitFactory,
    person_as,
)
from tests.remembering import remembered
from tests.suggestions.factories import PROPOSALS, SITUATION

# A Thursday between sessions.
TODAY = dt.date(2026, 3, 5)
TEXT = actions.Text(
    title="关于为翠园小区三号楼加装电梯的建议",
    situation=SITUATION,
    proposals=PROPOSALS,
    subject="construction",
)
BODY = "您提出的建议收悉。翠园小区三号楼已列入今年加装电梯计划，资金已落实，施工单位已进场。"
OPINION = "我局同意安排加装电梯补助资金，随进度拨付。"


def user_of(deputy: Deputy) -> User:
    user = deputy.person.user
    assert user is not None
    return user


@dataclass
class City:
    """Everybody the chain needs, and the chain as far as a test wants it."""

    congress: Congress = field(default_factory=CongressFactory)

    def __post_init__(self) -> None:
        self.term = TermFactory(congress=self.congress)
        self.session = SessionFactory(term=self.term)
        self.lead = DeputyFactory(term=self.term, with_user=True)
        self.cosigner = DeputyFactory(term=self.term, with_user=True)
        self.unit = UnitFactory(
            congress=self.congress, name="兰州市住房和城乡建设局", document_prefix="兰建办"
        )
        self.finance = UnitFactory(
            congress=self.congress, name="兰州市财政局", document_prefix="兰财"
        )
        self.clerk = person_as(Role.CLERK, congress=self.congress)
        self.director = person_as(Role.DIRECTOR, congress=self.congress)
        self.office = UnitFactory(congress=self.congress, office=True)
        self.government = person_as(Role.GOVERNMENT, unit=self.office)
        self.unit_clerk = person_as(Role.UNIT_CLERK, unit=self.unit)
        self.leader = person_as(Role.UNIT_LEADER, unit=self.unit)
        self.finance_clerk = person_as(Role.UNIT_CLERK, unit=self.finance)
        self.finance_leader = person_as(Role.UNIT_LEADER, unit=self.finance)
        self.committee = Committee.objects.create(congress=self.congress, name="法制委员会")
        self.committee_user = person_as(
            Role.COMMITTEE, congress=self.congress, committee=self.committee
        )
        self.deputy_user = user_of(self.lead)
        self.cosigner_user = user_of(self.cosigner)

    @remembered
    def written(self, **more: Any) -> Suggestion:
        return actions.write(self.lead, text=TEXT, by=self.deputy_user, **more)

    @remembered
    def invited(self, **more: Any) -> Suggestion:
        suggestion = self.written(**more)
        return actions.invite(suggestion, deputies=[self.cosigner], by=self.deputy_user)

    @remembered
    def signed(self, **more: Any) -> Suggestion:
        suggestion = self.invited(**more)
        signature = suggestion.signatures.get(deputy=self.cosigner)
        actions.sign(signature, text_hash=suggestion.text_hash, by=self.cosigner_user)
        return fresh(suggestion)

    @remembered
    def submitted(self, *, joint: bool = False, **more: Any) -> Suggestion:
        suggestion = self.signed(**more) if joint else self.written(**more)
        return actions.submit(suggestion, by=self.deputy_user)

    @remembered
    def registered(self, **more: Any) -> Suggestion:
        return actions.register(self.submitted(**more), by=self.clerk)

    @remembered
    def assigned(self, *, cohandled: bool = False, **more: Any) -> Suggestion:
        tasks = [actions.Task(self.unit, AssignmentRole.LEAD)]
        if cohandled:
            tasks.append(actions.Task(self.finance, part="补助资金"))
        return actions.propose_units(self.registered(**more), tasks=tasks, by=self.clerk)

    @remembered
    def handed_over(self, **more: Any) -> Suggestion:
        return actions.hand_over(self.assigned(**more), by=self.director)

    @remembered
    def handling(self, **more: Any) -> Suggestion:
        suggestion = self.handed_over(**more)
        for task in suggestion.assignments.all():
            person = self.unit_clerk if task.is_lead else self.finance_clerk
            actions.sign_for(task, by=person)
        return fresh(suggestion)

    @remembered
    def drafted(
        self, *, result_class: str = ResultClass.A, promises: Any = (), **more: Any
    ) -> Suggestion:
        suggestion = self.handling(**more)
        if suggestion.n_cohandlers:
            actions.give_opinion(self.cotask(suggestion), opinion=OPINION, by=self.finance_clerk)
        self.draft(suggestion, result_class=result_class, promises=promises)
        return fresh(suggestion)

    @remembered
    def reviewing(self, **more: Any) -> Suggestion:
        return actions.send_for_review(self.drafted(**more), by=self.unit_clerk)

    @remembered
    def replied(self, **more: Any) -> Suggestion:
        suggestion = self.reviewing(**more)
        actions.sign_reply(suggestion, by=self.leader)
        return fresh(suggestion)

    @remembered
    def promised(self, **more: Any) -> Suggestion:
        promises = [promised("三号楼加装电梯并投入使用")]
        return self.replied(result_class=ResultClass.B, promises=promises, **more)

    @remembered
    def tracking(self, **more: Any) -> Suggestion:
        suggestion = self.promised(**more)
        rate(suggestion, by=self.deputy_user)
        return fresh(suggestion)

    def draft(
        self, suggestion: Suggestion, *, result_class: str = ResultClass.A, promises: Any = ()
    ) -> Reply:
        return actions.draft_reply(
            suggestion,
            result_class=result_class,
            body=BODY,
            contact_name="李科长",
            contact_telephone="0931-0000000",
            promises=promises,
            by=self.unit_clerk,
        )

    def reply_again(self, suggestion: Suggestion) -> Suggestion:
        self.draft(suggestion)
        actions.send_for_review(suggestion, by=self.unit_clerk)
        actions.sign_reply(suggestion, by=self.leader)
        return fresh(suggestion)

    def task(self, suggestion: Suggestion) -> Assignment:
        return suggestion.assignments.working().get(role=AssignmentRole.LEAD)

    def cotask(self, suggestion: Suggestion) -> Assignment:
        return suggestion.assignments.working().get(role=AssignmentRole.COHANDLER)

    def promise(self, suggestion: Suggestion) -> Promise:
        return suggestion.promises.get()


def promised(text: str, *, on: dt.date = dt.date(2026, 9, 30)) -> actions.Promised:
    return actions.Promised(text, on, "老旧小区改造科 李科长")


def rate(suggestion: Suggestion, *, by: User, score: str = Score.SATISFIED, words: str = "") -> Any:
    return actions.rate(suggestion, attitude=Score.SATISFIED, result=score, words=words, by=by)


def fresh(item: Any) -> Any:
    """The row as it is in the database now."""
    return type(item).objects.get(pk=item.pk)


def later(days: int) -> Any:
    """The clock some days after TODAY."""
    return clock.set_to(clock.at(TODAY + dt.timedelta(days=days)))


def trail_of(item: Any) -> list[str]:
    entries = Entry.objects.filter(item_kind=item.item_kind(), item_id=item.pk).order_by("sequence")
    return list(entries.values_list("step", flat=True))


def news_to(user: User) -> list[str]:
    """The subjects of a person's in-app messages, oldest first."""
    inbox = Message.objects.inbox_of(user.pk).order_by("pk")
    return list(inbox.values_list("subject", flat=True))


def cite(matter: Any) -> list[actions.Cited]:
    return [actions.Cited("opinions.matter", matter.pk, matter.title)]
