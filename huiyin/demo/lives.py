"""The life of one suggestion, step by step through the actions people use, as far as today allows."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from huiyin.accounts.models import User
from huiyin.congress.models import Deputy, Unit
from huiyin.demo.office import Office, account_of
from huiyin.demo.stories import Story
from huiyin.kernel import clock
from huiyin.opinions import actions as opinions
from huiyin.opinions.models import Matter
from huiyin.suggestions import actions
from huiyin.suggestions.choices import (
    FACE_TO_FACE,
    AssignmentRole,
    AssignmentState,
    ContactKind,
    PromiseKind,
    Reason,
    ResultClass,
    Score,
    SignatureState,
    State,
)
from huiyin.suggestions.models import Assignment, Contact, Promise, Suggestion

DAY = dt.timedelta(days=1)
FRIDAY = 4
OVERDUE_DAYS = range(93, 122)


class NotYet(Exception):
    """The next step lies after today: this is how far the story has come."""


@dataclass
class Life:
    """One suggestion from its first draft to wherever it stands today."""

    story: Story
    lead: Deputy
    cosigners: Sequence[Deputy]
    lead_unit: Unit
    cohandlers: Sequence[Unit]
    office: Office
    chance: random.Random
    day: dt.date
    today: dt.date
    matter: Matter | None = None
    batch_on: dt.date | None = None  # the hand-over meeting of a session's items
    stops_at: str = ""  # a state to leave for whoever tries the desk
    latest: dt.datetime | None = None
    suggestion: Suggestion = field(init=False)

    def live(self) -> None:
        try:
            self._write()
            if self._examine():
                self._hand_over()
                self._rounds()
                self._keep_promises()
        except NotYet:
            return

    @contextmanager
    def after(self, fewest: int, most: int) -> Iterator[None]:
        """Some days later, on a working weekday, at a plausible hour."""
        self.day += DAY * self.chance.randint(fewest, most)
        while self.day.weekday() > FRIDAY:
            self.day += DAY
        if self.day >= self.today or self._has_arrived():
            raise NotYet
        moment = clock.at(self.day, self.chance.randint(9, 17), self.chance.randrange(60))
        if self.latest and moment <= self.latest:
            moment = self.latest + dt.timedelta(minutes=self.chance.randint(2, 9))
        self.latest = moment
        with clock.set_to(moment):
            yield

    def _has_arrived(self) -> bool:
        is_written = bool(self.stops_at) and hasattr(self, "suggestion")
        return is_written and self._state() == self.stops_at

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def _write(self) -> None:
        text = actions.Text(
            title=self.story.title,
            situation=self.story.situation,
            proposals=self.story.proposals,
            subject=self.story.subject,
            wished_unit=self.lead_unit.name,
        )
        cited = []
        if self.matter:
            cited = [actions.Cited(Matter.item_kind(), self.matter.pk, self.matter.title)]
        author = account_of(self.lead)
        with self.after(0, 0):
            if self.matter:
                opinions.give_to_deputy(self.matter, deputy=self.lead, by=self.office.clerk)
            self.suggestion = actions.write(self.lead, text=text, origins=cited, by=author)
        if self.cosigners:
            with self.after(0, 2):
                actions.invite(self.suggestion, deputies=self.cosigners, by=author)
            self._collect()
        with self.after(0, 2):
            self.suggestion = actions.submit(self.suggestion, by=author)

    def _collect(self) -> None:
        for signature in self._waiting():
            with self.after(0, 2):
                signer = account_of(signature.deputy)
                actions.sign(signature, text_hash=signature.suggestion.text_hash, by=signer)

    def _waiting(self):
        states = [SignatureState.INVITED, SignatureState.STALE]
        waiting = self.suggestion.signatures.filter(state__in=states).order_by("pk")
        return list(waiting.select_related("deputy__person__user", "suggestion"))

    def _examine(self) -> bool:
        """Whether it gets a number. What is left at a later state for somebody to try, does."""
        if self.stops_at:
            return self._register()
        clerk = self.office.clerk
        if self.happens(0.03):
            with self.after(2, 4):
                words, reasons = "内容为政策咨询，已请主管部门直接解答。", [Reason.N07]
                actions.treat_as_letter(self.suggestion, reasons=reasons, words=words, by=clerk)
            self._another_way()
            return False
        if self.happens(0.02):
            with self.after(2, 4):
                words = "反映的是正在审理的具体案件，请依法定程序解决。"
                actions.refuse(self.suggestion, reasons=[Reason.N04], words=words, by=clerk)
            self._another_way()
            return False
        if self.happens(0.08):
            self._revise()
        return self._register()

    def _register(self) -> bool:
        with self.after(1, 4):
            self.suggestion = actions.register(self.suggestion, by=self.office.clerk)
        return True

    def _another_way(self) -> None:
        """What residents said does not wait because the paper was none: a department answers."""
        if self.matter is None or self.latest is None:
            return
        clerk = self.office.clerk
        for days in (1, 9):
            moment = self.latest + DAY * days
            if moment.astimezone(clock.ZONE).date() >= self.today:
                return
            with clock.set_to(moment):
                matter = Matter.objects.get(pk=self.matter.pk)
                if days == 1:
                    opinions.hand_to_department(matter, unit=self.lead_unit, by=clerk)
                else:
                    words = "已到现场了解情况，能办的当场办了，其余向居民作了说明。"
                    opinions.report_back(matter, words=words, by=clerk)

    def _revise(self) -> None:
        author = account_of(self.lead)
        with self.after(1, 3):
            words = "请补充具体建议的实施主体和时间。"
            actions.return_for_revision(
                self.suggestion, reasons=[Reason.N08], words=words, by=self.office.clerk
            )
        with self.after(1, 5):
            item = self._fresh()
            text = actions.Text(
                title=item.title,
                situation=item.situation,
                proposals=f"{item.proposals}\n以上事项建议由{self.lead_unit.name}牵头，年内完成。",
                subject=item.subject,
                wished_unit=item.wished_unit,
            )
            actions.revise(item, text=text, by=author)
        self._collect()
        with self.after(0, 2):
            actions.resubmit(self.suggestion, by=author)

    def _hand_over(self) -> None:
        if self.batch_on and self.batch_on > self.day:
            self.day = self.batch_on
        self._assign(self.lead_unit)
        if self.happens(0.07):
            self._pass_on()
        for task in self._tasks(AssignmentState.HANDED_OVER):
            with self.after(0, 2):
                actions.sign_for(task, by=self._handler(task.unit)[0])
        self._contact()

    def _assign(self, unit: Unit) -> None:
        tasks = [actions.Task(unit, AssignmentRole.LEAD)]
        tasks += [actions.Task(other) for other in self.cohandlers if other.pk != unit.pk]
        with self.after(0, 1):
            actions.propose_units(self.suggestion, tasks=tasks, by=self.office.clerk)
        with self.after(0, 2):
            actions.hand_over(self.suggestion, by=self.office.director)

    def _pass_on(self) -> None:
        """The unit says "not ours": granted to another, or refused."""
        lead = next(task for task in self._tasks(AssignmentState.HANDED_OVER) if task.is_lead)
        with self.after(1, 3):
            reason = "所涉设施的管理权属不在我单位，建议改由主管单位主办。"
            actions.ask_return(lead, reason=reason, by=self._handler(lead.unit)[0])
        with self.after(1, 4):
            ruling = "经核对职责分工，请继续办理，有关单位配合。"
            actions.refuse_return(self._again(lead), ruling=ruling, by=self.office.clerk)

    def _contact(self) -> None:
        if self.happens(0.06):
            return
        lead = self._lead_task()
        kind = self.chance.choice([ContactKind.VISIT, ContactKind.MEETING, ContactKind.TELEPHONE])
        with self.after(3, 12):
            contact = actions.log_contact(
                lead,
                kind=kind,
                on=clock.today(),
                persons=f"{self.lead}代表、{lead.unit.short_name}分管负责人",
                summary=f"在{self.story.place}当面听取意见，介绍了办理打算。",
                place=self.story.place,
                by=self._handler(lead.unit)[0],
            )
        if kind in FACE_TO_FACE and self.happens(0.7):
            self._confirm(contact)

    def _confirm(self, contact: Contact) -> None:
        """Most deputies find the record right; a few do not."""
        author = account_of(self.lead)
        with self.after(0, 3):
            if self.happens(0.04):
                words = "只通了电话，没有见面。"
                actions.dispute_face(contact.face_record, words=words, by=author)
            else:
                actions.confirm_face(contact.face_record, by=author)

    def _rounds(self) -> None:
        self._opinions()
        self._reply(slow=self.happens(0.07))
        unhappy = self.happens(0.09)
        self._rate(unhappy=unhappy)
        if self._state() == State.REDOING:
            self._reply(slow=False)
            self._rate(unhappy=self.happens(0.15))
        self._publish()
        if self._state() == State.RATED:
            with self.after(1, 5):
                actions.close(self.suggestion, by=self.office.clerk)

    def _opinions(self) -> None:
        for task in self._tasks(AssignmentState.HANDLING):
            if not task.is_lead:
                with self.after(2, 9):
                    opinion = f"我单位同意配合办理，涉及{self.story.place}的事项由专人对接。"
                    actions.give_opinion(task, opinion=opinion, by=self._handler(task.unit)[0])

    def _reply(self, *, slow: bool) -> None:
        if self._is_forgotten():
            raise NotYet
        lead = self._lead_task()
        clerk, leader = self._handler(lead.unit)
        result = self.chance.choices(
            [ResultClass.A, ResultClass.B, ResultClass.C, ResultClass.D], [48, 38, 11, 3]
        )[0]
        with self.after(60, 85) if slow else self.after(8, 40):
            actions.draft_reply(
                self.suggestion,
                result_class=result,
                body=self.story.reply,
                contact_name=clerk.name,
                contact_telephone="0931-0000000",
                promises=self._promised(result),
                by=clerk,
            )
        with self.after(0, 3):
            actions.send_for_review(self.suggestion, by=clerk)
        if self.happens(0.05):
            with self.after(0, 2):
                actions.send_back(self.suggestion, words="请逐条写明办理时限和责任人。", by=leader)
            with self.after(1, 3):
                actions.send_for_review(self.suggestion, by=clerk)
        with self.after(0, 3):
            actions.sign_reply(self.suggestion, by=leader)

    def _is_forgotten(self) -> bool:
        """A few tasks of late lie past their three months: the desk has something to chase."""
        handed_over_at = self._fresh().handed_over_at or clock.now()
        days = (self.today - handed_over_at.astimezone(clock.ZONE).date()).days
        return days in OVERDUE_DAYS and self.happens(0.5)

    def _publish(self) -> None:
        """The committee reads the redacted copy and puts it before the public."""
        if self.happens(0.12):
            return
        with self.after(1, 4):
            item = self._fresh()
            copy = actions.propose_publication(item, by=self.office.clerk)
        with self.after(0, 3):
            actions.publish(
                copy, title=copy.title, text=copy.text, reply=copy.reply, by=self.office.director
            )

    def _promised(self, result: str) -> list[actions.Promised]:
        if result not in {ResultClass.A, ResultClass.B}:
            return []
        if result == ResultClass.A and not self.happens(0.3):
            return []
        return [
            actions.Promised(
                text=text,
                promised_on=self.day + DAY * self.chance.randint(30, 170),
                responsible=f"{self.lead_unit.short_name}分管负责人",
                kind=self.chance.choice([PromiseKind.DO, PromiseKind.PLAN]),
            )
            for text in self.story.promises
        ]

    def _rate(self, *, unhappy: bool) -> None:
        for place, signature in enumerate(self._raters()):
            if place and self.happens(0.12):
                continue
            with self.after(0, 4):
                bad = unhappy and place == 0
                good = self.chance.choices([Score.SATISFIED, Score.BASICALLY], [7, 3])[0]
                actions.rate(
                    self.suggestion,
                    attitude=Score.SATISFIED,
                    result=Score.DISSATISFIED if bad else good,
                    contact_kind=ContactKind.VISIT,
                    words="只讲了以后打算，没有说清什么时候办。" if bad else "",
                    by=account_of(signature.deputy),
                )
        if self._state() == State.REPLIED:
            with self.after(28, 30):
                actions.finish_round(self.suggestion)

    def _raters(self):
        signed = self.suggestion.signatures.filter(state=SignatureState.SIGNED)
        return list(signed.select_related("deputy__person__user").order_by("-is_lead", "pk"))

    def _keep_promises(self) -> None:
        if self._state() != State.TRACKING:
            return
        open_ones = Promise.objects.filter(suggestion=self.suggestion).outstanding()
        for promise in open_ones.select_related("unit").order_by("promised_on", "pk"):
            self._keep(promise)

    def _keep(self, promise: Promise) -> None:
        clerk, leader = self._handler(promise.unit)
        late = self.happens(0.15)
        self.day = max(self.day, promise.promised_on - DAY * self.chance.randint(3, 25))
        if late:
            self.day = max(self.day, promise.promised_on + DAY * self.chance.randint(5, 40))
        if self.happens(0.06):
            with self.after(0, 4):
                reason = "因管线权属尚未移交，年内无法实施，已列入下一年度计划并书面说明。"
                actions.break_promise(promise, reason=reason, by=leader)
            return
        with self.after(0, 4):
            evidence = f"{promise.text}，已于近日完成，现场照片和验收单存档。"
            actions.claim_done(promise, evidence=evidence, by=clerk)
        with self.after(1, 8):
            promise = Promise.objects.get(pk=promise.pk)
            actions.confirm(promise, words="到现场看过，情况属实。", by=self.office.clerk)
        with self.after(1, 8):
            actions.rate_promise(
                Promise.objects.get(pk=promise.pk),
                score=Score.SATISFIED,
                by=account_of(self.lead),
            )

    def _fresh(self) -> Suggestion:
        return Suggestion.objects.get(pk=self.suggestion.pk)

    def _state(self) -> str:
        """Actions lock and read the row themselves; only the story needs to know where it stands."""
        rows = Suggestion.objects.filter(pk=self.suggestion.pk)
        return rows.values_list("state", flat=True).get()

    def _tasks(self, *states: str) -> list[Assignment]:
        tasks = self.suggestion.assignments.filter(state__in=states).order_by("pk")
        return list(tasks.select_related("unit"))

    def _lead_task(self) -> Assignment:
        return next(task for task in self._tasks(*AssignmentState.values) if task.is_lead)

    def _again(self, task: Assignment) -> Assignment:
        return Assignment.objects.select_related("unit").get(pk=task.pk)

    def _handler(self, unit: Unit) -> tuple[User, User]:
        return self.office.handlers[unit.pk]
