"""A double click, two clerks at once, twenty presses of one button: one step and one clear message."""

import threading

import pytest
from django.conf import settings
from django.test import Client

from huiyin.kernel.models import Entry
from huiyin.opinions.models import Voice
from huiyin.suggestions.models import Suggestion
from tests.congress.factories import person_as
from tests.journeys.private_house import Visitor, draft_on

pytestmark = pytest.mark.slow
PRESSES = 20


@pytest.fixture
def visitor(live_server):
    """Someone who speaks HTTP to the real server, logged in or not."""

    def come(person=None) -> Visitor:
        if person is None:
            return Visitor(live_server.url)
        client = Client()
        client.force_login(person)
        return Visitor(live_server.url, client.cookies[settings.SESSION_COOKIE_NAME].value)

    return come


def at_once(*acts):
    """All of them, let go at the same moment; their answers in the order of asking."""
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def act(place):
        start.wait()
        answers[place] = acts[place]()

    threads = [threading.Thread(target=act, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_clerks_at_once_take_one_step(town, visitor):
    suggestion = town.submitted()
    path = f"/desk/suggestions/{suggestion.pk}/register/"
    clerks = [visitor(town.clerk), visitor(person_as("clerk", congress=town.congress))]
    for clerk in clerks:
        assert clerk.get(path)[0] == 200

    answers = at_once(*(lambda clerk=clerk: clerk.post(path) for clerk in clerks))

    assert sorted(status for status, _landed, _page in answers) == [200, 409]
    assert_one_step(suggestion, "register", answers)


def test_a_double_click_takes_one_step(town, visitor):
    suggestion = town.assigned()
    path = f"/desk/suggestions/{suggestion.pk}/hand-over/"
    director = visitor(town.director)
    director.get(path)

    answers = at_once(lambda: director.post(path), lambda: director.post(path))

    assert sorted(status for status, _landed, _page in answers) == [200, 409]
    assert_one_step(suggestion, "hand_over", answers)


def test_two_deputies_rate_at_once_and_the_round_ends_once(town, visitor):
    suggestion = town.replied(joint=True)
    path = f"/deputy/suggestions/{suggestion.pk}/rate/"
    deputies = [visitor(town.deputy_user), visitor(town.cosigner_user)]
    content = {"attitude": "satisfied", "result": "satisfied", "contact_kind": "visit"}
    for deputy in deputies:
        deputy.get(path)

    answers = at_once(*(lambda d=deputy: d.post(path, **content) for deputy in deputies))

    assert [status for status, _landed, _page in answers] == [200, 200]
    assert steps_of(suggestion, "finish_round") == 1


def test_twenty_presses_make_one_voice(town, visitor):
    resident = visitor()
    draft = draft_on(resident.get("/say/")[1])
    text = "翠园小区三号楼没有电梯，希望能加装。"
    draft = draft_on(resident.post("/say/", draft=draft, text=text)[2])
    draft = draft_on(resident.post("/say/where/", draft=draft)[2])

    answers = at_once(*[lambda: resident.post("/say/send/", draft=draft)] * PRESSES)

    voice = Voice.objects.get()
    assert {landed for _status, landed, _page in answers} == {f"/say/done/{voice.code}/"}
    assert voice.matter.n_voices == 1


def test_two_residents_join_at_once_and_both_count(town, visitor):
    matter = town.matter_in_public()
    residents = [visitor() for _each in range(4)]
    drafts = []
    for resident in residents:
        resident.get("/say/")
        drafts.append(draft_on(resident.post(f"/matters/{matter.pk}/join/")[2]))

    at_once(
        *(
            lambda r=resident, d=draft: r.post("/say/send/", draft=d)
            for resident, draft in zip(residents, drafts, strict=True)
        )
    )

    matter.refresh_from_db()
    assert (matter.n_voices, Voice.objects.filter(matter=matter).count()) == (4, 4)


def assert_one_step(suggestion, step, answers) -> None:
    loser = next(page for status, _landed, page in answers if status == 409)
    assert steps_of(suggestion, step) == 1
    assert ("可能刚有人处理过" in loser, "Traceback" in loser) == (True, False)


def steps_of(suggestion, step) -> int:
    kind = Suggestion.item_kind()
    return Entry.objects.filter(item_kind=kind, item_id=suggestion.pk, step=step).count()
