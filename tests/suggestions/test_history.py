"""The field history kept by the database knows who asked, and at which address."""

import json

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from huiyin.kernel import clock
from tests.suggestions.conftest import load_national_rules
from tests.suggestions.walk import TODAY, City


@pytest.fixture
def city(db):
    with clock.set_to(clock.at(TODAY)):
        load_national_rules()
        yield City()


def contexts(suggestion):
    kept = apps.get_model("suggestions", "SuggestionEvent")
    events = kept.objects.filter(pgh_obj=suggestion)
    return [event.pgh_context for event in events.select_related("pgh_context").order_by("pk")]


def register(client, suggestion):
    path = reverse("suggestions:register", args=[suggestion.pk])
    return client.post(path), path


def test_history_of_a_press_names_person_and_address(city, client):
    suggestion = city.submitted()
    before = len(contexts(suggestion))
    client.force_login(city.clerk)

    answer, path = register(client, suggestion)

    assert answer.status_code == 302
    told = contexts(suggestion)[before:]
    assert told
    assert {json.dumps(context.metadata, sort_keys=True) for context in told} == {
        json.dumps({"url": path, "user": city.clerk.pk}, sort_keys=True)
    }
    assert len({context.pk for context in told}) == 1


def test_looking_at_a_page_tells_the_database_nothing(city, client):
    suggestion = city.submitted()
    client.force_login(city.clerk)
    _forget()

    client.get(reverse("suggestions:detail", args=[suggestion.pk]))

    assert _said() in (None, "")


def test_what_is_told_ends_with_its_transaction(client, transactional_db):
    with clock.set_to(clock.at(TODAY)):
        load_national_rules()
        city = City()
        first, second = city.submitted(), city.submitted()
        client.force_login(city.clerk)
        for suggestion in (first, second):
            register(client, suggestion)
        found = [contexts(suggestion)[-1] for suggestion in (first, second)]
        with transaction.atomic():
            said_afterwards = _said()

    assert [context.metadata["user"] for context in found] == [city.clerk.pk] * 2
    assert found[0].pk != found[1].pk
    assert said_afterwards in (None, "")


def _said():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pghistory.context_id', true)")
        return cursor.fetchone()[0]


def _forget():
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
