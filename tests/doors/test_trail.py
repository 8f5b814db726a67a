"""No item of any kind is changed past its actions unseen."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from huiyin.kernel import verify
from huiyin.kernel.models import Trailed

pytestmark = pytest.mark.slow


def test_a_change_by_sql_is_found_on_every_kind_of_item(world):
    before = set(verify.faults())
    items = [item for item in map(an_item, trailed_models()) if item is not None]

    unseen = [item.item_kind() for item in items if not is_seen(item, before)]

    assert len(items) > 20
    assert unseen == []


def trailed_models():
    return [model for model in apps.get_models() if issubclass(model, Trailed)]


def an_item(model):
    """One that went through an action here, and not one that a factory put there."""
    return model._base_manager.filter(version__gt=0).order_by("pk").first()


def is_seen(item, before) -> bool:
    """A second more in the column that says since when it is there; then taken back."""
    table = connection.ops.quote_name(item._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET created_at = created_at + interval '1 second' WHERE id = %s",
            [item.pk],
        )
        found = set(verify.faults()) - before
        transaction.set_rollback(True)
    return any(fault.startswith(f"{item.item_kind()} {item.pk}:") for fault in found)
