"""Other systems that are told: what goes over a real socket, signed, again and again, and never inside."""

import datetime as dt
import hashlib
import hmac
import json

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.kernel import clock, trail
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices import actions
from huiyin.notices.adapters import webhook
from huiyin.notices.choices import Outcome
from huiyin.notices.models import Delivery, Webhook
from tests.congress.factories import AppointmentFactory, person_as
from tests.notices.receiver import SLOWLY, Receiver, receiver
from tests.suggestions.walk import City, later

__all__ = ["receiver"]  # a fixture
KEY = "k" * 43


@pytest.fixture
def city(city, settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    return city


@pytest.fixture
def keeper(city):
    return person_as(Role.SYSTEM_ADMINISTRATOR, congress=city.congress)


@pytest.fixture
def hook(city, keeper, receiver):
    return _hook(city, keeper, receiver)


def _hook(city, keeper, receiver, **more):
    trail.seal_all()  # what the city was built of is nobody's news
    fields = {"name": "督查系统", "address": receiver.address, "reads_as": city.clerk}
    made, _hook.secret = actions.subscribe(city.congress, **fields | more, by=keeper)
    return made


def tell() -> int:
    """What the worker does every minute."""
    trail.seal_all()
    actions.collect()
    return actions.send_webhooks()


def events() -> list[str]:
    return [json.loads(body)["event"] for _path, _headers, body in Receiver.received]


# What is told -------------------------------------------------------------------------------------


def test_each_step_is_told_once_in_the_order_it_was_taken(city, hook, receiver):
    suggestion = city.registered()

    assert tell() > 0
    assert tell() == 0
    steps = [name for name in events() if name.startswith("suggestions.suggestion.")]
    assert steps == [f"suggestions.suggestion.{step}" for step in ("write", "submit", "register")]
    _path, _headers, body = Receiver.received[-1]
    assert json.loads(body)["item"] == {
        "kind": "suggestions.suggestion",
        "id": suggestion.pk,
        "state": "registered",
        "version": suggestion.version,
    }


def test_no_words_and_no_names_go_out(city, hook, receiver):
    suggestion = city.handling()
    tell()

    whole = "".join(body.decode() for _path, _headers, body in Receiver.received)
    words = (suggestion.title, city.lead.person.name, city.clerk.name, "电梯")
    assert [word in whole for word in words] == [False] * 4


def test_what_its_person_may_not_see_is_not_told(city, keeper, receiver):
    _hook(city, keeper, receiver, reads_as=city.finance_clerk)
    city.handling()

    tell()

    assert [name for name in events() if name.startswith("suggestions.")] == []


def test_only_the_kinds_asked_for_are_told(city, keeper, receiver):
    _hook(city, keeper, receiver, kinds=["suggestions.assignment"])
    city.handling()

    tell()

    assert {name.rsplit(".", 1)[0] for name in events()} == {"suggestions.assignment"}


def test_another_congress_is_not_told_of_even_to_who_sits_in_both(city, keeper, receiver):
    other = City(AppointmentFactory(clerk=True, of_other=True).congress)
    AppointmentFactory(clerk=True, user=city.clerk, congress=other.congress)
    _hook(city, keeper, receiver)
    theirs = other.registered()

    tell()

    told = {json.loads(body).get("item", {}).get("id") for _p, _h, body in Receiver.received}
    assert theirs.pk not in told


def test_what_happened_before_is_not_told(city, keeper, receiver):
    city.registered()
    trail.seal_all()
    _hook(city, keeper, receiver)

    assert tell() == 0


# The signature ------------------------------------------------------------------------------------


def test_the_receiver_proves_who_sent_it_and_when(city, hook, receiver):
    actions.try_out(hook, by=person_as(Role.SYSTEM_ADMINISTRATOR, congress=city.congress))
    tell()

    path, headers, body = Receiver.received[-1]
    stamp = headers["Huiyin-Timestamp"]
    signed = hmac.new(_hook.secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
    assert headers["Huiyin-Signature"] == f"v1={signed.hexdigest()}"
    assert int(stamp) == int(clock.now().timestamp())
    assert (path, headers["Huiyin-Event"]) == ("/hook?from=huiyin", "webhook.try")
    assert headers["Huiyin-Delivery"] == json.loads(body)["id"]


def test_another_moment_or_another_body_has_another_signature():
    good = webhook.signature(KEY, "1", b"{}")

    others = {
        webhook.signature(KEY, "2", b"{}"),
        webhook.signature(KEY, "1", b"{ }"),
        webhook.signature("other", "1", b"{}"),
        webhook.signature(KEY, "1.", b"{}"),
    }

    assert (len(others), good in others) == (4, False)


def test_the_key_is_encrypted_and_shown_once(client, city, keeper, receiver):
    client.force_login(keeper)
    fields = {
        "congress": city.congress.pk,
        "name": "督查系统",
        "address": receiver.address,
        "reads_as": city.clerk.username,
    }

    page = client.post(reverse("notices:subscribe"), fields)

    made = Webhook.objects.get()
    secret = page.context["secret"]
    assert made.secret.reveal() == secret
    assert secret not in client.get(reverse("notices:webhook", args=[made.pk])).content.decode()


def test_kinds_are_offered_and_shown_in_words(client, city, keeper, receiver):
    made = _hook(city, keeper, receiver, kinds=["suggestions.assignment"])
    client.force_login(keeper)

    offered = client.get(reverse("notices:subscribe")).content.decode()
    shown = client.get(reverse("notices:webhook", args=[made.pk])).content.decode()

    assert "建议 (suggestions.suggestion)" in offered
    assert "任务 (suggestions.assignment)" in shown


# Trying again -------------------------------------------------------------------------------------


def test_it_is_tried_again_with_longer_waits_and_the_same_key(city, hook, receiver, keeper):
    Receiver.statuses = [500, 503, 200]
    actions.try_out(hook, by=keeper)
    waits = []
    for _try in range(3):
        delivery = Delivery.objects.get()
        with clock.set_to(max(delivery.not_before, clock.now())):
            tell()
            waits.append(Delivery.objects.get().not_before - clock.now())

    delivery = Delivery.objects.get()
    assert (delivery.outcome, delivery.tries, delivery.answer) == (Outcome.SENT, 3, 200)
    assert waits[:2] == [dt.timedelta(minutes=1), dt.timedelta(minutes=5)]
    assert len({headers["Huiyin-Delivery"] for _p, headers, _b in Receiver.received}) == 1


def test_before_its_time_it_is_not_tried(city, hook, receiver, keeper):
    Receiver.statuses = [500]
    actions.try_out(hook, by=keeper)

    tell()
    tell()

    assert len(Receiver.received) == 1


def test_it_is_given_up_in_the_end_and_sent_again_by_hand(city, hook, receiver, keeper):
    Receiver.statuses = [500] * 7
    actions.try_out(hook, by=keeper)
    for day in range(1, 9):
        with later(day * 2):
            tell()
    given_up = Delivery.objects.get()
    with later(30):
        with pytest.raises(NotAllowed):
            actions.deliver_again(given_up, by=city.clerk)
        actions.deliver_again(given_up, by=keeper)
        tell()

    assert (given_up.outcome, given_up.tries, given_up.problem) == (
        Outcome.GIVEN_UP,
        7,
        "对方回应 500",
    )
    assert Delivery.objects.get().outcome == Outcome.SENT
    with pytest.raises(NotPossible):
        actions.deliver_again(given_up, by=keeper)


def test_a_receiver_that_speaks_for_ever_is_hung_up_on(hook, receiver, keeper, monkeypatch):
    monkeypatch.setattr(webhook, "LONGEST", 0.3)
    Receiver.statuses = [SLOWLY]
    actions.try_out(hook, by=keeper)

    tell()

    delivery = Delivery.objects.get()
    assert (delivery.outcome, delivery.answer) == (Outcome.WAITING, None)
    assert delivery.problem.startswith("连不上")


def test_one_broken_receiver_does_not_hold_up_another(city, keeper, receiver):
    broken = _hook(city, keeper, receiver, address="http://127.0.0.1:1/nobody")
    _hook(city, keeper, receiver)
    city.registered()

    tell()

    assert "suggestions.suggestion.register" in events()
    problems = set(broken.deliveries.values_list("problem", flat=True))
    assert problems == {"连不上：ConnectionRefusedError"}


def test_a_paused_receiver_gets_what_it_missed_after_it_is_resumed(city, hook, receiver, keeper):
    actions.pause(hook, by=keeper)
    city.registered()
    while_paused = tell()
    with pytest.raises(NotPossible):
        actions.pause(hook, by=keeper)

    actions.resume(hook, by=keeper)

    assert while_paused == 0
    tell()
    assert "suggestions.suggestion.register" in events()


def test_a_redirect_is_not_followed(city, hook, receiver, keeper):
    Receiver.statuses = [302]
    actions.try_out(hook, by=keeper)

    tell()

    assert (Delivery.objects.get().problem, len(Receiver.received)) == ("对方回应 302", 1)


# The pages ----------------------------------------------------------------------------------------


def test_an_account_that_does_not_act_here_lends_no_eyes(client, city, keeper, receiver):
    stranger = AppointmentFactory(clerk=True, of_other=True).user
    client.force_login(keeper)
    fields = {"congress": city.congress.pk, "name": "某系统", "address": receiver.address}

    refused = client.post(reverse("notices:subscribe"), fields | {"reads_as": stranger.username})

    assert (refused.status_code, Webhook.objects.count()) == (422, 0)
    assert f'value="{stranger.username}"' in refused.content.decode()


def test_nobody_else_registers_a_system(city, receiver):
    with pytest.raises(NotAllowed):
        _hook(city, city.clerk, receiver)


@pytest.mark.parametrize("n", [1, 3])
def test_the_log_asks_the_same_queries_however_long(
    client, city, hook, keeper, n, django_assert_max_num_queries
):
    for _number in range(n):
        actions.try_out(hook, by=keeper)
    client.force_login(keeper)
    url = reverse("notices:webhook", args=[hook.pk])
    client.get(url)

    with django_assert_max_num_queries(8):
        page = client.get(url)

    assert len(page.context["page"].rows) == n


def test_the_log_is_filtered_sorted_and_exported(client, city, hook, receiver, keeper):
    Receiver.statuses = [500]
    actions.try_out(hook, by=keeper)
    tell()
    actions.try_out(hook, by=keeper)
    client.force_login(keeper)
    url = reverse("notices:webhook", args=[hook.pk])

    def found(**query):
        return [row.tries for row in client.get(url, query).context["page"]]

    assert (found(sort="tries"), found(outcome="sent"), found(q="nothing")) == ([1, 0], [], [])
    text = b"".join(client.get(url, {"format": "csv"}).streaming_content).decode()
    assert text.count("webhook.try") == 2
    listed = client.get(reverse("notices:webhooks"), {"format": "csv"})
    assert "督查系统" in b"".join(listed.streaming_content).decode()
