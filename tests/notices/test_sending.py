"""Who is told, by which way, how often."""

import datetime as dt

import pytest

from huiyin.congress.choices import Role
from huiyin.kernel import clock
from huiyin.notices import actions
from huiyin.notices.choices import Channel, State
from huiyin.notices.models import Message
from tests.accounts.factories import UserFactory
from tests.congress.factories import CongressFactory, DeputyFactory, UnitFactory, person_as

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 5, 6, 12, 0, tzinfo=clock.ZONE)
LATE = dt.datetime(2026, 5, 6, 23, 30, tzinfo=clock.ZONE)
EARLY = dt.datetime(2026, 5, 7, 6, 0, tzinfo=clock.ZONE)
MORNING = dt.datetime(2026, 5, 7, 8, 0, tzinfo=clock.ZONE)
NEWS = {"key": "suggestion:1:assigned", "subject": "有一件建议等您签收", "words": "请签收。"}


def rows():
    return list(
        Message.objects.order_by("pk").values_list("channel", "state", "user_id", "not_before")
    )


def test_send_reaches_every_address_of_an_account():
    user = UserFactory(with_phone=True)

    with clock.set_to(NOON):
        actions.send(to=user, congress=CongressFactory(), **NEWS)

    assert rows() == [
        (Channel.IN_APP, State.SENT, user.pk, NOON),
        (Channel.EMAIL, State.WAITING, user.pk, NOON),
        (Channel.SMS, State.WAITING, user.pk, NOON),
    ]


@pytest.mark.parametrize("moment", [LATE, EARLY])
def test_send_holds_telephones_and_mail_until_the_morning(moment):
    user = UserFactory()

    with clock.set_to(moment):
        actions.send(to=user, **NEWS)

    assert rows() == [
        (Channel.IN_APP, State.SENT, user.pk, moment),
        (Channel.EMAIL, State.HELD, user.pk, MORNING),
    ]


def test_what_is_gathered_is_written_at_the_end_in_order(django_assert_num_queries):
    first, second = UserFactory(), UserFactory()

    with django_assert_num_queries(1), actions.gathering():
        actions.send(to=second, **NEWS)
        with actions.gathering():  # a part of the whole
            actions.send(to=first, **NEWS)
        actions.send(to=second, **NEWS)

    in_app = Message.objects.filter(channel=Channel.IN_APP).order_by("pk")
    assert list(in_app.values_list("user_id", flat=True)) == [second.pk, first.pk]


def fail_after_telling(user):
    with actions.gathering():
        actions.send(to=user, **NEWS)
        raise LookupError


def test_of_what_failed_while_gathering_nothing_is_written():
    user = UserFactory()

    with pytest.raises(LookupError):
        fail_after_telling(user)

    assert rows() == []
    actions.send(to=user, **NEWS)
    assert rows() != []


def test_send_says_the_same_thing_to_one_person_once():
    user = UserFactory(email="")

    actions.send(to=user, **NEWS)
    actions.send(to=user, **NEWS)
    actions.send(to=UserFactory(email=""), **NEWS)

    assert Message.objects.count() == 2


def test_send_to_a_bare_phone_keeps_the_number_encrypted():
    actions.send(phone="199 0000 1234", **NEWS)
    actions.send(phone="19900001234", **NEWS)

    message = Message.objects.get()
    assert (message.channel, str(message.phone), message.user) == (
        Channel.SMS,
        "199****1234",
        None,
    )
    assert "19900001234" not in message.key


def test_send_to_nobody_writes_nothing():
    actions.send(phone="", **NEWS)

    assert not Message.objects.exists()


def test_a_very_long_key_still_names_one_message():
    user = UserFactory(email="")
    news = NEWS | {"key": "x" * 400}

    actions.send(to=user, **news)
    actions.send(to=user, **news)

    assert Message.objects.count() == 1


def test_send_names_what_it_is_about_and_whose_congress():
    deputy = DeputyFactory()

    actions.send(to=UserFactory(email=""), about=deputy, path="/deputy/", **NEWS)

    message = Message.objects.get()
    assert (message.about_kind, message.about_id, message.congress_id, message.path) == (
        "congress.deputy",
        deputy.pk,
        deputy.congress_id,
        "/deputy/",
    )


def test_send_to_role_tells_everybody_in_the_role_and_nobody_else():
    clerk, director = person_as(Role.CLERK), person_as(Role.DIRECTOR)
    person_as(Role.AUDITOR)
    person_as(Role.CLERK, congress=CongressFactory(other=True))

    actions.send_to_role(CongressFactory(), Role.CLERK, Role.DIRECTOR, **NEWS)

    told = Message.objects.filter(channel=Channel.IN_APP).order_by("pk")
    assert [message.user for message in told] == [clerk, director]


def test_send_to_unit_tells_its_clerks_and_leaders():
    unit = UnitFactory()
    people = [person_as(role, unit=unit) for role in (Role.UNIT_CLERK, Role.UNIT_LEADER)]
    person_as(Role.UNIT_CLERK, unit=UnitFactory())

    actions.send_to_unit(unit, **NEWS)

    told = Message.objects.filter(channel=Channel.IN_APP).order_by("pk")
    assert [message.user for message in told] == people


def test_send_to_deputy_uses_the_account_or_else_the_phone():
    with_account = DeputyFactory(with_user=True, person__user__email="")
    with_phone = DeputyFactory(person__with_phone=True)

    actions.send_to_deputy(with_account, **NEWS)
    actions.send_to_deputy(with_phone, **NEWS)
    actions.send_to_deputy(DeputyFactory(), **NEWS)

    assert [(m.channel, m.user) for m in Message.objects.order_by("pk")] == [
        (Channel.IN_APP, with_account.person.user),
        (Channel.SMS, None),
    ]
