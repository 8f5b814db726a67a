"""The administrator's list of the keys that programs hold."""

import pytest
from django.urls import reverse

from huiyin.accounts import actions as accounts
from huiyin.congress import actions
from huiyin.congress.choices import Role
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotAllowed
from tests.congress.factories import CongressFactory, DeputyFactory, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = person_as(Role.SYSTEM_ADMINISTRATOR)
    client.force_login(user)
    return user


def made_by(user, name="取数程序"):
    return accounts.make_token(user, name=name, can_write=False, days=30, by=user)


def listed(client, **asked):
    page = client.get(reverse("congress:tokens"), asked)
    return [token for token, _is_alive in page.context["rows"]]


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_the_same_queries_for_any_number(
    client, administrator, django_assert_num_queries, n
):
    clerk = person_as(Role.CLERK)
    for _number in range(n):
        made_by(clerk)

    with django_assert_num_queries(6):
        assert len(listed(client)) == n


def test_it_holds_those_of_the_congress_by_seat_and_by_mandate_and_no_others(client, administrator):
    by_seat, _secret = made_by(person_as(Role.CLERK))
    by_mandate, _secret = made_by(DeputyFactory(with_user=True).person.user)
    elsewhere, _secret = made_by(person_as(Role.CLERK, congress=CongressFactory(other=True)))

    assert set(listed(client)) == {by_seat, by_mandate}
    url = reverse("congress:revoke_token", args=[elsewhere.pk])
    assert client.post(url).status_code == 404
    with pytest.raises(NotAllowed):
        actions.revoke_token(elsewhere, by=administrator)


def test_what_is_revoked_opens_nothing_and_is_found_among_the_spent(client, administrator):
    token, secret = made_by(person_as(Role.CLERK))
    knock = {"headers": {"authorization": f"Bearer {secret}"}}
    before = client.get("/api/v1/work/me", **knock).status_code

    client.post(reverse("congress:revoke_token", args=[token.pk]))

    assert (before, client.get("/api/v1/work/me", **knock).status_code) == (200, 401)
    assert (listed(client), listed(client, state="all")) == ([], [token])
    last = Entry.objects.filter(item_kind=token.item_kind()).order_by("sequence").last()
    assert (last.step, last.actor_label) == ("revoke_token", administrator.name)
    again = client.post(reverse("congress:revoke_token", args=[token.pk]), follow=True)
    assert "这个令牌已经撤销" in again.content.decode()


def test_the_list_says_when_each_was_last_used_and_shows_no_key(client, administrator):
    token, secret = made_by(person_as(Role.CLERK))
    accounts.use_token(secret)

    page = client.get(reverse("congress:tokens")).content.decode()
    sheet = client.get(reverse("congress:tokens"), {"format": "csv"})

    exported = b"".join(sheet.streaming_content).decode()
    assert ("还没有用过" in page, token.hash in page, secret in page) == (False, False, False)
    assert (token.name in exported, token.hash in exported) == (True, False)
