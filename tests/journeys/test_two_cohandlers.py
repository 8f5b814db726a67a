"""A reply that waits for two co-handlers, one of whom is late."""

from huiyin.congress.choices import Role
from huiyin.kernel import verify
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AssignmentRole, State
from huiyin.suggestions.models import Reply
from tests.congress.factories import UnitFactory, person_as
from tests.journeys.acts import (
    FIRST_PROMISE,
    FIRST_REPLY,
    OPINION,
    cohandler_gives_opinion,
    leader_signs,
    unit_drafts,
    unit_sends_for_review,
    unit_signs_for,
)


def test_the_lead_waits_for_the_late_one_is_told_why_and_sends_then(town, windows, turn_to):
    planning = UnitFactory(congress=town.congress, name="兰州市自然资源局", short_name="市资源局")
    tasks = [
        actions.Task(town.unit, AssignmentRole.LEAD),
        actions.Task(town.finance, part="补助资金"),
        actions.Task(planning, part="规划许可"),
    ]
    suggestion = actions.propose_units(town.registered(), tasks=tasks, by=town.clerk)
    actions.hand_over(suggestion, by=town.director)
    unit, leader, finance = (
        windows(person) for person in (town.unit_clerk, town.leader, town.finance_clerk)
    )
    late = windows(person_as(Role.UNIT_CLERK, unit=planning))
    clerk = windows(town.clerk)

    turn_to(3, 6)
    for person in (unit, finance, late):
        unit_signs_for(person)
    turn_to(3, 20)
    finance.open("/desk/tasks/")
    finance.follow("关于为翠园小区")
    cohandler_gives_opinion(finance)
    unit_drafts(unit, "B", FIRST_REPLY, FIRST_PROMISE, "2026-09-30")
    unit.cannot_press("送审", because="还差1个会办单位的意见。")
    unit.reads("会办意见已送")

    # A month has passed: the late task is red for everyone, and the committee urges.
    turn_to(4, 10)
    unit.open(unit.path.split("?")[0])
    unit.reads("逾期 4 天")
    unit.cannot_press("送审", because="还差1个会办单位的意见。")
    clerk.open(f"/desk/suggestions/{suggestion.pk}/")
    clerk.reads("逾期 4 天")
    clerk.follow("催办", within=clerk.panel("规划许可"))
    clerk.fill(words="会办意见已过期限，请两天内送主办单位。")
    clerk.press("催办")

    late.open("/desk/tasks/")
    late.follow("关于为翠园小区")
    late.reads("2026-04-10 催办")
    late.follow("送会办意见")
    late.fill(opinion="规划许可随到随办，五个工作日内办完。")
    late.press("送会办意见")

    turn_to(4, 14)
    unit.open(unit.path.split("?")[0])
    unit.reads(OPINION, "规划许可随到随办，五个工作日内办完。")
    unit_sends_for_review(unit)
    leader_signs(leader)

    assert Reply.objects.get().suggestion.state == State.REPLIED
    assert list(verify.faults()) == []
