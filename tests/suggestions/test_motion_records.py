"""Who reads a motion when, and which body decided on it, on which day, by which minutes."""

import datetime as dt

import pytest

from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions.actions import motions
from huiyin.suggestions.models import Motion, Suggestion
from tests.suggestions import moved
from tests.suggestions.walk import TODAY

# --- who reads it when


def test_the_committees_people_read_a_motion_from_the_day_one_of_them_has_it(city):
    seen = {}
    for name, motion in (
        ("submitted", moved.submitted(city)),
        ("registered", moved.registered(city)),
        ("examining", moved.examining(city)),
    ):
        sees = Motion.objects.visible_to(city.committee_user).filter(pk=motion.pk).exists()
        papers = Suggestion.objects.visible_to(city.committee_user)
        assert papers.filter(pk=motion.suggestion_id).exists() == sees
        seen[name] = sees

    assert seen == {"submitted": False, "registered": False, "examining": True}


# --- who decided


def test_each_decision_names_its_body_its_day_and_its_minutes(city):
    motion = moved.handed_over(city)

    kept = [(d.step, d.body, d.decided_on, d.minutes) for d in motion.decisions.order_by("pk")]

    assert kept == [
        ("refer", "presidium", TODAY, "主席团会议纪要第2号"),
        ("hand_to_organ", "standing", TODAY, "常委会会议纪要第5号"),
    ]
    words = Entry.objects.filter(item_kind=motion.item_kind(), step="refer").get().words
    assert words == "主席团 2026-03-05 主席团会议纪要第2号\n第二次主席团会议"
    assert {decision.noted_by for decision in motion.decisions.all()} == {city.director}


def test_the_plenary_votes_and_the_presidium_lets_go(city):
    voted = moved.vote(city, moved.on_agenda(city), city.director)
    let_go = motions.withdraw(moved.withdrawal_asked(city), **moved.HELD, by=city.director)

    assert [d.body for d in voted.decisions.order_by("pk")] == ["presidium", "plenary"]
    assert [d.body for d in let_go.decisions.all()] == ["presidium"]


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({"decided_on": TODAY, "minutes": " "}, "请写会议纪要或者决定的文号"),
        ({"decided_on": TODAY + dt.timedelta(days=1), "minutes": "第2号"}, "不能晚于今天"),
    ],
)
def test_no_decision_is_written_down_without_minutes_or_ahead(city, held, reason):
    motion = moved.deciding(city)

    with pytest.raises(NotPossible, match=reason):
        motions.put_on_agenda(motion, words="第二次会议", **held, by=city.director)
