"""What is heard from the floors below, and what the worker runs."""

import pytest

from huiyin.kernel import verify
from huiyin.kernel.trail import SYSTEM
from huiyin.notices.models import Message
from huiyin.opinions import actions as opinions
from huiyin.rulebook.events import clock_moved
from huiyin.rulebook.models import Clock
from huiyin.suggestions import actions, tasks
from huiyin.suggestions.choices import State
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.suggestions.walk import cite, fresh, later
from tests.venues.factories import PlacementFactory


def subjects(user):
    return set(Message.objects.inbox_of(user.pk).values_list("subject", flat=True))


def unsolved(city, **given):
    """A matter that a suggestion cites, and its resident says: not solved."""
    matter = MatterFactory(congress=city.congress, timed=True, **given)
    voice = VoiceFactory(matter=matter)
    suggestion = city.replied(origins=cite(matter))
    opinions.report_result(matter, "已经装好。", by=SYSTEM)
    opinions.resident_answers(fresh(voice), solved=False)
    return fresh(matter), suggestion


def news_of_reopening(user):
    inbox = Message.objects.inbox_of(user.pk).filter(subject__startswith="居民说")
    return list(inbox.values_list("subject", "path"))


def test_a_no_goes_to_the_list_of_the_deputy_who_wrote_the_suggestion(
    city, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        matter, _ = unsolved(city)
    client.force_login(city.deputy_user)

    page = client.get("/deputy/matters/?tab=reopened").content.decode()

    assert (matter.deputy, matter.clock.rule_key) == (city.lead, "resident.reopen")
    assert matter.title in page
    assert news_of_reopening(city.deputy_user) == [
        ("居民说没解决，请重新跟进", f"/deputy/matters/{matter.pk}/")
    ]


def test_the_lead_hears_too_when_another_deputy_follows_the_matter(
    city, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        matter, suggestion = unsolved(city, with_deputy=True, deputy=city.cosigner)

    assert news_of_reopening(city.cosigner_user) == [
        ("居民说没解决，请重新跟进", f"/deputy/matters/{matter.pk}/")
    ]
    assert news_of_reopening(city.deputy_user) == [
        ("居民说还没解决，请您看看", f"/deputy/suggestions/{suggestion.pk}/")
    ]


def test_a_lead_who_may_read_the_matter_is_led_to_it(city, django_capture_on_commit_callbacks):
    venue = PlacementFactory(deputy=city.lead, venue__congress=city.congress).venue
    with django_capture_on_commit_callbacks(execute=True):
        matter, _ = unsolved(city, with_deputy=True, deputy=city.cosigner, venue=venue)

    assert news_of_reopening(city.deputy_user) == [
        ("居民说还没解决，请您看看", f"/deputy/matters/{matter.pk}/")
    ]


def test_a_matter_of_two_suggestions_goes_on_with_the_other_when_one_is_withdrawn(city):
    host, guest = MatterFactory.create_batch(2, congress=city.congress, timed=True)
    voice = VoiceFactory(matter=host)
    VoiceFactory(matter=guest)
    first, second = (city.submitted(origins=cite(each)) for each in (host, guest))
    opinions.merge(fresh(host), others=[fresh(guest)], by=city.clerk)

    actions.withdraw(fresh(first), by=city.deputy_user)

    assert (fresh(host).state, fresh(voice).told().last().words[:4]) == (
        "in_suggestion",
        "代表撤回",
    )
    actions.withdraw(fresh(second), by=city.deputy_user)
    assert fresh(host).state == "received"


@pytest.mark.parametrize(
    ("gone", "states"),
    [("guest", ["in_suggestion", "received"]), ("host", ["received", "in_suggestion"])],
)
def test_after_an_undone_merge_only_whose_suggestion_was_withdrawn_waits_for_a_way(
    city, gone, states
):
    host, guest = MatterFactory.create_batch(2, congress=city.congress, timed=True)
    papers = {"host": city.submitted(origins=cite(host))}
    papers["guest"] = city.submitted(origins=cite(guest))
    opinions.merge(fresh(host), others=[fresh(guest)], by=city.clerk)

    actions.withdraw(fresh(papers[gone]), by=city.deputy_user)
    merged = fresh(host).state
    opinions.unmerge(fresh(guest), by=city.clerk)

    assert (merged, [fresh(one).state for one in (host, guest)]) == ("in_suggestion", states)
    limits = {one.state: one.clock and one.clock.rule_key for one in map(fresh, (host, guest))}
    assert limits == {"in_suggestion": None, "received": "reception.classify"}
    assert list(verify.faults()) == []


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
