import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
N_STATEMENTS, N_ROUNDS = 150, 5


def test_more_than_a_hundred_statements_asked_in_turn_stay_planned():
    with connection.cursor() as cursor:
        for _round in range(N_ROUNDS):
            for number in range(N_STATEMENTS):
                cursor.execute(f"SELECT %s::int AS asked_in_turn_{number}", [number])
        planned = "SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE %s"
        cursor.execute(planned, ["%asked_in_turn_%"])
        assert cursor.fetchone() == (N_STATEMENTS,)
