"""The brand bar: the entrances of one's roles and no other's."""

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.dashboards import navigation
from tests.congress.factories import CongressFactory, UnitFactory, person_as
from tests.notices.factories import MessageFactory
from tests.suggestions.walk import City

ENTRIES = {
    Role.CLERK: [
        "待办",
        "建议",
        "议案",
        "民意",
        "会上意见",
        "承诺",
        "督办",
        "家站",
        "代表",
        "规则",
        "总览",
        "消息",
    ],
    Role.DIRECTOR: [
        "待办",
        "建议",
        "议案",
        "民意",
        "会上意见",
        "承诺",
        "督办",
        "家站",
        "代表",
        "规则",
        "总览",
        "消息",
    ],
    Role.MEMBER: ["待办", "建议", "议案", "会上意见", "承诺", "督办", "总览", "消息"],
    Role.COMMITTEE: ["待办", "建议", "议案", "督办", "消息"],
    Role.GOVERNMENT: ["待办", "建议", "承诺", "督办", "总览", "消息"],
    Role.UNIT_CLERK: ["待办", "任务", "转来的民意", "承诺", "督办", "消息"],
    Role.UNIT_LEADER: ["待办", "任务", "转来的民意", "承诺", "督办", "消息"],
    Role.LIAISON: ["待办", "民意", "登记来访", "家站", "消息"],
    Role.SYSTEM_ADMINISTRATOR: ["待办", "任职", "系统对接", "规则", "消息"],
    Role.SECURITY_ADMINISTRATOR: ["待办", "规则", "消息"],
    Role.AUDITOR: ["待办", "查看记录", "消息"],
}


def labels(rf, path, user=None):
    request = rf.get(path)
    request.user = user
    return [entry.label for entry in navigation.entries(request)]


def test_every_role_is_told_of():
    assert set(ENTRIES) == set(Role)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_each_role_sees_its_own_entrances(rf, role):
    of_a_unit = role in {Role.UNIT_CLERK, Role.UNIT_LEADER, Role.GOVERNMENT}
    unit = UnitFactory() if of_a_unit else None

    assert (
        labels(rf, "/desk/", person_as(role, congress=CongressFactory(), unit=unit))
        == ENTRIES[role]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_every_entrance_opens(client, role):
    of_a_unit = role in {Role.UNIT_CLERK, Role.UNIT_LEADER, Role.GOVERNMENT}
    unit = UnitFactory() if of_a_unit else None
    person = person_as(role, congress=CongressFactory(), unit=unit)
    client.force_login(person)

    answers = {
        entry.url: client.get(entry.url).status_code
        for entry in client.get("/desk/").context["navigation"]
    }

    assert set(answers.values()) == {200}, answers


def test_every_entrance_opens_for_a_deputy(city, client):
    client.force_login(city.deputy_user)

    answers = {
        entry.url: client.get(entry.url).status_code
        for entry in client.get("/deputy/").context["navigation"]
    }

    assert set(answers.values()) == {200}, answers


def test_every_public_entrance_opens(city: City, client):
    answers = {
        entry.url: client.get(entry.url).status_code
        for entry in client.get("/").context["navigation"]
    }

    assert answers == dict.fromkeys(answers, 200)
    assert list(answers) == [
        *(reverse(door.address) for door in navigation.PUBLIC),
        reverse("account_login"),
    ]


@pytest.mark.django_db
def test_unread_messages_are_counted(rf):
    person = person_as(Role.CLERK)
    MessageFactory.create_batch(2, user=person)
    request = rf.get("/desk/")
    request.user = person

    assert navigation.entries(request)[-1].count == 2


@pytest.mark.django_db
def test_the_page_one_is_on_is_marked(rf):
    request = rf.get("/desk/suggestions/")
    request.user = person_as(Role.CLERK)

    current = [entry.label for entry in navigation.entries(request) if entry.current]

    assert current == ["建议"]
