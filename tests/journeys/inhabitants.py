"""Moves the town into an empty database and prints a session for each of its people."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  Django must be up before its models are named
from django.test import Client  # noqa: E402

from tests.journeys.town import NAMES, Town  # noqa: E402


def main() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    town = Town()
    sessions = {}
    for role in NAMES:
        client = Client()
        client.force_login(getattr(town, role))
        sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps(sessions))  # noqa: T201  its output is what it is for


if __name__ == "__main__":
    main()
