"""Tokens: made on one's own page, shown once, kept as a hash, and void when they should be."""

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from huiyin.accounts import actions
from huiyin.accounts.models import Token
from huiyin.kernel import clock
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotAllowed, NotPossible
from tests.accounts.factories import UserFactory
from tests.accounts.test_views import PASSWORD, code_of, with_password

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
FORM = {"name": "取数程序", "can_write": "", "days": "30", "password": PASSWORD}


def token(user, **more):
    return actions.make_token(
        user, **{"name": "取数程序", "can_write": False, "days": 30, "by": user} | more
    )


def me(client, secret):
    return client.get("/api/v1/work/me", headers={"authorization": f"Bearer {secret}"})


def test_a_token_is_made_shown_once_and_kept_as_a_hash(client):
    user = with_password(UserFactory())
    client.force_login(user)
    url = reverse("accounts:make_token")

    page = client.post(url, FORM)

    secret = page.context["secret"]
    made = Token.objects.get()
    assert (page.content.decode().count(secret), page["Cache-Control"].count("no-store")) == (1, 1)
    assert secret not in client.get(reverse("accounts:profile")).content.decode()
    assert secret not in str(vars(made))
    assert me(client, secret).json()["username"] == user.username
    assert list(Entry.objects.values_list("step", "words")) == [("make_token", "取数程序")]


def test_a_wrong_password_makes_none_and_keeps_what_was_typed(client):
    client.force_login(with_password(UserFactory()))

    refused = client.post(reverse("accounts:make_token"), FORM | {"password": "wrong"})

    assert (refused.status_code, Token.objects.count()) == (422, 0)
    assert 'value="取数程序"' in refused.content.decode()


def test_whoever_has_a_second_factor_gives_a_fresh_code(client):
    user = with_password(UserFactory())
    TOTP.activate(user, SECRET)
    client.force_login(user)
    url = reverse("accounts:make_token")

    without = client.post(url, FORM)
    wrong = client.post(url, FORM | {"code": "000000"})
    given = client.post(url, FORM | {"code": code_of(SECRET)})
    again = client.post(url, FORM | {"code": code_of(SECRET)})

    codes = [answer.status_code for answer in (without, wrong, given, again)]
    assert (codes, Token.objects.count()) == ([422, 422, 200, 422], 1)


def test_a_wrong_password_spends_no_code(client):
    user = with_password(UserFactory())
    TOTP.activate(user, SECRET)
    client.force_login(user)
    given = FORM | {"code": code_of(SECRET)}

    client.post(reverse("accounts:make_token"), given | {"password": "wrong"})

    assert client.post(reverse("accounts:make_token"), given).status_code == 200


def test_a_revoked_token_opens_nothing_from_then_on(client):
    user = UserFactory()
    made, secret = token(user)
    client.force_login(user)

    before = me(client, secret).status_code
    client.post(reverse("accounts:revoke_token", args=[made.pk]))

    assert (before, me(client, secret).status_code) == (200, 401)
    assert [e.step for e in Entry.objects.order_by("sequence")] == ["make_token", "revoke_token"]
    with pytest.raises(NotPossible):
        actions.revoke_token(made, by=user)


def test_nobody_makes_or_revokes_the_token_of_another(client):
    user, other = UserFactory(), UserFactory()
    made, _secret = token(user)
    client.force_login(other)

    assert client.post(reverse("accounts:revoke_token", args=[made.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        actions.revoke_token(made, by=other)
    with pytest.raises(NotAllowed):
        token(user, by=other)


def test_a_token_ends_with_its_last_day(client):
    with clock.set_to(clock.at(dt.date(2026, 3, 5))):
        _made, secret = token(UserFactory(), days=1)

    with clock.set_to(clock.at(dt.date(2026, 3, 6))):
        on_the_last_day = me(client, secret).status_code
    with clock.set_to(clock.at(dt.date(2026, 3, 7))):
        after = me(client, secret).status_code

    assert (on_the_last_day, after) == (200, 401)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_no_token_lives_longer_than_a_year(days):
    with pytest.raises(NotPossible):
        token(UserFactory(), days=days)


def test_a_person_has_ten_tokens_at_most():
    user = UserFactory()
    made = [token(user)[0] for _ in range(10)]

    with pytest.raises(NotPossible):
        token(user)

    actions.revoke_token(made[0], by=user)
    assert token(user)[0].pk


def test_a_closed_account_closes_its_tokens(client):
    user = UserFactory()
    _made, secret = token(user)

    actions.close_account(user, reason="调离", by=UserFactory(), allowed=True)

    assert me(client, secret).status_code == 401


def test_a_token_opens_nothing_before_a_one_time_password_is_changed(client):
    user = UserFactory()
    _made, secret = token(user)

    actions.give_password(user, reason="忘了", by=UserFactory(), allowed=True)
    before = me(client, secret).status_code
    user.refresh_from_db()
    actions.choose_password(user, password="my-very-own-1")

    assert (before, me(client, secret).status_code) == (401, 200)


def test_where_a_second_factor_is_demanded_a_token_needs_it_too(client, settings):
    user = UserFactory(demanded=True)
    _made, secret = token(user)
    settings.SECOND_FACTOR_DEMANDED = True

    without = me(client, secret).status_code
    TOTP.activate(user, SECRET)

    assert (without, me(client, secret).status_code) == (401, 200)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic abc", "Bearer \udcff"])
def test_anything_else_is_no_token(client, header):
    answer = client.get("/api/v1/work/me", headers={"authorization": header})

    assert (answer.status_code, answer["content-type"]) == (401, "application/json; charset=utf-8")


def test_a_token_that_asks_too_much_is_slowed_down(client, monkeypatch):
    monkeypatch.setattr("huiyin.accounts.api.MOST_READS", 3)
    _made, secret = token(UserFactory())

    codes = [me(client, secret).status_code for _ in range(5)]

    assert codes == [200, 200, 200, 429, 429]


def test_wrong_tokens_are_counted_by_address(client, monkeypatch):
    monkeypatch.setattr("huiyin.accounts.api.MOST_WRONG", 2)
    _made, secret = token(UserFactory())

    wrong = [me(client, "nonsense").status_code for _ in range(4)]

    assert (wrong, me(client, secret).status_code) == ([401, 401, 429, 429], 200)


def test_the_page_lists_living_tokens_only(client):
    user = UserFactory()
    made, _secret = token(user, name="旧程序")
    token(user, name="新程序", can_write=True)
    actions.revoke_token(made, by=user)
    client.force_login(user)

    page = client.get(reverse("accounts:profile")).content.decode()

    assert ("旧程序" in page, "新程序" in page) == (False, True)
