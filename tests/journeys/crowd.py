"""Moves twenty suggestions and the people at work on them into an empty database; prints who and which."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  Django must be up before its models are named
from django.test import Client  # noqa: E402

from huiyin.congress.choices import Role  # noqa: E402
from tests.cities import load_national_rules  # noqa: E402
from tests.congress.factories import person_as  # noqa: E402
from tests.suggestions.walk import City  # noqa: E402

OF_EACH = 5


def main() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    load_national_rules()
    city = City()
    makers = (city.handed_over, city.handling, city.reviewing, lambda: city.replied(joint=True))
    items = [make() for make in makers for _each in range(OF_EACH)]
    people = {
        "unit_clerk": [city.unit_clerk, person_as(Role.UNIT_CLERK, unit=city.unit)],
        "leader": [city.leader, person_as(Role.UNIT_LEADER, unit=city.unit)],
        "deputy": [city.deputy_user, city.cosigner_user],
        "staff": [city.clerk, city.director],
    }
    told = {
        "items": [[item.pk, item.assignments.get().pk] for item in items],
        "sessions": {role: [_session(user) for user in users] for role, users in people.items()},
    }
    print(json.dumps(told))  # noqa: T201  its output is what it is for


def _session(user) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    main()
