"""Ways in that administrators give, change and close: one-time passwords, second factors, accounts."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import check_password
from django.urls import reverse

from huiyin.accounts import actions
from huiyin.accounts.models import User
from huiyin.kernel import trail, verify
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices.models import Message
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
OWN = "my-very-own-word-1"
CHANGE = "account_change_password"
STEPS = (
    actions.give_password,
    actions.reset_second_factor,
    actions.close_account,
    actions.reopen_account,
)


@pytest.fixture
def keeper():
    return UserFactory(name="高管理")


def given(user, keeper, reason="忘了密码"):
    return actions.give_password(user, reason=reason, by=keeper, allowed=True).password


def log_in(client, user, password):
    return client.post(reverse("account_login"), {"login": user.username, "password": password})


def changed(client, old, new):
    typed = {"oldpassword": old, "password1": new, "password2": new}
    return client.post(reverse(CHANGE), typed)


def steps_of_access():
    return list(
        Entry.objects.filter(item_kind="accounts.access")
        .order_by("pk")
        .values_list("step", "words")
    )


# The first login -----------------------------------------------------------------------------------


def test_nothing_opens_before_the_one_time_password_is_changed(client, keeper):
    user = UserFactory()
    log_in(client, user, given(user, keeper))

    for name in ("dashboards:landing", "accounts:profile", "mfa_index", "dashboards:home"):
        assert client.get(reverse(name)).url == reverse(CHANGE)
    assert client.post(reverse("notices:read_all")).url == reverse(CHANGE)
    assert "只能用这一次" in client.get(reverse(CHANGE)).content.decode()


@pytest.mark.parametrize("name", ["account_logout", "ui:accessibility"])
def test_the_way_out_and_the_statements_stay_open(client, keeper, name):
    user = UserFactory()
    log_in(client, user, given(user, keeper))

    assert client.get(reverse(name)).status_code == 200


def test_a_password_of_ones_own_opens_the_door_and_stands_in_the_trail(client, keeper):
    user = UserFactory()
    password = given(user, keeper)
    log_in(client, user, password)

    answer = changed(client, password, OWN)

    user.refresh_from_db()
    assert answer.url == reverse("dashboards:landing")
    assert (user.must_change_password, user.check_password(OWN)) == (False, True)
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert steps_of_access() == [("give_password", "忘了密码"), ("choose_password", "")]


def test_the_one_time_password_again_is_no_choice(client, keeper):
    user = UserFactory()
    password = given(user, keeper)
    log_in(client, user, password)

    answer = changed(client, password, password)

    user.refresh_from_db()
    assert (answer.status_code, user.must_change_password) == (200, True)
    assert "请另想一个" in answer.content.decode()


def test_a_second_factor_comes_after_the_password(client, keeper, settings):
    settings.SECOND_FACTOR_DEMANDED = True
    user = UserFactory(demanded=True)
    password = given(user, keeper)
    log_in(client, user, password)

    first = client.get(reverse("dashboards:landing")).url
    changed(client, password, OWN)

    assert first == reverse(CHANGE)
    assert client.get(reverse("dashboards:landing")).url == reverse("mfa_activate_totp")


def test_whoever_chose_the_own_password_changes_it_without_a_line_in_the_trail(client):
    user = UserFactory()
    actions.choose_password(user, password="the-first-one-1")
    log_in(client, user, "the-first-one-1")

    changed(client, "the-first-one-1", OWN)

    assert (client.get(reverse("accounts:profile")).status_code, steps_of_access()) == (200, [])


# What administrators do ----------------------------------------------------------------------------


def test_a_new_password_ends_the_sessions_of_the_old_one(client, keeper):
    user = UserFactory()
    client.force_login(user)

    password = given(user, keeper)

    assert client.get(reverse("accounts:profile")).url.startswith(reverse("account_login"))
    user.refresh_from_db()
    assert (user.check_password(password), len(password)) == (True, 12)


def test_a_second_factor_that_was_reset_is_gone_and_so_are_the_sessions(client, keeper):
    user = UserFactory()
    TOTP.activate(user, SECRET)
    client.force_login(user)

    actions.reset_second_factor(user, reason="手机丢了", by=keeper, allowed=True)

    assert not Authenticator.objects.exists()
    assert client.get(reverse("accounts:profile")).url.startswith(reverse("account_login"))
    client.force_login(User.objects.get(pk=user.pk))
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_a_closed_account_lets_nobody_in_and_opens_again_without_its_old_sessions(client, keeper):
    user = UserFactory()
    actions.choose_password(user, password=OWN)
    client.force_login(user)

    actions.close_account(user, reason="调离", by=keeper, allowed=True)
    closed = client.get(reverse("accounts:profile")).status_code
    refused = log_in(client, user, OWN)
    actions.reopen_account(user, reason="调回", by=keeper, allowed=True)

    assert closed == 302
    assert refused.url == reverse("account_inactive")
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert log_in(client, user, OWN).url == reverse("dashboards:landing")
    assert steps_of_access() == [("close_account", "调离"), ("reopen_account", "调回")]


def test_each_step_is_trailed_and_the_trail_holds(keeper):
    user = actions.create_account("zhangsan", name="张三", by=keeper)

    given(user, keeper)
    actions.close_account(user, reason="调离", by=keeper, allowed=True)
    actions.reopen_account(user, reason="调回", by=keeper, allowed=True)

    trail.seal_all()
    assert [step for step, _words in steps_of_access()] == [
        "open_account", "give_password", "close_account", "reopen_account",
    ]  # fmt: skip
    assert list(verify.faults()) == []


def test_no_password_stands_in_the_trail_or_in_a_message(
    keeper, django_capture_on_commit_callbacks
):
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        password = given(user, keeper)

    kept = [
        *Entry.objects.values_list("words", flat=True),
        *map(str, Entry.objects.values("before")),
    ]
    kept += Message.objects.values_list("words", flat=True)
    assert [words for words in kept if password in words] == []


def test_the_person_is_told_by_notice_and_by_email(keeper, django_capture_on_commit_callbacks):
    user = UserFactory()

    with django_capture_on_commit_callbacks(execute=True):
        given(user, keeper)
        actions.close_account(user, reason="调离", by=keeper, allowed=True)

    told = Message.objects.filter(user=user).order_by("pk")
    assert [(message.channel, message.subject) for message in told] == [
        ("in_app", "您的密码换成了一次性密码"),
        ("email", "您的密码换成了一次性密码"),
        ("in_app", "您的账号已停用"),
        ("email", "您的账号已停用"),
    ]
    assert "高管理" in told[0].words


@pytest.mark.parametrize("step", STEPS)
def test_no_step_without_right_or_reason_or_to_oneself(keeper, step):
    user = UserFactory(is_active=step is not actions.reopen_account)
    TOTP.activate(user, SECRET)

    with pytest.raises(NotAllowed):
        step(user, reason="忘了", by=keeper, allowed=False)
    with pytest.raises(NotPossible):
        step(user, reason="  ", by=keeper, allowed=True)
    with pytest.raises(NotPossible):
        step(user, reason="忘了", by=user, allowed=True)

    assert (steps_of_access(), Authenticator.objects.count()) == ([], 1)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_changes_nothing_is_refused(keeper, step):
    user = UserFactory(is_active=step is not actions.close_account)
    if step is actions.give_password:
        user = UserFactory(is_active=False)

    with pytest.raises(NotPossible):
        step(user, reason="忘了", by=keeper, allowed=True)


def test_many_accounts_have_passwords_of_their_own_that_stand_in_no_table(
    keeper, django_assert_num_queries
):
    names = [(f"new{number}", "王建国") for number in range(5)]

    with django_assert_num_queries(7):  # savepoint, two tables, trail of three, savepoint
        opened = actions.create_accounts(names, by=keeper)

    passwords = {new.password for new in opened}
    stored = User.objects.filter(username__startswith="new").order_by("username")
    assert (len(passwords), all(user.must_change_password for user in stored)) == (5, True)
    assert all(check_password(new.password, new.user.password) for new in opened)
    trail.seal_all()
    assert list(verify.faults()) == []
