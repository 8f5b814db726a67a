"""A unit is asked how it stands: told at once, kept in the trail, and not more than once a working day."""

import datetime as dt

import pytest

from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotPossible
from huiyin.notices.models import Message
from huiyin.suggestions import actions
from huiyin.suggestions.models import Assignment
from tests.suggestions import walk
from tests.suggestions.browse import get
from tests.suggestions.walk import fresh, later, news_to, trail_of

URGED = "催办：请抓紧办理这件建议"


def test_an_urged_unit_reads_which_suggestion_its_limit_and_the_desks_words(city):
    suggestion = city.handling()

    task = actions.urge(city.task(suggestion), words="代表昨天又来电话了。", by=city.clerk)

    assert trail_of(task)[-1] == "urge"
    assert (
        Entry.objects.get(item_kind=task.item_kind(), step="urge").words == "代表昨天又来电话了。"
    )
    for person in (city.unit_clerk, city.leader):
        message = Message.objects.inbox_of(person.pk).get(subject=URGED)
        assert message.words == f"{suggestion}\n期限2026年6月5日\n代表昨天又来电话了。"
    assert URGED not in news_to(city.finance_clerk)


def test_urging_moves_no_limit(city):
    task = city.task(city.handling())

    urged = actions.urge(task, by=city.clerk)

    assert (urged.clock, urged.clock.due_on) == (task.clock, dt.date(2026, 6, 5))


def test_a_task_is_urged_once_a_working_day_whoever_asks(city):
    task = actions.urge(city.task(city.handling()), by=city.clerk)

    with pytest.raises(NotPossible, match="2026-03-06起可以再催"):
        actions.urge(task, by=city.government)
    with later(days=1):
        task = actions.urge(task, by=city.government)
    with later(days=3), pytest.raises(NotPossible, match="可以再催"):  # a Sunday
        actions.urge(task, by=city.clerk)
    with later(days=4):
        actions.urge(task, by=city.clerk)

    assert trail_of(task).count("urge") == 3
    assert news_to(city.unit_clerk).count(URGED) == 3


def test_units_of_the_same_suggestion_are_urged_each_by_itself(city):
    suggestion = city.handling(cohandled=True)
    actions.urge(city.task(suggestion), by=city.clerk)

    actions.urge(city.cotask(suggestion), by=city.clerk)

    assert Assignment.objects.filter(urged_at__isnull=False).count() == 2


def test_who_has_given_an_opinion_is_not_urged(city):
    suggestion = city.handling(cohandled=True)
    task = actions.give_opinion(
        city.cotask(suggestion), opinion=walk.OPINION, by=city.finance_clerk
    )

    with pytest.raises(NotPossible, match="现在不能“催办”"):
        actions.urge(task, by=city.clerk)


def test_the_page_offers_it_once_and_then_says_when_again(city, client):
    suggestion = city.handling()
    task = city.task(suggestion)
    client.force_login(city.clerk)

    answer = client.post(f"/desk/tasks/{task.pk}/urge/", {"words": "请抓紧"})

    assert answer.url == f"/desk/suggestions/{suggestion.pk}/"
    page = get(client, city.clerk, "detail", suggestion.pk)
    assert "刚催办过，2026-03-06起可以再催。" in page
    assert "2026-03-05 催办" in page
    assert fresh(task).urge_again_on == dt.date(2026, 3, 6)
