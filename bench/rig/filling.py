"""Run on one database: fill it, or print a session and what can be asked of it."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()

from huiyin.accounts.models import User  # noqa: E402 -- Django first
from huiyin.kernel.models import Entry  # noqa: E402
from huiyin.suggestions.choices import FINISHED, AssignmentState, State  # noqa: E402
from huiyin.suggestions.models import Assignment, Suggestion  # noqa: E402
from rig import congress  # noqa: E402

EVERY = 97  # detail pages from all over the years


def asked() -> dict[str, object]:
    """Sessions, and the keys of what their people ask for: nothing that they may not see."""
    rows = Suggestion.objects.visible_to(User.objects.get(username="clerk")).order_by("pk")
    return {
        "clerk": congress.session_of("clerk"),
        "director": congress.session_of("director"),
        "many": Suggestion.objects.count(),
        "under_way": rows.exclude(state__in=FINISHED).count(),
        "details": list(rows.filter(number__startswith="SY").values_list("pk", flat=True)[::EVERY]),
        "entries": Entry.objects.count(),
        "assigning": list(
            Assignment.objects.filter(state=AssignmentState.PROPOSED).values_list(
                "suggestion", "unit"
            )
        ),
        "examining": list(rows.filter(state=State.EXAMINING).values_list("pk", flat=True)),
    }


def main(word: str) -> None:
    if word == "asked":
        print(json.dumps(asked()))
    elif word == "small":
        congress.found()
    else:
        congress.fill(int(word))


if __name__ == "__main__":
    main(sys.argv[1])
