"""Everything that hangs on one suggestion, read at once."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from huiyin.opinions.models import Matter
from huiyin.suggestions.choices import ReplyState
from huiyin.suggestions.models.handling import Assignment
from huiyin.suggestions.models.reply import Promise, Rating, Reply
from huiyin.suggestions.models.suggestion import Signature, Suggestion


def gather(suggestion: Suggestion) -> None:
    """What the page and the guards read, in one query a table."""
    prefetch_related_objects([suggestion], *_prefetches(suggestion))


def ratings_of(replies: Iterable[Reply]) -> "QuerySet[Rating]":
    """Of the letters that went out; which of them a person may read, permissions say."""
    signed = [reply for reply in replies if reply.state == ReplyState.SIGNED]
    if not signed:
        return Rating.objects.none()
    rows = Rating.objects.filter(reply__in=signed)
    return rows.select_related("reply", "signature__deputy__person").order_by("rated_at", "pk")


def origins_of(suggestion: Suggestion, user: Any) -> list[tuple[str, int, str]]:
    """What it came from, by kind, id and label. A resident's matter has its own title for those who
    may see the matter, and its public one for everybody else."""
    origins = list(suggestion.origins.all())
    cited = [origin.item_id for origin in origins if origin.kind == Matter.item_kind()]
    shown = _titles_for(user, cited) if cited else {}
    return [
        (origin.kind, origin.item_id, shown.get(origin.item_id, origin.label))
        if origin.kind == Matter.item_kind()
        else (origin.kind, origin.item_id, origin.label)
        for origin in origins
    ]


def _titles_for(user: Any, cited: list[int]) -> dict[int, str]:
    """The words for those matters whose own title this person may not read."""
    seen = set(Matter.objects.visible_to(user).filter(pk__in=cited).values_list("pk", flat=True))
    is_open = Matter.objects.public().filter(pk__in=cited)
    titles = dict(is_open.values_list("pk", "public_title"))
    return {pk: titles.get(pk) or _("居民反映的一件事") for pk in cited if pk not in seen}


def _prefetches(suggestion: Suggestion) -> list[Any]:
    clocks = ("clock", "contact_clock")
    tables: dict[str, Any] = {
        "signatures": Signature.objects.select_related("deputy__person").order_by("-is_lead", "pk"),
        "assignments": Assignment.objects.select_related("unit", *clocks).order_by("-role", "pk"),
        "replies": Reply.objects.select_related("assignment__unit", "signed_by").order_by("-round"),
        "promises": Promise.objects.select_related("unit", "clock").order_by("promised_on", "pk"),
    }
    # Nothing can be handed over, answered or promised before the examination.
    names = list(tables) if suggestion.number else ["signatures"]
    return [Prefetch(name, queryset=tables[name]) for name in names] + ["origins"]
