"""The page of appointments."""

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.congress.models import Appointment
from tests.congress.factories import (
    AppointmentFactory,
    CommitteeFactory,
    CongressFactory,
    person_as,
)

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


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_of_appointments_asks_the_same_queries_for_any_number(
    client, administrator, django_assert_num_queries, n
):
    for _number in range(n):
        AppointmentFactory(unit_clerk=True)

    with django_assert_num_queries(6):
        page = client.get(reverse("congress:appointments"))

    assert len(page.context["page"].rows) == n + 1


def test_an_administrator_opens_an_account_and_appoints_in_one_go(client, administrator):
    typed = {"username": "zhangsan", "name": "张三", "role": Role.CLERK, "email": "", "unit": ""}

    page = client.post(reverse("congress:appoint"), typed)

    appointment = Appointment.objects.get(user__username="zhangsan")
    assert appointment.role == Role.CLERK
    assert appointment.user.check_password(page.context["password"])
    assert "no-store" in page["Cache-Control"]


def test_a_refused_appointment_leaves_no_account_behind(client, administrator):
    typed = {
        "username": "zhangsan",
        "name": "张三",
        "role": Role.UNIT_CLERK,
        "email": "",
        "unit": "",
    }

    page = client.post(reverse("congress:appoint"), typed)

    assert page.status_code == 409
    assert not Appointment.objects.filter(user__username="zhangsan").exists()
    assert 'value="zhangsan"' in page.content.decode()


def test_staff_of_one_committee_are_appointed_to_it(client, administrator):
    own, stranger = CommitteeFactory(), CommitteeFactory(congress=CongressFactory(other=True))
    typed = {"username": "zhangsan", "name": "张三", "role": Role.COMMITTEE}

    refused = client.post(reverse("congress:appoint"), typed | {"committee": stranger.pk})
    page = client.post(reverse("congress:appoint"), typed | {"committee": own.pk})

    appointment = Appointment.objects.get(user__username="zhangsan")
    assert list(refused.context["form"].errors) == ["committee"]
    assert (appointment.committee, own.name in page.content.decode()) == (own, True)
    assert own.name in client.get(reverse("congress:appointments")).content.decode()


def test_only_a_committees_staff_have_a_committee(client, administrator):
    typed = {"username": "zhangsan", "name": "张三", "role": Role.CLERK}

    page = client.post(reverse("congress:appoint"), typed | {"committee": CommitteeFactory().pk})

    assert page.status_code == 409
    assert "这个角色不属于哪个委员会" in page.content.decode()


def test_an_unknown_account_needs_a_name(client, administrator):
    page = client.post(reverse("congress:appoint"), {"username": "nobody", "role": Role.CLERK})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["name"]


def test_an_administrator_dismisses(client, administrator):
    appointment = AppointmentFactory(clerk=True)

    client.post(reverse("congress:dismiss", args=[appointment.pk]))

    appointment.refresh_from_db()
    assert appointment.ends_on is not None


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR])
def test_only_the_system_administrator_appoints_and_dismisses(client, role):
    appointment = AppointmentFactory(director=True)
    client.force_login(person_as(role))

    assert client.get(reverse("congress:appoint")).status_code == 404
    assert client.post(reverse("congress:dismiss", args=[appointment.pk])).status_code == 404


def test_the_administrator_of_another_congress_sees_none_of_these_appointments(client):
    appointment = AppointmentFactory(clerk=True)
    stranger = AppointmentFactory(administrator=True, of_other=True)
    client.force_login(stranger.user)

    page = client.get(reverse("congress:appointments"))

    assert [row.pk for row in page.context["page"]] == [stranger.pk]
    assert client.post(reverse("congress:dismiss", args=[appointment.pk])).status_code == 404
