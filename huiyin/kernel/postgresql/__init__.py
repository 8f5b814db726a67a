"""Django's PostgreSQL, with room on a connection for all that the house asks."""
