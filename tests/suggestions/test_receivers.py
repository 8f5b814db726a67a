"""What is heard from the floors below, and what the worker runs."""

from huiyin.notices.models import Message
from huiyin.opinions.events import reopened
from huiyin.opinions.models import Matter
from huiyin.rulebook.events import clock_moved
from huiyin.rulebook.models import Clock
from huiyin.suggestions import tasks
from huiyin.suggestions.actions import Cited
from huiyin.suggestions.choices import State
from tests.opinions.factories import MatterFactory
from tests.suggestions.walk import fresh, later


def subjects(user):
    return set(Message.objects.inbox_of(user.pk).values_list("subject", flat=True))


def test_a_reopened_matter_reaches_the_lead_deputy(city):
    matter = MatterFactory(congress=city.congress)
    city.replied(origins=[Cited("opinions.matter", matter.pk, matter.title)])

    reopened.send(Matter, matter_id=matter.pk)

    assert "居民说还没解决，请您看看" in subjects(city.deputy_user)


def test_a_moved_date_reaches_those_who_work_by_it(city):
    suggestion = city.handling()
    running = suggestion.clock
    own = city.task(suggestion).clock

    for clock in (running, own):
        clock_moved.send(
            Clock, clock_id=clock.pk, before=clock.due_on, after=clock.due_on.replace(day=8)
        )

    words = "到期日由2026年6月5日改为2026年6月8日"
    assert words in subjects(city.deputy_user)
    assert words in subjects(city.unit_clerk)


def test_the_worker_ends_silent_rounds_and_reminds(city):
    suggestion = city.replied()

    with later(60):
        tasks.remind(0)
        tasks.finish_silent_rounds(0)

    assert fresh(suggestion).state == State.RATED
    assert any(words.startswith("代表评价") for words in subjects(city.deputy_user))
