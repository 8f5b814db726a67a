"""The floor of accounts; refuses to be deployed as a demonstration."""

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

DEMO_KEY = "only-for-the-demonstration"
SHORTEST_KEY = 50


class AccountsConfig(AppConfig):
    name = "huiyin.accounts"

    def ready(self) -> None:
        register(fit_for_production, Tags.security, deploy=True)


def fit_for_production(**_options: object) -> list[CheckMessage]:
    """What `check --deploy` refuses: known passwords, a known key, a missing second factor."""
    wrong = [
        (
            settings.DEMO,
            "HUIYIN_DEMO is on: the passwords of the demonstration are public.",
            "E001",
        ),
        (
            settings.SECRET_KEY == DEMO_KEY or len(settings.SECRET_KEY) < SHORTEST_KEY,
            "SECRET_KEY is the demonstration's or shorter than 50 characters.",
            "E002",
        ),
        (
            not settings.SECOND_FACTOR_DEMANDED,
            "SECOND_FACTOR_DEMANDED is off: staff could log in with a password alone.",
            "E003",
        ),
        (not settings.RATE_LIMITS, "RATE_LIMITS is off: codes could be guessed.", "E004"),
        (
            not settings.SITE_ADDRESS.startswith("https://"),
            "SITE_ADDRESS is no https address: QR codes and messages would lead nowhere.",
            "E005",
        ),
    ]
    return [Error(words, id=f"accounts.{number}") for is_wrong, words, number in wrong if is_wrong]
