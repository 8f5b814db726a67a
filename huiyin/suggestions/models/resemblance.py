"""What is like a text being written: suggestions of all years, residents' matters, promises made."""

import re
from collections.abc import Callable, Hashable, Iterable
from typing import Any, NamedTuple

from django.db.models import F, FloatField, Func, QuerySet, Value

from huiyin.congress.models import Congress
from huiyin.kernel import search
from huiyin.kernel.search_fields import TokenQuery
from huiyin.opinions.models import Matter
from huiyin.suggestions.choices import PromiseState, State
from huiyin.suggestions.models.reply import Promise
from huiyin.suggestions.models.suggestion import Suggestion

MOST_ASKED = 24  # pairs of characters that are looked for
CANDIDATES = 60
SHOWN = 5
FLOOR = 0.08
# In every title, so they tell nothing.
IDLE = re.compile("关于|建议|加强|进一步|推进|完善|加快|提升|提高|促进|工作|问题|的")


class Like(NamedTuple):
    """Something similar, and the words that both texts share."""

    item: Any
    shared: list[str]


def suggestions_like(text: str, congress: Congress, *, besides: int | None = None) -> list[Like]:
    """Handed in by anyone in any year; titles and numbers are known to all deputies."""
    handed_in = Suggestion.objects.filter(
        congress=congress, submitted_at__isnull=False, is_secret=False
    )
    found = handed_in.exclude(pk=besides or 0).exclude(state=State.WITHDRAWN)
    return _nearest(
        text, found.select_related("lead_unit").defer("search"), lambda s: s.text()[:600]
    )


def matters_like(text: str, user: Any) -> list[Like]:
    """Residents' matters this person may see."""
    matters = Matter.objects.visible_to(user).standing().defer("search")
    return _nearest(text, matters, lambda matter: matter.title)


def promises_on(suggestions: Iterable[Suggestion]) -> list[Promise]:
    """What was promised already in the replies to those."""
    promises = Promise.objects.made().filter(suggestion__in=[s.pk for s in suggestions])
    order = {PromiseState.OPEN: 0, PromiseState.BROKEN: 1}
    rows = promises.select_related("unit", "suggestion").defer("suggestion__search")
    return sorted(rows, key=lambda p: (order.get(PromiseState(p.state), 2), p.promised_on))[:SHOWN]


def _nearest(text: str, rows: QuerySet[Any], words: Callable[[Any], str]) -> list[Like]:
    """The database finds candidates by pairs of characters, the texts' weights choose among them."""
    asked = _any_of(text)
    if not asked:
        return []
    found = rows.filter(search__matches=TokenQuery(Value(asked)))
    rank = Func(
        F("search"), TokenQuery(Value(asked)), function="ts_rank", output_field=FloatField()
    )
    candidates: dict[Hashable, Any] = {
        row.pk: row for row in found.annotate(rank=rank).order_by("-rank", "-pk")[:CANDIDATES]
    }
    # numpy and scipy take a second to load, and most processes never compare texts.
    from huiyin.texts.similarity import Index  # noqa: PLC0415

    index = Index((pk, words(row)) for pk, row in candidates.items())
    near = index.nearest(text, most=SHOWN, floor=FLOOR)
    return [Like(candidates[each.key], each.shared) for each in near if each.shared]


def _any_of(text: str) -> str:
    pairs = [pair for pair in search.tokens(IDLE.sub(" ", text)) if len(pair) > 1]
    return " | ".join("'" + pair.replace("'", "") + "'" for pair in pairs[:MOST_ASKED])
