"""Accounts for deputies, many at a time."""

import pytest
from django.urls import reverse

from huiyin.accounts.models import User
from huiyin.congress import actions
from huiyin.congress.actions import accounts
from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy
from huiyin.congress.seats import seats_of
from huiyin.kernel import verify
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotAllowed
from tests.accounts.factories import UserFactory
from tests.congress.factories import CongressFactory, DeputyFactory, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return person_as(Role.SYSTEM_ADMINISTRATOR)


def opened(administrator):
    found = actions.open_accounts(CongressFactory(), by=administrator)
    return {each.user.username: each for each in found}


def test_each_sitting_deputy_can_log_in_and_acts_as_a_deputy(administrator, client):
    deputy = DeputyFactory(person__name="单秀英")

    [account] = opened(administrator).values()

    user = User.objects.get(username="shanxiuying")
    assert client.login(username=user.username, password=account.password)
    assert (user.name, user.acting_as) == ("单秀英", f"{deputy.congress.name}代表")
    assert seats_of(user).deputy_ids == {deputy.pk}
    assert not user.is_second_factor_demanded


def test_namesakes_are_told_apart_by_a_number(administrator):
    UserFactory(username="WangFang")
    for _number in range(2):
        DeputyFactory(person__name="王芳")
    DeputyFactory(person__name="王方")

    assert set(opened(administrator)) == {"wangfang2", "wangfang3", "wangfang4"}


def test_who_sits_no_more_or_has_an_account_gets_none(administrator):
    DeputyFactory(ended=True)
    DeputyFactory(suspended=True)
    DeputyFactory(with_user=True)
    DeputyFactory(of_county=True)

    assert opened(administrator) == {}


def test_a_second_time_opens_nothing(administrator):
    DeputyFactory()
    opened(administrator)

    assert (opened(administrator), Deputy.objects.filter(person__user=None).count()) == ({}, 0)


def test_each_account_is_a_line_of_the_deputys_trail(administrator):
    deputy = DeputyFactory()

    opened(administrator)

    entry = Entry.objects.get(step="open_account")
    assert (entry.item_id, entry.actor_id) == (deputy.pk, administrator.pk)
    assert list(verify.faults()) == []


@pytest.mark.parametrize("n", [1, 5])
def test_many_ask_the_database_as_often_as_one(administrator, django_assert_num_queries, n):
    for _number in range(n):
        DeputyFactory()

    with django_assert_num_queries(17):
        assert len(opened(administrator)) == n


def test_so_many_at_once_and_the_rest_later(administrator, monkeypatch):
    monkeypatch.setattr(accounts, "AT_ONCE", 2)
    for _number in range(3):
        DeputyFactory()

    assert [len(opened(administrator)) for _time in range(3)] == [2, 1, 0]


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR])
def test_nobody_but_the_system_administrator_opens_accounts(role):
    with pytest.raises(NotAllowed):
        actions.open_accounts(CongressFactory(), by=person_as(role))


def test_the_page_shows_first_passwords_once(administrator, client):
    DeputyFactory(person__name="单秀英")
    client.force_login(administrator)
    url = reverse("congress:open_accounts")

    before = client.get(url).content.decode()
    page = client.post(url)
    after = client.get(url).content.decode()

    password = page.context["opened"][0].password
    assert "1 位代表还没有账号" in before
    assert (password in page.content.decode(), password in after) == (True, False)
    assert "no-store" in page["Cache-Control"]
    assert "代表都有账号了" in after


def test_the_trail_on_the_deputys_page_names_the_step(administrator, client):
    deputy = DeputyFactory()
    opened(administrator)
    client.force_login(administrator)

    page = client.get(reverse("congress:desk_deputy", args=[deputy.pk])).content.decode()

    assert "开通账号" in page
