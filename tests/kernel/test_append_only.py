"""The database itself keeps the trail from the role of the web."""

import pytest
from django.db import connection

from huiyin.kernel.models import Block, Entry


@pytest.fixture
def rights(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'huiyin'")
        if cursor.fetchone() is None:
            pytest.skip("!! 没有网页用的数据库角色。 No role of the web here: SKIPPED. !!")
        yield cursor


@pytest.mark.parametrize("model", [Entry, Block])
def test_the_web_may_add_to_the_trail_and_read_it_alone(rights, model):
    rights.execute(
        "SELECT array_agg(privilege ORDER BY privilege)"
        " FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege"
        " WHERE has_table_privilege('huiyin', %s, privilege)",
        [model._meta.db_table],
    )

    assert rights.fetchone() == (["INSERT", "SELECT"],)
