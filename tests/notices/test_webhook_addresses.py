"""Where a notice to another system may not go, whatever its address is called."""

import pytest

from huiyin.congress.choices import Role
from huiyin.kernel.workflow import NotPossible
from huiyin.notices import actions
from huiyin.notices.adapters import Undelivered, webhook
from tests.congress.factories import person_as
from tests.notices.receiver import Receiver, receiver

__all__ = ["receiver"]  # a fixture
KEY = "k" * 43


@pytest.mark.parametrize(
    "address",
    [
        "http://receiver.example/",
        "ftp://receiver.example/",
        "https://user:word@receiver.example/",
        "https:///nothing",
        "https://receiver.example:99999/",
        "https://receiver.example:0/",
        "https://[::1/",
        "javascript:alert(1)",
        "https://receiver.example/接收",
        "",
    ],
)
def test_addresses_that_are_none_of_ours_are_refused_when_registered(db, settings, address):
    settings.WEBHOOK_NETWORKS = []
    keeper = person_as(Role.SYSTEM_ADMINISTRATOR)
    congress = keeper.appointments.get().congress
    fields = {"name": "某系统", "reads_as": keeper}

    with pytest.raises(NotPossible):
        actions.subscribe(congress, address=address, **fields, by=keeper)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "[::1]",
        "[::ffff:10.0.0.1]",
        "[fe80::1]",
        "[fd00::1]",
        "[fec0::1]",
        "[64:ff9b::10.0.0.1]",
        "[64:ff9b:1::10.0.0.1]",
        "[2002:a00:1::1]",
        "[::10.0.0.1]",
        "2130706433",
        "0x7f.1",
    ],
)
def test_nothing_goes_to_inner_networks(settings, receiver, host):
    settings.WEBHOOK_NETWORKS = []
    port = receiver.address.split(":")[2].split("/")[0]
    parcel = webhook.Parcel("k", "e", {})

    with pytest.raises(Undelivered, match="内部网络"):
        webhook.post(f"https://{host}:{port}/", parcel, secret=KEY)

    assert Receiver.received == []


def test_a_name_is_resolved_once_and_the_checked_address_is_connected_to(
    settings, monkeypatch, receiver
):
    """DNS rebinding: the second answer would lead inside."""
    settings.WEBHOOK_NETWORKS = []
    port = int(receiver.address.split(":")[2].split("/")[0])
    answers = ["93.184.215.14", "127.0.0.1"]
    connected = []
    monkeypatch.setattr(
        webhook.socket,
        "getaddrinfo",
        lambda *_args, **_more: [(2, 1, 6, "", (answers.pop(0), port))],
    )

    def connect(where, _seconds):
        connected.append(where)
        raise TimeoutError

    monkeypatch.setattr(webhook.socket, "create_connection", connect)

    with pytest.raises(Undelivered):
        webhook.post(f"https://turning.example:{port}/", webhook.Parcel("k", "e", {}), secret=KEY)

    assert connected == [("93.184.215.14", port)]


def test_one_inner_address_among_several_is_enough_to_refuse(settings, monkeypatch):
    settings.WEBHOOK_NETWORKS = []
    found = [(2, 1, 6, "", (address, 443)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(webhook.socket, "getaddrinfo", lambda *_args, **_more: found)

    with pytest.raises(Undelivered, match="内部网络"):
        webhook.post("https://mixed.example/", webhook.Parcel("k", "e", {}), secret=KEY)
