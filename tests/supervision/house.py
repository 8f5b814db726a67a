"""A city whose standing committee is at work: everybody supervision needs, and its items on the way."""

import datetime as dt
from typing import Any

from huiyin.congress.choices import Role
from huiyin.kernel import clock
from huiyin.supervision import actions
from huiyin.supervision.models import Award, Call, KeyItem, Review
from tests.congress.factories import CongressFactory, person_as
from tests.remembering import remembered
from tests.suggestions.walk import TODAY, City


class House(City):
    """City's people, and members, a special committee, and a director of another city."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.members = [person_as(Role.MEMBER, congress=self.congress) for _ in range(5)]
        self.leading = self.members[0]
        self.committee_clerk = person_as(Role.COMMITTEE, congress=self.congress)
        self.stranger = person_as(Role.DIRECTOR, congress=CongressFactory(other=True))

    @remembered
    def proposed(self, *suggestions: Any) -> KeyItem:
        return actions.propose_key_item(
            self.congress,
            year=TODAY.year,
            title="老旧小区加装电梯",
            criteria=["major", "many"],
            reason="多名代表提出，群众反映强烈。",
            suggestions=suggestions or [self.handling()],
            by=self.committee_clerk,
        )

    @remembered
    def consulted(self, *suggestions: Any) -> KeyItem:
        item = self.proposed(*suggestions)
        actions.give_key_opinion(item, agrees=True, by=self.leading)
        return item

    @remembered
    def decided(self, *suggestions: Any) -> KeyItem:
        return actions.decide_key_item(
            self.consulted(*suggestions),
            meeting="第40次主任会议",
            decided_on=clock.today(),
            by=self.director,
        )

    @remembered
    def supervised(self, *suggestions: Any) -> KeyItem:
        return actions.issue_notice(
            self.decided(*suggestions),
            leader=self.leading,
            committee=self.committee,
            plan="四月视察，六月听取进展，九月报告。",
            by=self.director,
        )

    def act(self, item: KeyItem, by: Any = None) -> Any:
        return actions.log_act(
            item,
            kind="visit",
            on=clock.today(),
            persons="常委会领导、代表、市住建局",
            summary="到翠园小区看了施工现场。",
            by=by or self.committee_clerk,
        )

    @remembered
    def reported(self) -> KeyItem:
        item = self.supervised()
        self.act(item)
        return actions.report_key_item(item, report="进展顺利。", by=self.committee_clerk)

    @remembered
    def concluded(self) -> KeyItem:
        return actions.conclude_key_item(
            self.reported(), conclusion="solved", words="同意结束督办。", by=self.director
        )

    @remembered
    def published(self) -> KeyItem:
        return actions.publish_key_item(
            self.concluded(), words="翠园小区电梯已投入使用。", by=self.director
        )

    @remembered
    def chosen(self, year: int = TODAY.year) -> Review:
        return actions.choose_unit(
            self.congress,
            unit=self.unit,
            year=year,
            meeting="第40次主任会议",
            reason="承办件数最多。",
            by=self.director,
        )

    @remembered
    def heard(self, year: int = TODAY.year) -> Review:
        return actions.hand_in_report(self.chosen(year), report="办结率百分之百。", by=self.leader)

    @remembered
    def voting(
        self, review: Review | None = None, n_present: int = 5, *, is_secret: bool = True
    ) -> Review:
        return actions.open_ballot(
            review or self.heard(),
            meeting="第36次会议",
            is_secret=is_secret,
            present=self.members[:n_present],
            by=self.director,
        )

    @remembered
    def counted(self, year: int, answer: str) -> Review:
        """Every member who is present said the same."""
        review = self.voting(self.heard(year))
        for member in self.members:
            actions.vote(review, answer=answer, by=member)
        return actions.close_ballot(review, by=self.director)

    @remembered
    def award(self, year: int, *jurors: Any) -> Award:
        """One candidate, and a jury that may judge it."""
        award = actions.open_award(self.congress, year=year, kind="suggestion", by=self.clerk)
        for candidate in award.candidates.all():
            actions.remove_candidate(candidate, words="不在测试里", by=self.director)
        suggestion = self.replied()
        actions.nominate(award, suggestion=suggestion, words="推动了工作", by=self.clerk)
        return actions.appoint_jury(award, jurors=[*self.members, *jurors], by=self.director)

    @remembered
    def judging(self, year: int, *jurors: Any) -> Award:
        return actions.start_judging(self.award(year, *jurors), by=self.director)

    @remembered
    def scored(self, year: int) -> Award:
        award = self.judging(year)
        candidate = award.candidates.standing().get()
        for juror in self.members:
            actions.score(candidate, points=90, by=juror)
        return award

    @remembered
    def proposed_award(self, year: int) -> Award:
        return actions.close_judging(self.scored(year), by=self.director)

    @remembered
    def published_award(self, year: int) -> Award:
        return actions.publish_award(self.proposed_award(year), by=self.director)

    @remembered
    def call(self, *, issued: bool = False) -> Call:
        call = actions.draft_call(
            self.congress,
            title="征集代表建议",
            words="请围绕民生实事提出建议。",
            starts_on=TODAY,
            ends_on=TODAY + dt.timedelta(days=40),
            by=self.clerk,
        )
        return actions.issue_call(call, by=self.director) if issued else call
