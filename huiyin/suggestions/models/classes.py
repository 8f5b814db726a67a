"""The result classes of a congress: marks and words from the rulebook, meanings of the house."""

from collections.abc import Sequence
from typing import Any

from huiyin.congress.models import Congress
from huiyin.kernel import clock
from huiyin.regions.models import Region
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions.choices import ResultClass
from huiyin.suggestions.models.suggestion import Suggestion

MOST_CONGRESSES = 200  # in a filter


def classes_in(region: Region) -> dict[str, str]:
    """Meaning to label, in the order of the meanings; one that the place does not tell apart is missing."""
    scheme = Rule.objects.value(Key.REPLY_CLASSES, region, clock.today())
    return {name: scheme[name] for name in ResultClass.values if name in scheme}


def class_label(region: Region, result_class: str) -> str:
    return classes_in(region).get(result_class, "") if result_class else ""


def class_choices(congresses: Sequence[Congress]) -> list[tuple[str, Any]]:
    """For a filter over one congress its own words; over several, or none yet, the house's."""
    if len(congresses) != 1:
        return list(ResultClass.choices)
    return list(classes_in(congresses[0].region).items())


def publishing_congresses() -> list[Congress]:
    """Those whose papers the public reads, in the order of their codes."""
    published = Suggestion.objects.public().order_by().values("congress").distinct()
    found = Congress.objects.filter(pk__in=published).select_related("region")
    return list(found.order_by("region__code")[:MOST_CONGRESSES])
