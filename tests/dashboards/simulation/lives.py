"""The life of one suggestion as a story that waits between its steps; chance is frozen by its number."""

import random
from collections.abc import Sequence
from typing import Any

from huiyin.accounts.models import User
from huiyin.kernel import clock
from huiyin.suggestions import actions
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    ContactKind,
    Mode,
    Reason,
    ReopenGround,
    ReplyState,
    ResultClass,
    Score,
    SignatureState,
    State,
    Subject,
)
from huiyin.suggestions.models import Assignment, Promise, Rating, Suggestion
from tests.dashboards.simulation.world import DAY, SEED, Story, World
from tests.suggestions import ways
from tests.suggestions.factories import PROPOSALS, SITUATION
from tests.suggestions.walk import BODY, OPINION, fresh, promised, user_of

TALKS = (*[ContactKind.VISIT] * 5, *[ContactKind.MEETING] * 3, *[ContactKind.TELEPHONE] * 2)
CLASSES = (
    *[ResultClass.A] * 48,
    *[ResultClass.B] * 38,
    *[ResultClass.C] * 11,
    *[ResultClass.D] * 3,
)
JUDGED = (*[Score.SATISFIED] * 76, *[Score.BASICALLY] * 14, *[Score.DISSATISFIED] * 10)
OVER = (State.REDOING, State.COORDINATING)


