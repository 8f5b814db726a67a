"""What a merged matter and its host keep of their own, for the day the merge is undone.

News of a suggestion changes it too: an undo must not bring back what is over.
"""

from collections.abc import Collection
from typing import Any

from huiyin.kernel import steps
from huiyin.kernel.trail import HasActor
from huiyin.opinions.choices import State
from huiyin.opinions.models import Matter

# A host that takes a whole way had none: it keeps no brief and no ticket of its own.
KEPT = ("way", "deputy_id", "unit_id", "clock_id", "is_reopened", "is_passed_on")


def own_way_of(matter: Matter) -> dict[str, Any]:
    """Its own way as it is kept while it goes another's."""
    kept = {name: getattr(matter, name) for name in KEPT}
    return kept | {"state": matter.state_before_merge or matter.state}


def remember_unlinked(
    matter: Matter, *, still_cited: Collection[int], words: str, by: HasActor
) -> set[int]:
    """Alone again, it needs another way. Answers with those that are in another suggestion too:
    what that cites, and their hosts."""
    going_on = set(Matter.objects.with_hosts(still_cited).values_list("pk", flat=True))
    changes = {"state_before_merge": State.RECEIVED, "way": ""}
    _remember(matter, "unlink_suggestion", changes, words, by, besides=going_on)
    if matter.pk in going_on.difference(still_cited):
        _go_on_with_guests(steps.lock(matter), words, by)
    return going_on


def remember_result(matter: Matter, *, words: str, by: HasActor) -> None:
    """Alone again, its residents are still asked."""
    changes = {"state_before_merge": State.ANSWERED, "answer": words}
    _remember(matter, "report_result", changes, words, by)


def _go_on_with_guests(host: Matter, words: str, by: HasActor) -> None:
    """Only what was merged into it is in a suggestion now; its own came to nothing."""
    if host.own_way:
        return
    own = own_way_of(host) | {"state": State.RECEIVED, "way": "", "clock_id": None}
    changes = {"own_way": own | {"until": State.IN_SUGGESTION}}
    steps.change(host, "unlink_suggestion", by=by, changes=changes, words=words)


def _remember(
    matter: Matter,
    step: str,
    changes: dict[str, Any],
    words: str,
    by: HasActor,
    besides: Collection[int] = (),
) -> None:
    """The matter itself and what it was merged into, as long as that was merged on."""
    path = Matter.objects.with_hosts([matter.pk]).exclude(pk__in=besides)
    waiting = path.filter(state=State.MERGED, state_before_merge=State.IN_SUGGESTION)
    changes |= {"own_way": None}
    steps.change_many(steps.lock_all(waiting), step, by=by, changes=changes, words=words)
