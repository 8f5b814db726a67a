"""What holds where nobody set anything."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
ASKED = """
from huiyin.config import settings
print(settings.DEMO, settings.SECOND_FACTOR_DEMANDED, settings.SESSION_COOKIE_SECURE,
      settings.SECURE_SSL_REDIRECT, settings.HUIYIN_CREATE_KEYS, repr(settings.SECRET_KEY))
"""


def settings_with(**given):
    environment = {name: value for name, value in os.environ.items() if name != "HUIYIN_DEMO"}
    command = [sys.executable, "-c", ASKED]
    answer = subprocess.run(
        command, cwd=PROJECT, env=environment | given, capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()


def test_who_sets_nothing_runs_production_without_a_key():
    assert settings_with() == "False True True True False ''"


def test_the_demonstration_has_to_be_asked_for():
    assert settings_with(HUIYIN_DEMO="1").startswith("True False False False True 'only-for")
