"""The rows behind a rate: exactly those its numerator or its denominator counts."""

from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from huiyin.dashboards.figures import facts
from huiyin.dashboards.figures.suggestions import Rate
from huiyin.dashboards.figures.tally import KEPT_IN_TIME, PROMISED, Tally, due_promises
from huiyin.suggestions.models import Promise, Suggestion

COUNT, OF = "count", "of"


def items_behind(rate: Rate, tally: Tally, *, part: str, group: str = "") -> QuerySet[Suggestion]:
    """Suggestions, whoever may see them; an average is of its denominator."""
    name = rate.of if part == OF or rate.is_average else rate.count
    return facts.chosen(tally.scope, name, by=tally.by, group=group, meets=tally.meets)


def promises_behind(tally: Tally, *, part: str, group: str = "") -> QuerySet[Promise]:
    found = due_promises(tally.scope)
    if part != OF:
        found = found.filter(KEPT_IN_TIME)
    if not group:
        return found
    key: Any = Coalesce(
        Cast(PROMISED[tally.by][0], TextField()), Value("-", output_field=TextField())
    )
    return found.alias(group_key=key).filter(group_key=group)
