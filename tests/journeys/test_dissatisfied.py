"""A deputy who is not content twice: a second round, then the committee calls everyone together."""

import pytest

from huiyin.kernel import verify
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Suggestion
from tests.journeys.acts import (
    SECOND_PROMISE,
    SECOND_REPLY,
    deputy_rates,
    leader_signs,
    unit_drafts,
    unit_sends_for_review,
)

TWICE = "还是没有说谁负责、什么时候开工。"


@pytest.mark.parametrize("width", [390])
def test_not_satisfied_twice_brings_everyone_to_one_table(town, windows, turn_to, width):
    suggestion = town.replied()
    deputy = windows(town.deputy_user, width=width)
    unit, leader, clerk = windows(town.unit_clerk), windows(town.leader), windows(town.clerk)

    # Without words nothing is sent, and what was ticked stays.
    turn_to(3, 9)
    deputy_tries_without_words(deputy)
    deputy_rates(deputy, "不满意", words="没有说谁负责。")
    turn_to(3, 20)
    unit_drafts(unit, "B", SECOND_REPLY, SECOND_PROMISE, "2026-06-30")
    unit_sends_for_review(unit)
    leader_signs(leader)
    turn_to(3, 24)
    deputy_rates(deputy, "不满意", words=TWICE)

    # The committee sees it with both rounds' words and decides after talking to everyone.
    clerk.open(f"/desk/suggestions/{suggestion.pk}/")
    clerk.reads("协调研究", "没有说谁负责。", TWICE)
    turn_to(3, 31)
    clerk.follow("记录面商")
    clerk.page.locator("[name='kind']").first.check()
    clerk.fill(
        held_on="2026-03-30",
        convened_by="何志远",
        attended="王秀英代表、市住建局高永强",
        agreed="由老旧小区改造科牵头，开工日期写进答复。",
        next_step="四月底前再次答复代表。",
    )
    clerk.press("记录面商")
    clerk.reads("由老旧小区改造科牵头，开工日期写进答复。")
    clerk.follow("再次办理")
    clerk.fill(words="按三月三十日商定的意见再次办理。")
    clerk.press("再次办理")
    deputy.open(f"/deputy/suggestions/{suggestion.pk}/")
    deputy.reads("由老旧小区改造科牵头，开工日期写进答复。")
    turn_to(4, 20)
    unit_drafts(unit, "A", SECOND_REPLY)
    unit_sends_for_review(unit)
    leader_signs(leader)
    turn_to(4, 22)
    deputy_rates(deputy, "满意")
    deputy.reads("第 3 轮")

    found = Suggestion.objects.get()
    assert found.round == 3
    assert found.state in {State.RATED, State.TRACKING, State.CLOSED}
    assert list(verify.faults()) == []


def deputy_tries_without_words(deputy) -> None:
    deputy.open("/deputy/")
    deputy.follow("请您评价答复")
    deputy.follow("关于为翠园小区")
    deputy.follow("评价")
    for question, answer in (("办理态度", "满意"), ("办理结果", "不满意")):
        deputy.main.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    deputy.press_in_vain("评价")
    chosen = deputy.main.get_by_role("group", name="办理结果").get_by_label("不满意", exact=True)
    assert chosen.is_checked()
    deputy.reads("“不满意”请写明理由。")
