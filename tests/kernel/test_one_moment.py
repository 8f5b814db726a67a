"""verify_trail reads one moment, however busy the house is."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from huiyin.congress.models import Deputy
from huiyin.kernel import verify
from tests.congress.factories import DeputyFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_what_was_there_before_is_seen():
    deputy = DeputyFactory()
    beside(cheat, deputy)

    with verify.one_moment():
        assert list(verify.faults()) == [
            f"congress.deputy {deputy.pk}: the item was changed past its actions"
        ]


def test_what_comes_later_is_not():
    deputy = DeputyFactory()

    with verify.one_moment():
        assert Deputy.objects.count() == 1
        beside(cheat, deputy)
        assert list(verify.faults()) == []


def cheat(deputy):
    Deputy.objects.filter(pk=deputy.pk).update(delegation="西固代表团")


def beside(act, deputy):
    """On a connection of its own, as another process would."""

    def run():
        try:
            act(deputy)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()
