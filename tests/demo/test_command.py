"""What `manage.py demo` refuses: a database that holds somebody else's city."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from huiyin.accounts.models import User
from huiyin.demo import build

pytestmark = pytest.mark.django_db


def test_another_city_is_refused(city):
    with pytest.raises(CommandError, match="holds another city"):
        call_command("demo", "--only-ours")


def test_one_of_our_names_does_not_make_a_city_ours():
    User.objects.create(username="admin")

    assert build.holds_another()


def test_the_demonstration_city_is_ours():
    User.objects.bulk_create(User(username=name) for name in [*build.LOGINS, "handler7"])

    assert not build.holds_another()


def test_an_empty_database_holds_nobody():
    assert not build.holds_another()


def test_a_database_without_tables_holds_nobody():
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA bare; SET LOCAL search_path TO bare")

    assert not build.holds_another()
