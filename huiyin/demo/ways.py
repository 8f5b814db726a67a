"""A few suggestions handled in other ways than by one unit, and remarks made at meetings."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from huiyin.congress.models import Deputy, Unit
from huiyin.demo.lives import Life
from huiyin.demo.office import Office, account_of
from huiyin.demo.stories import tell as tell_story
from huiyin.demo.stories import templates
from huiyin.kernel import clock
from huiyin.suggestions import actions
from huiyin.suggestions.choices import (
    AssignmentRole,
    ConveningKind,
    Mode,
    Occasion,
    ReopenGround,
    ResultClass,
    Score,
    State,
)
from huiyin.suggestions.models import Assignment, Suggestion

DAY = dt.timedelta(days=1)
BEGUN = 40  # days ago: still inside every limit that has not been let pass on purpose
REPLY = "您提出的建议收悉。我们到现场看过，逐条研究，现将办理情况答复如下。"
SAID = (
    "河洪道路口没有红绿灯，孩子过马路很危险，请尽快研究。",
    "老旧小区加装电梯的补贴到账慢，希望明确时限。",
    "社区卫生站周末没有人值班，老人看病不方便。",
    "公交末班车太早，下晚班的人回不了家。",
)


class Ways:
    """Plays each way as far as it shows something: by whom it waits to be taken on."""

    def __init__(
        self,
        *,
        office: Office,
        units: dict[str, Unit],
        deputies: list[Deputy],
        life: Callable[..., Life],
        today: dt.date,
    ) -> None:
        self.office, self.units, self.life = office, units, life
        self.today = today
        self.leads = iter(deputies)
        self.plots = iter(_plots())

    def play(self) -> None:
        self._merged()
        self._divided()
        self._joint()
        self._through_the_office()
        self._for_reference()
        self._extended()
        self._recalled()
        self._reopened()
        self._convened()
        self._in_confidence()
        self._remarks()

    def _registered(self, place: str) -> Suggestion:
        """A fresh item with its number, whose units nobody has named yet."""
        life = self.life(
            tell_story(next(self.plots), place),
            next(self.leads),
            self.today - DAY * (BEGUN + 12),
            matter=None,
            cosigners=[],
            stops_at=State.REGISTERED,
        )
        life.live()
        return Suggestion.objects.get(pk=life.suggestion.pk)

    def _handed_over(
        self, place: str, *shares: tuple[str, AssignmentRole, str], mode: str = ""
    ) -> Suggestion:
        tasks = [actions.Task(self.units[short], role, part) for short, role, part in shares]
        suggestion = self._registered(place)
        with self._on(BEGUN, 9):
            suggestion = actions.propose_units(
                suggestion, tasks=tasks, mode=mode, by=self.office.clerk
            )
        with self._on(BEGUN, 15):
            give = actions.refer if mode == Mode.REFERENCE else actions.hand_over
            return give(suggestion, by=self.office.director)

    def _handling(self, place: str, *shares: Any, mode: str = "") -> Suggestion:
        suggestion = self._handed_over(place, *shares, mode=mode)
        with self._on(BEGUN - 1, 10):
            for task in suggestion.assignments.select_related("unit").order_by("pk"):
                actions.sign_for(task, by=self._clerk(task))
        return Suggestion.objects.get(pk=suggestion.pk)

    def _merged(self) -> None:
        lead = self._handling("福利路", ("住建局", AssignmentRole.LEAD, ""))
        other = self._registered("福利路")
        with self._on(BEGUN - 3, 11):
            words = "同一条路、同一件事，一并办理。"
            actions.merge(other, into=lead, words=words, by=self.office.clerk)

    def _divided(self) -> None:
        suggestion = self._handling(
            "安宁东路",
            ("住建局", AssignmentRole.SEPARATE, "小区内的道路和照明"),
            ("城管局", AssignmentRole.SEPARATE, "小区外的占道经营"),
            mode=Mode.SEPARATE,
        )
        first = self._tasks(suggestion)[0]
        with self._on(12, 10):
            actions.draft_part(first, result_class=ResultClass.A, body=REPLY, by=self._clerk(first))
            actions.send_part(first, by=self._clerk(first))
        with self._on(10, 10):
            actions.sign_part(first, by=self._leader(first))

    def _joint(self) -> None:
        suggestion = self._handling(
            "西津路",
            ("住建局", AssignmentRole.LEAD, ""),
            ("财政局", AssignmentRole.JOINT, ""),
            mode=Mode.JOINT,
        )
        lead = next(task for task in self._tasks(suggestion) if task.is_lead)
        with self._on(3, 10):
            self._draft(suggestion, lead)
            actions.ask_agreement(suggestion, by=self._clerk(lead))

    def _through_the_office(self) -> None:
        """One that waits to be distributed, one that the government answers itself."""
        office = "政府办公厅"
        self._handed_over("皋兰路", (office, AssignmentRole.OFFICE, ""), mode=Mode.DISTRIBUTED)
        self._handling("黄河桥", (office, AssignmentRole.LEAD, ""), mode=Mode.GOVERNMENT)

    def _for_reference(self) -> None:
        shares = ("住建局", AssignmentRole.REFERENCE, "")
        suggestion = self._handed_over("瑞德大道", shares, mode=Mode.REFERENCE)
        task = self._tasks(suggestion)[0]
        with self._on(BEGUN - 4, 9):
            actions.note(task, words="修订规划时一并研究。", by=self._clerk(task))

    def _extended(self) -> None:
        """One asks for time, one has it."""
        for place, is_ruled in (("建宁路", False), ("天庆大道", True)):
            suggestion = self._handling(place, ("住建局", AssignmentRole.LEAD, ""))
            task = self._tasks(suggestion)[0]
            with self._on(3, 9):
                actions.ask_extension(
                    task,
                    reason="地下管线产权单位多，迁改方案要逐家协商。",
                    until=self.today + DAY * 90,
                    by=self._clerk(task),
                )
            if is_ruled:
                with self._on(2, 9):
                    words = "涉及面广，同意延期，请每月告知代表进展。"
                    actions.grant_extension(task, ruling=words, by=self.office.clerk)

    def _recalled(self) -> None:
        suggestion = self._answered("北滨河路")
        task = self._tasks(suggestion)[0]
        with self._on(1, 9):
            reason = "正文附错了另一件建议的表格。"
            actions.ask_recall(task, reason=reason, by=self._leader(task))

    def _reopened(self) -> None:
        suggestion = self._answered("敦煌路")
        with self._on(4, 9):
            author = account_of(suggestion.lead)
            actions.rate(suggestion, attitude=Score.SATISFIED, result=Score.BASICALLY, by=author)
            suggestion = actions.close(suggestion, by=self.office.clerk)
        with self._on(2, 9):
            actions.reopen_handling(
                suggestion,
                ground=ReopenGround.INSPECTION,
                words="现场检查，答复里说已修好的路灯仍不亮。",
                by=self.office.director,
            )

    def _convened(self) -> None:
        """Dissatisfied twice: the committee has convened deputy and unit, and decides next."""
        suggestion = self._answered("广场南路")
        author = account_of(suggestion.lead)
        for days_ago in (4, 2):
            with self._on(days_ago, 9):
                words = "只说了打算，没有时间和责任人。"
                bad = Score.DISSATISFIED
                actions.rate(suggestion, attitude=bad, result=bad, words=words, by=author)
            if days_ago == 4:
                self._answer_again(suggestion)
        with self._on(1, 15):
            actions.convene(
                suggestion,
                kind=ConveningKind.MEETING,
                held_on=clock.today(),
                place="市人大常委会会议室",
                convened_by="市人大代工委主任",
                attended=f"{suggestion.lead}代表、市住建局分管负责人、街道办事处",
                agreed="路灯由街道先修，管线随明年改造一并入地，五月底前报方案。",
                next_step="一个月后请代表现场察看，再定是否转入台账跟踪。",
                by=self.office.clerk,
            )

    def _answer_again(self, suggestion: Suggestion) -> None:
        task = self._tasks(suggestion)[0]
        with self._on(3, 9):
            self._draft(suggestion, task)
            actions.send_for_review(suggestion, by=self._clerk(task))
            actions.sign_reply(suggestion, by=self._leader(task))

    def _answered(self, place: str) -> Suggestion:
        suggestion = self._handling(place, ("住建局", AssignmentRole.LEAD, ""))
        task = self._tasks(suggestion)[0]
        with self._on(6, 9):
            self._draft(suggestion, task)
            actions.send_for_review(suggestion, by=self._clerk(task))
        with self._on(5, 9):
            actions.sign_reply(suggestion, by=self._leader(task))
        return Suggestion.objects.get(pk=suggestion.pk)

    def _draft(self, suggestion: Suggestion, task: Assignment) -> None:
        actions.draft_reply(
            suggestion, result_class=ResultClass.C, body=REPLY, by=self._clerk(task)
        )

    def _in_confidence(self) -> None:
        lead = next(self.leads)
        author = account_of(lead)
        text = actions.Text(
            title="关于核查某学校食堂采购问题的建议",
            situation="有家长反映食堂食材以次充好，不愿公开姓名。",
            proposals="请主管部门核查采购台账，结果只告知提出的代表。",
        )
        with self._on(3, 9):
            suggestion = actions.write(lead, text=replace(text, is_secret=True), by=author)
        with self._on(3, 10):
            actions.submit(suggestion, by=author)

    def _remarks(self) -> None:
        clerk, unit = self.office.clerk, self.units["住建局"]
        notes = []
        for number, (text, occasion) in enumerate(zip(SAID, _occasions(), strict=False)):
            with self._on(8 - number, 16):
                notes.append(
                    actions.note_remark(
                        next(self.leads),
                        occasion=occasion,
                        said_on=clock.today() - DAY,
                        place="市人大常委会会议室",
                        text=text,
                        by=clerk,
                    )
                )
        with self._on(2, 10):
            actions.answer_on_the_spot(notes[1], answer="补贴自验收起三十日内拨付。", by=clerk)
            actions.pass_remark(notes[2], unit=unit, by=clerk)
        with self._on(1, 10):
            actions.turn_into_suggestion(notes[3], by=account_of(notes[3].deputy))

    def _on(self, days_ago: int, hour: int) -> Any:
        return clock.set_to(clock.at(self.today - DAY * days_ago, hour))

    def _tasks(self, suggestion: Suggestion) -> list[Assignment]:
        return list(suggestion.assignments.select_related("unit", "suggestion").order_by("pk"))

    def _clerk(self, task: Assignment) -> Any:
        return self.office.handlers[task.unit_id][0]

    def _leader(self, task: Assignment) -> Any:
        return self.office.handlers[task.unit_id][1]


def _plots() -> Iterator[dict[str, Any]]:
    """The stories of the housing bureau again and again."""
    own = [template for template in templates() if template["unit"] == "住建局"]
    while True:
        yield from own


def _occasions() -> Iterator[Occasion]:
    while True:
        yield from Occasion
