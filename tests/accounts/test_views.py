"""Logging in, second factors, one's own account, and the look behind a mask."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from huiyin.accounts.apps import fit_for_production
from huiyin.accounts.models import Unmasking
from huiyin.congress.choices import Role
from tests.accounts.factories import UserFactory
from tests.congress.factories import AppointmentFactory, DeputyFactory, person_as
from tests.notices.factories import MessageFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-1"


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def log_in(client, username="wang"):
    """With the password, and once more for what guards the account itself."""
    answer = client.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return answer


def with_password(user):
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


# Logging in ----------------------------------------------------------------------------------------


def test_the_login_page_says_that_residents_need_none(client):
    page = client.get(reverse("account_login")).content.decode()

    assert "居民不用登录" in page


def test_the_login_page_names_the_demonstration_only_there(client, settings):
    settings.DEMO = True
    shown = client.get(reverse("account_login")).content.decode()
    settings.DEMO = False
    hidden = client.get(reverse("account_login")).content.decode()

    assert ("演示账号" in shown, "演示账号" in hidden) == (True, False)


def test_a_right_password_lets_in_and_a_wrong_one_keeps_the_name_typed(client):
    user = with_password(UserFactory(username="wang"))
    url = reverse("account_login")

    refused = client.post(url, {"login": "wang", "password": "wrong"})
    taken = client.post(url, {"login": "wang", "password": PASSWORD})

    assert 'value="wang"' in refused.content.decode()
    assert taken.url == reverse("dashboards:landing")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_guessing_passwords_is_slowed_down(client):
    with_password(UserFactory(username="wang"))
    url = reverse("account_login")

    answers = [client.post(url, {"login": "wang", "password": f"wrong{n}"}) for n in range(8)]
    late = client.post(url, {"login": "wang", "password": PASSWORD})

    assert answers[0].status_code == 200
    assert "_auth_user_id" not in client.session
    assert late.status_code in {200, 429}


def test_nobody_opens_an_account(client):
    page = client.get(reverse("account_signup"))

    assert "不用注册" in page.content.decode()


PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_inactive",
]
OWN_PAGES = [
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "accounts:profile",
]


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_before_login_wear_our_look(client, name):
    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert 'class="brand"' in page
    assert "style=" not in page


@pytest.mark.parametrize("name", OWN_PAGES)
def test_the_pages_of_one_s_own_account_wear_our_look(client, name):
    with_password(UserFactory(username="wang"))
    log_in(client)

    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert 'class="brand"' in page
    assert "style=" not in page


# The second factor ---------------------------------------------------------------------------------


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR_DEMANDED = True


def test_staff_without_a_second_factor_are_led_to_setting_one_up(client, demanded):
    user = AppointmentFactory(clerk=True, user__demanded=True).user
    client.force_login(user)

    answer = client.get(reverse("accounts:profile"))

    assert answer.url == reverse("mfa_activate_totp")


@pytest.mark.parametrize("name", ["account_logout", "ui:accessibility"])
def test_the_way_out_and_the_statements_stay_open(client, demanded, name):
    client.force_login(UserFactory(demanded=True))

    assert client.get(reverse(name)).status_code == 200


def test_where_it_is_not_demanded_nobody_is_led_anywhere(client, settings):
    settings.SECOND_FACTOR_DEMANDED = False
    client.force_login(UserFactory(demanded=True))

    assert client.get(reverse("accounts:profile")).status_code == 200


def test_a_person_without_a_seat_needs_none(client, demanded):
    client.force_login(UserFactory())

    assert client.get(reverse("accounts:profile")).status_code == 200


def test_a_second_factor_is_set_up_asked_at_the_next_login_and_opens_the_door(client, demanded):
    user = with_password(UserFactory(username="wang", demanded=True))
    login = {"login": "wang", "password": PASSWORD}
    log_in(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert client.get(reverse("mfa_index")).content.decode().count("已设好") == 1
    client.post(reverse("account_logout"))

    asked = client.post(reverse("account_login"), login)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert asked.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert "再输一次验证码" in wrong.content.decode()

    recovery = next(
        iter(RecoveryCodes(user.authenticator_set.get(type="recovery_codes")).get_unused_codes())
    )
    client.post(reverse("mfa_authenticate"), {"code": recovery})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_pages_of_second_factor_and_recovery_codes_wear_our_look(client):
    user = with_password(UserFactory(username="wang"))
    log_in(client)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)

    for name in ("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        page = client.get(reverse(name)).content.decode()
        assert (page.count("<h1"), 'class="brand"' in page) == (1, True)


# One's own account ---------------------------------------------------------------------------------


def test_the_profile_shows_the_phone_masked_and_changes_it(client):
    user = UserFactory(phone="19900001234")
    client.force_login(user)
    url = reverse("accounts:profile")

    page = client.get(url).content.decode()
    refused = client.post(url, {"phone": "12345"})
    client.post(url, {"phone": "199 0000 9999"})

    user.refresh_from_db()
    assert ("199****1234" in page, "19900001234" in page) == (True, False)
    assert refused.status_code == 422
    assert 'value="12345"' in refused.content.decode()
    assert user.phone.reveal() == "19900009999"


# Behind the mask -----------------------------------------------------------------------------------


def unmask_url(person, field="phone", kind="congress.person"):
    return reverse("accounts:unmask", args=[kind, person.pk, field])


def test_a_clerk_gives_a_reason_and_sees_the_value_once(client):
    person = DeputyFactory(person__phone="19900001234").person
    clerk = person_as(Role.CLERK)
    client.force_login(clerk)

    before = client.get(unmask_url(person))
    refused = client.post(unmask_url(person), {"reason": "看"})
    shown = client.post(unmask_url(person), {"reason": "通知参加视察"})
    after = client.get(unmask_url(person))

    assert "19900001234" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    for page in (before, refused, after):
        assert "19900001234" not in page.content.decode()
    assert (refused.status_code, Unmasking.objects.get().by) == (422, clerk)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("congress.person", "name"),
        ("congress.person", "phone_index"),
        ("congress.nothing", "phone"),
        ("nonsense", "phone"),
        ("accounts.user", "password"),
        ("accounts.user", "phone"),
        ("congress.congress", "name"),
    ],
)
def test_only_masked_fields_of_tables_that_say_who_may_look_are_found(client, kind, field):
    person = DeputyFactory(person__with_phone=True).person
    client.force_login(person_as(Role.CLERK))

    assert client.get(unmask_url(person, field, kind)).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.MEMBER, Role.LIAISON, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR]
)
def test_others_do_not_look_behind_the_mask(client, role):
    person = DeputyFactory(person__with_phone=True).person
    client.force_login(person_as(role))

    assert client.post(unmask_url(person), {"reason": "好奇看看"}).status_code == 404
    assert not Unmasking.objects.exists()


def test_a_clerk_of_another_congress_does_not_look_behind_the_mask(client):
    person = DeputyFactory(person__with_phone=True).person
    client.force_login(AppointmentFactory(clerk=True, of_other=True).user)

    assert client.post(unmask_url(person), {"reason": "好奇看看"}).status_code == 404


def test_a_number_in_the_outbox_is_shown_to_staff_not_to_who_keeps_the_machine(client):
    message = MessageFactory(sms=True, phone="19900001234")
    url = unmask_url(message, kind="notices.message")
    client.force_login(person_as(Role.CLERK))
    shown = client.post(url, {"reason": "短信退回，核对号码"})
    client.force_login(AppointmentFactory(clerk=True, of_other=True).user)
    hidden = client.post(url, {"reason": "短信退回，核对号码"})
    client.force_login(person_as(Role.SYSTEM_ADMINISTRATOR))
    kept = client.post(url, {"reason": "短信退回，核对号码"})

    assert "19900001234" in shown.content.decode()
    assert (hidden.status_code, kept.status_code) == (404, 404)


@pytest.mark.parametrize("name", ["accounts:profile"])
def test_strangers_are_asked_to_log_in(client, name):
    assert client.get(reverse(name)).url.startswith(reverse("account_login"))


def test_failed_logins_are_counted_by_visitor_not_by_proxy(rf, settings):
    settings.TRUSTED_PROXIES = 1
    request = rf.post("/account/login/", headers={"x-forwarded-for": "203.0.113.9"})

    assert get_adapter(request).get_client_ip(request) == "203.0.113.9"


# Fit for production --------------------------------------------------------------------------------


def test_a_demonstration_is_refused_for_deployment(settings):
    settings.DEMO, settings.SECRET_KEY = True, "only-for-the-demonstration"
    settings.SECOND_FACTOR_DEMANDED = settings.RATE_LIMITS = False

    wrong = [error.id for error in fit_for_production()]

    assert wrong == [f"accounts.E00{number}" for number in range(1, 6)]


def test_a_proper_setting_is_let_through(settings):
    settings.DEMO, settings.SECRET_KEY = False, "x" * 60
    settings.SITE_ADDRESS = "https://huiyin.example"
    settings.SECOND_FACTOR_DEMANDED = settings.RATE_LIMITS = True

    assert fit_for_production() == []
