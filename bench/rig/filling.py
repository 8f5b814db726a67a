"""Run on one database: fill it, or print a session and what can be asked of it."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()

from huiyin.suggestions.choices import FINISHED, State  # noqa: E402 -- Django first
from huiyin.suggestions.models import Suggestion  # noqa: E402
from rig import congress  # noqa: E402

EVERY = 97  # detail pages from all over the years


def asked() -> dict[str, object]:
    rows = Suggestion.objects.order_by("pk")
    return {
        "clerk": congress.session_of("clerk"),
        "many": rows.count(),
        "under_way": rows.exclude(state__in=FINISHED).count(),
        "details": list(rows.filter(number__startswith="SY").values_list("pk", flat=True)[::EVERY]),
        "examining": list(rows.filter(state=State.EXAMINING).values_list("pk", flat=True)),
    }


def main(word: str) -> None:
    if word == "asked":
        print(json.dumps(asked()))
    else:
        {"large": congress.fill, "small": congress.found}[word]()


if __name__ == "__main__":
    main(sys.argv[1])
