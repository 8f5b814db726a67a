"""The pages on which accounts are given and kept."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.urls import reverse

from huiyin.accounts.models import User
from huiyin.congress import actions
from huiyin.congress.choices import Role
from huiyin.congress.models import Person
from huiyin.kernel import spreadsheets
from tests.accounts.factories import UserFactory
from tests.congress.factories import AppointmentFactory, DeputyFactory, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    user = person_as(Role.CLERK)
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = person_as(Role.SYSTEM_ADMINISTRATOR)
    client.force_login(user)
    return user


def page_of(client, name, *args):
    return client.get(reverse(f"congress:{name}", args=args)).content.decode()


def post(client, name, *args, **typed):
    return client.post(reverse(f"congress:{name}", args=args), typed)


# Deputies ------------------------------------------------------------------------------------------


def test_the_page_of_a_deputy_proposes_a_name_and_shows_the_password_once(client, clerk):
    deputy = DeputyFactory(card_number="170001")
    before = page_of(client, "desk_deputy", deputy.pk)

    answer = post(client, "give_account", deputy.pk, username="170001")

    password = answer.context["opened"].password
    after = page_of(client, "desk_deputy", deputy.pk)
    assert ("开通账号" in before, 'value="170001"' in before) == (True, True)
    assert (answer.content.decode().count(password), "no-store" in answer["Cache-Control"]) == (
        1,
        True,
    )
    assert (password in after, "170001" in after, "接用已有的账号" in after) == (False, True, False)
    assert password not in str([session.get_decoded() for session in Session.objects.all()])


def test_a_name_that_is_taken_comes_back_with_what_was_typed(client, clerk):
    UserFactory(username="wang")
    deputy = DeputyFactory()

    refused = post(client, "give_account", deputy.pk, username="WANG")
    wrong = post(client, "give_account", deputy.pk, username="王 某")

    assert (refused.status_code, wrong.status_code) == (409, 422)
    assert 'value="WANG"' in refused.content.decode()
    assert Person.objects.get(pk=deputy.person_id).user is None


def test_an_account_that_is_there_is_taken_over_on_the_page(client, clerk):
    user, deputy = UserFactory(name="王建国"), DeputyFactory(person__name="王建国")

    unknown = post(client, "link_account", deputy.pk, account="nobody-at-all")
    taken = post(client, "link_account", deputy.pk, account=user.username)

    assert unknown.status_code == 422
    assert taken.url == reverse("congress:desk_deputy", args=[deputy.pk])
    assert Person.objects.get(pk=deputy.person_id).user == user


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COMMITTEE])
def test_who_only_reads_deputies_is_offered_no_account(client, role):
    deputy = DeputyFactory()
    client.force_login(person_as(role))

    assert "开通账号" not in page_of(client, "desk_deputy", deputy.pk)
    assert post(client, "give_account", deputy.pk, username="170001").status_code == 403
    assert client.get(reverse("congress:give_accounts")).status_code == 404


def test_the_list_says_who_has_an_account_and_finds_who_has_none(client, clerk):
    seated, without = DeputyFactory(with_user=True), DeputyFactory()
    url = reverse("congress:desk_deputies")

    found = [deputy.pk for deputy in client.get(url, {"account": "no"}).context["page"]]
    sheet = client.get(url, {"format": "csv", "account": "yes"}).getvalue().decode()

    assert found == [without.pk]
    assert seated.person.user.username in sheet


def test_the_ticked_get_accounts_and_the_sheet_says_how_they_log_in(client, clerk):
    ticked = [DeputyFactory(delegation="榆中代表团") for _number in range(3)]
    left = DeputyFactory()

    shown = client.get(reverse("congress:give_accounts"))
    sheet = post(client, "give_accounts", picked=[deputy.pk for deputy in ticked])

    rows = spreadsheets.read(sheet.getvalue(), "first-logins.xlsx").rows
    assert set(shown.context["deputies"]) == {left, *ticked}
    assert shown.content.decode().count(" checked") == 4
    assert "no-store" in sheet["Cache-Control"]
    assert len(rows) == 3
    for row in rows:
        name, _delegation, username, password, _address = row.cells
        user = User.objects.get(username=username)
        assert (user.name, user.check_password(password)) == (name, True)
    assert [
        deputy.pk for deputy in client.get(reverse("congress:give_accounts")).context["deputies"]
    ] == [left.pk]


def test_nobody_ticked_is_said_on_the_page(client, clerk):
    DeputyFactory()

    answer = post(client, "give_accounts", congress="")

    assert answer.status_code == 422
    assert "请至少选一位代表" in answer.content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_of_those_without_asks_the_same_queries_for_any_number(
    client, clerk, django_assert_num_queries, n
):
    for _number in range(n):
        DeputyFactory()

    with django_assert_num_queries(7):
        client.get(reverse("congress:give_accounts"))


# Everybody's account -------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_of_accounts_asks_the_same_queries_for_any_number(
    client, administrator, django_assert_num_queries, n
):
    for _number in range(n):
        AppointmentFactory(clerk=True)

    with django_assert_num_queries(6):
        page = client.get(reverse("congress:accounts"))

    assert len(page.context["page"].rows) == n + 1


def test_the_list_finds_who_has_no_seat_who_never_changed_the_password_and_who_is_closed(
    client, administrator
):
    seatless = AppointmentFactory(clerk=True, ends_on="2026-01-01").user
    unused = AppointmentFactory(clerk=True, user__must_change_password=True).user
    closed = AppointmentFactory(clerk=True, user__is_active=False).user
    AppointmentFactory(clerk=True, of_other=True)

    def found(**asked):
        return set(client.get(reverse("congress:accounts"), asked).context["page"])

    assert found() == {administrator, seatless, unused}
    assert found(state="seatless") == {seatless}
    assert found(state="unused") == {unused}
    assert found(state="closed") == {closed}
    assert found(state="all", q=closed.username) == {closed}


def test_a_new_password_is_shown_once_against_a_reason(client, administrator):
    account = person_as(Role.CLERK)

    refused = post(client, "give_password", account.pk, reason="")
    answer = post(client, "give_password", account.pk, reason="忘了密码，当面来取")

    password = answer.context["opened"].password
    page = page_of(client, "account", account.pk)
    assert (refused.status_code, "no-store" in answer["Cache-Control"]) == (422, True)
    assert User.objects.get(pk=account.pk).check_password(password)
    assert (password in page, "忘了密码，当面来取" in page) == (False, True)


def test_the_security_administrator_resets_the_second_factor_and_nothing_else(client):
    account = person_as(Role.CLERK)
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    client.force_login(person_as(Role.SECURITY_ADMINISTRATOR))
    page = page_of(client, "account", account.pk)

    post(client, "reset_second_factor", account.pk, reason="手机丢了")

    assert ("重设第二因素" in page, "停用账号" in page) == (True, False)
    assert not account.authenticator_set.exists()
    assert post(client, "give_password", account.pk, reason="忘了密码").status_code == 403
    assert post(client, "close_account", account.pk, reason="调离了").status_code == 403


def test_an_account_is_closed_and_opened_again_on_its_page(client, administrator):
    account = person_as(Role.CLERK)

    post(client, "close_account", account.pk, reason="调离")
    closed = User.objects.get(pk=account.pk).is_active
    page = page_of(client, "account", account.pk)
    again = post(client, "close_account", account.pk, reason="调离")
    post(client, "reopen_account", account.pk, reason="调回")

    assert (closed, User.objects.get(pk=account.pk).is_active) == (False, True)
    assert ("恢复账号" in page, "给新的一次性密码" in page) == (True, False)
    assert again.status_code == 409


def test_each_step_on_the_page_asks_for_its_own_reason(client, administrator):
    page = page_of(client, "account", person_as(Role.CLERK).pk)

    ids = [page.count(f'id="{name}_reason"') for name in ("give_password", "close_account")]
    assert ids == [1, 1]


def test_the_own_account_has_no_steps(client, administrator):
    assert "这个账号不归您管" in page_of(client, "account", administrator.pk)


# Whoever was dismissed -----------------------------------------------------------------------------


def test_a_dismissal_that_leaves_no_seat_says_that_the_account_is_still_open(client, administrator):
    appointment = AppointmentFactory(clerk=True)
    url = reverse("congress:dismiss", args=[appointment.pk])

    page = client.post(url, follow=True).content.decode()

    assert "没有别的身份了" in page
    assert "已经没有任何身份" in page_of(client, "account", appointment.user_id)


def test_whoever_was_dismissed_logs_in_and_sees_nothing(client, administrator):
    appointment, deputy = AppointmentFactory(clerk=True), DeputyFactory()
    client.force_login(appointment.user)
    before = client.get(reverse("congress:desk_deputy", args=[deputy.pk])).status_code

    actions.dismiss(appointment, by=administrator)

    client.force_login(User.objects.get(pk=appointment.user_id))
    assert before == 200
    assert list(client.get(reverse("congress:desk_deputies")).context["page"]) == []
    for name, *args in (
        ("desk_deputy", deputy.pk), ("import_deputies",), ("give_accounts",), ("accounts",), ("terms",),
    ):  # fmt: skip
        assert client.get(reverse(f"congress:{name}", args=args)).status_code == 404
    assert client.get(reverse("suggestions:desk")).status_code == 404
