"""Supervision's items for the world of doors: one in every state that has a door of its own."""

import datetime as dt
from typing import Any

from huiyin.kernel import clock
from huiyin.supervision import actions
from huiyin.supervision.models import CardObjection, Clue
from tests.suggestions.walk import fresh


def fill(world: Any) -> None:
    _appraisals(world)
    _reviews(world)
    _awards(world)
    _calls(world)


def _appraisals(world: Any) -> None:
    """Of an early year there is nothing to count; last year's has an objection, this year's none."""
    city = world.city
    with clock.set_to(clock.at(dt.date(2025, 3, 5))):
        city.replied()
    world.appraisal_running = actions.open_appraisal(city.congress, year=2023, by=city.clerk)
    quiet = actions.open_appraisal(city.congress, year=2024, by=city.clerk)
    world.appraisal_quiet = actions.show_cards(quiet, by=city.director)
    contested = actions.open_appraisal(city.congress, year=2025, by=city.clerk)
    actions.show_cards(contested, by=city.director)
    card = contested.cards.get(unit=city.unit)
    line, row = card.rows_against()[0]
    world.card_objection: CardObjection = actions.object_to_row(
        card, line=line, row=row, wanted="left_out", words="电话联系过", by=city.leader
    )
    appraisal = actions.open_appraisal(city.congress, year=2026, by=city.clerk)
    world.appraisal = actions.show_cards(appraisal, by=city.director)
    world.card = world.appraisal.cards.get(unit=city.unit)


def _reviews(world: Any) -> None:
    city = world.city
    world.review = city.chosen(2026)
    world.review_heard = city.heard(2025)
    world.review_voting = city.voting(city.heard(2024))
    world.review_voted = city.voting(city.heard(2023))
    for member in city.members:
        actions.vote(world.review_voted, answer="satisfied", by=member)
    world.review_failed = city.counted(2022, "dissatisfied")
    world.review_rectifying = _ordered(city, 2021)
    rectified = _ordered(city, 2020)
    world.review_rectified = actions.report_rectified(rectified, report="已整改。", by=city.leader)


def _ordered(city: Any, year: int) -> Any:
    failed = city.counted(year, "dissatisfied")
    return actions.order_rectify(failed, words="两个月内整改", by=city.director)


def _awards(world: Any) -> None:
    city = world.city
    world.award = city.award(2026)
    world.candidate = world.award.candidates.standing().get()
    judging = city.judging(2025, world.people["member"])
    world.candidate_judged = judging.candidates.standing().get()
    world.award_scored = city.scored(2024)
    world.award_proposed = city.proposed_award(2023)
    world.award_published = city.published_award(2022)
    world.candidate_published = world.award_published.candidates.chosen().get()
    world.award_objection = actions.object_to_award(
        world.candidate_published, person="王某", words="有重复", by=city.clerk
    )
    with clock.set_to(clock.at(dt.date(2026, 1, 5))):
        world.award_over = city.published_award(2021)
        decided = city.published_award(2020)
    decided = actions.decide_award(decided, meeting="第45次主任会议", by=city.director)
    world.candidate_given = decided.candidates.chosen().get()


def _calls(world: Any) -> None:
    city = world.city
    world.call_draft = city.call()
    world.call = city.call(issued=True)
    world.clue: Clue = actions.offer_clue(world.call, title="断头路", by=city.clerk)
    world.offered = city.written()
    world.precheck = actions.offer_draft(world.offered, to=city.congress, by=city.deputy_user)
    world.offered = fresh(world.offered)
