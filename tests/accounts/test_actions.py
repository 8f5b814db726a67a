"""Opening accounts, and the one look behind a mask."""

import pytest
from django.db import DatabaseError

from huiyin.accounts import actions
from huiyin.accounts.models import Unmasking, User
from huiyin.kernel import trail
from huiyin.kernel.workflow import NotAllowed, NotPossible
from tests.accounts.factories import UnmaskingFactory, UserFactory
from tests.congress.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_create_account_normalises_the_phone_and_finds_it_again():
    user = actions.create_account(
        "zhangsan",
        name="张三",
        password="long-enough-1",
        phone="+86 199-0000-1234",
        by=trail.SYSTEM,
    )

    user.refresh_from_db()
    assert (str(user.phone), user.phone.reveal()) == ("199****1234", "19900001234")
    assert user.check_password("long-enough-1")
    assert User.objects.get(phone_index=user.phone_index) == user


def test_create_account_without_a_password_lets_nobody_in():
    user = actions.create_account("zhangsan", name="张三", by=trail.SYSTEM)

    assert not user.has_usable_password()


def test_create_account_refuses_a_name_that_differs_only_in_case():
    UserFactory(username="zhangsan")

    with pytest.raises(NotPossible):
        actions.create_account("ZhangSan", name="张三", by=trail.SYSTEM)


def test_an_account_opened_with_a_password_must_change_it_and_one_without_need_not():
    given = actions.create_account(
        "zhangsan", name="张三", password="known-to-two", by=trail.SYSTEM
    )
    without = actions.create_account("lisi", name="李四", by=trail.SYSTEM)

    assert (given.must_change_password, without.must_change_password) == (True, False)


def test_set_phone_takes_an_empty_one():
    user = UserFactory(with_phone=True)

    actions.set_phone(user, phone="", by=user)

    user.refresh_from_db()
    assert (bool(user.phone), user.phone_index) == (False, "")


def test_unmask_shows_the_value_and_writes_the_log_without_it():
    person, user = PersonFactory(phone="19900001234"), UserFactory()

    value = actions.unmask(
        person, field="phone", reason=" 通知开会 ", allowed=True, congress_key=7, by=user
    )

    line = Unmasking.objects.get()
    assert value == "19900001234"
    assert (line.by, line.item_kind, line.item_id, line.field, line.reason) == (
        user,
        "congress.person",
        person.pk,
        "phone",
        "通知开会",
    )
    assert (line.item_label, str(line.field_label)) == (person.name, "手机")
    assert line.congress_key == 7


@pytest.mark.parametrize(
    ("field", "reason", "allowed", "error"),
    [
        ("phone", "通知开会", False, NotAllowed),
        ("phone", "  ", True, NotPossible),
        ("name", "通知开会", True, NotPossible),
        ("no_such_field", "通知开会", True, NotPossible),
    ],
)
def test_unmask_refuses_without_right_reason_or_mask_and_writes_nothing(
    field, reason, allowed, error
):
    person = PersonFactory(with_phone=True)

    with pytest.raises(error):
        actions.unmask(
            person,
            field=field,
            reason=reason,
            allowed=allowed,
            congress_key=None,
            by=UserFactory(),
        )

    assert not Unmasking.objects.exists()


@pytest.mark.parametrize(
    "cheat",
    [
        lambda: Unmasking.objects.update(reason="别的理由"),
        lambda: Unmasking.objects.all().delete(),
    ],
)
def test_the_log_is_append_only(cheat):
    UnmaskingFactory()

    with pytest.raises(DatabaseError):
        cheat()


def test_a_line_about_a_table_that_is_gone_still_reads():
    line = UnmaskingFactory.build(item_kind="gone.thing", field="phone")

    assert line.field_label == "phone"


def test_a_user_acts_under_the_own_name():
    user = UserFactory(name="王建国", acting_as="兰州人大 代工委经办")

    actor = user.as_actor()

    assert (actor.kind, actor.id, actor.label, actor.acting_as) == (
        "user",
        user.pk,
        "王建国",
        "兰州人大 代工委经办",
    )
