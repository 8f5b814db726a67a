"""The migrated database: made once in a server, then copied for every worker and every later run.

It keeps its place under a name that holds the digest of all migrations; when one of them changes,
another is made and the old one goes. A copy is still migrated, so what the digest does not know of
is done there.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from huiyin.kernel import fields

LOCK = 20_260_305  # of everybody who makes a template in this server


def copy(connection: BaseDatabaseWrapper) -> None:
    """Let the test database be made as a copy of the template, which is made if it is not there."""
    wanted = connection.settings_dict["TEST"]
    family = f"template_{wanted['NAME'].partition('_gw')[0]}_"
    name = family + _digest()
    with _alone(connection) as cursor:
        there = _databases(cursor, family)
        if name not in there:
            for old in there:
                cursor.execute(f'DROP DATABASE "{old}"')
            _make(connection, f"{family}new")
            cursor.execute(f'ALTER DATABASE "{family}new" RENAME TO "{name}"')
    wanted["TEMPLATE"] = name


def _make(connection: BaseDatabaseWrapper, name: str) -> None:
    """Migrate a database of this name, and leave the connection's settings as they were."""
    original, wanted = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        _leave_uncounted(connection)
    finally:
        connection.close()
        connection.settings_dict["TEST"]["NAME"] = wanted
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = original


def _leave_uncounted(connection: BaseDatabaseWrapper) -> None:
    """Tests undo their rows. Where autovacuum counts none, PostgreSQL plans for empty tables ever after."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")


@contextmanager
def _alone(connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """Two workers at once make one template: the second waits, then finds it."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # given back with the connection
        yield cursor


def _databases(cursor: Any, family: str) -> set[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [family])
    return {name for (name,) in cursor.fetchall()}


def _digest() -> str:
    """Of every migration of every app, of the columns they are made with, and of what is done here."""
    migrations = (Path(app.path).glob("migrations/*.py") for app in apps.get_app_configs())
    files = sorted(path for found in migrations for path in found)
    digest = hashlib.sha256()
    for path in [*files, Path(fields.__file__), Path(__file__)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
