"""The field history kept by the database knows who asked, and at which address."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from huiyin.kernel import clock
from tests.cities import load_national_rules
from tests.suggestions.walk import TODAY, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def city(transactional_db):
    """Committed: what a transaction was told ends with it."""
    with clock.set_to(clock.at(TODAY)):
        load_national_rules()
        yield City()


def contexts(suggestion):
    kept = apps.get_model("suggestions", "SuggestionEvent")
    events = kept.objects.filter(pgh_obj=suggestion).select_related("pgh_context")
    return [event.pgh_context for event in events.order_by("pk")]


def press(client, suggestion):
    path = reverse("suggestions:register", args=[suggestion.pk])
    assert client.post(path).status_code == 302
    return path


def said():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pghistory.context_id', true)")
        return cursor.fetchone()[0]


def test_history_of_each_press_names_person_and_address(city, client):
    one, other = city.submitted(), city.submitted()
    before = len(contexts(one))
    client.force_login(city.clerk)

    path = press(client, one)
    press(client, other)

    told = contexts(one)[before:]
    assert told
    assert [context.metadata for context in told] == [
        {"url": path, "user": city.clerk.pk} for _ in told
    ]
    assert len({context.pk for context in told}) == 1
    assert contexts(other)[-1].pk != told[0].pk


def test_what_was_told_ends_with_its_transaction(city, client):
    suggestion = city.submitted()
    client.force_login(city.clerk)

    press(client, suggestion)

    with transaction.atomic():
        assert said() in (None, "")
    assert client.get(reverse("suggestions:detail", args=[suggestion.pk])).status_code == 200
    with transaction.atomic():
        assert said() in (None, "")
