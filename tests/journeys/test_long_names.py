"""Every name and title as long as it may be, in letters without a break and in characters: nothing is wider than a phone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models.functions import Cast, Concat, LPad
from django.urls import reverse

from tests.cities import load_national_rules
from tests.doors.test_doors import address
from tests.doors.world import World

NAMING = {
    *("name", "short_name", "title", "public_title", "subject", "label", "acting_as", "post"),
    *("address", "place", "theme", "meeting", "persons"),
}
READ_ONLY = {"Rule"}  # a rule is never changed
PAGES = {
    None: (
        *("dashboards:home", "suggestions:public", "suggestions:promises", "opinions:matters"),
        *("venues:index", "venues:card", "congress:deputies", "congress:deputy"),
        *("supervision:public_key_items", "supervision:public_reviews"),
    ),
    "lead": (
        *("dashboards:deputy", "suggestions:mine", "suggestions:deputy_detail"),
        *("opinions:deputy_matters", "opinions:deputy_matter", "notices:inbox"),
    ),
    "clerk": (
        *("dashboards:desk", "dashboards:overview", "suggestions:desk", "suggestions:detail"),
        *("suggestions:ledger", "suggestions:meeting", "opinions:desk", "opinions:matter"),
        *("opinions:proposals", "venues:desk", "venues:desk_venue", "venues:timetable"),
        *("venues:duty", "congress:units", "congress:desk_deputies", "notices:outbox"),
        *("supervision:key_items", "supervision:key_candidates", "supervision:appraisals"),
        *("rulebook:index", "rulebook:detail", "dashboards:trace"),
    ),
    "unit_clerk": ("dashboards:desk", "suggestions:tasks", "opinions:unit_matters"),
    "administrator": ("congress:appointments", "notices:webhooks"),
}


@pytest.fixture
def world(transactional_db, turn_to, settings) -> World:
    settings.RATE_LIMITS = False
    load_national_rules()
    return World()


def test_no_page_grows_wider_than_a_phone(world, windows):
    pages = [(role, address(world, name)) for role, names in PAGES.items() for name in names]
    pages.append(("clerk", reverse("dashboards:trace", args=["opinions.matter", world.merged.pk])))
    opened = {role: windows(role and world.people[role], width=390).page for role in PAGES}
    home = windows().home

    wide = {}
    for letter in "W国":
        lengthen(letter)
        for role, page in pages:
            answer = opened[role].goto(home + page)
            width = opened[role].evaluate("document.documentElement.scrollWidth")
            if (answer.status, width) != (200, 390):
                wide[letter, role, page] = (answer.status, width)

    assert wide == {}


def lengthen(letter: str) -> None:
    """All at once, past the actions; the row's number at the end keeps apart what may not be twice."""
    number = LPad(Cast("pk", models.CharField()), len("0001"), models.Value("0"))
    for model, field in naming_fields():
        filled: Any = model._default_manager.exclude(**{field.name: ""})
        words = letter * (field.max_length - len("0001"))
        filled.update(**{field.name: Concat(models.Value(words), number)})


def naming_fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    for model in apps.get_models():
        if not model.__module__.startswith("huiyin") or model.__name__ in READ_ONLY:
            continue
        for field in model._meta.concrete_fields:
            is_words = type(field) is models.CharField and not (field.choices or field.unique)
            if is_words and field.name in NAMING and not model.__name__.endswith("Event"):
                yield model, field
