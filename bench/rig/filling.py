"""Run as the web's role: fill the lasting database, or print a session and what is asked of it."""

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


if __name__ == "__main__":
    if sys.argv[1:] == ["fill"]:
        congress.fill()
    else:
        print(json.dumps(asked()))
