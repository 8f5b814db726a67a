"""What machines ask: does it live, is it ready, how much waits."""

import pytest
from django.db import DatabaseError, connection

from tests.notices.factories import MessageFactory
from tests.opinions.factories import MatterFactory


def test_healthz_asks_the_database_nothing(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_means_the_database_answers(client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"database": "up"})


@pytest.mark.django_db
def test_readyz_says_when_it_does_not(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"database": "down"})


@pytest.mark.django_db
def test_metrics_count_what_waits(client):
    MatterFactory()
    MessageFactory(failed=True)

    lines = client.get("/metrics").content.decode().splitlines()

    assert [line for line in lines if not line.startswith("#")] == [
        "huiyin_messages_waiting 0",
        "huiyin_messages_failed 1",
        "huiyin_trail_unsealed 1",
    ]


@pytest.mark.django_db
def test_metrics_do_not_exist_for_others(client):
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404


@pytest.mark.django_db
def test_a_proxy_is_not_believed_unless_it_is_trusted(client, settings):
    spoofed = {"REMOTE_ADDR": "203.0.113.9", "headers": {"x-forwarded-for": "127.0.0.1"}}
    assert client.get("/metrics", **spoofed).status_code == 404

    settings.TRUSTED_PROXIES = 1
    relayed = {"REMOTE_ADDR": "127.0.0.1", "headers": {"x-forwarded-for": "203.0.113.9"}}
    assert client.get("/metrics", **relayed).status_code == 404


@pytest.mark.django_db
def test_what_a_proxy_hands_on_is_not_the_machine_itself(client, settings):
    settings.TRUSTED_PROXIES = 0
    relayed = {"REMOTE_ADDR": "127.0.0.1", "headers": {"x-forwarded-for": "203.0.113.9"}}

    assert client.get("/metrics", **relayed).status_code == 404
