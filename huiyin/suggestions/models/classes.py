"""The result classes of a congress: marks and words from the rulebook, meanings of the house."""

from typing import Any

from huiyin.congress.models import Congress
from huiyin.kernel import clock
from huiyin.regions.models import Region
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions.choices import ResultClass
from huiyin.suggestions.models.suggestion import Suggestion


def classes_in(region: Region) -> dict[str, str]:
    """Meaning to label, in the order of the meanings; one that the place does not tell apart is missing."""
    scheme = Rule.objects.value(Key.REPLY_CLASSES, region, clock.today())
    return {name: scheme[name] for name in ResultClass.values if name in scheme}


def class_label(region: Region, result_class: str) -> str:
    return classes_in(region).get(result_class, "") if result_class else ""


def class_choices(congress: Congress | None) -> list[tuple[str, Any]]:
    """For a filter over one congress its own words; over several the house's."""
    if congress is None:
        return list(ResultClass.choices)
    return list(classes_in(congress.region).items())


def only_congress() -> Congress | None:
    """The congress all public papers belong to; None where there are several, or none yet."""
    published = Suggestion.objects.public().order_by().values("congress").distinct()
    found = Congress.objects.filter(pk__in=published).select_related("region")[:2]
    rows = list(found)
    return rows[0] if len(rows) == 1 else None
