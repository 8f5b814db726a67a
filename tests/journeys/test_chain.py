"""The whole chain, from a resident's phone to the resident's "solved", walked in a browser."""

import pytest

from huiyin.kernel import verify
from huiyin.opinions.models import Matter
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Suggestion
from tests.journeys.acts import (
    BEST_PROPOSALS,
    FIRST_PROMISE,
    FIRST_REPLY,
    MORE_PROPOSALS,
    PROPOSALS,
    SECOND_PROMISE,
    SECOND_REPLY,
    another_resident_joins,
    anyone_reads_it,
    clerk_classifies,
    clerk_confirms,
    clerk_proposes_units,
    clerk_publishes,
    clerk_registers,
    clerk_returns_it,
    cohandler_gives_opinion,
    cosigner_signs,
    cosigner_signs_what_changed,
    deputy_edits,
    deputy_invites,
    deputy_rates,
    deputy_rates_promise,
    deputy_submits,
    deputy_takes_it_up,
    deputy_writes,
    director_hands_over,
    leader_signs,
    letters_can_be_read,
    resident_says,
    resident_says_solved,
    trace_tells_everything,
    unit_drafts,
    unit_logs_a_talk,
    unit_reports_done,
    unit_sees_the_second_round,
    unit_sends_for_review,
    unit_signs_for,
)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_matter_walks_from_the_residents_phone_to_the_residents_solved(
    town, windows, turn_to, width
):
    def at(person=None):
        return windows(person, width=width)

    lead, cosigner = windows(width=width), at(town.cosigner_user)
    clerk, director = at(town.clerk), at(town.director)
    unit, leader, finance = at(town.unit_clerk), at(town.leader), at(town.finance_clerk)

    # March: what residents say becomes a paper of two deputies.
    first_code = resident_says(at(), town.venue)
    turn_to(3, 5, 15)
    clerk_classifies(clerk)
    turn_to(3, 6)
    second_code = another_resident_joins(at())
    turn_to(3, 9)
    deputy_takes_it_up(lead, town.deputy_user.username)
    turn_to(3, 10)
    deputy_writes(lead)
    deputy_invites(lead, "李国栋")
    cosigner_signs(cosigner, PROPOSALS)
    turn_to(3, 11)
    deputy_edits(lead, MORE_PROPOSALS)
    cosigner_signs_what_changed(cosigner, "三、施工期间为老人安排临时座椅。")
    turn_to(3, 12)
    deputy_submits(lead, "提交")

    # The committee examines it, once sends it back, numbers it and hands it over.
    turn_to(3, 13)
    clerk_returns_it(clerk)
    deputy_edits(lead, BEST_PROPOSALS)
    cosigner_signs_what_changed(cosigner, "四、明确牵头科室。")
    deputy_submits(lead, "重新提交")
    turn_to(3, 16)
    clerk_registers(clerk)
    clerk_proposes_units(clerk)
    turn_to(3, 17)
    director_hands_over(director)

    # The units: the lead cannot send before the co-handler has spoken.
    turn_to(3, 19)
    unit_signs_for(unit)
    unit_drafts(unit, "B", FIRST_REPLY, FIRST_PROMISE, "2026-09-30")
    unit.cannot_press("送审", because="会办")
    turn_to(3, 20)
    unit_signs_for(finance)
    cohandler_gives_opinion(finance)
    turn_to(3, 25)
    unit_logs_a_talk(unit)
    turn_to(4, 20)
    unit_sends_for_review(unit)
    turn_to(4, 22)
    leader_signs(leader)
    letters_can_be_read(unit)

    # One of two signers is not content: a second round with its own clock.
    turn_to(4, 24)
    deputy_rates(lead, "满意")
    deputy_rates(cosigner, "不满意", words="没有说谁负责、什么时候开工。")
    unit_sees_the_second_round(unit)
    turn_to(5, 6)
    unit_drafts(unit, "B", SECOND_REPLY, SECOND_PROMISE, "2026-06-30")
    unit_sends_for_review(unit)
    leader_signs(leader)
    turn_to(5, 8)
    deputy_rates(lead, "满意")
    deputy_rates(cosigner, "满意")

    # The promises are claimed, checked and rated.
    turn_to(6, 26)
    unit_reports_done(unit, SECOND_PROMISE)
    clerk_confirms(clerk, SECOND_PROMISE)
    turn_to(9, 22)
    unit_reports_done(unit, FIRST_PROMISE)
    turn_to(9, 24)
    clerk_confirms(clerk, FIRST_PROMISE)
    deputy_rates_promise(lead, FIRST_PROMISE)
    deputy_rates_promise(cosigner, FIRST_PROMISE)

    # The residents are told, asked, and say "solved".
    turn_to(9, 25)
    resident_says_solved(at(), first_code)
    resident_says_solved(at(), second_code)
    turn_to(9, 28)
    clerk_publishes(clerk)
    anyone_reads_it(at())
    trace_tells_everything(clerk)

    suggestion, matter = Suggestion.objects.get(), Matter.objects.get()
    assert (suggestion.state, suggestion.round, matter.state) == (State.CLOSED, 2, "closed")
    assert list(verify.faults()) == []