class Life:
    """Every choice comes from a generator of its own, so that stories do not lean on one another."""

    def __init__(self, number: int, world: World) -> None:
        self.number, self.world = number, world
        self.chance = random.Random(SEED * 10_000 + number)
        self.lead = self.chance.choice(world.deputies)
        self.unit = self.chance.choice(world.units)
        self.is_secret = self.happens(0.01)
        self.clerk = world.city.director if self.is_secret else world.city.clerk
        self.item: Suggestion

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def days(self, fewest: int, most: int) -> int:
        return self.chance.randint(fewest, most)

    def live(self) -> Story:
        yield from self._paper()
        yield self.days(1, 4)
        if not self._is_accepted():
            return
        if self.happens(0.06) and self._merge():
            yield from self._follow()
            return
        yield self.days(0, 3)
        if not self.is_secret and self.happens(0.02):
            self._refer()
            return
        if self.happens(0.02):
            self._withdraw()
            return
        yield from self._handling()

    def _paper(self) -> Story:
        author = user_of(self.lead)
        text = actions.Text(
            title=f"关于第{self.number}个小区加装电梯的建议",
            situation=SITUATION,
            proposals=PROPOSALS,
            subject=self.chance.choice(Subject.values),
            is_secret=self.is_secret,
        )
        self.item = actions.write(self.lead, text=text, by=author)
        if not self.is_secret and self.happens(0.2):
            others = [each for each in self.world.deputies if each.pk != self.lead.pk]
            asked = self.chance.sample(others, self.days(1, 3))
            self.item = actions.invite(self.item, deputies=asked, by=author)
            for signature in self.item.signatures.filter(is_lead=False).order_by("pk"):
                yield self.days(0, 1)
                signer = user_of(signature.deputy)
                actions.sign(signature, text_hash=self.item.text_hash, by=signer)
        yield self.days(0, 2)
        self.item = actions.submit(self.item, by=author)

    def _is_accepted(self) -> bool:
        if self.happens(0.02):
            actions.refuse(self.item, reasons=[Reason.N04], words="个案", by=self.clerk)
            return False
        if self.happens(0.02):
            actions.treat_as_letter(self.item, reasons=[Reason.N07], words="咨询", by=self.clerk)
            return False
        self.item = actions.register(self.item, by=self.clerk)
        return True

    def _merge(self) -> bool:
        """Into one of the last that are at work; whoever has followers of its own stays alone."""
        recent = [fresh(each) for each in self.world.open_to_merging[-8:]]
        leads = [each for each in recent if each.state in {State.HANDLING, State.HANDED_OVER}]
        if self.is_secret or not leads:
            return False
        into = self.chance.choice(leads)
        self.item = actions.merge(self.item, into=into, words="同一件事", by=self.clerk)
        return True

    def _follow(self) -> Story:
        """Wait for the lead item's letter; where the lead was withdrawn, go on alone."""
        while self._state() == State.MERGED:
            yield 7
        if self._state() == State.REGISTERED:
            yield from self._handling()
        else:
            yield from self._judging()

    def _refer(self) -> None:
        tasks = [actions.Task(self.unit, AssignmentRole.REFERENCE)]
        item = actions.propose_units(self.item, tasks=tasks, mode=Mode.REFERENCE, by=self.clerk)
        actions.refer(item, by=self.world.city.director)

    def _withdraw(self) -> None:
        item = fresh(self.item)
        if not item.is_joint:
            actions.withdraw(item, words="情况已变", by=user_of(self.lead))

    def _handling(self) -> Story:
        is_divided = not self.is_secret and self.happens(0.02)
        self._propose(divided=is_divided)
        yield self.days(0, 2)
        item = actions.hand_over(self.item, by=self.world.city.director)
        if not self.is_secret and not is_divided and item.merged_into_id is None:
            self.world.open_to_merging.append(item)
        yield self.days(0, 2)
        if not is_divided and self.happens(0.09):
            yield from self._return()
        for task in self._tasks(AssignmentState.HANDED_OVER):
            actions.sign_for(task, by=self._clerk_of(task))
        if self.happens(0.03):
            yield self.days(2, 20)
            self._withdraw()
            if self._state() == State.WITHDRAWN:
                return
        yield from self._talks()
        if not is_divided:
            yield from self._extension()
        yield from self._answering(is_divided=is_divided)

    def _propose(self, *, divided: bool) -> None:
        others = self.chance.sample([u for u in self.world.units if u.pk != self.unit.pk], 2)
        tasks = [actions.Task(self.unit, AssignmentRole.LEAD)]
        if divided:
            pair = (self.unit, others[0])
            tasks = [actions.Task(unit, AssignmentRole.SEPARATE, "一部分") for unit in pair]
        elif not self.is_secret and self.happens(0.12):
            tasks.append(actions.Task(others[1], part="补助资金"))
        mode = Mode.SEPARATE if divided else ""
        self.item = actions.propose_units(fresh(self.item), tasks=tasks, mode=mode, by=self.clerk)
        if self.is_secret:
            told = [self.world.clerks[self.unit.pk], self.world.leaders[self.unit.pk]]
            actions.confide(self.item, users=told, by=self.clerk)

    def _return(self) -> Story:
        """Not ours: granted, and the next unit takes it; or refused."""
        task = self._lead_task()
        actions.ask_return(task, reason="不属于我局职责", by=self._clerk_of(task))
        yield self.days(1, 4)
        if self.is_secret or self.happens(0.4):
            actions.refuse_return(self._lead_task(), ruling="请继续办理", by=self.clerk)
            return
        actions.grant_return(self._lead_task(), ruling="同意", by=self.clerk)
        working = set(self.item.assignments.working().values_list("unit", flat=True))
        free = [u for u in self.world.units if u.pk not in working and u.pk != self.unit.pk]
        self.unit = self.chance.choice(free)
        tasks = [actions.Task(self.unit, AssignmentRole.LEAD)]
        yield self.days(0, 4)
        self.item = actions.propose_units(fresh(self.item), tasks=tasks, by=self.clerk)
        self.item = actions.hand_over(self.item, by=self.world.city.director)

    def _talks(self) -> Story:
        if self.happens(0.12):
            return
        yield self.days(1, 15)
        self._talk()

    def _talk(self) -> None:
        """Of several parts, with a unit that is at work on its own."""
        at_work = [t for t in self._answering_tasks() if t.state == AssignmentState.HANDLING]
        task = at_work[0]
        actions.log_contact(
            task,
            kind=self.chance.choice(TALKS),
            on=clock.today(),
            persons="李科长",
            summary="说明办理进展",
            by=self._clerk_of(task),
        )

    def _extension(self) -> Story:
        if not self.happens(0.1):
            return
        task = self._lead_task()
        if task.clock is None or clock.today() > task.clock.due_on:
            return
        until = task.clock.due_on + DAY * self.days(10, 60)
        actions.ask_extension(task, reason="涉及面广", until=until, by=self._clerk_of(task))
        yield self.days(1, 4)
        rule = actions.grant_extension if self.happens(0.75) else actions.refuse_extension
        rule(self._lead_task(), ruling="经研究", by=self.clerk)

    def _answering(self, *, is_divided: bool) -> Story:
        if self.happens(0.04):
            return  # forgotten: the year ends without an answer
        for task in self._tasks(AssignmentState.HANDLING):
            if task.role == AssignmentRole.COHANDLER:
                actions.give_opinion(task, opinion=OPINION, by=self._clerk_of(task))
        yield self.days(95, 140) if self.happens(0.1) else self.days(10, 75)
        self._answer(is_divided=is_divided)
        yield from self._judging()

    def _answer(self, *, is_divided: bool = False) -> None:
        if is_divided:
            for task in self._tasks(AssignmentState.HANDLING):
                self._answer_part(task)
            return
        clerk = self.world.clerks[self._lead_task().unit_id]
        actions.draft_reply(self.item, **self._letter(), by=clerk)
        actions.send_for_review(self.item, by=clerk)
        leader = self.world.leaders[self._lead_task().unit_id]
        if self.happens(0.04):
            actions.send_back(self.item, words="请写明时限", by=leader)
            actions.send_for_review(self.item, by=clerk)
        reply = actions.sign_reply(self.item, by=leader)
        self._keep(reply)

    def _answer_part(self, task: Assignment) -> None:
        clerk = self._clerk_of(task)
        actions.draft_part(task, **self._letter(), by=clerk)
        actions.send_part(self._again(task), by=clerk)
        reply = actions.sign_part(self._again(task), by=self.world.leaders[task.unit_id])
        self._keep(reply)

    def _letter(self) -> dict[str, Any]:
        result = self.chance.choice(CLASSES)
        n = self.days(1, 3) if result == ResultClass.B else 0
        promises = [
            promised(f"装好{place + 1}号楼", on=clock.today() + DAY * self.days(20, 150))
            for place in range(n)
        ]
        return {
            "result_class": result,
            "body": BODY,
            "contact_name": "李科长",
            "contact_telephone": "0931-0000000",
            "promises": promises,
        }

    def _keep(self, reply: Any) -> None:
        for promise in reply.promises.order_by("pk"):
            story = self._of_promise(promise)
            early = promise.promised_on - DAY * self.days(0, 15)
            late = promise.promised_on + DAY * self.days(1, 30)
            on = late if self.happens(0.15) else max(early, clock.today() + DAY)
            self.world.begin(story, on)

    def _of_promise(self, promise: Promise) -> Story:
        clerk, leader = (held[promise.unit_id] for held in (self.world.clerks, self.world.leaders))
        if self.happens(0.1):
            return
        if self.happens(0.1):
            actions.break_promise(promise, reason="资金未落实", by=leader)
            return
        actions.claim_done(promise, evidence="已投入使用", by=clerk)
        yield self.days(1, 6)
        if self.happens(0.06):
            actions.send_back_promise(promise, words="没有完成", by=self.clerk)
            return
        actions.confirm(promise, by=self.clerk)

    def _judging(self) -> Story:
        """Round after round, until nobody is unhappy or the committee has decided."""
        for _round in range(4):
            yield self.days(1, 6)
            silent = self._rate_all()
            while self._state() == State.REPLIED:
                yield 10
            if silent and self.happens(0.4):
                yield self.days(1, 20)
                self._rate_late(silent)
            if self._state() == State.COORDINATING:
                yield self.days(2, 9)
                self._decide()
            if self._state() != State.REDOING:
                break
            if self.happens(0.3):
                self._talk()
            yield self.days(8, 40)
            self._answer(is_divided=self.item.mode == Mode.SEPARATE)
        yield from self._end()

    def _rate_all(self) -> list[User]:
        """Everybody who does not keep silent; who did."""
        silent = []
        for rater in self._raters():
            if self._state() != State.REPLIED:
                break
            if self.happens(0.1):
                silent.append(rater)
                continue
            for letter in self._letters():
                self._rate(rater, letter)
        return silent

    def _rate_late(self, silent: Sequence[User]) -> None:
        for rater in silent:
            if self._state() in {State.RATED, State.TRACKING, State.CLOSED}:
                for letter in self._letters():
                    self._rate(rater, letter)

    def _rate(self, rater: User, letter: Any) -> None:
        own = Rating.objects.filter(reply=letter, signature__deputy__person__user=rater)
        if own.exists():
            return
        attitude = Score.DISSATISFIED if self.happens(0.03) else Score.SATISFIED
        actions.rate(
            self.item,
            attitude=attitude,
            result=self.chance.choice(JUDGED),
            words="没有说什么时候办",
            reply=letter,
            by=rater,
        )

    def _decide(self) -> None:
        director = self.world.city.director
        ways.convened(self.world.city, self.item)
        if self.happens(0.3):
            actions.decide_redo(self.item, words="请再办理", by=director)
        elif fresh(self.item).outstanding_promises:
            actions.decide_track(self.item, words="按承诺跟踪", by=director)
        else:
            actions.decide_accept(self.item, words="解释清楚了", by=director)

    def _end(self) -> Story:
        if self._state() == State.RATED:
            yield self.days(1, 10)
            if self._state() == State.RATED and not fresh(self.item).outstanding_promises:
                actions.close(self.item, by=self.clerk)
        if self._state() == State.CLOSED and self.happens(0.02):
            yield self.days(5, 30)
            self._reopen()

    def _reopen(self) -> None:
        """An inspection finds that it was not done; the second answer is left to the next year."""
        if self._state() == State.CLOSED:
            actions.reopen_handling(
                self.item,
                ground=ReopenGround.INSPECTION,
                words="没有落实",
                by=self.world.city.director,
            )

    def _state(self) -> str:
        return Suggestion.objects.values_list("state", flat=True).get(pk=self.item.pk)

    def _raters(self) -> list[User]:
        signed = self.item.signatures.filter(state=SignatureState.SIGNED).order_by("pk")
        return [user_of(each.deputy) for each in signed.select_related("deputy__person__user")]

    def _letters(self) -> list[Any]:
        signed = fresh(self.item).replies.filter(state=ReplyState.SIGNED)
        newest = max(reply.round for reply in signed)
        return [reply for reply in signed.order_by("pk") if reply.round == newest]

    def _tasks(self, *states: str) -> list[Assignment]:
        tasks = self.item.assignments.filter(state__in=states).order_by("pk")
        return list(tasks.select_related("unit", "suggestion__congress__region", "clock"))

    def _answering_tasks(self) -> list[Assignment]:
        heads = (AssignmentRole.LEAD, AssignmentRole.SEPARATE)
        tasks = self.item.assignments.working().filter(role__in=heads).order_by("pk")
        return list(tasks.select_related("unit", "suggestion__congress__region", "clock"))

    def _lead_task(self) -> Assignment:
        return self._answering_tasks()[0]

    def _again(self, task: Assignment) -> Assignment:
        return Assignment.objects.select_related("unit", "suggestion").get(pk=task.pk)

    def _clerk_of(self, task: Assignment) -> User:
        return self.world.clerks[task.unit_id]
