"""The connection that Django makes of `ENGINE`.

psycopg keeps a hundred prepared statements a connection and forgets the one not asked longest. The
house asks several hundred in turn: each would be forgotten before it is asked again.
"""

from typing import Any

from django.db.backends.postgresql import base

MOST_PREPARED = 600


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that keeps what it has planned."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        made = super().get_new_connection(conn_params)
        made.prepared_max = MOST_PREPARED
        return made
