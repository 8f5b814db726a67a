"""Invented people with an account."""

import factory
from factory.django import DjangoModelFactory

from huiyin.accounts.models import Unmasking, User

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗"
GIVEN = ("建国", "红", "海燕", "志远", "晓梅", "文博", "秀英", "国栋", "雪", "永强")


def invented_name(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % len(GIVEN)]


class UserFactory(DjangoModelFactory):
    """An account without any seat: what it may do comes from AppointmentFactory or DeputyFactory."""

    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"person{number}")
    name = factory.Sequence(invented_name)
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = "!"  # cannot log in; tests use client.force_login

    class Params:
        with_phone = factory.Trait(phone=factory.Sequence(lambda number: f"1990000{number:04d}"))
        demanded = factory.Trait(is_second_factor_demanded=True)


class UnmaskingFactory(DjangoModelFactory):
    class Meta:
        model = Unmasking

    by = factory.SubFactory(UserFactory)
    item_kind = "congress.person"
    item_id = factory.Sequence(lambda number: number + 1)
    item_label = factory.Sequence(invented_name)
    field = "phone"
    reason = "核对联系方式"
