"""What stands around every request."""

import pytest

from tests.congress.factories import AppointmentFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/desk/", "/say/", "/nowhere/"])
def test_nothing_is_kept_of_what_somebody_saw_who_was_logged_in(client, address):
    client.force_login(AppointmentFactory(clerk=True).user)

    assert "no-store" in client.get(address).headers["Cache-Control"]


def test_public_pages_may_be_kept_by_strangers(client):
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    ("address", "status"),
    [("/rules/?region=62%00", 400), ("/motions/?q=a%00b", 400), ("/suggestions/620100/1%00/", 404)],
)
def test_an_address_with_a_nul_is_answered_without_the_database(client, address, status):
    answer = client.get(address)

    assert answer.status_code == status
    assert "<h1" in answer.content.decode()
