"""A small year, so small that every figure can be counted by hand."""

import datetime as dt
from typing import Any

from huiyin.kernel import clock
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AssignmentRole, ContactKind, ResultClass, Score
from huiyin.suggestions.models import Suggestion
from tests.congress.factories import CongressFactory
from tests.remembering import remembered
from tests.suggestions.walk import OPINION, City, fresh, later, promised, rate

LATE_REPLY = 100  # days after the hand-over: past the three months
YEARS_END = 300  # days after the hand-over: the 30th of December
LAST_YEAR = dt.date(2025, 11, 3)
PROMISES = [
    promised("三号楼装好电梯", on=dt.date(2026, 9, 30)),  # kept in time
    promised("五号楼装好电梯", on=dt.date(2026, 6, 30)),  # never claimed
    promised("七号楼装好电梯", on=dt.date(2026, 12, 31)),  # not due yet at the year's end
]


@remembered
def walk_a_year(city: City) -> dict[str, Suggestion]:
    """Ten suggestions of this congress and year, one of last year, one of another congress."""
    walked = {
        "solved": solved(city),
        "twice": answered_twice(city),
        "promised": with_promises(city),
        "late": replied_late_to_silence(city),
        "moved": moved_to_another_unit(city),
        "rude": rated_rude(city),
        "quarrel": unhappy_twice(city),
        "withdrawn": actions.withdraw(city.handed_over(), by=city.deputy_user),
        "examining": city.submitted(),
        "draft": city.written(),
    }
    City(CongressFactory(other=True)).replied()
    with clock.set_to(clock.at(LAST_YEAR)):
        walked["last year"] = city.replied()
    return {name: fresh(suggestion) for name, suggestion in walked.items()}


@remembered
def solved(city: City) -> Suggestion:
    """Visited, answered with A, rated well, closed, published."""
    suggestion = city.handling()
    talk(city, suggestion, ContactKind.VISIT)
    suggestion = city.reply_again(suggestion)
    rate(suggestion, by=city.deputy_user)
    suggestion = actions.close(suggestion, by=city.clerk)
    publication = actions.propose_publication(suggestion, by=city.clerk)
    actions.publish(publication, title=suggestion.title, text=suggestion.situation, by=city.clerk)
    return suggestion


@remembered
def answered_twice(city: City) -> Suggestion:
    """Telephoned only; unhappy with the first reply, happy with the second."""
    suggestion = city.handling()
    talk(city, suggestion, ContactKind.TELEPHONE)
    suggestion = city.reply_again(suggestion)
    rate(suggestion, score=Score.DISSATISFIED, words="没有说什么时候装", by=city.deputy_user)
    suggestion = city.reply_again(suggestion)
    rate(suggestion, by=city.deputy_user)
    return suggestion


@remembered
def with_promises(city: City) -> Suggestion:
    """Answered with B and three promises, of which one is kept by its date."""
    suggestion = city.replied(result_class=ResultClass.B, promises=PROMISES)
    rate(suggestion, score=Score.BASICALLY, by=city.deputy_user)
    kept = suggestion.promises.get(promised_on=PROMISES[0].promised_on)
    with later(120):
        actions.claim_done(kept, evidence="电梯已投入使用。", by=city.unit_clerk)
        actions.confirm(kept, by=city.clerk)
    return suggestion


@remembered
def replied_late_to_silence(city: City) -> Suggestion:
    """Answered with C after its time, and nobody rated."""
    suggestion = city.drafted(result_class=ResultClass.C)
    with later(LATE_REPLY):
        actions.send_for_review(suggestion, by=city.unit_clerk)
        actions.sign_reply(suggestion, by=city.leader)
        actions.finish_round(suggestion)
    return suggestion


@remembered
def moved_to_another_unit(city: City) -> Suggestion:
    """Given back by the first unit, handed to another, and waiting there."""
    suggestion = city.handed_over()
    task = city.task(suggestion)
    actions.ask_return(task, reason="不属于我局职责", by=city.unit_clerk)
    actions.grant_return(task, ruling="同意", by=city.clerk)
    tasks = [actions.Task(city.finance, AssignmentRole.LEAD)]
    actions.propose_units(suggestion, tasks=tasks, by=city.clerk)
    return actions.hand_over(suggestion, by=city.director)


@remembered
def rated_rude(city: City) -> Suggestion:
    """The result was fine, the manner was not: a second round runs."""
    suggestion = city.replied()
    actions.rate(
        suggestion,
        attitude=Score.DISSATISFIED,
        result=Score.SATISFIED,
        words="一次也没有联系",
        by=city.deputy_user,
    )
    return suggestion


@remembered
def unhappy_twice(city: City) -> Suggestion:
    """Unhappy with both replies, the second time with the manner too."""
    suggestion = city.replied()
    rate(suggestion, score=Score.DISSATISFIED, words="没有说什么时候装", by=city.deputy_user)
    suggestion = city.reply_again(suggestion)
    actions.rate(
        suggestion,
        attitude=Score.DISSATISFIED,
        result=Score.DISSATISFIED,
        words="还是没有说",
        by=city.deputy_user,
    )
    return suggestion


def talk(city: City, suggestion: Suggestion, kind: str) -> None:
    actions.log_contact(
        city.task(suggestion),
        kind=kind,
        on=clock.today(),
        persons="李科长",
        summary="说明办理进展",
        by=city.unit_clerk,
    )


def told(city: City, *, talks: int = 1, origins: Any = (), **reply: Any) -> Suggestion:
    """Talked over with the deputy, co-handled and answered."""
    suggestion = city.handling(origins=origins, cohandled=True)
    for _talk in range(talks):
        talk(city, suggestion, ContactKind.VISIT)
    actions.give_opinion(city.cotask(suggestion), opinion=OPINION, by=city.finance_clerk)
    city.draft(suggestion, **reply)
    actions.send_for_review(suggestion, by=city.unit_clerk)
    actions.sign_reply(suggestion, by=city.leader)
    return fresh(suggestion)
